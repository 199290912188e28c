"""`fair`: what anybody may know of a fair. Who exhibits, what is offered, what one agrees to."""

from __future__ import annotations

from collections.abc import Iterable

from fairdesk.domain import exhibitors, queueing
from fairdesk.domain.fair import Fair, Queue, enterprise_of, headcount_left, sign_up_open
from fairdesk.domain.message import Event
from fairdesk.domain.offers import OfferAccepted
from fairdesk.domain.setup import ConsentTextPublished, FairSetUp, PhaseChanged
from fairdesk.stream.views.kind import NOW, Collection, Names, Row, TopicKind, Touch, no_key, single


def fair_row(fair: Fair, key: str, names: Names) -> Row:
    setup = fair.setup
    return {
        "fair": setup.fair,
        "name": setup.name,
        "kind": setup.kind,
        "phase": setup.phase,
        "venue_name": setup.venues[-1].name if setup.venues else "",
        "starts_on": setup.starts_on,
        "ends_on": setup.ends_on,
        "starts_at": setup.starts_at,
        "ends_at": setup.ends_at,
        "sign_up_open": sign_up_open(fair),
    }


def booth_row(fair: Fair, key: str, booth: str, names: Names) -> Row | None:
    found = fair.setup.booths.get(booth)
    if found is None:
        return None
    queue = fair.recruiting.queues.get(booth, Queue())
    return {
        "booth": booth,
        "enterprise": found.enterprise,
        "name": enterprise_of(fair, booth).name,
        "checked_in": bool(found.checked_in_at),
        "waiting": len(queue.waiting),
    }


def position_row(fair: Fair, key: str, position: str, names: Names) -> Row | None:
    found = fair.setup.positions.get(position)
    if found is None or found.withdrawn:
        return None
    return {
        "position": position,
        "booth": found.booth,
        "enterprise_name": enterprise_of(fair, found.booth).name,
        "title": found.title,
        "position_kind": found.position_kind,
        "headcount": found.headcount,
        "left": headcount_left(found),
        "pay_min": found.pay_min,
        "pay_max": found.pay_max,
        "place": found.place,
        "level": found.level,
        "occupation": found.occupation,
    }


def consent_row(fair: Fair, key: str, purpose: str, names: Names) -> Row | None:
    text = fair.setup.consent_texts.get(purpose)
    return {"version": text.version, "zh": text.zh, "en": text.en} if text else None


def exhibitor_rows(fair: Fair, event: Event) -> Iterable[tuple[str, str]]:
    """(collection, row id) of the booths and positions an event may have changed."""
    match event:
        case exhibitors.EnterpriseAdded(credit_code=code):
            for booth in fair.setup.booths.values():
                if booth.enterprise == code:
                    yield "booths", booth.booth
                    yield from (("positions", position) for position in booth.positions)
        case exhibitors.BoothAdded() | exhibitors.BoothCheckedIn():
            yield "booths", event.booth
            for position in fair.setup.booths[event.booth].positions:
                yield "positions", position
        case exhibitors.PositionAdded() | exhibitors.PositionWithdrawn():
            yield "positions", event.position
            yield "booths", fair.setup.positions[event.position].booth
        case OfferAccepted():
            offer = fair.recruiting.offers[event.offer]
            yield "positions", offer.position
            yield "booths", offer.booth
        case queueing.SignedUp() | queueing.SignUpEvent():
            yield "booths", event.booth


def touches(before: Fair, after: Fair, events: tuple[Event, ...]) -> Iterable[Touch]:
    for event in events:
        match event:
            case FairSetUp() | PhaseChanged():
                yield "", "fair", NOW
            case ConsentTextPublished():
                yield "", "consents", event.purpose
            case _:
                for collection, row_id in exhibitor_rows(after, event):
                    yield "", collection, row_id


PUBLIC = TopicKind(
    known=no_key,
    collections={
        "fair": single(fair_row),
        "booths": Collection(lambda fair, key: fair.setup.booths, booth_row),
        "positions": Collection(
            lambda fair, key: (
                p.position for p in fair.setup.positions.values() if not p.withdrawn
            ),
            position_row,
        ),
        "consents": Collection(lambda fair, key: fair.setup.consent_texts, consent_row),
    },
    touches=touches,
)
