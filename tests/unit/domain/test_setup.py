from __future__ import annotations

from typing import Any

import pytest

from fairdesk.domain.fair import Phase
from fairdesk.domain.setup import (
    AddGate,
    ChangePhase,
    ConsentTextPublished,
    FairSetUp,
    GateAdded,
    OccupancyLimitsSet,
    PhaseChanged,
    PublishConsentText,
    SetOccupancyLimits,
    SetUpFair,
)
from tests.unit.domain.given import (
    ENDS,
    NOW,
    STARTS,
    VENUES,
    ask,
    checked_in,
    consent_texts,
    fair_after,
    gate,
    given,
    open_fair,
    registered,
    set_up,
)

PLANNED: dict[str, Any] = {
    "fair": "cuizhu-2026-11-23",
    "number": 7,
    "name": "翠竹街道秋季招聘会",
    "kind": "job_fair",
    "venues": VENUES,
    "starts_on": "2026-11-23",
    "ends_on": "2026-11-23",
    "starts_at": STARTS,
    "ends_at": ENDS,
}


def test_set_up_fair_writes_what_was_planned() -> None:
    said = PLANNED | {"fair_kind": PLANNED["kind"]}
    del said["kind"]
    given().when(ask(SetUpFair, **PLANNED)).then(FairSetUp(at=NOW, tags=(), **said))


def test_set_up_fair_is_done_once() -> None:
    given(set_up()).when(ask(SetUpFair, **PLANNED)).rejected(
        "fair_already_set_up", fair="cuizhu-2026-11-23"
    )


@pytest.mark.parametrize("ends_at", [STARTS, STARTS - 1])
def test_set_up_fair_must_end_after_it_starts(ends_at: int) -> None:
    given().when(ask(SetUpFair, **PLANNED | {"ends_at": ends_at})).rejected(
        "fair_ends_before_it_starts"
    )


@pytest.mark.parametrize(
    ("current", "phase"),
    [
        ("draft", "registration"),
        ("draft", "live"),
        ("registration", "live"),
        ("live", "closed"),
        ("closed", "archived"),
    ],
)
def test_phase_goes_on_without_a_reason(current: Phase, phase: Phase) -> None:
    given(open_fair(current)).when(ask(ChangePhase, phase=phase)).then(
        PhaseChanged(at=NOW, phase=phase, reason="")
    )


@pytest.mark.parametrize(
    ("current", "phase"), [("registration", "draft"), ("live", "registration"), ("closed", "live")]
)
def test_phase_goes_back_with_a_reason_only(current: Phase, phase: Phase) -> None:
    fair = given(open_fair(current))
    fair.when(ask(ChangePhase, phase=phase, reason=" ")).rejected("reason_needed", phase=current)
    fair.when(ask(ChangePhase, phase=phase, reason="误按")).then(
        PhaseChanged(at=NOW, phase=phase, reason="误按")
    )


@pytest.mark.parametrize(
    ("current", "phase", "following"),
    [
        ("draft", "closed", ["registration", "live"]),
        ("registration", "closed", ["draft", "live"]),
        ("live", "draft", ["registration", "closed"]),
        ("closed", "registration", ["live", "archived"]),
        ("archived", "closed", []),
    ],
)
def test_phase_skips_nothing(current: Phase, phase: Phase, following: list[str]) -> None:
    given(open_fair(current)).when(ask(ChangePhase, phase=phase, reason="?")).rejected(
        "phase_not_next", phase=current, next=following
    )


def test_phase_that_already_is_changes_nothing() -> None:
    given(open_fair("live")).when(ask(ChangePhase, phase="live")).nothing()


def test_occupancy_limits_are_set() -> None:
    given(open_fair()).when(ask(SetOccupancyLimits, amber=800, red=1000)).then(
        OccupancyLimitsSet(at=NOW, amber=800, red=1000)
    )


def test_occupancy_limits_that_already_are_change_nothing() -> None:
    given(open_fair(amber=8, red=10)).when(ask(SetOccupancyLimits, amber=8, red=10)).nothing()


def test_occupancy_warns_before_it_holds() -> None:
    given(open_fair()).when(ask(SetOccupancyLimits, amber=11, red=10)).rejected(
        "amber_above_red", amber=11, red=10
    )


def test_occupancy_may_warn_without_holding() -> None:
    given(open_fair()).when(ask(SetOccupancyLimits, amber=11, red=0)).then(
        OccupancyLimitsSet(at=NOW, amber=11, red=0)
    )


def consent(version: int, zh: str = "同意") -> PublishConsentText:
    return ask(PublishConsentText, purpose="sign_up", version=version, zh=zh, en="I agree")


def test_consent_text_starts_at_version_one() -> None:
    given(set_up()).when(consent(1)).then(
        ConsentTextPublished(at=NOW, purpose="sign_up", version=1, zh="同意", en="I agree")
    )
    given(set_up()).when(consent(2)).rejected("consent_version_not_next", purpose="sign_up", next=1)


def test_consent_text_gets_the_next_version() -> None:
    fair = given(set_up(), consent_texts())
    fair.when(consent(2, "另一份")).then(
        ConsentTextPublished(at=NOW, purpose="sign_up", version=2, zh="另一份", en="I agree")
    )
    fair.when(consent(3)).rejected("consent_version_not_next", purpose="sign_up", next=2)


def test_consent_text_that_already_is_changes_nothing() -> None:
    given(set_up(), consent_texts()).when(consent(1)).nothing()


def test_consent_text_in_force_is_never_reworded() -> None:
    given(set_up(), consent_texts()).when(consent(1, "改过")).rejected(
        "consent_version_taken", purpose="sign_up", version=1
    )


def test_gate_is_added_and_renamed() -> None:
    added = GateAdded(at=NOW, gate="3", name="西门", roles=("recruiter",))
    command = ask(AddGate, gate="3", name="西门", roles=["recruiter"])
    given(set_up()).when(command).then(added)
    given(set_up(), gate("3")).when(command).then(added)
    given(set_up(), added).when(command).nothing()


def test_gate_that_is_renamed_keeps_its_count() -> None:
    renamed = GateAdded(at=NOW, gate="1", name="东门", roles=())
    fair = fair_after(open_fair(), registered(), checked_in(), renamed)
    assert (fair.setup.gates["1"].name, fair.setup.gates["1"].entries) == ("东门", 1)


SETTINGS = (
    ask(SetOccupancyLimits, amber=1, red=2),
    consent(2),
    ask(AddGate, gate="3", name="西门"),
)


@pytest.mark.parametrize("command", SETTINGS, ids=lambda command: type(command).__name__)
@pytest.mark.parametrize("phase", ["closed", "archived"])
def test_closed_fair_is_not_set_up_further(command: SetOccupancyLimits, phase: Phase) -> None:
    given(open_fair(phase)).when(command).rejected("fair_closed", phase=phase)


@pytest.mark.parametrize(
    "command",
    [*SETTINGS, ask(ChangePhase, phase="live")],
    ids=lambda command: type(command).__name__,
)
def test_fair_nobody_planned_is_not_set_up(command: SetOccupancyLimits) -> None:
    given().when(command).rejected("fair_not_set_up")
