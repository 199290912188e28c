"""`fairdesk import`, `fairdesk export`, `fairdesk report`."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec
from rich.console import Console
from rich.table import Table

from fairdesk.app import NoData, open_desk
from fairdesk.config import Config
from fairdesk.domain.fair import Fair
from fairdesk.domain.rejection import Rejection
from fairdesk.intake.lists import read_list
from fairdesk.keys import KeyFileError
from fairdesk.log.sqlite import StoreInUse, StoreTooNew
from fairdesk.reports import workbook
from fairdesk.reports.figures import Report, report
from fairdesk.sample import SERVER
from fairdesk.simulation.visitor import Client, Refusal, Unanswered
from fairdesk.web.desk import Desk
from fairdesk.web.lists import ImportResult, import_list, sheet_of
from fairdesk.web.problem import Refused

T = TypeVar("T")

KINDS = click.Choice(["enterprises", "positions", "attendees"])
EXPORTS = click.Choice(["attendees", "sign-ups", "offers"])


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run it; what keeps us from it is said in a sentence, with exit code 2."""
    try:
        return asyncio.run(work)
    except StoreInUse as error:
        raise click.UsageError(f"{error}; for a running server give --url") from None
    except sqlite3.DatabaseError as error:
        raise click.UsageError(f"the log can't be read: {error}") from None
    except (StoreTooNew, KeyFileError, NoData) as error:
        raise click.UsageError(str(error)) from None
    except (Refused, Refusal) as refused:
        raise click.UsageError(f"refused: {refused}") from None
    except Unanswered as silence:
        raise click.UsageError(f"the server does not answer ({silence})") from None


@click.command("import")
@click.argument("fair")
@click.argument("kind", type=KINDS)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would happen, change nothing.")
@click.option("--url", help="Import through a running server, instead of into the data itself.")
@click.option("--login", help="With --url: the organiser's login.")
@click.option("--password", envvar="FAIRDESK_PASSWORD", help="Or in FAIRDESK_PASSWORD.")
@click.pass_obj
def import_(
    config: Config,
    *,
    fair: str,
    kind: str,
    file: Path,
    dry_run: bool,
    url: str | None,
    login: str | None,
    password: str | None,
) -> None:
    """Import an Excel or CSV list into FAIR.

    Exit code 1 where a row was refused; the other rows are imported all the same.
    """
    data = file.read_bytes()
    if url:
        if not (login and password):
            raise click.UsageError("--url needs --login and --password")
        done = run(
            import_over_http(
                url, (login, password), f"{fair}/imports/{kind}", data, dry_run=dry_run
            )
        )
    else:
        done = run(import_here(config, fair, kind, data, dry_run=dry_run))
    show_import(done)
    raise SystemExit(1 if done.summary["refuse"] else 0)


async def import_over_http(
    url: str, login: tuple[str, str], what: str, data: bytes, *, dry_run: bool
) -> ImportResult:
    async with Client.connected(url) as client:
        await client.sign_in(*login)
        path = f"/api/fairs/{what}?dry_run={int(dry_run)}"
        return msgspec.convert(await client.call("POST", path, data=data), ImportResult)


async def import_here(
    config: Config, fair: str, kind: str, data: bytes, *, dry_run: bool
) -> ImportResult:
    intake = read_list(kind, data)  # type: ignore[arg-type]
    if isinstance(intake, Rejection):
        raise Refused(intake.code, **intake.facts)
    async with open_desk(config) as desk:
        await desk.fair(fair)
        return await import_list(desk, SERVER, fair, intake, dry_run=dry_run)


def show_import(done: ImportResult) -> None:
    console = Console()
    table = Table("row", "what", "", "cell", "reason", "as it stands")
    for row in done.rows:
        if row.action == "same":
            continue
        where = f"{row.sheet} {row.row}".strip()
        if not row.problems:
            table.add_row(where, row.label, row.action)
        for problem in row.problems:
            table.add_row(where, row.label, row.action, problem.cell, problem.code, problem.value)
    console.print(table)
    console.print(", ".join(f"{action} {count}" for action, count in done.summary.items()))
    if done.unknown_columns:
        console.print(f"columns left out: {', '.join(done.unknown_columns)}")
    if done.dry_run:
        console.print("a dry run: nothing was changed")


@click.command()
@click.argument("fair")
@click.argument("kind", type=EXPORTS)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.pass_obj
def export(config: Config, *, fair: str, kind: str, out: Path) -> None:
    """Write a list of FAIR as an Excel file. Works beside a running server."""

    async def make() -> bytes:
        async with open_desk(config, read_only=True) as desk:
            sheet = sheet_of(desk, await desk.fair(fair), kind, "")
            return workbook.workbook([sheet], config.fair.time_zone)

    out.write_bytes(run(make()))
    click.echo(f"wrote {out}")


@click.command("report")
@click.argument("fair", required=False)
@click.option("--all", "everything", is_flag=True, help="All fairs of the district together.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write an Excel file.")
@click.pass_obj
def report_(
    config: Config, *, fair: str | None, everything: bool, as_json: bool, out: Path | None
) -> None:
    """The figures of FAIR, counted from the log, each with its definition.

    Works beside a running server; the same log gives the same figures at any later date.
    """
    if bool(fair) == everything:
        raise click.UsageError("name a fair, or give --all")
    made = run(make_report(config, fair))
    if out:
        out.write_bytes(workbook.workbook(workbook.report_sheets(made), config.fair.time_zone))
        click.echo(f"wrote {out}")
    elif as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(made)).decode())
    else:
        show_report(made)


async def make_report(config: Config, fair: str | None) -> Report:
    async with open_desk(config, read_only=True) as desk:
        codes = [fair] if fair else list((await desk.district()).fairs)
        return report({code: await fair_at(desk, code) for code in codes})


async def fair_at(desk: Desk, code: str) -> tuple[Fair, int]:
    return await desk.fair_at(code)


def show_report(made: Report) -> None:
    console = Console()
    table = Table("指标", "figure", "数值", "definition")
    for figure in made.figures:
        table.add_row(figure.zh, figure.en, f"{figure.value:,}", figure.definition_en)
    console.print(table)
    where = ", ".join(f"{code} at {seq}" for code, seq in made.fairs.items())
    console.print(f"counted from the log: {where}")
