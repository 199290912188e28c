from __future__ import annotations

import pytest

from fairdesk.domain.admission import CheckedIn, CheckedOut, CheckIn, CheckOut, ScanUnresolved
from fairdesk.domain.fair import (
    HAPPENINGS_MAX,
    PASSAGES_MAX,
    QUARTER_MS,
    Phase,
    Remark,
    occupancy_level,
)
from fairdesk.domain.message import Event
from fairdesk.domain.registration import AttendeeErased, BadgeIssued, BadgeRevoked, MergeUndone
from tests.unit.domain.given import (
    BEFORE,
    ENDS,
    NOW,
    STARTS,
    ask,
    badge,
    checked_in,
    checked_out,
    fair_after,
    given,
    merged,
    open_fair,
    registered,
)


def entry(attendee: str = "a1", *remarks: str, at: int = NOW, counted: bool = True) -> CheckedIn:
    return CheckedIn(at=at, attendee=attendee, gate="1", remarks=remarks, counted=counted)


def exit_(attendee: str = "a1", *remarks: str, at: int = NOW, counted: bool = True) -> CheckedOut:
    return CheckedOut(at=at, attendee=attendee, gate="1", remarks=remarks, counted=counted)


# --- the verdict


@pytest.mark.parametrize("spelling", ["{}", " {} ", "{0:.4}-{0[4]}{0[5]}{0[6]}"])
def test_badge_lets_its_holder_in(spelling: str) -> None:
    scanned = spelling.format(badge(1).lower())
    given(open_fair(), registered()).when(ask(CheckIn, gate="1", badge=scanned)).then(entry())


def test_person_found_by_name_is_let_in() -> None:
    given(open_fair(), registered()).when(ask(CheckIn, gate="1", attendee="a1")).then(entry())


def test_second_entry_is_let_in_and_looked_at() -> None:
    given(open_fair(), registered(), checked_in()).when(ask(CheckIn, gate="1", attendee="a1")).then(
        entry("a1", "already_inside", counted=False)
    )


def test_entry_after_an_exit_counts_again() -> None:
    given(open_fair(), registered(), checked_in(), checked_out()).when(
        ask(CheckIn, gate="1", attendee="a1")
    ).then(entry())


@pytest.mark.parametrize(
    ("now", "remarks"),
    [
        (STARTS - 1, ("wrong_day",)),
        (STARTS, ()),
        (ENDS - 1, ()),
        (ENDS, ("wrong_day",)),
    ],
)
def test_entry_on_another_day_is_looked_at(now: int, remarks: tuple[str, ...]) -> None:
    given(open_fair(), registered()).when(ask(CheckIn, gate="1", attendee="a1"), now=now).then(
        entry("a1", *remarks, at=now)
    )


def test_entry_at_a_gate_for_others_is_looked_at() -> None:
    given(open_fair(), registered()).when(ask(CheckIn, gate="2", attendee="a1")).then(
        CheckedIn(at=NOW, attendee="a1", gate="2", remarks=("other_gate",))
    )
    given(open_fair(), registered("a1", "seeker", "recruiter")).when(
        ask(CheckIn, gate="2", attendee="a1")
    ).then(CheckedIn(at=NOW, attendee="a1", gate="2"))


def test_entry_needs_a_gate_of_the_fair() -> None:
    given(open_fair(), registered()).when(ask(CheckIn, gate="9", attendee="a1")).rejected(
        "gate_unknown", gate="9"
    )


@pytest.mark.parametrize(
    "who", [{}, {"attendee": "a1", "badge": badge(1)}], ids=["neither", "both"]
)
def test_entry_is_by_badge_or_by_name(who: dict[str, str]) -> None:
    given(open_fair(), registered()).when(ask(CheckIn, gate="1", **who)).rejected(
        "attendee_or_badge"
    )


def test_entry_of_nobody_we_know_is_refused() -> None:
    fair = given(open_fair(), registered())
    fair.when(ask(CheckIn, gate="1", attendee="a9")).rejected("attendee_unknown", attendee="a9")
    fair.when(ask(CheckIn, gate="1", badge=badge(9))).rejected("badge_unknown")
    fair.when(ask(CheckIn, gate="1", badge="4006-123-456")).rejected("not_a_badge")


def test_badge_that_was_reissued_is_refused_and_the_new_one_is_not() -> None:
    again = BadgeIssued(at=BEFORE + 7, attendee="a1", badge=2)
    fair = given(open_fair(), registered(), again)
    fair.when(ask(CheckIn, gate="1", badge=badge(1))).rejected(
        "badge_revoked", reissued_at=BEFORE + 7, attendee="a1"
    )
    fair.when(ask(CheckIn, gate="1", badge=badge(2))).then(entry())


