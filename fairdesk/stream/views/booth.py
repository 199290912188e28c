"""`booth/{booth}`: the enterprise's own queue, positions, intentions and offers.

An enterprise sees the people who signed up with it and nobody else; whoever withdrew stands here
as a ticket number without a name.
"""

from __future__ import annotations

from collections.abc import Iterable

from fairdesk.domain import exhibitors, offers, queueing
from fairdesk.domain.fair import Fair, Queue, SignUp, enterprise_of, headcount_left
from fairdesk.domain.message import Event
from fairdesk.domain.queueing import busy_elsewhere, open_sign_ups
from fairdesk.domain.registration import AttendeeErased, AttendeesMerged, MergeUndone
from fairdesk.domain.setup import FairSetUp, PhaseChanged
from fairdesk.stream.views.kind import (
    NOW,
    Collection,
    Names,
    Row,
    TopicKind,
    Touch,
    name_of,
    single,
)

CLOSED = ("done", "left")
"""Whoever is through here may be busy elsewhere, and it is no longer this booth's business."""


def queue_of(fair: Fair, booth: str) -> Queue:
    return fair.recruiting.queues.get(booth, Queue())


def booth_row(fair: Fair, key: str, names: Names) -> Row:
    booth = fair.setup.booths[key]
    return {
        "booth": key,
        "enterprise": booth.enterprise,
        "name": enterprise_of(fair, key).name,
        "checked_in": bool(booth.checked_in_at),
        "phase": fair.setup.phase,
        "fair": fair.setup.fair,
        "fair_name": fair.setup.name,
        "ends_at": fair.setup.ends_at,
    }


def shared_name(fair: Fair, sign_up: SignUp, names: Names) -> str:
    return "" if sign_up.state == "left" else name_of(fair, sign_up.attendee, names)


def shared_wish(fair: Fair, sign_up: SignUp, names: Names) -> str:
    attendee = fair.admission.attendees[sign_up.attendee]
    hidden = sign_up.state == "left" or attendee.erased
    return "" if hidden else names.looking_for(attendee.person)


def sign_up_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    sign_up = fair.recruiting.sign_ups.get(row_id)
    if sign_up is None or sign_up.booth != key:
        return None
    return {
        "sign_up": row_id,
        "ticket": sign_up.ticket,
        "attendee": sign_up.attendee,
        "name": shared_name(fair, sign_up, names),
        "looking_for": shared_wish(fair, sign_up, names),
        "state": sign_up.state,
        "position": sign_up.position,
        "signed_up_at": sign_up.signed_up_at,
        "called_at": sign_up.called_at,
        "recalls": sign_up.recalls,
        "interviewed": sign_up.interviewed,
        "busy_elsewhere": sign_up.state not in CLOSED and busy_elsewhere(fair, sign_up),
        "intention": sign_up.intention,
        "offer": sign_up.offer,
    }


def line_row(fair: Fair, key: str, names: Names) -> Row:
    return {"ids": queue_of(fair, key).waiting}


def position_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    position = fair.setup.positions.get(row_id)
    if position is None or position.booth != key or position.withdrawn:
        return None
    return {
        "position": row_id,
        "title": position.title,
        "position_kind": position.position_kind,
        "headcount": position.headcount,
        "accepted": position.accepted,
        "left": headcount_left(position),
        "offered": position.offered,
        "pay_min": position.pay_min,
        "pay_max": position.pay_max,
    }


def offer_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    offer = fair.recruiting.offers.get(row_id)
    if offer is None or offer.booth != key:
        return None
    sign_up = fair.recruiting.sign_ups[offer.sign_up]
    return {
        "offer": row_id,
        "sign_up": offer.sign_up,
        "attendee": offer.attendee,
        "name": shared_name(fair, sign_up, names),
        "ticket": sign_up.ticket,
        "position": offer.position,
        "title": fair.setup.positions[offer.position].title,
        "state": offer.state,
        "pay": offer.pay,
        "terms": offer.terms,
        "made_at": offer.made_at,
        "answered_at": offer.answered_at,
        "valid_until_at": offer.valid_until_at,
    }


def intention_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    intention = fair.recruiting.intentions.get(row_id)
    if intention is None or intention.booth != key:
        return None
    sign_up = fair.recruiting.sign_ups[intention.sign_up]
    return {
        "intention": row_id,
        "sign_up": intention.sign_up,
        "name": shared_name(fair, sign_up, names),
        "ticket": sign_up.ticket,
        "position": intention.position,
        "title": fair.setup.positions[intention.position].title,
        "confirmed_at": intention.confirmed_at,
    }


