from __future__ import annotations

from typing import Any

import pytest

from fairdesk.domain.exhibitors import PositionWithdrawn
from fairdesk.domain.fair import OfferState, headcount_left
from fairdesk.domain.message import Command, Event
from fairdesk.domain.offers import (
    AcceptOffer,
    ConfirmIntention,
    DeclineOffer,
    ExpireOffers,
    IntentionConfirmed,
    IntentionRecorded,
    MakeOffer,
    OfferAccepted,
    OfferDeclined,
    OfferExpired,
    OfferMade,
    OfferWithdrawn,
    RecordIntention,
    RecordStart,
    StartRecorded,
    WithdrawOffer,
)
from fairdesk.domain.queueing import SignUpLeft
from tests.unit.domain.given import (
    BEFORE,
    ENDS,
    NOW,
    Given,
    Steps,
    ask,
    badge,
    booth,
    called,
    fair_after,
    given,
    intention,
    intention_confirmed,
    interviewed,
    interviewing,
    met,
    moved,
    offer,
    offer_accepted,
    open_fair,
    position,
    registered,
    signed_up,
)

OWN = {"booth": "B07", "sign_up": "s1", "position": "p1"}
CLOSED = open_fair("closed")[-1:]
WITHDRAWN = PositionWithdrawn(at=BEFORE, position="p1")

INTENTION = IntentionRecorded(
    at=NOW, intention="i1", sign_up="s1", attendee="a1", booth="B07", position="p1"
)
OFFER = OfferMade(
    at=NOW,
    offer="o1",
    sign_up="s1",
    attendee="a1",
    booth="B07",
    position="p1",
    pay=0,
    terms="",
    valid_until_at=ENDS,
)


def after_talk(*steps: Steps) -> Given:
    return given(met(steps))


# --- what intentions and offers have in common


BY_BOOTH = pytest.mark.parametrize("kind", [RecordIntention, MakeOffer])


@BY_BOOTH
def test_booth_writes_about_its_own_sign_up_and_position(kind: type[Command]) -> None:
    fair = after_talk(booth("B08"), position("p2", "B08"))
    fair.when(ask(kind, **OWN | {"booth": "B08"})).rejected(
        "sign_up_unknown", sign_up="s1", booth="B08"
    )
    fair.when(ask(kind, **OWN | {"sign_up": "s9"})).rejected(
        "sign_up_unknown", sign_up="s9", booth="B07"
    )
    for other in ("p2", "p9"):
        fair.when(ask(kind, **OWN | {"position": other})).rejected(
            "position_unknown", position=other
        )


@BY_BOOTH
def test_booth_writes_about_positions_it_still_has(kind: type[Command]) -> None:
    after_talk(WITHDRAWN).when(ask(kind, **OWN)).rejected("position_withdrawn", position="p1")


@BY_BOOTH
def test_booth_writes_once_they_have_talked(kind: type[Command]) -> None:
    stands = [*open_fair(), *booth(), *position(), *registered(), *signed_up()]
    for steps in ([], called()):
        given(stands, steps).when(ask(kind, **OWN)).rejected("not_interviewed", sign_up="s1")
    for steps in (interviewing(), interviewed()):
        assert isinstance(given(stands, steps).when(ask(kind, **OWN)).decision, tuple)


@BY_BOOTH
def test_booth_writes_nothing_about_whoever_withdrew(kind: type[Command]) -> None:
    after_talk(moved(SignUpLeft)).when(ask(kind, **OWN)).rejected(
        "sign_up_is", sign_up="s1", state="left"
    )


@BY_BOOTH
def test_booth_writes_while_the_fair_is_live(kind: type[Command]) -> None:
    after_talk(CLOSED).when(ask(kind, **OWN)).rejected("fair_not_live", phase="closed")


# --- intentions


def test_intention_is_recorded_once_for_each_sign_up() -> None:
    after_talk().when(ask(RecordIntention, **OWN)).then(INTENTION)
    after_talk(intention()).when(ask(RecordIntention, **OWN)).rejected(
        "intention_exists", intention="i1"
    )


