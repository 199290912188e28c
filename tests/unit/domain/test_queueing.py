from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from fairdesk.domain.exhibitors import PositionWithdrawn
from fairdesk.domain.fair import CALLS_MAX, Phase
from fairdesk.domain.message import Command, Event
from fairdesk.domain.queueing import (
    RECALLS_MAX,
    Called,
    CallNext,
    EndInterview,
    Hold,
    InterviewEnded,
    InterviewStarted,
    MarkNoShow,
    NoShowMarked,
    QueueRejoined,
    Recall,
    Recalled,
    RejoinQueue,
    SignedUp,
    SignUpAtBooth,
    SignUpEvent,
    SignUpHeld,
    SignUpLeft,
    StartInterview,
    WithdrawSignUp,
    ahead_of,
    busy_elsewhere,
)
from fairdesk.domain.registration import AttendeeErased
from fairdesk.domain.setup import ConsentTextPublished
from tests.unit.domain.given import (
    BEFORE,
    NOW,
    Given,
    ask,
    badge,
    booth,
    called,
    fair_after,
    given,
    interviewed,
    interviewing,
    merged,
    moved,
    open_fair,
    position,
    registered,
    signed_up,
)

PEOPLE = ("a1", "a2", "a3", "a4", "a5")


def hall(*steps: Iterable[Event], phase: Phase = "live") -> list[Event]:
    """Booths B07 and B08 are here, with a position each, and five seekers."""
    events = [*open_fair(phase), *booth("B07"), *booth("B08")]
    events += [*position("p1", "B07"), *position("p2", "B08")]
    for attendee in PEOPLE:
        events += registered(attendee)
    for step in steps:
        events += step
    return events


def everybody_waits() -> list[Event]:
    return [event for n in range(1, 6) for event in signed_up(f"s{n}", f"a{n}")]


def at_b07(*steps: Iterable[Event]) -> Given:
    return given(hall(*steps))


def waiting(*steps: Iterable[Event], at_booth: str = "B07") -> tuple[str, ...]:
    return fair_after(hall(*steps)).recruiting.queues[at_booth].waiting


# --- signing up


def sign_up(**fields: Any) -> SignUpAtBooth:
    return ask(SignUpAtBooth, **{"booth": "B07", "consent_version": 1} | fields)


def written(**changes: Any) -> SignedUp:
    fields: dict[str, Any] = {
        "sign_up": "s1",
        "attendee": "a1",
        "booth": "B07",
        "position": "",
        "ticket": 1,
    }
    return SignedUp(at=NOW, consent_version=1, **fields | changes)


def test_sign_up_is_made_by_link_or_by_badge() -> None:
    fair = at_b07()
    fair.when(sign_up(attendee="a1")).then(written())
    fair.when(sign_up(badge=badge(1), position="p1")).then(written(position="p1"))


def test_sign_up_takes_the_next_ticket_of_the_booth() -> None:
    fair = at_b07(signed_up("s1", "a1"), signed_up("s2", "a2", "B08", ticket=1))
    fair.when(sign_up(attendee="a3")).then(written(sign_up="s3", attendee="a3", ticket=2))


def test_sign_up_keeps_when_it_happened() -> None:
    decision = at_b07().when(sign_up(attendee="a1", observed_at=NOW - 1)).decision
    assert isinstance(decision, tuple)
    assert decision[0].at == NOW - 1


@pytest.mark.parametrize("phase", ["draft", "registration", "closed", "archived"])
def test_sign_up_is_for_the_live_fair(phase: Phase) -> None:
    given(hall(phase=phase)).when(sign_up(attendee="a1")).rejected("fair_not_live", phase=phase)


def test_sign_up_needs_a_booth_that_came() -> None:
    given(open_fair(), booth(here=False), registered()).when(sign_up(attendee="a1")).rejected(
        "booth_not_here", booth="B07"
    )
    at_b07().when(sign_up(attendee="a1", booth="B99")).rejected("booth_unknown", booth="B99")


def test_sign_up_is_for_a_position_of_that_booth() -> None:
    fair = at_b07([PositionWithdrawn(at=BEFORE, position="p1")])
    fair.when(sign_up(attendee="a1", position="p1")).rejected("position_withdrawn", position="p1")
    fair.when(sign_up(attendee="a1", position="p2")).rejected("position_unknown", position="p2")
    fair.when(sign_up(attendee="a1", position="p9")).rejected("position_unknown", position="p9")


