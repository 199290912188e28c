from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from fairdesk.domain.admission import CheckedOut
from fairdesk.domain.fair import Consent, Phase, came
from fairdesk.domain.message import Command, Event
from fairdesk.domain.queueing import SignUpLeft
from fairdesk.domain.registration import (
    AttendeeErased,
    AttendeeRegistered,
    AttendeesMerged,
    BadgeIssued,
    BadgeRevoked,
    ConsentGiven,
    ConsentRecorded,
    ConsentWithdrawn,
    EraseAttendee,
    GiveConsent,
    MergeAttendees,
    MergeUndone,
    Register,
    ReissueBadge,
    RevokeBadge,
    UndoMerge,
    WithdrawConsent,
)
from fairdesk.domain.setup import ConsentTextPublished
from tests.unit.domain.given import (
    BEFORE,
    NOW,
    Given,
    ask,
    booth,
    called,
    checked_in,
    fair_after,
    given,
    interviewed,
    merged,
    offer,
    offer_accepted,
    open_fair,
    person,
    position,
    registered,
    signed_up,
)

AGREED = [{"purpose": "registration", "version": 1}]


def register(**changes: Any) -> Register:
    return ask(Register, **{"person": person("a1"), "consents": AGREED} | changes)


# --- registering


def test_register_writes_the_attendee_and_issues_a_badge() -> None:
    given(open_fair("registration")).when(register(roles=["contestant", "seeker"])).then(
        AttendeeRegistered(
            at=NOW,
            attendee="a1",
            person=person("a1"),
            roles=("contestant", "seeker"),
            consents=(ConsentGiven("registration", 1),),
            source="self",
        ),
        BadgeIssued(at=NOW, attendee="a1", badge=1),
    )


def test_register_counts_attendees_and_badges_up() -> None:
    reissued = BadgeIssued(at=BEFORE, attendee="a1", badge=2)
    decision = given(open_fair(), registered(), reissued).when(register()).decision
    assert isinstance(decision, tuple)
    assert decision[1] == BadgeIssued(at=NOW, attendee="a2", badge=3)


def test_register_keeps_when_it_happened_and_whom_it_looks_like() -> None:
    fields = {"same_as": person("a8"), "alike": "a1", "source": "walk_in"}
    decision = given(open_fair(), registered()).when(register(observed_at=NOW - 9, **fields))
    assert isinstance(decision.decision, tuple)
    written = decision.decision[0]
    assert isinstance(written, AttendeeRegistered)
    assert (written.at, written.same_as, written.alike, written.source) == (
        NOW - 9,
        person("a8"),
        "a1",
        "walk_in",
    )


@pytest.mark.parametrize("phase", ["draft", "closed", "archived"])
def test_register_is_for_the_open_fair(phase: Phase) -> None:
    given(open_fair(phase)).when(register()).rejected("registration_closed", phase=phase)


@pytest.mark.parametrize(
    "consents",
    [[], [{"purpose": "sign_up", "version": 1}]],
    ids=["none", "another"],
)
def test_register_needs_consent(consents: list[dict[str, Any]]) -> None:
    given(open_fair()).when(register(consents=consents)).rejected(
        "consent_needed", purpose="registration"
    )


def test_register_takes_consent_to_the_text_in_force_only() -> None:
    newer = ConsentTextPublished(at=BEFORE, purpose="registration", version=2, zh="", en="")
    given(open_fair(), newer).when(register()).rejected(
        "consent_outdated", purpose="registration", version=2
    )
    sensitive = [*AGREED, {"purpose": "sensitive", "version": 1}]
    given(open_fair()).when(register(consents=sensitive)).rejected(
        "consent_text_unknown", purpose="sensitive"
    )


def test_register_takes_one_consent_for_each_purpose() -> None:
    given(open_fair()).when(register(consents=AGREED * 2)).rejected("consent_twice")


def test_register_suspects_nobody_unknown() -> None:
    given(open_fair()).when(register(alike="a5")).rejected("attendee_unknown", attendee="a5")