def stats_row(fair: Fair, key: str, names: Names) -> Row:
    queue = queue_of(fair, key)
    return {
        "waiting": len(queue.waiting),
        "sign_ups": len(queue.sign_ups),
        "done": queue.done,
        "offers": len(queue.offer_ids),
        "accepted": queue.accepted,
    }


def intention_ids(fair: Fair, key: str) -> list[str]:
    sign_ups = map(fair.recruiting.sign_ups.__getitem__, queue_of(fair, key).sign_ups)
    return [sign_up.intention for sign_up in sign_ups if sign_up.intention]


def offer_ids(fair: Fair, key: str) -> list[str]:
    return list(queue_of(fair, key).offer_ids)


def sign_up_touches(fair: Fair, sign_up: SignUp) -> Iterable[Touch]:
    yield sign_up.booth, "queue", sign_up.sign_up
    yield sign_up.booth, "line", NOW
    yield sign_up.booth, "stats", NOW
    for offer in queue_of(fair, sign_up.booth).offer_ids:
        if fair.recruiting.offers[offer].sign_up == sign_up.sign_up:
            yield sign_up.booth, "offers", offer
    if sign_up.intention:
        yield sign_up.booth, "intentions", sign_up.intention
    for other in open_sign_ups(fair, sign_up.attendee):
        if other.booth != sign_up.booth:
            yield other.booth, "queue", other.sign_up


def offer_touches(fair: Fair, offer_id: str) -> Iterable[Touch]:
    offer = fair.recruiting.offers[offer_id]
    yield offer.booth, "offers", offer_id
    yield offer.booth, "positions", offer.position
    yield offer.booth, "stats", NOW
    yield offer.booth, "queue", offer.sign_up


def touches(before: Fair, after: Fair, events: tuple[Event, ...]) -> Iterable[Touch]:
    recruiting = after.recruiting
    for event in events:
        match event:
            case queueing.SignedUp() | queueing.SignUpEvent():
                yield from sign_up_touches(after, recruiting.sign_ups[event.sign_up])
                if isinstance(event, offers.OfferMade):
                    yield from offer_touches(after, event.offer)
            case (
                offers.OfferAccepted()
                | offers.OfferDeclined()
                | offers.OfferWithdrawn()
                | offers.OfferExpired()
            ):
                yield from offer_touches(after, event.offer)
            case offers.IntentionConfirmed():
                yield recruiting.intentions[event.intention].booth, "intentions", event.intention
            case exhibitors.BoothAdded() | exhibitors.BoothCheckedIn():
                yield event.booth, "booth", NOW
            case exhibitors.EnterpriseAdded():
                for booth in after.setup.booths.values():
                    if booth.enterprise == event.credit_code:
                        yield booth.booth, "booth", NOW
            case exhibitors.PositionAdded() | exhibitors.PositionWithdrawn():
                position = after.setup.positions[event.position]
                yield position.booth, "positions", event.position
                for offer in queue_of(after, position.booth).offer_ids:
                    yield position.booth, "offers", offer
                for intention in intention_ids(after, position.booth):
                    yield position.booth, "intentions", intention
            case AttendeeErased():
                for sign_up in queueing.sign_ups_of(after, event.attendee):
                    yield from sign_up_touches(after, sign_up)
            case AttendeesMerged() | MergeUndone():
                for attendee in (event.kept, event.merged):
                    for sign_up in open_sign_ups(after, attendee):
                        yield sign_up.booth, "queue", sign_up.sign_up
            case FairSetUp() | PhaseChanged():
                for code in after.setup.booths:
                    yield code, "booth", NOW


BOOTH = TopicKind(
    known=lambda fair, key: key in fair.setup.booths,
    collections={
        "booth": single(booth_row),
        "queue": Collection(lambda fair, key: queue_of(fair, key).sign_ups, sign_up_row),
        "line": single(line_row),
        "positions": Collection(
            lambda fair, key: (
                position
                for position in fair.setup.booths[key].positions
                if not fair.setup.positions[position].withdrawn
            ),
            position_row,
        ),
        "offers": Collection(offer_ids, offer_row),
        "intentions": Collection(intention_ids, intention_row),
        "stats": single(stats_row),
    },
    touches=touches,
)
