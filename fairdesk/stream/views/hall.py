"""`wall` and `calls`: what hangs in the hall. Numbers, tickets and masked surnames; never a name.

A group smaller than five people is not shown on a public screen.
"""

from __future__ import annotations

from collections.abc import Iterable

from fairdesk.domain import exhibitors, queueing
from fairdesk.domain.fair import QUARTER_MS, Fair, Queue, enterprise_of
from fairdesk.domain.identifiers import mask_name
from fairdesk.domain.message import Event
from fairdesk.domain.registration import AttendeeErased
from fairdesk.stream.views.kind import (
    NOW,
    Collection,
    Names,
    Row,
    TopicKind,
    Touch,
    name_of,
    no_key,
    single,
)
from fairdesk.stream.views.public import exhibitor_rows, position_row

SMALLEST_GROUP = 5


def figures(fair: Fair) -> Row:
    """The counters every live screen shows. The report defines each of them."""
    admission, recruiting, presence = fair.admission, fair.recruiting, fair.setup.presence
    return {
        "visitors": admission.visitors,
        "inside": admission.occupancy,
        "enterprises": presence.enterprises,
        "positions": presence.positions,
        "headcount": presence.headcount,
        "sign_ups": len(recruiting.sign_ups),
        "interviews": recruiting.interviews,
        "intentions": recruiting.confirmed,
        "offers": len(recruiting.offers),
        "accepted": recruiting.accepted,
    }


def stats_row(fair: Fair, key: str, names: Names) -> Row:
    setup = fair.setup
    return {
        "fair_name": setup.name,
        "venue_name": setup.venues[-1].name if setup.venues else "",
        "phase": setup.phase,
        **figures(fair),
    }


def enterprise_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    booth = fair.setup.booths.get(row_id)
    if booth is None or not booth.checked_in_at:
        return None
    positions = [fair.setup.positions[p] for p in booth.positions]
    open_positions = [position for position in positions if not position.withdrawn]
    sign_ups = len(fair.recruiting.queues.get(row_id, Queue()).sign_ups)
    return {
        "booth": row_id,
        "name": enterprise_of(fair, row_id).name,
        "positions": len(open_positions),
        "headcount": sum(position.headcount for position in open_positions),
        "sign_ups": sign_ups if sign_ups >= SMALLEST_GROUP else None,
    }


def wall_position_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    position = fair.setup.positions.get(row_id)
    if position is None or not fair.setup.booths[position.booth].checked_in_at:
        return None
    return position_row(fair, key, row_id, names)


def happening_ids(fair: Fair, key: str) -> list[str]:
    return [f"h{happening.number}" for happening in fair.happenings]


def happening_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    if not fair.happenings:
        return None
    index = int(row_id[1:]) - fair.happenings[0].number
    if not 0 <= index < len(fair.happenings):
        return None
    happening = fair.happenings[index]
    name = name_of(fair, happening.attendee, names)
    return {
        "at": happening.at,
        "what": happening.what,
        "who": mask_name(name) if name else "",
        "booth": happening.booth,
        "enterprise_name": enterprise_of(fair, happening.booth).name if happening.booth else "",
    }


def arrivals_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    entries = fair.admission.arrivals.get(int(row_id))
    if entries is None:
        return None
    return {"from_at": int(row_id) * QUARTER_MS, "entries": entries}


def wall_touches(before: Fair, after: Fair, events: tuple[Event, ...]) -> Iterable[Touch]:
    yield "", "stats", NOW
    for row_id in set(happening_ids(before, "")) ^ set(happening_ids(after, "")):
        yield "", "happenings", row_id
    if before.admission.arrivals is not after.admission.arrivals:
        for quarter, entries in after.admission.arrivals.items():
            if before.admission.arrivals.get(quarter) != entries:
                yield "", "arrivals", str(quarter)
    for event in events:
        for collection, row_id in exhibitor_rows(after, event):
            yield "", "enterprises" if collection == "booths" else collection, row_id
            if collection == "positions":
                yield "", "enterprises", after.setup.positions[row_id].booth
        if isinstance(event, AttendeeErased | exhibitors.EnterpriseAdded):
            for row_id in happening_ids(after, ""):
                yield "", "happenings", row_id


def call_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    sign_up = fair.recruiting.sign_ups.get(row_id)
    if sign_up is None or sign_up.state != "called" or row_id not in fair.recruiting.calls:
        return None
    return {
        "ticket": sign_up.ticket,
        "booth": sign_up.booth,
        "enterprise_name": enterprise_of(fair, sign_up.booth).name,
        "called_at": sign_up.called_at,
        "recalls": sign_up.recalls,
    }


def call_ids(fair: Fair, key: str) -> list[str]:
    sign_ups = fair.recruiting.sign_ups
    return [call for call in fair.recruiting.calls if sign_ups[call].state == "called"]


def calls_touches(before: Fair, after: Fair, events: tuple[Event, ...]) -> Iterable[Touch]:
    for call in set(before.recruiting.calls) ^ set(after.recruiting.calls):
        yield "", "calls", call
    for event in events:
        match event:
            case queueing.SignUpEvent():
                yield "", "calls", event.sign_up
            case exhibitors.EnterpriseAdded():
                for call in after.recruiting.calls:
                    yield "", "calls", call


WALL = TopicKind(
    known=no_key,
    collections={
        "stats": single(stats_row),
        "enterprises": Collection(
            lambda fair, key: (b.booth for b in fair.setup.booths.values() if b.checked_in_at),
            enterprise_row,
        ),
        "positions": Collection(
            lambda fair, key: (
                position.position
                for position in fair.setup.positions.values()
                if not position.withdrawn and fair.setup.booths[position.booth].checked_in_at
            ),
            wall_position_row,
        ),
        "happenings": Collection(happening_ids, happening_row),
        "arrivals": Collection(lambda fair, key: map(str, fair.admission.arrivals), arrivals_row),
    },
    touches=wall_touches,
)

CALLS = TopicKind(
    known=no_key,
    collections={"calls": Collection(call_ids, call_row)},
    touches=calls_touches,
)
