"""Who exhibits and what they offer: enterprises, their booths, positions, and who really came.

Adding what is already there changes nothing, and adding it with other values changes it: an
office imports the same list twice, and then a corrected one.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec.structs import replace

from fairdesk.domain.fair import Booth, Enterprise, Fair, Position, PositionKind, Presence
from fairdesk.domain.identifiers import parse_credit_code
from fairdesk.domain.message import (
    Code,
    Command,
    Decision,
    Event,
    Line,
    Name,
    Ref,
    Yuan,
    happened_at,
)
from fairdesk.domain.rejection import Rejection
from fairdesk.domain.setup import set_up_closed, with_setup

# --- commands


class AddEnterprise(Command, frozen=True, kw_only=True):
    credit_code: Annotated[str, msgspec.Meta(max_length=40)]
    name: Name


class AddBooth(Command, frozen=True, kw_only=True):
    booth: Code
    enterprise: Annotated[str, msgspec.Meta(max_length=40)]


class AddPosition(Command, frozen=True, kw_only=True):
    """Booth, title and kind together say which position is meant."""

    booth: Code
    title: Name
    position_kind: PositionKind
    headcount: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    pay_min: Yuan = 0
    pay_max: Yuan = 0
    place: Line = ""
    level: Annotated[int, msgspec.Meta(ge=0, le=7)] | None = None
    occupation: Line = ""
    occupation_code: Annotated[
        str, msgspec.Meta(pattern=r"^([0-9]-[0-9]{2}-[0-9]{2}-[0-9]{2})?$")
    ] = ""


class WithdrawPosition(Command, frozen=True, kw_only=True):
    position: Ref


class CheckInBooth(Command, frozen=True, kw_only=True):
    booth: Code


# --- events


class EnterpriseAdded(Event, frozen=True, kw_only=True):
    credit_code: str
    name: str


class BoothAdded(Event, frozen=True, kw_only=True):
    booth: str
    enterprise: str


class PositionAdded(Event, frozen=True, kw_only=True):
    """A position as it now stands: written when it is new, and again when it changes."""

    position: str
    booth: str
    title: str
    position_kind: str
    headcount: int
    pay_min: int
    pay_max: int
    place: str
    level: int | None
    occupation: str
    occupation_code: str


class PositionWithdrawn(Event, frozen=True, kw_only=True):
    position: str


class BoothCheckedIn(Event, frozen=True, kw_only=True):
    booth: str


# --- rules


def decide_add_enterprise(fair: Fair, command: AddEnterprise, now: int) -> Decision:
    if refusal := set_up_closed(fair):
        return refusal
    code = parse_credit_code(command.credit_code)
    if isinstance(code, Rejection):
        return code
    current = fair.setup.enterprises.get(code)
    if current and current.name == command.name:
        return ()
    return (EnterpriseAdded(at=now, credit_code=code, name=command.name),)


def decide_add_booth(fair: Fair, command: AddBooth, now: int) -> Decision:
    if refusal := set_up_closed(fair):
        return refusal
    code = parse_credit_code(command.enterprise)
    if isinstance(code, Rejection):
        return code
    if code not in fair.setup.enterprises:
        return Rejection("enterprise_unknown", {"credit_code": code})
    current = fair.setup.booths.get(command.booth)
    if current and current.enterprise == code:
        return ()
    if current and (current.positions or command.booth in fair.recruiting.queues):
        return Rejection("booth_taken", {"booth": command.booth})
    return (BoothAdded(at=now, booth=command.booth, enterprise=code),)


def position_like(fair: Fair, booth: str, title: str, kind: str) -> Position | None:
    """The position with this natural key, withdrawn ones among them."""
    stand = fair.setup.booths.get(booth)
    for position in map(fair.setup.positions.__getitem__, stand.positions if stand else ()):
        if position.title == title and position.position_kind == kind:
            return position
    return None


def decide_add_position(fair: Fair, command: AddPosition, now: int) -> Decision:
    if refusal := set_up_closed(fair):
        return refusal
    if command.booth not in fair.setup.booths:
        return Rejection("booth_unknown", {"booth": command.booth})
    if command.pay_max and command.pay_min > command.pay_max:
        return Rejection(
            "pay_range_reversed", {"pay_min": command.pay_min, "pay_max": command.pay_max}
        )
    current = position_like(fair, command.booth, command.title, command.position_kind)
    if current and command.headcount < current.accepted:
        return Rejection(
            "headcount_below_accepted", {"accepted": current.accepted, "position": current.position}
        )
    event = PositionAdded(
        at=now,
        position=current.position if current else f"p{len(fair.setup.positions) + 1}",
        booth=command.booth,
        title=command.title,
        position_kind=command.position_kind,
        headcount=command.headcount,
        pay_min=command.pay_min,
        pay_max=command.pay_max,
        place=command.place,
        level=command.level,
        occupation=command.occupation,
        occupation_code=command.occupation_code,
    )
    return () if current and position_as(event, current) == current else (event,)


def decide_withdraw_position(fair: Fair, command: WithdrawPosition, now: int) -> Decision:
    if refusal := set_up_closed(fair):
        return refusal
    position = fair.setup.positions.get(command.position)
    if position is None:
        return Rejection("position_unknown", {"position": command.position})
    return () if position.withdrawn else (PositionWithdrawn(at=now, position=command.position),)


def decide_check_in_booth(fair: Fair, command: CheckInBooth, now: int) -> Decision:
    if fair.setup.phase not in ("registration", "live"):
        return Rejection("fair_not_live", {"phase": fair.setup.phase})
    booth = fair.setup.booths.get(command.booth)
    if booth is None:
        return Rejection("booth_unknown", {"booth": command.booth})
    return (
        ()
        if booth.checked_in_at
        else (BoothCheckedIn(at=happened_at(command, now), booth=booth.booth),)
    )


# --- folds


def evolve_enterprise_added(fair: Fair, event: EnterpriseAdded) -> Fair:
    enterprise = Enterprise(event.credit_code, event.name)
    return with_setup(fair, enterprises=fair.setup.enterprises.set(event.credit_code, enterprise))


def evolve_booth_added(fair: Fair, event: BoothAdded) -> Fair:
    booth = fair.setup.booths.get(event.booth) or Booth(event.booth, event.enterprise)
    return with_presence(
        with_setup(
            fair,
            booths=fair.setup.booths.set(event.booth, replace(booth, enterprise=event.enterprise)),
        )
    )


def position_as(event: PositionAdded, current: Position | None) -> Position:
    return Position(
        position=event.position,
        booth=event.booth,
        title=event.title,
        position_kind=event.position_kind,
        headcount=event.headcount,
        pay_min=event.pay_min,
        pay_max=event.pay_max,
        place=event.place,
        level=event.level,
        occupation=event.occupation,
        occupation_code=event.occupation_code,
        offered=current.offered if current else 0,
        accepted=current.accepted if current else 0,
    )


def evolve_position_added(fair: Fair, event: PositionAdded) -> Fair:
    setup = fair.setup
    current = setup.positions.get(event.position)
    booth = setup.booths[event.booth]
    if current is None:
        booth = replace(booth, positions=(*booth.positions, event.position))
    fair = with_setup(
        fair,
        positions=setup.positions.set(event.position, position_as(event, current)),
        booths=setup.booths.set(event.booth, booth),
    )
    return with_presence(fair) if booth.checked_in_at else fair


def evolve_position_withdrawn(fair: Fair, event: PositionWithdrawn) -> Fair:
    position = replace(fair.setup.positions[event.position], withdrawn=True)
    return with_presence(
        with_setup(fair, positions=fair.setup.positions.set(event.position, position))
    )


def evolve_booth_checked_in(fair: Fair, event: BoothCheckedIn) -> Fair:
    booth = replace(fair.setup.booths[event.booth], checked_in_at=event.at)
    return with_presence(with_setup(fair, booths=fair.setup.booths.set(event.booth, booth)))


def with_presence(fair: Fair) -> Fair:
    return with_setup(fair, presence=presence_of(fair))


def presence_of(fair: Fair) -> Presence:
    """Counted afresh: it changes a few dozen times a fair and is read all the time."""
    booths = [booth for booth in fair.setup.booths.values() if booth.checked_in_at]
    positions = [fair.setup.positions[position] for booth in booths for position in booth.positions]
    positions = [position for position in positions if not position.withdrawn]
    return Presence(
        participations=len(booths),
        enterprises=len({booth.enterprise for booth in booths}),
        positions=len(positions),
        headcount=sum(position.headcount for position in positions),
    )