def test_badge_that_was_revoked_is_refused_and_its_holder_is_not() -> None:
    gone = BadgeRevoked(at=BEFORE + 7, attendee="a1", badge=1, reason="")
    fair = given(open_fair(), registered(), gone)
    fair.when(ask(CheckIn, gate="1", badge=badge(1))).rejected(
        "badge_revoked", reissued_at=BEFORE + 7, attendee="a1"
    )
    fair.when(ask(CheckIn, gate="1", attendee="a1")).then(entry())


def test_person_who_was_erased_is_refused() -> None:
    given(open_fair(), registered(), AttendeeErased(at=BEFORE, attendee="a1")).when(
        ask(CheckIn, gate="1", attendee="a1")
    ).rejected("attendee_erased", attendee="a1")


@pytest.mark.parametrize("phase", ["draft", "registration", "closed", "archived"])
def test_fair_that_is_not_live_lets_nobody_in(phase: Phase) -> None:
    given(open_fair(phase), registered()).when(ask(CheckIn, gate="1", attendee="a1")).rejected(
        "fair_not_live", phase=phase
    )


# --- how full


def full(red: int = 2) -> list[Event]:
    return [
        *open_fair(amber=1, red=red),
        *registered("a1"),
        *registered("a2"),
        *registered("a3"),
        *checked_in("a1"),
        *checked_in("a2"),
    ]


def test_full_hall_holds_the_next() -> None:
    given(full()).when(ask(CheckIn, gate="1", attendee="a3")).rejected(
        "hall_full", occupancy=2, red=2
    )
    given(full(red=3)).when(ask(CheckIn, gate="1", attendee="a3")).then(entry("a3"))


def test_full_hall_does_not_mind_who_is_inside() -> None:
    given(full()).when(ask(CheckIn, gate="1", attendee="a1")).then(
        entry("a1", "already_inside", counted=False)
    )


def test_full_hall_is_overridden_with_a_reason() -> None:
    fair = given(full())
    fair.when(ask(CheckIn, gate="1", attendee="a3", override="  ")).rejected(
        "hall_full", occupancy=2, red=2
    )
    fair.when(ask(CheckIn, gate="1", attendee="a3", override="陪同老人")).then(
        CheckedIn(at=NOW, attendee="a3", gate="1", override="陪同老人")
    )


@pytest.mark.parametrize(
    ("amber", "red", "level"),
    [
        (0, 0, "green"),
        (3, 4, "green"),
        (2, 4, "amber"),
        (1, 0, "amber"),
        (1, 2, "red"),
        (0, 1, "red"),
    ],
)
def test_occupancy_has_a_level(amber: int, red: int, level: str) -> None:
    two = [*registered("a1"), *registered("a2"), *checked_in("a1"), *checked_in("a2")]
    assert occupancy_level(fair_after(open_fair(amber=amber, red=red), two)) == level


# --- out


def test_exit_makes_room() -> None:
    given(full()).when(ask(CheckOut, gate="1", badge=badge(1))).then(exit_("a1"))
    given(full(), checked_out("a1")).when(ask(CheckIn, gate="1", attendee="a3")).then(entry("a3"))


def test_exit_of_someone_not_inside_is_a_fact_and_not_one_less() -> None:
    given(open_fair(), registered()).when(ask(CheckOut, gate="1", attendee="a1")).then(
        exit_("a1", "not_inside", counted=False)
    )


@pytest.mark.parametrize("phase", ["closed", "registration"])
def test_nobody_is_kept_in(phase: Phase) -> None:
    reissued = BadgeIssued(at=BEFORE, attendee="a1", badge=2)
    given(open_fair(phase), registered(), checked_in(), reissued).when(
        ask(CheckOut, gate="1", badge=badge(1))
    ).then(exit_("a1", "revoked_badge", "not_live"))


def test_exit_of_nobody_we_know_is_refused_and_offline_recorded() -> None:
    fair = given(open_fair(), registered())
    fair.when(ask(CheckOut, gate="9", attendee="a1")).rejected("gate_unknown", gate="9")
    fair.when(ask(CheckOut, gate="1", badge=badge(9))).rejected("badge_unknown")
    fair.when(ask(CheckOut, gate="1", badge=badge(9), offline=True)).then(
        ScanUnresolved(at=NOW, gate="1", reason="badge_unknown")
    )


# --- offline: what happened is recorded, whatever we know now


def test_offline_entry_keeps_the_time_it_happened() -> None:
    given(open_fair(), registered()).when(
        ask(CheckIn, gate="1", badge=badge(1), offline=True, observed_at=NOW - 900_000)
    ).then(entry(at=NOW - 900_000))


def test_entry_from_the_future_is_taken_as_now() -> None:
    given(open_fair(), registered()).when(
        ask(CheckIn, gate="1", badge=badge(1), observed_at=NOW + 1)
    ).then(entry(at=NOW))


