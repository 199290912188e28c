from __future__ import annotations

from typing import Any

import msgspec
import pytest

from fairdesk.domain.exhibitors import (
    AddBooth,
    AddEnterprise,
    AddPosition,
    BoothAdded,
    BoothCheckedIn,
    CheckInBooth,
    EnterpriseAdded,
    PositionAdded,
    PositionWithdrawn,
    WithdrawPosition,
)
from fairdesk.domain.fair import Phase, Presence
from fairdesk.domain.message import Command, Event
from tests.unit.domain.given import (
    BEFORE,
    FIRM,
    NOW,
    OTHER_FIRM,
    ask,
    booth,
    fair_after,
    given,
    met,
    offer,
    offer_accepted,
    open_fair,
    position,
    registered,
    signed_up,
)


def test_enterprise_is_added_under_its_canonical_code() -> None:
    typed = "９１３５０１００ m000100y43 "
    given(open_fair()).when(ask(AddEnterprise, credit_code=typed, name="福州甲公司")).then(
        EnterpriseAdded(at=NOW, credit_code=FIRM, name="福州甲公司")
    )


def test_enterprise_added_again_changes_at_most_its_name() -> None:
    fair = given(open_fair(), EnterpriseAdded(at=BEFORE, credit_code=FIRM, name="旧名"))
    fair.when(ask(AddEnterprise, credit_code=FIRM, name="旧名")).nothing()
    fair.when(ask(AddEnterprise, credit_code=FIRM, name="新名")).then(
        EnterpriseAdded(at=NOW, credit_code=FIRM, name="新名")
    )


@pytest.mark.parametrize(
    "command",
    [
        ask(AddEnterprise, credit_code=FIRM[:-1] + "4", name="甲"),
        ask(AddBooth, booth="B07", enterprise=FIRM[:-1] + "4"),
    ],
    ids=["add-enterprise", "add-booth"],
)
def test_enterprise_with_a_wrong_code_is_refused(command: Command) -> None:
    given(open_fair()).when(command).rejected("credit_code_check")


def test_booth_belongs_to_an_enterprise() -> None:
    given(open_fair(), booth(here=False)).when(ask(AddBooth, booth="B08", enterprise=FIRM)).then(
        BoothAdded(at=NOW, booth="B08", enterprise=FIRM)
    )
    given(open_fair()).when(ask(AddBooth, booth="B08", enterprise=FIRM)).rejected(
        "enterprise_unknown", credit_code=FIRM
    )


def test_booth_added_again_changes_nothing() -> None:
    given(open_fair(), booth()).when(ask(AddBooth, booth="B07", enterprise=FIRM.lower())).nothing()


def test_booth_changes_hands_only_while_it_is_empty() -> None:
    taken_over = ask(AddBooth, booth="B07", enterprise=OTHER_FIRM)
    both = [*booth(), EnterpriseAdded(at=BEFORE, credit_code=OTHER_FIRM, name="乙")]
    given(open_fair(), both).when(taken_over).then(
        BoothAdded(at=NOW, booth="B07", enterprise=OTHER_FIRM)
    )
    given(open_fair(), both, position()).when(taken_over).rejected("booth_taken", booth="B07")
    given(open_fair(), both, registered(), signed_up()).when(taken_over).rejected(
        "booth_taken", booth="B07"
    )


FIELDS: dict[str, Any] = {
    "booth": "B07",
    "title": "电工",
    "position_kind": "full_time",
    "headcount": 3,
    "pay_min": 6000,
    "pay_max": 9000,
    "place": "清河区",
    "level": 3,
    "occupation": "电工",
    "occupation_code": "6-31-01-03",
}


def listed(position: str = "p1", **changes: Any) -> PositionAdded:
    return msgspec.convert(
        {"kind": "position_added", "at": NOW, "position": position, **FIELDS, **changes},
        PositionAdded,
    )


def test_position_is_added() -> None:
    given(open_fair(), booth()).when(ask(AddPosition, **FIELDS)).then(listed())


def test_position_is_known_by_booth_title_and_kind() -> None:
    fair = given(open_fair(), booth(), listed())
    fair.when(ask(AddPosition, **FIELDS)).nothing()
    fair.when(ask(AddPosition, **FIELDS | {"headcount": 5})).then(listed(headcount=5))
    fair.when(ask(AddPosition, **FIELDS | {"position_kind": "part_time"})).then(
        listed("p2", position_kind="part_time")
    )
    given(open_fair(), booth(), booth("B08"), listed()).when(
        ask(AddPosition, **FIELDS | {"booth": "B08"})
    ).then(listed("p2", booth="B08"))