def test_sign_up_records_consent_to_the_text_in_force() -> None:
    at_b07().when(sign_up(attendee="a1", consent_version=2)).rejected(
        "consent_outdated", purpose="sign_up", version=1
    )
    newer = ConsentTextPublished(at=BEFORE, purpose="sign_up", version=2, zh="", en="")
    at_b07([newer]).when(sign_up(attendee="a1")).rejected(
        "consent_outdated", purpose="sign_up", version=2
    )
    without = [event for event in hall() if not isinstance(event, ConsentTextPublished)]
    given(without).when(sign_up(attendee="a1")).rejected(
        "consent_outdated", purpose="sign_up", version=0
    )


@pytest.mark.parametrize("state", ["waiting", "called", "interviewing", "held", "no_show"])
def test_sign_up_is_one_at_a_booth_while_it_is_open(state: str) -> None:
    at_b07(signed_up(), REACHED[state]).when(sign_up(attendee="a1")).rejected(
        "already_signed_up", sign_up="s1", ticket=1
    )


@pytest.mark.parametrize("state", ["done", "left"])
def test_sign_up_may_be_made_again_once_it_is_over(state: str) -> None:
    at_b07(signed_up(), REACHED[state]).when(sign_up(attendee="a1")).then(
        written(sign_up="s2", ticket=2)
    )


def test_sign_up_of_nobody_we_know_is_refused() -> None:
    fair = at_b07([AttendeeErased(at=BEFORE, attendee="a1")])
    fair.when(sign_up(attendee="a1")).rejected("attendee_erased", attendee="a1")
    fair.when(sign_up(attendee="a9")).rejected("attendee_unknown", attendee="a9")
    fair.when(sign_up(badge="not one")).rejected("not_a_badge")
    fair.when(sign_up()).rejected("attendee_or_badge")


def test_sign_up_of_a_merged_person_counts_for_both_registrations() -> None:
    at_b07(signed_up("s1", "a2"), merged("a1", "a2")).when(sign_up(attendee="a1")).rejected(
        "already_signed_up", sign_up="s1", ticket=1
    )


# --- leaving and coming back


LEFT = SignUpLeft(at=NOW, sign_up="s1", attendee="a1", booth="B07")

REACHED: dict[str, list[Event]] = {
    "waiting": [],
    "called": called(),
    "interviewing": interviewing(),
    "done": interviewed(),
    "held": [*called(), *moved(SignUpHeld)],
    "no_show": [*called(), *moved(NoShowMarked)],
    "left": moved(SignUpLeft),
}
"""How s1, once signed up, comes into each state."""


@pytest.mark.parametrize("state", [state for state in REACHED if state != "left"])
def test_sharing_is_withdrawn_at_any_time(state: str) -> None:
    at_b07(signed_up(), REACHED[state]).when(ask(WithdrawSignUp, sign_up="s1", attendee="a1")).then(
        LEFT
    )


def test_sharing_withdrawn_again_changes_nothing() -> None:
    at_b07(signed_up(), moved(SignUpLeft)).when(
        ask(WithdrawSignUp, sign_up="s1", attendee="a1")
    ).nothing()


ACTS = (WithdrawSignUp, RejoinQueue)


@pytest.mark.parametrize("kind", ACTS)
def test_sign_up_is_moved_by_its_seeker_only(kind: type[Command]) -> None:
    fair = at_b07(signed_up(), REACHED["held"])
    fair.when(ask(kind, sign_up="s1", attendee="a2")).rejected("not_yours")
    fair.when(ask(kind, sign_up="s1", badge=badge(2))).rejected("not_yours")
    fair.when(ask(kind, sign_up="s9", attendee="a1")).rejected("sign_up_unknown", sign_up="s9")
    fair.when(ask(kind, sign_up="s1", attendee="a9")).rejected("attendee_unknown", attendee="a9")
    by_badge = fair.when(ask(kind, sign_up="s1", badge=badge(1))).decision
    assert isinstance(by_badge, tuple)
    assert by_badge


@pytest.mark.parametrize("kind", ACTS)
def test_sign_up_of_a_merged_person_is_moved_under_either_registration(kind: type[Command]) -> None:
    fair = at_b07(signed_up(), REACHED["held"], merged("a2", "a1"))
    for who in ({"attendee": "a1"}, {"attendee": "a2"}, {"badge": badge(1)}):
        assert isinstance(fair.when(ask(kind, sign_up="s1", **who)).decision, tuple)