def test_register_writes_no_personal_data() -> None:
    """Of a person the log keeps an id. A new field here needs the same thought."""
    written = {*AttendeeRegistered.__struct_fields__, *BadgeIssued.__struct_fields__}
    assert written == {
        "at", "attendee", "person", "roles", "consents", "source", "same_as", "alike",
        "badge", "reason",
    }  # fmt: skip


# --- consent


def give(purpose: str = "sign_up", version: int = 1, attendee: str = "a1") -> GiveConsent:
    return ask(GiveConsent, attendee=attendee, purpose=purpose, version=version)


def test_consent_is_recorded_once_for_each_version() -> None:
    fair = given(open_fair(), registered())
    fair.when(give()).then(ConsentRecorded(at=NOW, attendee="a1", purpose="sign_up", version=1))
    fair.when(give("registration")).nothing()
    newer = ConsentTextPublished(at=BEFORE, purpose="registration", version=2, zh="", en="")
    given(open_fair(), registered(), newer).when(give("registration", 2)).then(
        ConsentRecorded(at=NOW, attendee="a1", purpose="registration", version=2)
    )


def test_consent_is_to_the_text_in_force() -> None:
    fair = given(open_fair(), registered())
    fair.when(give(version=2)).rejected("consent_outdated", purpose="sign_up", version=1)
    fair.when(give("sensitive")).rejected("consent_text_unknown", purpose="sensitive")
    fair.when(give(attendee="a9")).rejected("attendee_unknown", attendee="a9")


def test_consent_of_a_purpose_is_replaced_by_the_next() -> None:
    fair = fair_after(
        open_fair(),
        registered(),
        ConsentRecorded(at=NOW, attendee="a1", purpose="sign_up", version=1),
        ConsentRecorded(at=NOW + 1, attendee="a1", purpose="registration", version=2),
    )
    assert fair.admission.attendees["a1"].consents == (
        Consent("sign_up", 1, NOW),
        Consent("registration", 2, NOW + 1),
    )


def withdraw(purpose: str = "sign_up", attendee: str = "a1") -> WithdrawConsent:
    return ask(WithdrawConsent, attendee=attendee, purpose=purpose)


def test_consent_is_withdrawn_once() -> None:
    fair = given(open_fair(), registered())
    fair.when(withdraw("registration")).then(
        ConsentWithdrawn(at=NOW, attendee="a1", purpose="registration")
    )
    fair.when(withdraw("sign_up")).nothing()
    fair.when(withdraw(attendee="a9")).rejected("attendee_unknown", attendee="a9")


def in_three_lines() -> list[Event]:
    """a1 waits at B07, was interviewed at B08, is called at B09, and agreed to be shared."""
    return [
        *open_fair(),
        *booth("B07"),
        *booth("B08"),
        *booth("B09"),
        *registered(),
        ConsentRecorded(at=BEFORE, attendee="a1", purpose="sign_up", version=1),
        *signed_up("s1", "a1", "B07"),
        *signed_up("s2", "a1", "B08"),
        *interviewed("s2", "a1", "B08"),
        *signed_up("s3", "a1", "B09"),
        *called("s3", "a1", "B09"),
    ]


LEFT = (
    SignUpLeft(at=NOW, sign_up="s1", attendee="a1", booth="B07"),
    SignUpLeft(at=NOW, sign_up="s3", attendee="a1", booth="B09"),
)


def test_consent_to_share_withdrawn_leaves_every_line() -> None:
    given(in_three_lines()).when(withdraw()).then(
        ConsentWithdrawn(at=NOW, attendee="a1", purpose="sign_up"), *LEFT
    )


# --- badges


def test_badge_is_reissued_with_the_next_serial() -> None:
    given(open_fair(), registered(), registered("a2")).when(
        ask(ReissueBadge, attendee="a1", reason="丢失", observed_at=NOW - 3)
    ).then(BadgeIssued(at=NOW - 3, attendee="a1", badge=3, reason="丢失"))