def test_intention_counts_once_both_have_said_so() -> None:
    assert fair_after(met(intention())).recruiting.confirmed == 0
    assert fair_after(met(intention(), intention_confirmed())).recruiting.confirmed == 1


CONFIRM = ask(ConfirmIntention, intention="i1", attendee="a1")


def test_intention_is_confirmed_once_even_after_the_fair() -> None:
    confirmed = IntentionConfirmed(at=NOW, intention="i1")
    after_talk(intention()).when(CONFIRM).then(confirmed)
    after_talk(intention(), CLOSED).when(CONFIRM).then(confirmed)
    after_talk(intention(), intention_confirmed()).when(CONFIRM).nothing()
    after_talk().when(CONFIRM).rejected("intention_unknown", intention="i1")


def test_intention_is_confirmed_by_the_seeker() -> None:
    fair = after_talk(intention(), registered("a2"))
    fair.when(ask(ConfirmIntention, intention="i1", attendee="a2")).rejected("not_yours")
    fair.when(ask(ConfirmIntention, intention="i1", badge=badge(1))).then(
        IntentionConfirmed(at=NOW, intention="i1")
    )


# --- offers


def make(**fields: Any) -> MakeOffer:
    return ask(MakeOffer, **OWN | fields)


def test_offer_says_position_pay_terms_and_until_when() -> None:
    after_talk().when(make()).then(OFFER)
    said = {"pay": 7000, "terms": "包住宿", "valid_until_at": NOW + 60_000}
    outcome = after_talk().when(make(**said))
    assert isinstance(outcome.decision, tuple)
    made = outcome.decision[0]
    assert isinstance(made, OfferMade)
    assert {field: getattr(made, field) for field in said} == said


@pytest.mark.parametrize("valid_until_at", [NOW, NOW - 1])
def test_offer_is_not_over_before_it_is_made(valid_until_at: int) -> None:
    after_talk().when(make(valid_until_at=valid_until_at)).rejected(
        "offer_already_expired", valid_until_at=valid_until_at
    )


def test_offer_is_one_while_it_stands() -> None:
    after_talk(offer()).when(make()).rejected("offer_exists", offer="o1", state="made")
    after_talk(offer(), offer_accepted()).when(make()).rejected(
        "offer_exists", offer="o1", state="accepted"
    )


ENDINGS: dict[OfferState, Event] = {
    "accepted": OfferAccepted(at=BEFORE, offer="o1"),
    "declined": OfferDeclined(at=BEFORE, offer="o1"),
    "withdrawn": OfferWithdrawn(at=BEFORE, offer="o1", reason=""),
    "expired": OfferExpired(at=BEFORE, offer="o1"),
}


@pytest.mark.parametrize("state", ["declined", "withdrawn", "expired"])
def test_offer_is_made_again_once_it_is_over(state: OfferState) -> None:
    decision = after_talk(offer(), ENDINGS[state]).when(make()).decision
    assert isinstance(decision, tuple)
    assert isinstance(decision[0], OfferMade)
    assert decision[0].offer == "o2"


def filled(headcount: int = 1) -> list[Event]:
    """Position p1, filled by a2; a1 has an offer too."""
    return [
        *position(headcount=headcount),
        *registered("a2"),
        *signed_up("s2", "a2"),
        *interviewed("s2", "a2"),
        *offer("o1"),
        *offer("o2", sign_up="s2", attendee="a2"),
        *offer_accepted("o2"),
    ]


def test_headcount_is_never_exceeded() -> None:
    accept = ask(AcceptOffer, offer="o1", attendee="a1")
    after_talk(filled(1)).when(accept).rejected("headcount_filled", headcount=1)
    after_talk(filled(2)).when(accept).then(OfferAccepted(at=NOW, offer="o1"))
    third = [*registered("a3"), *signed_up("s3", "a3"), *interviewed("s3", "a3")]
    after_talk(filled(1), third).when(make(sign_up="s3")).rejected("headcount_filled", headcount=1)