def test_offline_entry_with_a_revoked_badge_is_flagged() -> None:
    again = BadgeIssued(at=BEFORE, attendee="a1", badge=2)
    given(open_fair(), registered(), again).when(
        ask(CheckIn, gate="1", badge=badge(1), offline=True)
    ).then(entry("a1", "revoked_badge"))


def test_offline_entry_into_a_full_hall_is_flagged() -> None:
    given(full()).when(ask(CheckIn, gate="1", badge=badge(3), offline=True)).then(
        entry("a3", "hall_was_full")
    )


def test_offline_entry_into_a_closed_fair_is_flagged() -> None:
    given(open_fair("closed"), registered()).when(
        ask(CheckIn, gate="1", badge=badge(1), offline=True)
    ).then(entry("a1", "not_live"))


@pytest.mark.parametrize(("scanned", "reason"), [(badge(9), "badge_unknown"), ("?", "not_a_badge")])
def test_offline_scan_of_nobody_we_know_is_left_to_a_person(scanned: str, reason: str) -> None:
    given(open_fair()).when(ask(CheckIn, gate="1", badge=scanned, offline=True)).then(
        ScanUnresolved(at=NOW, gate="1", reason=reason)
    )


def test_what_needs_a_person_is_kept_for_the_console() -> None:
    fair = fair_after(
        open_fair(),
        registered(),
        entry("a1", "already_inside", counted=False),
        entry("a1", "revoked_badge"),
        exit_("a1", "not_live"),
        ScanUnresolved(at=NOW, gate="1", reason="badge_unknown"),
    )
    assert fair.admission.remarks == (
        Remark(1, NOW, "a1", "1", ("revoked_badge",)),
        Remark(2, NOW, "a1", "1", ("not_live",)),
        Remark(3, NOW, "", "1", ("badge_unknown",)),
    )


# --- counting


def test_visitor_counts_once_however_often_he_comes() -> None:
    fair = fair_after(
        open_fair(),
        registered(),
        registered("a2"),
        checked_in("a1"),
        checked_out("a1"),
        checked_in("a1"),
        entry("a1", "already_inside", counted=False),
        checked_in("a2"),
    )
    counts = fair.admission
    assert (counts.visitors, counts.entries, counts.exits, counts.occupancy) == (2, 3, 1, 2)


def test_arrivals_are_counted_by_quarter_of_an_hour() -> None:
    quarter = STARTS // QUARTER_MS
    fair = fair_after(
        open_fair(),
        registered(),
        registered("a2"),
        registered("a3"),
        checked_in("a1", at=STARTS),
        checked_in("a2", at=STARTS + QUARTER_MS - 1),
        checked_in("a3", at=STARTS + QUARTER_MS),
        checked_out("a1", at=STARTS + QUARTER_MS),
        checked_in("a1", at=STARTS + 2 * QUARTER_MS),
    )
    assert dict(fair.admission.arrivals) == {quarter: 2, quarter + 1: 1}


def test_gate_keeps_its_count_and_its_latest_passages() -> None:
    passages = [*checked_in(), *checked_out()] * PASSAGES_MAX
    fair = fair_after(open_fair(), registered(), passages)
    gate, other = fair.setup.gates["1"], fair.setup.gates["2"]
    assert (gate.entries, gate.exits, other.entries) == (PASSAGES_MAX, PASSAGES_MAX, 0)
    numbers = [passage.number for passage in gate.passages]
    assert numbers == list(range(PASSAGES_MAX + 1, 2 * PASSAGES_MAX + 1))


def test_first_arrivals_are_told_on_the_wall() -> None:
    people = [registered(f"a{n}") for n in range(1, HAPPENINGS_MAX + 6)]
    entries = [checked_in(f"a{n}") for n in range(1, HAPPENINGS_MAX + 6)]
    fair = fair_after(open_fair(), people, entries, checked_out("a1"), checked_in("a1"))
    assert [h.number for h in fair.happenings] == list(range(6, HAPPENINGS_MAX + 6))
    assert {h.what for h in fair.happenings} == {"arrived"}


def test_merged_person_enters_under_the_registration_that_is_kept() -> None:
    two = [*registered("a1"), *registered("a2"), *merged("a1", "a2")]
    fair = given(open_fair(), two)
    fair.when(ask(CheckIn, gate="1", badge=badge(2))).then(entry("a1"))
    fair.when(ask(CheckIn, gate="1", attendee="a2")).then(entry("a1"))
    given(open_fair(), two, checked_in("a1")).when(ask(CheckOut, gate="1", badge=badge(2))).then(
        exit_("a1")
    )
    parted = MergeUndone(at=BEFORE, kept="a1", merged="a2")
    given(open_fair(), two, parted).when(ask(CheckIn, gate="1", badge=badge(2))).then(entry("a2"))