def test_badge_is_revoked_once() -> None:
    revoke = ask(RevokeBadge, attendee="a1", reason="丢失")
    given(open_fair(), registered()).when(revoke).then(
        BadgeRevoked(at=NOW, attendee="a1", badge=1, reason="丢失")
    )
    gone = BadgeRevoked(at=BEFORE, attendee="a1", badge=1, reason="")
    given(open_fair(), registered(), gone).when(revoke).nothing()


@pytest.mark.parametrize("kind", [ReissueBadge, RevokeBadge])
def test_badge_belongs_to_an_attendee(kind: type[Command]) -> None:
    given(open_fair()).when(ask(kind, attendee="a9")).rejected("attendee_unknown", attendee="a9")


def test_badge_is_not_reissued_to_whoever_was_erased() -> None:
    given(open_fair(), registered(), AttendeeErased(at=BEFORE, attendee="a1")).when(
        ask(ReissueBadge, attendee="a1")
    ).rejected("attendee_erased", attendee="a1")


# --- merging


def two(*steps: Iterable[Event]) -> Given:
    return given(open_fair(), registered("a1"), registered("a2"), registered("a3"), steps)


def test_merge_joins_two_registrations() -> None:
    two().when(ask(MergeAttendees, kept="a1", merged="a2")).then(
        AttendeesMerged(at=NOW, kept="a1", merged="a2")
    )


def test_merge_of_two_who_are_inside_takes_one_out() -> None:
    two(checked_in("a1"), checked_in("a2")).when(ask(MergeAttendees, kept="a1", merged="a2")).then(
        CheckedOut(at=NOW, attendee="a2", gate="", remarks=("merged",)),
        AttendeesMerged(at=NOW, kept="a1", merged="a2"),
    )


def test_merge_again_changes_nothing() -> None:
    fair = two(merged("a1", "a2"))
    fair.when(ask(MergeAttendees, kept="a1", merged="a2")).nothing()
    fair.when(ask(MergeAttendees, kept="a3", merged="a2")).rejected(
        "already_merged", merged_into="a1"
    )


def test_merge_into_one_who_was_merged_goes_to_the_one_kept() -> None:
    two(merged("a1", "a2")).when(ask(MergeAttendees, kept="a2", merged="a3")).then(
        AttendeesMerged(at=NOW, kept="a1", merged="a3")
    )


def test_merge_never_runs_in_a_circle() -> None:
    fair = two(merged("a1", "a2"))
    fair.when(ask(MergeAttendees, kept="a1", merged="a1")).rejected(
        "merge_with_itself", attendee="a1"
    )
    fair.when(ask(MergeAttendees, kept="a2", merged="a1")).rejected(
        "merge_with_itself", attendee="a1"
    )


@pytest.mark.parametrize(("kept", "gone"), [("a1", "a9"), ("a9", "a1")])
def test_merge_needs_two_who_are_known(kept: str, gone: str) -> None:
    two().when(ask(MergeAttendees, kept=kept, merged=gone)).rejected(
        "attendee_unknown", attendee="a9"
    )


def test_merge_is_undone() -> None:
    fair = two(merged("a1", "a2"))
    fair.when(ask(UndoMerge, merged="a2")).then(MergeUndone(at=NOW, kept="a1", merged="a2"))
    fair.when(ask(UndoMerge, merged="a1")).rejected("not_merged", attendee="a1")
    fair.when(ask(UndoMerge, merged="a9")).rejected("attendee_unknown", attendee="a9")


def test_merged_visitors_count_as_one_and_parted_as_two() -> None:
    came_twice = [*open_fair(), *registered("a1"), *registered("a2")]
    came_twice += [*checked_in("a1"), *checked_in("a2")]
    joined = [CheckedOut(at=NOW, attendee="a2", gate=""), *merged("a1", "a2")]
    parted = MergeUndone(at=NOW, kept="a1", merged="a2")
    assert fair_after(came_twice).admission.visitors == 2
    assert fair_after(came_twice, joined).admission.visitors == 1
    assert fair_after(came_twice, joined, parted).admission.visitors == 2


