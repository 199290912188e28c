from __future__ import annotations

from typing import Any

import pytest

from fairdesk.domain.district import (
    AddStaff,
    AddVenue,
    ChangePassword,
    DevicePaired,
    DeviceRevoked,
    FairPlanned,
    PairDevice,
    PasswordChanged,
    PlanFair,
    RemoveStaff,
    RevokeDevice,
    StaffAdded,
    StaffRemoved,
    VenueAdded,
    venue_path,
)
from fairdesk.domain.fair import VenueStep
from fairdesk.domain.message import Command, Event
from tests.unit.domain.given import BEFORE, ENDS, NOW, STARTS, ask, district_after, given_district

# --- venues


def venue(code: str, parent: str = "", level: str = "street", *tags: str) -> VenueAdded:
    return VenueAdded(at=NOW, venue=code, name=f"场所{code}", level=level, parent=parent, tags=tags)


def add(code: str, parent: str = "", level: str = "street", *tags: str) -> AddVenue:
    return ask(
        AddVenue, venue=code, name=f"场所{code}", level=level, parent=parent, tags=list(tags)
    )


TREE: list[Event] = [
    venue("qinghe", "", "district"),
    venue("cuizhu", "qinghe"),
    venue("red", "cuizhu", "station"),
]


def test_venue_is_added_below_one_that_is_known() -> None:
    given_district().when(add("qinghe", "", "district")).then(venue("qinghe", "", "district"))
    given_district(TREE[0]).when(add("cuizhu", "qinghe")).then(venue("cuizhu", "qinghe"))
    given_district().when(add("cuizhu", "qinghe")).rejected("venue_unknown", venue="qinghe")


def test_venue_added_again_changes_what_differs() -> None:
    fair = given_district(TREE)
    fair.when(add("cuizhu", "qinghe")).nothing()
    fair.when(add("cuizhu", "qinghe", "street", "联盟")).then(
        venue("cuizhu", "qinghe", "street", "联盟")
    )


@pytest.mark.parametrize("parent", ["qinghe", "cuizhu", "red"])
def test_venue_is_never_above_itself(parent: str) -> None:
    given_district(TREE).when(add("qinghe", parent)).rejected("venue_above_itself", venue="qinghe")


def test_venue_path_leads_from_the_district_down() -> None:
    assert venue_path(district_after(TREE), "red") == (
        VenueStep("qinghe", "场所qinghe", "district"),
        VenueStep("cuizhu", "场所cuizhu", "street"),
        VenueStep("red", "场所red", "station"),
    )


# --- fairs


FAIR: dict[str, Any] = {
    "fair": "cuizhu-2026-11-23",
    "name": "翠竹街道秋季招聘会",
    "venue": "red",
    "starts_on": "2026-11-23",
    "ends_on": "2026-11-23",
    "starts_at": STARTS,
    "ends_at": ENDS,
}


def planned(number: int = 1, **changes: Any) -> FairPlanned:
    return FairPlanned(at=NOW, number=number, fair_kind="job_fair", **FAIR | changes)


def plan(**changes: Any) -> PlanFair:
    return ask(PlanFair, **FAIR | {"kind": "job_fair"} | changes)


def test_fairs_are_numbered_in_the_order_they_are_planned() -> None:
    given_district(TREE).when(plan()).then(planned())
    given_district(TREE, planned(fair="another")).when(plan()).then(planned(2))


def test_fair_is_planned_once() -> None:
    given_district(TREE, planned()).when(plan()).rejected("fair_exists", fair="cuizhu-2026-11-23")


def test_fair_is_planned_at_a_venue_and_ends_after_it_starts() -> None:
    given_district().when(plan()).rejected("venue_unknown", venue="red")
    given_district(TREE).when(plan(ends_at=STARTS)).rejected("fair_ends_before_it_starts")


# --- staff


ADMIN = StaffAdded(at=BEFORE, staff="S1", role="admin")
DOOR = StaffAdded(at=BEFORE, staff="S2", role="door")


