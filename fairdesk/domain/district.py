"""The district: what outlives a fair. Its venues, its fairs, its staff and its devices.

It is a stream of its own beside one for each fair. Logins, names and password hashes of staff live
in the vault under the staff id; a device's token is known here by its hash alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from immutables import Map
from msgspec.structs import replace

from fairdesk.domain.fair import FairKind, VenueStep
from fairdesk.domain.message import Command, Day, Decision, Event, FairCode, Line, Name, Time
from fairdesk.domain.rejection import Rejection

VenueLevel = Literal["district", "street", "community", "station", "site"]
StaffRole = Literal["admin", "organiser", "door_lead", "door", "statistician"]
DeviceRole = Literal["gate", "booth", "wall"]
VenueCode = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
VenueCodeOrNone = Annotated[str, msgspec.Meta(pattern=r"^([a-z0-9][a-z0-9-]{0,39})?$")]
CodeOrNone = Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z0-9][A-Za-z0-9_-]{0,19})?$")]

# --- state


class Venue(msgspec.Struct, frozen=True, gc=False):
    venue: str
    name: str
    level: str
    parent: str = ""
    tags: tuple[str, ...] = ()


class PlannedFair(msgspec.Struct, frozen=True, gc=False):
    """`number` (1–65535) stands in every badge of the fair."""

    fair: str
    number: int
    name: str
    kind: str
    venue: str
    starts_on: str
    ends_on: str
    starts_at: int
    ends_at: int


class Staff(msgspec.Struct, frozen=True, gc=False):
    """`epoch` counts password changes: a session from an earlier one is over."""

    staff: str
    role: str
    epoch: int = 1
    removed: bool = False


class Device(msgspec.Struct, frozen=True, gc=False):
    device: str
    name: str
    role: str
    fair: str
    gate: str
    booth: str
    token_hash: str
    paired_at: int
    revoked_at: int = 0


class District(msgspec.Struct, frozen=True, gc=False):
    venues: Map[str, Venue] = Map()
    fairs: Map[str, PlannedFair] = Map()
    staff: Map[str, Staff] = Map()
    devices: Map[str, Device] = Map()


def initial() -> District:
    return District()


def venue_path(district: District, venue: str) -> tuple[VenueStep, ...]:
    """From the district down to `venue`."""
    path: list[VenueStep] = []
    while venue:
        found = district.venues[venue]
        path.append(VenueStep(found.venue, found.name, found.level))
        venue = found.parent
    return tuple(reversed(path))


# --- commands


class AddVenue(Command, frozen=True, kw_only=True):
    """A node of the tree. `tags` (an alliance, an association) cut across it."""

    venue: VenueCode
    name: Name
    level: VenueLevel
    parent: VenueCodeOrNone = ""
    tags: tuple[Line, ...] = ()


class PlanFair(Command, frozen=True, kw_only=True):
    """`starts_at` ≤ t < `ends_at` (ms) are the days its badges are good for."""

    fair: FairCode
    name: Name
    kind: FairKind
    venue: VenueCode
    starts_on: Day
    ends_on: Day
    starts_at: Time
    ends_at: Time


class AddStaff(Command, frozen=True, kw_only=True):
    staff: str
    role: StaffRole


class ChangePassword(Command, frozen=True, kw_only=True):
    staff: str


class RemoveStaff(Command, frozen=True, kw_only=True):
    staff: str


class PairDevice(Command, frozen=True, kw_only=True):
    device: str
    name: Name
    role: DeviceRole
    fair: FairCode
    gate: CodeOrNone = ""
    booth: CodeOrNone = ""
    token_hash: str


class RevokeDevice(Command, frozen=True, kw_only=True):
    device: str


# --- events


class VenueAdded(Event, frozen=True, kw_only=True):
    venue: str
    name: str
    level: str
    parent: str
    tags: tuple[str, ...]


class FairPlanned(Event, frozen=True, kw_only=True):
    fair: str
    number: int
    name: str
    fair_kind: str
    venue: str
    starts_on: str
    ends_on: str
    starts_at: int
    ends_at: int


class StaffAdded(Event, frozen=True, kw_only=True):
    staff: str
    role: str


class PasswordChanged(Event, frozen=True, kw_only=True):
    staff: str


class StaffRemoved(Event, frozen=True, kw_only=True):
    staff: str


class DevicePaired(Event, frozen=True, kw_only=True):
    device: str
    name: str
    role: str
    fair: str
    gate: str
    booth: str
    token_hash: str


class DeviceRevoked(Event, frozen=True, kw_only=True):
    device: str


# --- rules


def decide_add_venue(district: District, command: AddVenue, now: int) -> Decision:
    if command.parent and command.parent not in district.venues:
        return Rejection("venue_unknown", {"venue": command.parent})
    ancestors = {step.venue for step in venue_path(district, command.parent)}
    if command.venue in ancestors or command.venue == command.parent:
        return Rejection("venue_above_itself", {"venue": command.venue})
    event = VenueAdded(
        at=now,
        venue=command.venue,
        name=command.name,
        level=command.level,
        parent=command.parent,
        tags=command.tags,
    )
    return () if district.venues.get(command.venue) == venue_as(event) else (event,)


def decide_plan_fair(district: District, command: PlanFair, now: int) -> Decision:
    if command.venue not in district.venues:
        return Rejection("venue_unknown", {"venue": command.venue})
    if command.ends_at <= command.starts_at:
        return Rejection("fair_ends_before_it_starts", {})
    if command.fair in district.fairs:
        return Rejection("fair_exists", {"fair": command.fair})
    return (
        FairPlanned(
            at=now,
            fair=command.fair,
            number=len(district.fairs) + 1,
            name=command.name,
            fair_kind=command.kind,
            venue=command.venue,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            starts_at=command.starts_at,
            ends_at=command.ends_at,
        ),
    )


def decide_add_staff(district: District, command: AddStaff, now: int) -> Decision:
    if command.staff in district.staff:
        return Rejection("staff_exists", {"staff": command.staff})
    return (StaffAdded(at=now, staff=command.staff, role=command.role),)


def current_staff(district: District, staff: str) -> Staff | Rejection:
    found = district.staff.get(staff)
    if found is None or found.removed:
        return Rejection("staff_unknown", {"staff": staff})
    return found


def decide_change_password(district: District, command: ChangePassword, now: int) -> Decision:
    found = current_staff(district, command.staff)
    if isinstance(found, Rejection):
        return found
    return (PasswordChanged(at=now, staff=command.staff),)


def decide_remove_staff(district: District, command: RemoveStaff, now: int) -> Decision:
    found = current_staff(district, command.staff)
    if isinstance(found, Rejection):
        return found
    admins = [s for s in district.staff.values() if s.role == "admin" and not s.removed]
    if admins == [found]:
        return Rejection("last_admin", {"staff": command.staff})
    return (StaffRemoved(at=now, staff=command.staff),)


def decide_pair_device(district: District, command: PairDevice, now: int) -> Decision:
    if command.fair not in district.fairs:
        return Rejection("fair_not_found", {"fair": command.fair})
    if command.device in district.devices:
        return Rejection("device_exists", {"device": command.device})
    if (command.role == "booth") != bool(command.booth):
        return Rejection("booth_needed", {"role": command.role})
    if (command.role == "gate") != bool(command.gate):
        return Rejection("gate_needed", {"role": command.role})
    return (
        DevicePaired(
            at=now,
            device=command.device,
            name=command.name,
            role=command.role,
            fair=command.fair,
            gate=command.gate,
            booth=command.booth,
            token_hash=command.token_hash,
        ),
    )


def decide_revoke_device(district: District, command: RevokeDevice, now: int) -> Decision:
    device = district.devices.get(command.device)
    if device is None:
        return Rejection("device_unknown", {"device": command.device})
    return () if device.revoked_at else (DeviceRevoked(at=now, device=command.device),)


# --- folds


def venue_as(event: VenueAdded) -> Venue:
    return Venue(event.venue, event.name, event.level, event.parent, event.tags)


def evolve_venue_added(district: District, event: VenueAdded) -> District:
    return replace(district, venues=district.venues.set(event.venue, venue_as(event)))


def evolve_fair_planned(district: District, event: FairPlanned) -> District:
    fair = PlannedFair(
        fair=event.fair,
        number=event.number,
        name=event.name,
        kind=event.fair_kind,
        venue=event.venue,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
    )
    return replace(district, fairs=district.fairs.set(event.fair, fair))


def evolve_staff_added(district: District, event: StaffAdded) -> District:
    staff = Staff(event.staff, event.role)
    return replace(district, staff=district.staff.set(event.staff, staff))


def evolve_password_changed(district: District, event: PasswordChanged) -> District:
    staff = district.staff[event.staff]
    staff = replace(staff, epoch=staff.epoch + 1)
    return replace(district, staff=district.staff.set(event.staff, staff))


def evolve_staff_removed(district: District, event: StaffRemoved) -> District:
    staff = replace(district.staff[event.staff], removed=True)
    return replace(district, staff=district.staff.set(event.staff, staff))


def evolve_device_paired(district: District, event: DevicePaired) -> District:
    device = Device(
        device=event.device,
        name=event.name,
        role=event.role,
        fair=event.fair,
        gate=event.gate,
        booth=event.booth,
        token_hash=event.token_hash,
        paired_at=event.at,
    )
    return replace(district, devices=district.devices.set(event.device, device))


def evolve_device_revoked(district: District, event: DeviceRevoked) -> District:
    device = replace(district.devices[event.device], revoked_at=event.at)
    return replace(district, devices=district.devices.set(event.device, device))


DISTRICT_COMMANDS: dict[type[Command], Callable[[District, Any, int], Decision]] = {
    AddVenue: decide_add_venue,
    PlanFair: decide_plan_fair,
    AddStaff: decide_add_staff,
    ChangePassword: decide_change_password,
    RemoveStaff: decide_remove_staff,
    PairDevice: decide_pair_device,
    RevokeDevice: decide_revoke_device,
}

DISTRICT_EVENTS: dict[type[Event], Callable[[District, Any], District]] = {
    VenueAdded: evolve_venue_added,
    FairPlanned: evolve_fair_planned,
    StaffAdded: evolve_staff_added,
    PasswordChanged: evolve_password_changed,
    StaffRemoved: evolve_staff_removed,
    DevicePaired: evolve_device_paired,
    DeviceRevoked: evolve_device_revoked,
}


def decide(district: District, command: Command, now: int) -> Decision:
    return DISTRICT_COMMANDS[type(command)](district, command, now)


def evolve(district: District, event: Event) -> District:
    return DISTRICT_EVENTS[type(event)](district, event)
