"""What comes of an interview: intentions, offers, and the follow-up.

An intention is recorded by the enterprise and confirmed by the seeker; it counts once both have.
An offer goes made → accepted | declined | withdrawn | expired, and an accepted one later
started | did_not_start. Accepting beyond a position's headcount is refused; nothing is edited.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec.structs import replace

from fairdesk.domain.fair import (
    Fair,
    FollowUp,
    Intention,
    Offer,
    OfferState,
    SignUp,
    happened,
    headcount_left,
    in_order,
)
from fairdesk.domain.message import (
    Code,
    Command,
    Decision,
    Event,
    Line,
    Ref,
    Time,
    Yuan,
    happened_at,
)
from fairdesk.domain.queueing import (
    BoothAct,
    SeekerAct,
    SignUpEvent,
    acts_for,
    not_live,
    own_sign_up,
    with_recruiting,
)
from fairdesk.domain.rejection import Rejection
from fairdesk.domain.setup import with_setup

# --- commands


class ConfirmIntention(SeekerAct, frozen=True, kw_only=True):
    intention: Ref


class AcceptOffer(SeekerAct, frozen=True, kw_only=True):
    offer: Ref


class DeclineOffer(SeekerAct, frozen=True, kw_only=True):
    offer: Ref


class RecordIntention(BoothAct, frozen=True, kw_only=True):
    position: Ref


class MakeOffer(BoothAct, frozen=True, kw_only=True):
    """`pay`: whole yuan a month. `valid_until_at`: 0 for the end of the fair."""

    position: Ref
    pay: Yuan = 0
    terms: Line = ""
    valid_until_at: Time = 0


class WithdrawOffer(Command, frozen=True, kw_only=True):
    booth: Code
    offer: Ref
    reason: Line = ""


class ExpireOffers(Command, frozen=True, kw_only=True):
    """Sent by the clock: every offer whose time is up expires."""


class RecordStart(Command, frozen=True, kw_only=True):
    """Follow-up: did the person start work, and on which day."""

    offer: Ref
    started: bool
    on: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""


# --- events


class IntentionRecorded(SignUpEvent, frozen=True, kw_only=True):
    intention: str
    position: str


class IntentionConfirmed(Event, frozen=True, kw_only=True):
    intention: str


class OfferMade(SignUpEvent, frozen=True, kw_only=True):
    offer: str
    position: str
    pay: int
    terms: str
    valid_until_at: int


class OfferAccepted(Event, frozen=True, kw_only=True):
    offer: str


class OfferDeclined(Event, frozen=True, kw_only=True):
    offer: str


class OfferWithdrawn(Event, frozen=True, kw_only=True):
    offer: str
    reason: str


class OfferExpired(Event, frozen=True, kw_only=True):
    offer: str


class StartRecorded(Event, frozen=True, kw_only=True):
    offer: str
    started: bool
    on: str


# --- rules


def interviewed_for(fair: Fair, command: RecordIntention | MakeOffer) -> SignUp | Rejection:
    """The booth's own sign-up, once they have talked, for one of the booth's own positions."""
    sign_up = own_sign_up(fair, command.booth, command.sign_up)
    if isinstance(sign_up, Rejection):
        return sign_up
    position = fair.setup.positions.get(command.position)
    if position is None or position.booth != command.booth:
        return Rejection("position_unknown", {"position": command.position})
    if position.withdrawn:
        return Rejection("position_withdrawn", {"position": command.position})
    if sign_up.state == "left":
        return Rejection("sign_up_is", {"sign_up": sign_up.sign_up, "state": "left"})
    if not sign_up.interviewed:
        return Rejection("not_interviewed", {"sign_up": sign_up.sign_up})
    return sign_up


def decide_record_intention(fair: Fair, command: RecordIntention, now: int) -> Decision:
    if refusal := not_live(fair):
        return refusal
    sign_up = interviewed_for(fair, command)
    if isinstance(sign_up, Rejection):
        return sign_up
    if sign_up.intention:
        return Rejection("intention_exists", {"intention": sign_up.intention})
    return (
        IntentionRecorded(
            at=happened_at(command, now),
            intention=f"i{len(fair.recruiting.intentions) + 1}",
            sign_up=sign_up.sign_up,
            attendee=sign_up.attendee,
            booth=sign_up.booth,
            position=command.position,
        ),
    )


def decide_confirm_intention(fair: Fair, command: ConfirmIntention, now: int) -> Decision:
    intention = fair.recruiting.intentions.get(command.intention)
    if intention is None:
        return Rejection("intention_unknown", {"intention": command.intention})
    if refusal := acts_for(fair, command, intention.attendee):
        return refusal
    if intention.confirmed_at:
        return ()
    return (IntentionConfirmed(at=happened_at(command, now), intention=intention.intention),)


def decide_make_offer(fair: Fair, command: MakeOffer, now: int) -> Decision:
    if refusal := not_live(fair):
        return refusal
    sign_up = interviewed_for(fair, command)
    if isinstance(sign_up, Rejection):
        return sign_up
    current = fair.recruiting.offers.get(sign_up.offer)
    if current and current.state in ("made", "accepted"):
        return Rejection("offer_exists", {"offer": current.offer, "state": current.state})
    position = fair.setup.positions[command.position]
    if not headcount_left(position):
        return Rejection("headcount_filled", {"headcount": position.headcount})
    at = happened_at(command, now)
    valid_until_at = command.valid_until_at or fair.setup.ends_at
    if valid_until_at <= now:
        return Rejection("offer_already_expired", {"valid_until_at": valid_until_at})
    return (
        OfferMade(
            at=at,
            offer=f"o{len(fair.recruiting.offers) + 1}",
            sign_up=sign_up.sign_up,
            attendee=sign_up.attendee,
            booth=sign_up.booth,
            position=command.position,
            pay=command.pay,
            terms=command.terms,
            valid_until_at=valid_until_at,
        ),
    )


def open_offer(fair: Fair, offer: str) -> Offer | Rejection:
    found = fair.recruiting.offers.get(offer)
    if found is None:
        return Rejection("offer_unknown", {"offer": offer})
    if found.state != "made":
        return Rejection("offer_is", {"offer": offer, "state": found.state})
    return found


def decide_accept_offer(fair: Fair, command: AcceptOffer, now: int) -> Decision:
    offer = open_offer(fair, command.offer)
    if isinstance(offer, Rejection):
        return offer
    if refusal := acts_for(fair, command, offer.attendee):
        return refusal
    at = happened_at(command, now)
    if at >= offer.valid_until_at:
        return Rejection("offer_is", {"offer": offer.offer, "state": "expired"})
    position = fair.setup.positions[offer.position]
    if not headcount_left(position):
        return Rejection("headcount_filled", {"headcount": position.headcount})
    return (OfferAccepted(at=at, offer=offer.offer),)


def decide_decline_offer(fair: Fair, command: DeclineOffer, now: int) -> Decision:
    offer = open_offer(fair, command.offer)
    if isinstance(offer, Rejection):
        return offer
    if refusal := acts_for(fair, command, offer.attendee):
        return refusal
    return (OfferDeclined(at=happened_at(command, now), offer=offer.offer),)


def decide_withdraw_offer(fair: Fair, command: WithdrawOffer, now: int) -> Decision:
    offer = open_offer(fair, command.offer)
    if isinstance(offer, Rejection):
        return offer
    if offer.booth != command.booth:
        return Rejection("offer_unknown", {"offer": command.offer})
    return (OfferWithdrawn(at=happened_at(command, now), offer=offer.offer, reason=command.reason),)


def decide_expire_offers(fair: Fair, command: ExpireOffers, now: int) -> Decision:
    return tuple(
        OfferExpired(at=now, offer=offer.offer)
        for offer in in_order(fair.recruiting.offers)
        if offer.state == "made" and offer.valid_until_at <= now
    )


def decide_record_start(fair: Fair, command: RecordStart, now: int) -> Decision:
    offer = fair.recruiting.offers.get(command.offer)
    if offer is None:
        return Rejection("offer_unknown", {"offer": command.offer})
    if offer.state != "accepted":
        return Rejection("offer_is", {"offer": offer.offer, "state": offer.state})
    if (offer.follow_up, offer.follow_up_on) == (outcome(started=command.started), command.on):
        return ()
    return (StartRecorded(at=now, offer=offer.offer, started=command.started, on=command.on),)


def outcome(*, started: bool) -> FollowUp:
    return "started" if started else "did_not_start"


# --- folds


def evolve_intention_recorded(fair: Fair, event: IntentionRecorded) -> Fair:
    recruiting = fair.recruiting
    intention = Intention(
        event.intention, event.sign_up, event.attendee, event.booth, event.position, event.at
    )
    sign_up = replace(recruiting.sign_ups[event.sign_up], intention=event.intention)
    return with_recruiting(
        fair,
        intentions=recruiting.intentions.set(event.intention, intention),
        sign_ups=recruiting.sign_ups.set(event.sign_up, sign_up),
    )


def evolve_intention_confirmed(fair: Fair, event: IntentionConfirmed) -> Fair:
    recruiting = fair.recruiting
    intention = replace(recruiting.intentions[event.intention], confirmed_at=event.at)
    fair = with_recruiting(
        fair,
        intentions=recruiting.intentions.set(event.intention, intention),
        confirmed=recruiting.confirmed + 1,
    )
    return happened(fair, "intention", event.at, intention.attendee, booth=intention.booth)


def evolve_offer_made(fair: Fair, event: OfferMade) -> Fair:
    recruiting = fair.recruiting
    offer = Offer(
        offer=event.offer,
        sign_up=event.sign_up,
        attendee=event.attendee,
        booth=event.booth,
        position=event.position,
        pay=event.pay,
        terms=event.terms,
        state="made",
        made_at=event.at,
        valid_until_at=event.valid_until_at,
    )
    sign_up = replace(recruiting.sign_ups[event.sign_up], offer=event.offer)
    queue = recruiting.queues[event.booth]
    mine = (*recruiting.offers_by_attendee.get(event.attendee, ()), event.offer)
    fair = with_recruiting(
        fair,
        offers=recruiting.offers.set(event.offer, offer),
        offers_by_attendee=recruiting.offers_by_attendee.set(event.attendee, mine),
        sign_ups=recruiting.sign_ups.set(event.sign_up, sign_up),
        queues=recruiting.queues.set(
            event.booth, replace(queue, offer_ids=(*queue.offer_ids, event.offer))
        ),
    )
    fair = with_tally(fair, event.position, offered=1)
    return happened(fair, "offer_made", event.at, event.attendee, booth=event.booth)


def with_tally(fair: Fair, position: str, *, offered: int = 0, accepted: int = 0) -> Fair:
    found = fair.setup.positions[position]
    found = replace(found, offered=found.offered + offered, accepted=found.accepted + accepted)
    return with_setup(fair, positions=fair.setup.positions.set(position, found))


def answered(fair: Fair, offer: str, state: OfferState, at: int) -> Fair:
    recruiting = fair.recruiting
    found = replace(recruiting.offers[offer], state=state, answered_at=at)
    return with_recruiting(fair, offers=recruiting.offers.set(offer, found))


def evolve_offer_accepted(fair: Fair, event: OfferAccepted) -> Fair:
    fair = answered(fair, event.offer, "accepted", event.at)
    recruiting = fair.recruiting
    offer = recruiting.offers[event.offer]
    queue = recruiting.queues[offer.booth]
    fair = with_recruiting(
        fair,
        accepted=recruiting.accepted + 1,
        queues=recruiting.queues.set(offer.booth, replace(queue, accepted=queue.accepted + 1)),
    )
    fair = with_tally(fair, offer.position, accepted=1)
    return happened(fair, "offer_accepted", event.at, offer.attendee, booth=offer.booth)


def evolve_offer_declined(fair: Fair, event: OfferDeclined) -> Fair:
    return answered(fair, event.offer, "declined", event.at)


def evolve_offer_withdrawn(fair: Fair, event: OfferWithdrawn) -> Fair:
    return answered(fair, event.offer, "withdrawn", event.at)


def evolve_offer_expired(fair: Fair, event: OfferExpired) -> Fair:
    return answered(fair, event.offer, "expired", event.at)


def evolve_start_recorded(fair: Fair, event: StartRecorded) -> Fair:
    recruiting = fair.recruiting
    offer = recruiting.offers[event.offer]
    started = event.started - (offer.follow_up == "started")
    offer = replace(offer, follow_up=outcome(started=event.started), follow_up_on=event.on)
    return with_recruiting(
        fair,
        offers=recruiting.offers.set(event.offer, offer),
        started=recruiting.started + started,
    )