@pytest.mark.parametrize("state", ["held", "no_show"])
def test_whoever_comes_back_stands_behind_the_next_two(state: str) -> None:
    gone = [*everybody_waits(), *REACHED[state]]
    at_b07(gone).when(ask(RejoinQueue, sign_up="s1", attendee="a1")).then(
        QueueRejoined(at=NOW, sign_up="s1", attendee="a1", booth="B07")
    )
    assert waiting(gone) == ("s2", "s3", "s4", "s5")
    assert waiting(gone, moved(QueueRejoined)) == ("s2", "s3", "s1", "s4", "s5")


@pytest.mark.parametrize("others", [0, 1])
def test_whoever_comes_back_to_a_short_line_stands_at_its_end(others: int) -> None:
    line = [event for n in range(2, 2 + others) for event in signed_up(f"s{n}", f"a{n}")]
    back = waiting(signed_up(), REACHED["held"], line, moved(QueueRejoined))
    assert back == (*(f"s{n}" for n in range(2, 2 + others)), "s1")


@pytest.mark.parametrize("state", ["called", "interviewing", "done", "left"])
def test_nobody_comes_back_who_was_not_away(state: str) -> None:
    at_b07(signed_up(), REACHED[state]).when(
        ask(RejoinQueue, sign_up="s1", attendee="a1")
    ).rejected("sign_up_is", sign_up="s1", state=state)


def test_whoever_waits_already_does_so_still() -> None:
    at_b07(signed_up()).when(ask(RejoinQueue, sign_up="s1", attendee="a1")).nothing()


def test_coming_back_is_for_the_live_fair() -> None:
    given(hall(signed_up(), REACHED["held"], open_fair("closed")[-1:])).when(
        ask(RejoinQueue, sign_up="s1", attendee="a1")
    ).rejected("fair_not_live", phase="closed")


# --- calling


CALL = ask(CallNext, booth="B07")


def call_of(sign_up: str, attendee: str) -> Called:
    return Called(at=NOW, sign_up=sign_up, attendee=attendee, booth="B07")


def test_calls_go_in_ticket_order() -> None:
    at_b07(everybody_waits()).when(CALL).then(call_of("s1", "a1"))
    at_b07(everybody_waits(), called()).when(CALL).then(call_of("s2", "a2"))


@pytest.mark.parametrize("elsewhere", [called, interviewing])
def test_call_passes_over_whoever_is_busy_elsewhere(elsewhere: Any) -> None:
    busy = [*signed_up("s6", "a1", "B08"), *elsewhere("s6", "a1", "B08")]
    at_b07(everybody_waits(), busy).when(CALL).then(call_of("s2", "a2"))
    at_b07(signed_up(), busy).when(CALL).rejected("all_busy_elsewhere", waiting=1)


@pytest.mark.parametrize("ending", [InterviewEnded, SignUpLeft, SignUpHeld, NoShowMarked])
def test_call_finds_whoever_is_no_longer_busy(ending: type[SignUpEvent]) -> None:
    busy = [*signed_up("s6", "a1", "B08"), *called("s6", "a1", "B08")]
    over = moved(ending, "s6", "a1", "B08")
    at_b07(everybody_waits(), busy, over).when(CALL).then(call_of("s1", "a1"))


def test_call_passes_over_a_merged_person_busy_under_the_other_registration() -> None:
    busy = [*signed_up("s6", "a5", "B08"), *called("s6", "a5", "B08")]
    at_b07(signed_up(), busy, merged("a1", "a5")).when(CALL).rejected(
        "all_busy_elsewhere", waiting=1
    )
    at_b07(signed_up(), busy, merged("a5", "a1")).when(
        ask(StartInterview, booth="B07", sign_up="s1")
    ).rejected("busy_elsewhere", sign_up="s1")


def test_call_of_nobody_is_refused() -> None:
    fair = at_b07()
    fair.when(CALL).rejected("queue_empty", booth="B07")
    fair.when(ask(CallNext, booth="B99")).rejected("booth_unknown", booth="B99")


def test_recall_is_made_twice() -> None:
    recall = ask(Recall, booth="B07", sign_up="s1")
    again = Recalled(at=NOW, sign_up="s1", attendee="a1", booth="B07")
    for recalls in range(RECALLS_MAX):
        at_b07(signed_up(), called(), [again] * recalls).when(recall).then(again)
    at_b07(signed_up(), called(), [again] * RECALLS_MAX).when(recall).rejected(
        "recalled_enough", recalls=RECALLS_MAX
    )


