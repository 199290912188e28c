"""Lists in and out: imports with a dry run, exports and the report as Excel."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, Literal
from urllib.parse import quote

import msgspec
from aiohttp import web

from fairdesk.domain.exhibitors import AddBooth, AddEnterprise, AddPosition, position_like
from fairdesk.domain.fair import Fair
from fairdesk.domain.message import Command
from fairdesk.domain.registration import ConsentGiven
from fairdesk.domain.rejection import Rejection
from fairdesk.ids import new_id
from fairdesk.intake.columns import ListKind
from fairdesk.intake.lists import CellProblem, Intake, ListRow, read_list
from fairdesk.reports import workbook
from fairdesk.reports.figures import report
from fairdesk.web.access import Principal, may_use
from fairdesk.web.commands import perform
from fairdesk.web.desk import DESK, Desk, stream_of
from fairdesk.web.identity import first_allowed, principals
from fairdesk.web.problem import Refused, as_json
from fairdesk.web.registering import PersonTyped, RegisterRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Action = Literal["add", "change", "same", "skip", "refuse"]


class RowResult(msgspec.Struct, frozen=True):
    """What becomes of a row: added, changed, the same as before, skipped, or refused and why."""

    sheet: str
    row: int
    label: str
    action: Action
    problems: tuple[CellProblem, ...] = ()
    repeats: int = 0


class ImportResult(msgspec.Struct, frozen=True):
    dry_run: bool
    rows: tuple[RowResult, ...]
    summary: dict[str, int]
    unknown_columns: tuple[str, ...]


# --- import


async def post_import(request: web.Request) -> web.Response:
    """`?dry_run=1` shows row by row what would happen and does nothing."""
    desk = request.app[DESK]
    fair_code, kind = request.match_info["fair"], request.match_info["list"]
    who = await principals(request)
    principal = first_allowed(who, lambda p: may_use(p, "imports", fair_code))
    await desk.fair(fair_code)
    data = await _upload(request, desk.config.server.upload_bytes_max)
    intake = await asyncio.to_thread(read_list, kind, data)  # type: ignore[arg-type]
    if isinstance(intake, Rejection):
        raise Refused(intake.code, **intake.facts)
    dry_run = request.query.get("dry_run", "") in ("1", "true", "yes")
    return as_json(await import_list(desk, principal, fair_code, intake, dry_run=dry_run))


async def _upload(request: web.Request, bytes_max: int) -> bytes:
    data = bytearray()
    async for chunk in request.content.iter_chunked(1 << 16):
        data += chunk
        if len(data) > bytes_max:
            raise Refused("list_too_large", bytes_max=bytes_max)
    return bytes(data)


async def import_list(
    desk: Desk, principal: Principal, fair_code: str, intake: Intake, *, dry_run: bool
) -> ImportResult:
    results = []
    for row in intake.rows:
        results.append(
            await _import_row(desk, principal, fair_code, intake.kind, row=row, dry_run=dry_run)
        )
    actions: tuple[Action, ...] = ("add", "change", "same", "skip", "refuse")
    summary = {str(action): sum(r.action == action for r in results) for action in actions}
    return ImportResult(dry_run, tuple(results), summary, intake.unknown_columns)


async def _import_row(
    desk: Desk,
    principal: Principal,
    fair_code: str,
    kind: ListKind,
    *,
    row: ListRow,
    dry_run: bool,
) -> RowResult:
    def result(action: Action, *problems: CellProblem) -> RowResult:
        return RowResult(row.sheet, row.row, row.label, action, problems, row.repeats)

    if row.problems:
        return result("refuse", *row.problems)
    if row.repeats:
        return result("skip")
    fair = await desk.fair(fair_code)
    action, commands = await _plan(desk, fair, kind, row)
    if isinstance(commands, Rejection):
        return result("refuse", _of_row(commands))
    if dry_run or action == "same":
        return result(action)
    for command in commands:
        outcome = await perform(desk, [principal], fair_code, command)
        if isinstance(outcome, Rejection):
            if outcome.code == "already_registered":
                return result("same")
            return result("refuse", _of_row(outcome))
    return result(action)


def _of_row(rejection: Rejection) -> CellProblem:
    return CellProblem("", "", rejection.code, "", rejection.facts)


async def _plan(
    desk: Desk, fair: Fair, kind: ListKind, row: ListRow
) -> tuple[Action, list[Command] | Rejection]:
    """What a row would change in the fair as it is, and the commands that do it."""
    match kind:
        case "enterprises":
            return plan_enterprise(fair, row.values)
        case "positions":
            return plan_position(fair, row.values)
        case "attendees":
            return await plan_attendee(desk, fair, row.values)


def plan_enterprise(fair: Fair, values: dict[str, Any]) -> tuple[Action, list[Command] | Rejection]:
    code, name, booth = values["credit_code"], values["name"], values.get("booth", "")
    known = fair.setup.enterprises.get(code)
    stand = fair.setup.booths.get(booth) if booth else None
    commands: list[Command] = []
    if known is None or known.name != name:
        commands.append(AddEnterprise(command_id=new_id(), credit_code=code, name=name))
    if booth and (stand is None or stand.enterprise != code):
        commands.append(AddBooth(command_id=new_id(), booth=booth, enterprise=code))
    if not commands:
        return "same", []
    new = known is None or (stand is None and bool(booth) and known.name == name)
    return ("add" if new else "change"), commands


def plan_position(fair: Fair, values: dict[str, Any]) -> tuple[Action, list[Command] | Rejection]:
    booth = booth_of(fair, values)
    if isinstance(booth, Rejection):
        return "refuse", booth
    kind = values.get("kind", "full_time")
    pay_min, pay_max = values.get("pay", (0, 0))
    command = AddPosition(
        command_id=new_id(),
        booth=booth,
        title=values["title"],
        position_kind=kind,
        headcount=values.get("headcount", 1),
        pay_min=pay_min,
        pay_max=pay_max,
        place=values.get("place", ""),
        level=values.get("level"),
        occupation=values.get("occupation", ""),
        occupation_code=values.get("occupation_code", ""),
    )
    known = position_like(fair, booth, command.title, kind)
    if known is None:
        return "add", [command]
    said = ("headcount", "pay_min", "pay_max", "place", "level", "occupation", "occupation_code")
    same = not known.withdrawn and all(getattr(known, f) == getattr(command, f) for f in said)
    return ("same", []) if same else ("change", [command])


def booth_of(fair: Fair, values: dict[str, Any]) -> str | Rejection:
    """The booth a position is at: by its number, or its enterprise's code or name."""
    booth = values.get("booth")
    if booth:
        known = fair.setup.booths.get(booth)
        return known.booth if known else Rejection("booth_unknown", {"booth": booth})
    code, name = values.get("credit_code"), values.get("name")
    for stand in fair.setup.booths.values():
        enterprise = fair.setup.enterprises[stand.enterprise]
        if enterprise.credit_code == code or (not code and enterprise.name == name):
            return stand.booth
    return Rejection("enterprise_without_booth", {})