@pytest.mark.parametrize("inside", ["a1", "a2"])
def test_merged_person_stays_inside_whichever_came(inside: str) -> None:
    fair = fair_after(
        open_fair(), registered("a1"), registered("a2"), checked_in(inside), merged("a1", "a2")
    )
    kept, gone = fair.admission.attendees["a1"], fair.admission.attendees["a2"]
    assert (kept.inside, gone.inside, fair.admission.occupancy) == (True, False, 1)
    assert came(fair, kept)


def test_merge_of_a_merge_is_parted_one_by_one() -> None:
    """a3 came and was merged into a2, who did not come and was merged into a1, who came."""
    chain = [*open_fair(), *registered("a1"), *registered("a2"), *registered("a3")]
    chain += [*checked_in("a1"), *checked_in("a3"), *merged("a2", "a3")]
    chain += [CheckedOut(at=NOW, attendee="a2", gate=""), *merged("a1", "a2")]
    assert fair_after(chain).admission.visitors == 1
    parted = MergeUndone(at=NOW, kept="a2", merged="a3")
    assert fair_after(chain, parted).admission.visitors == 2


def test_badges_of_a_merged_person_are_all_replaced() -> None:
    """He holds two, and says that he lost them: no old one may open a gate again."""
    fair = two(merged("a1", "a2"))
    fair.when(ask(ReissueBadge, attendee="a2")).then(
        BadgeIssued(at=NOW, attendee="a1", badge=4),
        BadgeRevoked(at=NOW, attendee="a2", badge=2, reason=""),
    )
    fair.when(ask(RevokeBadge, attendee="a1", reason="丢失")).then(
        BadgeRevoked(at=NOW, attendee="a1", badge=1, reason="丢失"),
        BadgeRevoked(at=NOW, attendee="a2", badge=2, reason="丢失"),
    )


# --- forgetting


def test_erasing_leaves_every_line_and_keeps_every_count() -> None:
    given(in_three_lines()).when(ask(EraseAttendee, attendee="a1")).then(
        *LEFT, AttendeeErased(at=NOW, attendee="a1")
    )
    steps = [*in_three_lines(), *position("p1", "B08"), *checked_in()]
    steps += [*offer(sign_up="s2", booth="B08"), *offer_accepted()]
    before = fair_after(steps)
    after = fair_after(steps, LEFT, AttendeeErased(at=NOW, attendee="a1"))
    for name in ("occupancy", "visitors", "entries", "exits", "arrivals"):
        assert getattr(after.admission, name) == getattr(before.admission, name)
    for name in ("interviews", "confirmed", "accepted", "started"):
        assert getattr(after.recruiting, name) == getattr(before.recruiting, name)
    assert len(after.recruiting.sign_ups) == len(before.recruiting.sign_ups)


def test_erasing_forgets_every_registration_of_the_person() -> None:
    line = SignUpLeft(at=NOW, sign_up="s1", attendee="a2", booth="B07")
    steps = [*booth(), *signed_up("s1", "a2"), *merged("a1", "a2")]
    for asked in ("a1", "a2"):
        two(steps).when(ask(EraseAttendee, attendee=asked)).then(
            line, AttendeeErased(at=NOW, attendee="a1"), AttendeeErased(at=NOW, attendee="a2")
        )


def test_erasing_takes_the_badge() -> None:
    attendee = fair_after(
        open_fair(), registered(), AttendeeErased(at=NOW, attendee="a1")
    ).admission.attendees["a1"]
    assert (attendee.erased, attendee.badge) == (True, 0)


def test_erasing_is_done_once_and_to_somebody() -> None:
    erase = ask(EraseAttendee, attendee="a1")
    given(open_fair(), registered(), AttendeeErased(at=BEFORE, attendee="a1")).when(erase).nothing()
    given(open_fair()).when(erase).rejected("attendee_unknown", attendee="a1")


def test_family_may_share_a_phone() -> None:
    """The second is a suspicion for a human to look at, and both are registered."""
    given(open_fair(), registered()).when(register(person=person("a2"), alike="a1")).then(
        msgspec.structs.replace(registered("a2")[0], at=NOW, alike="a1"),
        BadgeIssued(at=NOW, attendee="a2", badge=2),
    )
