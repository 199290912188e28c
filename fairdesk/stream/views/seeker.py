"""`me/{attendee}`: a seeker's own page. His badge, his places in queues, his offers."""

from __future__ import annotations

from collections.abc import Iterable

from fairdesk.domain import admission, exhibitors, offers, queueing, registration
from fairdesk.domain.fair import Fair, Queue, canonical, enterprise_of, registrations_of
from fairdesk.domain.identifiers import short_code
from fairdesk.domain.message import Event
from fairdesk.domain.queueing import ahead_of, sign_ups_of
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


def me_row(fair: Fair, key: str, names: Names) -> Row:
    attendee, setup = fair.admission.attendees[key], fair.setup
    return {
        "attendee": key,
        "name": name_of(fair, key, names),
        "fair": setup.fair,
        "fair_name": setup.name,
        "phase": setup.phase,
        "badge": short_code(setup.number, attendee.badge) if attendee.badge else "",
        "badge_revoked": not attendee.badge,
        "erased": attendee.erased,
        "roles": attendee.roles,
        "inside": canonical(fair, attendee).inside,
        "consents": [
            {"purpose": consent.purpose, "version": consent.version, "at": consent.at}
            for consent in attendee.consents
        ],
    }


def title_of(fair: Fair, position: str) -> str:
    return fair.setup.positions[position].title if position else ""


def sign_up_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    sign_up = fair.recruiting.sign_ups.get(row_id)
    if sign_up is None or sign_up.attendee != key:
        return None
    return {
        "sign_up": row_id,
        "booth": sign_up.booth,
        "enterprise_name": enterprise_of(fair, sign_up.booth).name,
        "position": sign_up.position,
        "title": title_of(fair, sign_up.position),
        "ticket": sign_up.ticket,
        "state": sign_up.state,
        "ahead": ahead_of(fair, sign_up),
        "called_at": sign_up.called_at,
        "recalls": sign_up.recalls,
    }


def offer_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    offer = fair.recruiting.offers.get(row_id)
    if offer is None or offer.attendee != key:
        return None
    return {
        "offer": row_id,
        "booth": offer.booth,
        "enterprise_name": enterprise_of(fair, offer.booth).name,
        "position": offer.position,
        "title": title_of(fair, offer.position),
        "pay": offer.pay,
        "terms": offer.terms,
        "state": offer.state,
        "made_at": offer.made_at,
        "valid_until_at": offer.valid_until_at,
    }


def intention_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    intention = fair.recruiting.intentions.get(row_id)
    if intention is None or intention.attendee != key:
        return None
    return {
        "intention": row_id,
        "booth": intention.booth,
        "enterprise_name": enterprise_of(fair, intention.booth).name,
        "title": title_of(fair, intention.position),
        "confirmed_at": intention.confirmed_at,
    }


def intention_ids(fair: Fair, key: str) -> list[str]:
    return [sign_up.intention for sign_up in sign_ups_of(fair, key) if sign_up.intention]


def offer_ids(fair: Fair, key: str) -> tuple[str, ...]:
    return fair.recruiting.offers_by_attendee.get(key, ())


def queue_touches(before: Fair, after: Fair, booth: str) -> Iterable[Touch]:
    """Everybody in this line whose number of people ahead is no longer what it was."""
    was = before.recruiting.queues.get(booth, Queue()).waiting
    now = after.recruiting.queues.get(booth, Queue()).waiting
    places = {sign_up: place for place, sign_up in enumerate(was)}
    for place, sign_up in enumerate(now):
        if places.get(sign_up) != place:
            yield after.recruiting.sign_ups[sign_up].attendee, "sign_ups", sign_up


def own_rows(fair: Fair, attendee: str) -> Iterable[Touch]:
    for sign_up in sign_ups_of(fair, attendee):
        yield attendee, "sign_ups", sign_up.sign_up
    for offer in offer_ids(fair, attendee):
        yield attendee, "offers", offer
    for intention in intention_ids(fair, attendee):
        yield attendee, "intentions", intention


def touches(before: Fair, after: Fair, events: tuple[Event, ...]) -> Iterable[Touch]:
    recruiting = after.recruiting
    booths: set[str] = set()
    for event in events:
        match event:
            case queueing.SignedUp() | queueing.SignUpEvent():
                booths.add(event.booth)
                yield event.attendee, "sign_ups", event.sign_up
                if isinstance(event, offers.OfferMade):
                    yield event.attendee, "offers", event.offer
                if isinstance(event, offers.IntentionRecorded):
                    yield event.attendee, "intentions", event.intention
            case (
                offers.OfferAccepted()
                | offers.OfferDeclined()
                | offers.OfferWithdrawn()
                | offers.OfferExpired()
            ):
                yield recruiting.offers[event.offer].attendee, "offers", event.offer
            case offers.IntentionConfirmed():
                intention = recruiting.intentions[event.intention]
                yield intention.attendee, "intentions", event.intention
            case registration.AttendeesMerged() | registration.MergeUndone():
                for attendee in (event.kept, event.merged):
                    for own in registrations_of(after, attendee):
                        yield own, "me", NOW
            case admission.CheckedIn() | admission.CheckedOut():
                for own in registrations_of(after, event.attendee):
                    yield own, "me", NOW
            case (
                registration.AttendeeRegistered()
                | registration.BadgeIssued()
                | registration.BadgeRevoked()
                | registration.ConsentRecorded()
                | registration.ConsentWithdrawn()
                | registration.AttendeeErased()
            ):
                yield event.attendee, "me", NOW
            case exhibitors.EnterpriseAdded() | exhibitors.PositionAdded():
                # A name on the page changed; it happens while lists are corrected, not on the day.
                for attendee in recruiting.by_attendee:
                    yield from own_rows(after, attendee)
            case FairSetUp() | PhaseChanged():
                for attendee in after.admission.attendees:
                    yield attendee, "me", NOW
    for booth in booths:
        yield from queue_touches(before, after, booth)


ME = TopicKind(
    known=lambda fair, key: key in fair.admission.attendees,
    collections={
        "me": single(me_row),
        "sign_ups": Collection(
            lambda fair, key: fair.recruiting.by_attendee.get(key, ()), sign_up_row
        ),
        "offers": Collection(offer_ids, offer_row),
        "intentions": Collection(intention_ids, intention_row),
    },
    touches=touches,
)