def test_recall_counts_anew_after_the_next_call() -> None:
    again = Recalled(at=NOW, sign_up="s1", attendee="a1", booth="B07")
    back = [*moved(SignUpHeld), *moved(QueueRejoined), *called()]
    at_b07(signed_up(), called(), [again] * RECALLS_MAX, back).when(
        ask(Recall, booth="B07", sign_up="s1")
    ).then(again)


def test_calls_of_the_hall_are_the_latest() -> None:
    people = [registered(f"a{n}") for n in range(6, 21)]
    everybody = [signed_up(f"s{n}", f"a{n}") for n in range(1, 21)]
    all_called = [called(f"s{n}", f"a{n}") for n in range(1, 21)]
    again = moved(Recalled, "s10", "a10")
    fair = fair_after(hall(), people, everybody, all_called, again)
    latest = [f"s{n}" for n in range(21 - CALLS_MAX, 21) if n != 10]
    assert fair.recruiting.calls == (*latest, "s10")


# --- what a booth does to its sign-ups


MOVES: dict[type[Command], tuple[type[SignUpEvent], set[str]]] = {
    Recall: (Recalled, {"called"}),
    Hold: (SignUpHeld, {"waiting", "called"}),
    MarkNoShow: (NoShowMarked, {"called", "held"}),
    StartInterview: (InterviewStarted, {"waiting", "called", "held", "no_show"}),
    EndInterview: (InterviewEnded, {"interviewing"}),
}
"""Each of a booth's acts: what it leads to, and in which states."""


@pytest.mark.parametrize("state", list(REACHED))
@pytest.mark.parametrize("kind", list(MOVES))
def test_booth_moves_a_sign_up_on(kind: type[Command], state: str) -> None:
    event, states = MOVES[kind]
    outcome = at_b07(signed_up(), REACHED[state]).when(ask(kind, booth="B07", sign_up="s1"))
    if state in states:
        outcome.then(event(at=NOW, sign_up="s1", attendee="a1", booth="B07"))
    else:
        outcome.rejected("sign_up_is", sign_up="s1", state=state)


@pytest.mark.parametrize("kind", list(MOVES))
def test_booth_moves_only_its_own(kind: type[Command]) -> None:
    fair = at_b07(signed_up(), called())
    fair.when(ask(kind, booth="B08", sign_up="s1")).rejected(
        "sign_up_unknown", sign_up="s1", booth="B08"
    )
    fair.when(ask(kind, booth="B07", sign_up="s9")).rejected(
        "sign_up_unknown", sign_up="s9", booth="B07"
    )


@pytest.mark.parametrize("kind", [CallNext, *MOVES])
def test_booth_works_while_the_fair_is_live(kind: type[Command]) -> None:
    fields = {"booth": "B07"} if kind is CallNext else {"booth": "B07", "sign_up": "s1"}
    given(hall(signed_up(), called(), open_fair("closed")[-1:])).when(ask(kind, **fields)).rejected(
        "fair_not_live", phase="closed"
    )


def test_interview_does_not_start_with_somebody_busy_elsewhere() -> None:
    busy = [*signed_up("s6", "a1", "B08"), *called("s6", "a1", "B08")]
    at_b07(signed_up(), busy).when(ask(StartInterview, booth="B07", sign_up="s1")).rejected(
        "busy_elsewhere", sign_up="s1"
    )


def test_interview_counts_once_for_each_sign_up() -> None:
    fair = fair_after(
        hall(signed_up(), interviewed(), signed_up("s2", "a2"), interviewing("s2", "a2"))
    )
    assert fair.recruiting.interviews == 2
    assert (fair.recruiting.queues["B07"].done, fair.recruiting.sign_ups["s2"].interviewed) == (
        1,
        True,
    )


# --- what screens ask


def test_ahead_counts_who_is_called_before() -> None:
    fair = fair_after(hall(everybody_waits(), called("s2", "a2")))
    ahead = {s.sign_up: ahead_of(fair, s) for s in fair.recruiting.sign_ups.values()}
    assert ahead == {"s1": 0, "s2": -1, "s3": 1, "s4": 2, "s5": 3}


def test_busy_elsewhere_is_at_another_booth() -> None:
    fair = fair_after(hall(signed_up(), signed_up("s2", "a1", "B08"), called()))
    sign_ups = fair.recruiting.sign_ups
    assert [busy_elsewhere(fair, sign_ups[s]) for s in ("s1", "s2")] == [False, True]