async def plan_attendee(
    desk: Desk, fair: Fair, values: dict[str, Any]
) -> tuple[Action, list[Command] | Rejection]:
    stream = stream_of(fair.setup.fair)
    for person, known in await desk.roster.same_phone(values["phone"]):
        if known.name == values["name"] and desk.roster.attendee(stream, person):
            return "same", []
    texts = fair.setup.consent_texts
    if "registration" not in texts:
        return "refuse", Rejection("consent_text_unknown", {"purpose": "registration"})
    consents = [ConsentGiven("registration", texts["registration"].version)]
    return "add", [
        RegisterRequest(
            command_id=new_id(),
            person=PersonTyped(
                name=values["name"],
                phone=values["phone"],
                looking_for=values.get("looking_for", ""),
            ),
            roles=tuple(values.get("role", ("seeker",))),
            consents=tuple(consents),
            source="import",
        )
    ]


# --- export


async def get_report(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    made = await _report(request, desk)
    return as_json(made)


async def get_report_workbook(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    made = await _report(request, desk)
    sheets = workbook.report_sheets(made)
    return await _download(desk, sheets, f"{request.match_info['fair']}-report.xlsx")


async def _report(request: web.Request, desk: Desk) -> Any:
    fair_code = request.match_info["fair"]
    first_allowed(await principals(request), lambda p: may_use(p, "report", fair_code))
    state, seq = await desk.fair_at(fair_code)
    return await asyncio.to_thread(report, {fair_code: (state, seq)})


async def get_export(request: web.Request) -> web.Response:
    """Attendees, sign-ups or offers; a booth gets its own."""
    desk = request.app[DESK]
    fair_code, name = request.match_info["fair"], request.match_info["list"]
    principal = first_allowed(
        await principals(request), lambda p: may_use(p, f"exports/{name}", fair_code)
    )
    fair = await desk.fair(fair_code)
    sheets = [sheet_of(desk, fair, name, principal.booth)]
    return await _download(desk, sheets, f"{fair_code}-{name}.xlsx")


def sheet_of(desk: Desk, fair: Fair, name: str, booth: str) -> workbook.Sheet:
    """`attendees`, `sign-ups` or `offers`, the latter two of one booth or of all."""

    def contacts(person: str) -> workbook.Contact:
        known = desk.roster.details(person)
        if known is None:
            return workbook.Contact()
        return workbook.Contact(known.name, known.phone, known.looking_for)

    match name:
        case "attendees":
            return workbook.attendee_sheet(fair, contacts)
        case "sign-ups":
            return workbook.sign_up_sheet(fair, contacts, booth)
        case _:
            return workbook.offer_sheet(fair, contacts, booth)


async def _download(desk: Desk, sheets: Iterable[workbook.Sheet], filename: str) -> web.Response:
    data = await asyncio.to_thread(workbook.workbook, sheets, desk.config.fair.time_zone)
    disposition = f"attachment; filename*=UTF-8''{quote(filename)}"
    return web.Response(
        body=data,
        content_type=XLSX,
        headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"},
    )