def test_headcount_left_falls_with_each_acceptance() -> None:
    def left(*steps: Steps) -> tuple[int, int, int]:
        found = fair_after(met(steps)).setup.positions["p1"]
        return found.offered, found.accepted, headcount_left(found)

    assert left() == (0, 0, 2)
    assert left(offer()) == (1, 0, 2)
    assert left(offer(), offer_accepted()) == (1, 1, 1)


BY_SEEKER = pytest.mark.parametrize(
    ("kind", "event"), [(AcceptOffer, OfferAccepted), (DeclineOffer, OfferDeclined)]
)


@BY_SEEKER
def test_offer_is_answered_by_the_seeker(kind: type[Command], event: type[OfferAccepted]) -> None:
    fair = after_talk(offer(), registered("a2"))
    fair.when(ask(kind, offer="o1", attendee="a1", observed_at=NOW - 4)).then(
        event(at=NOW - 4, offer="o1")
    )
    fair.when(ask(kind, offer="o1", badge=badge(1))).then(event(at=NOW, offer="o1"))
    fair.when(ask(kind, offer="o1", attendee="a2")).rejected("not_yours")
    fair.when(ask(kind, offer="o1")).rejected("attendee_or_badge")


@pytest.mark.parametrize("state", list(ENDINGS))
@pytest.mark.parametrize(
    "command",
    [
        ask(AcceptOffer, offer="o1", attendee="a1"),
        ask(DeclineOffer, offer="o1", attendee="a1"),
        ask(WithdrawOffer, offer="o1", booth="B07"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_offer_ends_once(command: Command, state: OfferState) -> None:
    after_talk(offer(), ENDINGS[state]).when(command).rejected("offer_is", offer="o1", state=state)
    after_talk().when(command).rejected("offer_unknown", offer="o1")


def test_offer_is_accepted_in_time() -> None:
    accept = ask(AcceptOffer, offer="o1", attendee="a1")
    fair = after_talk(offer(valid_until_at=NOW))
    fair.when(accept, now=NOW - 1).then(OfferAccepted(at=NOW - 1, offer="o1"))
    fair.when(accept, now=NOW).rejected("offer_is", offer="o1", state="expired")


def test_offer_is_withdrawn_by_its_booth() -> None:
    fair = after_talk(offer(), booth("B08"))
    fair.when(ask(WithdrawOffer, offer="o1", booth="B07", reason="已招满")).then(
        OfferWithdrawn(at=NOW, offer="o1", reason="已招满")
    )
    fair.when(ask(WithdrawOffer, offer="o1", booth="B08")).rejected("offer_unknown", offer="o1")


def test_offers_expire_when_their_time_is_up() -> None:
    fair = after_talk(filled(2), offer("o3", valid_until_at=NOW), offer("o4", valid_until_at=NOW))
    fair.when(ask(ExpireOffers), now=NOW - 1).nothing()
    decision = fair.when(ask(ExpireOffers), now=NOW).decision
    assert isinstance(decision, tuple)
    assert set(decision) == {OfferExpired(at=NOW, offer="o3"), OfferExpired(at=NOW, offer="o4")}


# --- follow-up


def start(*, started: bool = True, on: str = "2026-12-01") -> RecordStart:
    return ask(RecordStart, offer="o1", started=started, on=on)


def test_start_is_recorded_and_corrected() -> None:
    accepted = [*offer(), *offer_accepted()]
    began = StartRecorded(at=NOW, offer="o1", started=True, on="2026-12-01")
    did_not = StartRecorded(at=NOW, offer="o1", started=False, on="")
    after_talk(accepted, CLOSED).when(start()).then(began)
    after_talk(accepted, began).when(start()).nothing()
    after_talk(accepted, began).when(start(started=False, on="")).then(did_not)
    assert fair_after(met(accepted, began)).recruiting.started == 1
    assert fair_after(met(accepted, began, began)).recruiting.started == 1
    assert fair_after(met(accepted, began, did_not)).recruiting.started == 0
    assert fair_after(met(accepted, did_not)).recruiting.started == 0


def test_start_follows_an_accepted_offer() -> None:
    after_talk(offer()).when(start()).rejected("offer_is", offer="o1", state="made")
    after_talk().when(start()).rejected("offer_unknown", offer="o1")