def test_position_that_was_withdrawn_comes_back_under_its_id() -> None:
    gone = PositionWithdrawn(at=BEFORE, position="p1")
    given(open_fair(), booth(), listed(), gone).when(ask(AddPosition, **FIELDS)).then(listed())
    fair = fair_after(open_fair(), booth(), listed(), gone, listed())
    assert not fair.setup.positions["p1"].withdrawn
    assert fair.setup.booths["B07"].positions == ("p1",)


def test_position_needs_a_booth() -> None:
    given(open_fair()).when(ask(AddPosition, **FIELDS)).rejected("booth_unknown", booth="B07")


def test_position_pays_from_less_to_more() -> None:
    fair = given(open_fair(), booth())
    fair.when(ask(AddPosition, **FIELDS | {"pay_min": 9001})).rejected(
        "pay_range_reversed", pay_min=9001, pay_max=9000
    )
    fair.when(ask(AddPosition, **FIELDS | {"pay_max": 0})).then(listed(pay_max=0))


def test_headcount_never_falls_below_what_was_accepted() -> None:
    fair = given(met(position(headcount=2), offer(), offer_accepted()))
    filled = FIELDS | {"title": "电工p1", "headcount": 1}
    changed = fair.when(ask(AddPosition, **filled)).decision
    assert isinstance(changed, tuple)
    twice = [
        *registered("a2"),
        *signed_up("s2", "a2"),
        *offer("o2", sign_up="s2", attendee="a2"),
        *offer_accepted("o2"),
    ]
    given(met(position(headcount=2), offer(), offer_accepted(), twice)).when(
        ask(AddPosition, **filled)
    ).rejected("headcount_below_accepted", accepted=2, position="p1")


def test_position_is_withdrawn_once() -> None:
    fair = given(open_fair(), booth(), position())
    withdraw = ask(WithdrawPosition, position="p1")
    fair.when(withdraw).then(PositionWithdrawn(at=NOW, position="p1"))
    fair.when(ask(WithdrawPosition, position="p9")).rejected("position_unknown", position="p9")
    given(open_fair(), booth(), position(), PositionWithdrawn(at=BEFORE, position="p1")).when(
        withdraw
    ).nothing()


@pytest.mark.parametrize("phase", ["registration", "live"])
def test_booth_checks_in_when_it_came(phase: Phase) -> None:
    fair = given(open_fair(phase), booth(here=False))
    fair.when(ask(CheckInBooth, booth="B07", observed_at=NOW - 5)).then(
        BoothCheckedIn(at=NOW - 5, booth="B07")
    )


@pytest.mark.parametrize("phase", ["draft", "closed", "archived"])
def test_booth_checks_in_at_the_fair_only(phase: Phase) -> None:
    given(open_fair(phase), booth(here=False)).when(ask(CheckInBooth, booth="B07")).rejected(
        "fair_not_live", phase=phase
    )


def test_booth_checks_in_once_and_under_its_own_code() -> None:
    fair = given(open_fair(), booth())
    fair.when(ask(CheckInBooth, booth="B07")).nothing()
    fair.when(ask(CheckInBooth, booth="B99")).rejected("booth_unknown", booth="B99")


@pytest.mark.parametrize(
    "command",
    [
        ask(AddEnterprise, credit_code=FIRM, name="甲"),
        ask(AddBooth, booth="B07", enterprise=FIRM),
        ask(AddPosition, **FIELDS),
        ask(WithdrawPosition, position="p1"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_closed_fair_takes_no_exhibitors(command: Command) -> None:
    given(open_fair("closed"), booth(), position()).when(command).rejected(
        "fair_closed", phase="closed"
    )
    given().when(command).rejected("fair_not_set_up")


@pytest.mark.parametrize(
    ("steps", "presence"),
    [
        pytest.param([*booth(here=False), *position()], Presence(0, 0, 0, 0), id="did not come"),
        pytest.param([*booth(), *position()], Presence(1, 1, 1, 2), id="came"),
        pytest.param(
            [*booth(here=False), *position(), BoothCheckedIn(at=NOW, booth="B07")],
            Presence(1, 1, 1, 2),
            id="came after its list",
        ),
        pytest.param(
            [*booth(), *booth("B08"), *position(), *position("p2", "B08", headcount=5)],
            Presence(2, 1, 2, 7),
            id="one enterprise at two booths",
        ),
        pytest.param(
            [*booth(), *position(), PositionWithdrawn(at=NOW, position="p1")],
            Presence(1, 1, 0, 0),
            id="position withdrawn",
        ),
        pytest.param(
            [*booth(), *position(), *position(headcount=9)],
            Presence(1, 1, 1, 9),
            id="headcount corrected",
        ),
    ],
)
def test_booth_counts_with_its_positions_once_it_came(
    steps: list[Event], presence: Presence
) -> None:
    assert fair_after(open_fair(), steps).setup.presence == presence