def test_staff_is_added_once() -> None:
    given_district().when(ask(AddStaff, staff="S1", role="admin")).then(
        StaffAdded(at=NOW, staff="S1", role="admin")
    )
    given_district(ADMIN).when(ask(AddStaff, staff="S1", role="door")).rejected(
        "staff_exists", staff="S1"
    )


def test_password_change_ends_earlier_sessions() -> None:
    changed = PasswordChanged(at=NOW, staff="S1")
    given_district(ADMIN).when(ask(ChangePassword, staff="S1")).then(changed)
    assert district_after(ADMIN).staff["S1"].epoch == 1
    assert district_after(ADMIN, changed).staff["S1"].epoch == 2


@pytest.mark.parametrize("kind", [ChangePassword, RemoveStaff])
def test_staff_who_is_gone_is_not_changed(kind: type[Command]) -> None:
    gone = StaffRemoved(at=BEFORE, staff="S2")
    given_district(ADMIN, DOOR, gone).when(ask(kind, staff="S2")).rejected(
        "staff_unknown", staff="S2"
    )
    given_district(ADMIN).when(ask(kind, staff="S9")).rejected("staff_unknown", staff="S9")


def test_last_admin_stays() -> None:
    second = StaffAdded(at=BEFORE, staff="S3", role="admin")
    remove = ask(RemoveStaff, staff="S1")
    given_district(ADMIN, DOOR).when(remove).rejected("last_admin", staff="S1")
    given_district(ADMIN, DOOR).when(ask(RemoveStaff, staff="S2")).then(
        StaffRemoved(at=NOW, staff="S2")
    )
    given_district(ADMIN, second).when(remove).then(StaffRemoved(at=NOW, staff="S1"))
    given_district(ADMIN, second, StaffRemoved(at=BEFORE, staff="S3")).when(remove).rejected(
        "last_admin", staff="S1"
    )


# --- devices


DEVICE: dict[str, Any] = {
    "device": "D1",
    "name": "北门平板",
    "role": "gate",
    "fair": "cuizhu-2026-11-23",
    "gate": "1",
    "booth": "",
    "token_hash": "ab",
}


def paired(**changes: Any) -> DevicePaired:
    return DevicePaired(at=NOW, **DEVICE | changes)


def pair(**changes: Any) -> PairDevice:
    return ask(PairDevice, **DEVICE | changes)


@pytest.mark.parametrize(
    "place",
    [
        {"role": "gate", "gate": "1", "booth": ""},
        {"role": "booth", "gate": "", "booth": "B07"},
        {"role": "wall", "gate": "", "booth": ""},
    ],
    ids=lambda place: place["role"],
)
def test_device_is_paired_where_it_stands(place: dict[str, str]) -> None:
    given_district(TREE, planned()).when(pair(**place)).then(paired(**place))


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"role": "gate", "gate": ""}, "gate_needed"),
        ({"role": "wall", "gate": "1"}, "gate_needed"),
        ({"role": "booth", "gate": ""}, "booth_needed"),
        ({"role": "gate", "booth": "B07"}, "booth_needed"),
    ],
)
def test_device_stands_at_one_place_of_its_kind(place: dict[str, str], code: str) -> None:
    given_district(TREE, planned()).when(pair(**place)).rejected(code, role=place["role"])


def test_device_is_paired_once_and_for_a_fair() -> None:
    given_district(TREE, planned(), paired()).when(pair()).rejected("device_exists", device="D1")
    given_district(TREE).when(pair()).rejected("fair_not_found", fair="cuizhu-2026-11-23")


def test_device_is_revoked_once() -> None:
    revoke = ask(RevokeDevice, device="D1")
    gone = DeviceRevoked(at=NOW, device="D1")
    given_district(TREE, planned(), paired()).when(revoke).then(gone)
    given_district(TREE, planned(), paired(), gone).when(revoke).nothing()
    given_district(TREE, planned()).when(revoke).rejected("device_unknown", device="D1")
    assert district_after(TREE, planned(), paired(), gone).devices["D1"].revoked_at == NOW
