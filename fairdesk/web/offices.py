"""The district over HTTP: venues, planning a fair, staff accounts, revoking devices."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from aiohttp import web

from fairdesk.domain import district
from fairdesk.domain.district import StaffRole, VenueCode, venue_path
from fairdesk.domain.fair import FairKind
from fairdesk.domain.message import Command, Day, FairCode, Name
from fairdesk.domain.rejection import Rejection
from fairdesk.domain.setup import SetUpFair
from fairdesk.engine import Accepted
from fairdesk.log.people import ErasePerson, PersonChange
from fairdesk.web.access import COMMANDS, Principal, may_use
from fairdesk.web.commands import Answer, decode
from fairdesk.web.desk import DESK, DISTRICT, Desk, stream_of
from fairdesk.web.identity import first_allowed, principals
from fairdesk.web.problem import Refused, as_json

Password = Annotated[str, msgspec.Meta(min_length=8, max_length=200)]
Login = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$")]
StaffId = Annotated[str, msgspec.Meta(pattern=r"^S[0-9A-HJKMNP-TV-Z]{26}$")]


class PlanFairRequest(Command, frozen=True, kw_only=True, tag="plan-fair"):
    """Plan a fair from the morning of `starts_on` to the night of `ends_on`, local time."""

    fair: FairCode
    name: Name
    kind: FairKind
    venue: VenueCode
    starts_on: Day
    ends_on: Day


class AddStaffRequest(Command, frozen=True, kw_only=True, tag="add-staff"):
    """An account; the password has 8 characters or more."""

    login: Login
    name: Name
    password: Password
    role: StaffRole


class ChangePasswordRequest(Command, frozen=True, kw_only=True, tag="change-password"):
    """A new password: sessions opened with the old one are over."""

    staff: StaffId
    password: Password


class RemoveStaffRequest(Command, frozen=True, kw_only=True, tag="remove-staff"):
    staff: StaffId


REQUESTS: dict[str, type[Command]] = {
    "add-venue": district.AddVenue,
    "plan-fair": PlanFairRequest,
    "add-staff": AddStaffRequest,
    "change-password": ChangePasswordRequest,
    "remove-staff": RemoveStaffRequest,
    "revoke-device": district.RevokeDevice,
}
DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in REQUESTS.items()}

RIGHTS: dict[type[Command], type[Command]] = {
    PlanFairRequest: district.PlanFair,
    AddStaffRequest: district.AddStaff,
    ChangePasswordRequest: district.ChangePassword,
    RemoveStaffRequest: district.RemoveStaff,
}
"""The command whose right a request needs, where it is not its own."""


def may_ask(principal: Principal, command: Command) -> bool:
    right = RIGHTS.get(type(command), type(command))
    return principal.role in COMMANDS[right] and may_command_anywhere(principal)


def may_command_anywhere(principal: Principal) -> bool:
    """The district belongs to staff: a device or a link is bound to one fair."""
    return principal.kind == "staff"


async def post_district(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    decoder = DECODERS.get(request.match_info["command"])
    if decoder is None:
        raise Refused("command_unknown")
    command = decode(decoder, await request.read())
    principal = first_allowed(await principals(request), lambda p: may_ask(p, command))
    outcome = await perform(desk, principal.actor, command)
    if isinstance(outcome, Rejection):
        raise Refused(outcome.code, **outcome.facts)
    return as_json(Answer(command.command_id, outcome.seq, outcome.events, outcome.repeated))


async def perform(desk: Desk, actor: str, command: Command) -> Accepted | Rejection:
    """Decide one command of the district, and set up the fair that it plans."""
    completed = await complete(desk, command)
    if isinstance(completed, Rejection):
        return completed
    ready, people = completed
    outcome = await desk.engine.submit(DISTRICT, ready, actor, people)
    if isinstance(outcome, Accepted) and isinstance(command, PlanFairRequest):
        await set_up_planned(desk)
    return outcome


async def complete(
    desk: Desk, command: Command
) -> tuple[Command, tuple[PersonChange, ...]] | Rejection:
    staff = f"S{command.command_id}"
    match command:
        case PlanFairRequest():
            days = fair_days(command.starts_on, command.ends_on, desk.config.fair.time_zone)
            if isinstance(days, Rejection):
                return days
            return (
                district.PlanFair(
                    command_id=command.command_id,
                    fair=command.fair,
                    name=command.name,
                    kind=command.kind,
                    venue=command.venue,
                    starts_on=command.starts_on,
                    ends_on=command.ends_on,
                    starts_at=days[0],
                    ends_at=days[1],
                ),
                (),
            )
        case AddStaffRequest():
            holder = desk.staff.by_login(command.login)
            if holder not in (None, staff):
                return Rejection("login_taken", {})
            row = await desk.staff.row(staff, command.login, command.name, command.password)
            added = district.AddStaff(command_id=command.command_id, staff=staff, role=command.role)
            return added, (row,)
        case ChangePasswordRequest():
            details = desk.staff.details(command.staff)
            if details is None:
                return Rejection("staff_unknown", {"staff": command.staff})
            row = await desk.staff.row(command.staff, details.login, details.name, command.password)
            changed = district.ChangePassword(command_id=command.command_id, staff=command.staff)
            return changed, (row,)
        case RemoveStaffRequest():
            removed = district.RemoveStaff(command_id=command.command_id, staff=command.staff)
            return removed, (ErasePerson(command.staff),)
    return command, ()


def fair_days(starts_on: str, ends_on: str, zone: str) -> tuple[int, int] | Rejection:
    """From the first midnight to the one after the last day, in ms. Code: not_a_day."""
    try:
        first, last = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
        midnights = [
            datetime.combine(day, time(), ZoneInfo(zone))
            for day in (first, last + timedelta(days=1))
        ]
    except (ValueError, OverflowError):
        return Rejection("not_a_day", {})
    starts_at, ends_at = (int(midnight.timestamp() * 1000) for midnight in midnights)
    if not 0 <= starts_at < ends_at:
        return Rejection("fair_ends_before_it_starts", {})
    return starts_at, ends_at


async def set_up_planned(desk: Desk) -> None:
    """Give every planned fair its stream. Also run at the start: a plan whose fair was not set up
    because the power went is caught up with."""
    known = await desk.district()
    for planned in known.fairs.values():
        fair = await desk.engine.state(stream_of(planned.fair))
        if fair.setup.fair:
            continue
        path = venue_path(known, planned.venue)
        tags = {tag for step in path for tag in known.venues[step.venue].tags}
        await desk.engine.submit(
            stream_of(planned.fair),
            SetUpFair(
                command_id=setup_id(planned.number),
                fair=planned.fair,
                number=planned.number,
                name=planned.name,
                kind=planned.kind,  # type: ignore[arg-type]
                venues=path,
                tags=tuple(sorted(tags)),
                starts_on=planned.starts_on,
                ends_on=planned.ends_on,
                starts_at=planned.starts_at,
                ends_at=planned.ends_at,
            ),
            "server",
        )


def setup_id(number: int) -> str:
    """The same id each time, so that setting a fair up twice is once."""
    return f"{number:026}"


async def get_district(request: web.Request) -> web.Response:
    """Venues, fairs and staff, for the console."""
    desk = request.app[DESK]
    first_allowed(await principals(request), lambda p: may_use(p, "district"))
    known = await desk.district()
    return as_json(
        {
            "venues": sorted(known.venues.values(), key=lambda venue: venue.venue),
            "fairs": sorted(known.fairs.values(), key=lambda fair: fair.number),
            "staff": [
                staff_row(desk, staff) for staff in known.staff.values() if not staff.removed
            ],
        }
    )


def staff_row(desk: Desk, staff: district.Staff) -> dict[str, Any]:
    details = desk.staff.details(staff.staff)
    return {
        "staff": staff.staff,
        "role": staff.role,
        "login": details.login if details else "",
        "name": details.name if details else "",
    }
