"""`console`: the organiser's overview. What is stuck, what needs a person, how it stands."""

from __future__ import annotations

from collections.abc import Iterable

from fairdesk.domain import exhibitors, offers, queueing, registration
from fairdesk.domain.admission import CheckedIn, CheckedOut
from fairdesk.domain.fair import Fair, Queue, enterprise_of, occupancy_level
from fairdesk.domain.message import Event
from fairdesk.domain.setup import GateAdded
from fairdesk.stream.views.hall import figures
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
from fairdesk.stream.views.public import exhibitor_rows


def figures_row(fair: Fair, key: str, names: Names) -> Row:
    setup, admission = fair.setup, fair.admission
    return {
        "phase": setup.phase,
        "registered": len(admission.attendees) - admission.merged,
        "entries": admission.entries,
        "exits": admission.exits,
        "occupancy": admission.occupancy,
        "amber": setup.amber,
        "red": setup.red,
        "level": occupancy_level(fair),
        "booths": len(setup.booths),
        "booths_checked_in": setup.presence.participations,
        "started": fair.recruiting.started,
        **figures(fair),
    }


def booth_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    booth = fair.setup.booths.get(row_id)
    if booth is None:
        return None
    queue = fair.recruiting.queues.get(row_id, Queue())
    return {
        "booth": row_id,
        "enterprise": booth.enterprise,
        "name": enterprise_of(fair, row_id).name,
        "checked_in": bool(booth.checked_in_at),
        "positions": len(booth.positions),
        "waiting": len(queue.waiting),
        "done": queue.done,
        "sign_ups": len(queue.sign_ups),
        "offers": len(queue.offer_ids),
        "accepted": queue.accepted,
    }


def gate_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    gate = fair.setup.gates.get(row_id)
    if gate is None:
        return None
    return {
        "gate": row_id,
        "name": gate.name,
        "roles": gate.roles,
        "entries": gate.entries,
        "exits": gate.exits,
    }


def suspicion_ids(fair: Fair, key: str) -> list[str]:
    return [a.attendee for a in fair.admission.attendees.values() if a.alike or a.merged_into]


def suspicion_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    attendee = fair.admission.attendees.get(row_id)
    if attendee is None or not (attendee.alike or attendee.merged_into):
        return None
    other = attendee.merged_into or attendee.alike
    return {
        "attendee": row_id,
        "name": name_of(fair, row_id, names),
        "other": other,
        "other_name": name_of(fair, other, names),
        "merged": bool(attendee.merged_into),
    }


def flag_ids(fair: Fair, key: str) -> list[str]:
    return [f"e{remark.number}" for remark in fair.admission.remarks]


def flag_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    for remark in reversed(fair.admission.remarks):
        if row_id == f"e{remark.number}":
            return {
                "at": remark.at,
                "attendee": remark.attendee,
                "name": name_of(fair, remark.attendee, names),
                "gate": remark.gate,
                "remarks": remark.remarks,
            }
    return None


def suspicions_about(fair: Fair, attendee: str) -> Iterable[Touch]:
    for row_id in suspicion_ids(fair, ""):
        found = fair.admission.attendees[row_id]
        if attendee in (row_id, found.alike, found.merged_into):
            yield "", "suspicions", row_id


def touches(before: Fair, after: Fair, events: tuple[Event, ...]) -> Iterable[Touch]:
    yield "", "figures", NOW
    for row_id in set(flag_ids(before, "")) ^ set(flag_ids(after, "")):
        yield "", "flags", row_id
    for event in events:
        for collection, row_id in exhibitor_rows(after, event):
            if collection == "booths":
                yield "", collection, row_id
        match event:
            case GateAdded() | CheckedIn() | CheckedOut():
                yield "", "gates", event.gate
            case registration.AttendeeRegistered(alike=alike) if alike:
                yield "", "suspicions", event.attendee
            case registration.AttendeesMerged() | registration.MergeUndone():
                yield "", "suspicions", event.merged
            case registration.AttendeeErased():
                yield from suspicions_about(after, event.attendee)
                for row_id in flag_ids(after, ""):
                    yield "", "flags", row_id
            case queueing.SignedUp() | queueing.SignUpEvent():
                yield "", "booths", event.booth
            case offers.OfferAccepted():
                yield "", "booths", after.recruiting.offers[event.offer].booth
            case exhibitors.PositionAdded() | exhibitors.PositionWithdrawn():
                yield "", "booths", after.setup.positions[event.position].booth


CONSOLE = TopicKind(
    known=no_key,
    collections={
        "figures": single(figures_row),
        "booths": Collection(lambda fair, key: fair.setup.booths, booth_row),
        "gates": Collection(lambda fair, key: fair.setup.gates, gate_row),
        "suspicions": Collection(suspicion_ids, suspicion_row),
        "flags": Collection(flag_ids, flag_row),
    },
    touches=touches,
)
