"""`fairdesk simulate`: a crowd against a running server, and its figures held to account."""

from __future__ import annotations

import asyncio

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from fairdesk.app import first_login
from fairdesk.config import Config
from fairdesk.simulation.crowd import Crowd, Size
from fairdesk.simulation.tally import differences
from fairdesk.simulation.visitor import Client, Refusal, Unanswered

AVERAGE = Size()


@click.command()
@click.option("--url", default="http://localhost:8080", show_default=True, help="The server.")
@click.option("--fair", default="sample", show_default=True, help="Code of a live fair.")
@click.option("--login", help="Organiser's login. Without it: the first account of --data.")
@click.option("--password", envvar="FAIRDESK_PASSWORD", help="Or in FAIRDESK_PASSWORD.")
@click.option(
    "--people", type=click.IntRange(1, 100_000), default=AVERAGE.people, show_default=True
)
@click.option("--booths", type=click.IntRange(1, 500), default=AVERAGE.booths, show_default=True)
@click.option(
    "--hours", type=float, default=AVERAGE.hours, show_default=True, help="Length in hall time."
)
@click.option(
    "--speed",
    type=click.FloatRange(0),
    default=AVERAGE.speed,
    show_default=True,
    help="Times as fast as a hall; 1 is real time, 0 as fast as the server goes.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same crowd again.")
@click.pass_obj
def simulate(
    config: Config,
    *,
    url: str,
    fair: str,
    login: str | None,
    password: str | None,
    people: int,
    booths: int,
    hours: float,
    speed: float,
    seed: int,
) -> None:
    """Drive a running server with a seeded crowd, then check its figures.

    Arrivals, booth visits, interviews, intentions and offers go over the public HTTP and WebSocket
    interface. Exit code 1 where the server's figures differ from the crowd's own count.
    """
    known = first_login(config)
    if login is None and known:
        login, password = known
    if not (login and password):
        raise click.UsageError("give --login and --password of an organiser")
    size = Size(people=people, booths=booths, hours=hours, speed=speed)
    try:
        found = asyncio.run(simulate_crowd(url, (login, password), fair, size, seed=seed))
    except Refusal as refusal:
        raise click.UsageError(f"the server refused: {refusal}") from None
    except Unanswered as silence:
        raise click.UsageError(f"{url} does not answer ({silence})") from None
    raise SystemExit(1 if found else 0)


async def simulate_crowd(
    url: str, login: tuple[str, str], fair: str, size: Size, *, seed: int
) -> dict[str, tuple[int, int]]:
    """Run the crowd with a progress bar and print the comparison; gives the differences."""
    console = Console()
    async with Client.connected(url) as organiser:
        await organiser.sign_in(*login)
        before = await organiser.report(fair)
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
        ) as bars:
            bar = bars.add_task("people through", total=size.people)
            crowd = Crowd(organiser, fair, size, seed=seed, progress=lambda: bars.advance(bar))
            await crowd.run()
        after = await organiser.report(fair)
    counted = crowd.tally.figures()
    found = differences(before, after, counted)
    table = Table("figure", "server", "counted", "")
    for key, expected in counted.items():
        moved = after[key] - before[key]
        table.add_row(key, str(moved), str(expected), "" if moved == expected else "differs")
    console.print(table)
    return found
