"""`fairdesk serve` and `fairdesk demo`."""

from __future__ import annotations

import asyncio
import secrets
import signal
import sqlite3
from collections.abc import Callable, Coroutine
from typing import Any

import click
import uvloop
from msgspec.structs import replace

from fairdesk.app import first_login, open_desk, serving
from fairdesk.cli.simulate import simulate_crowd
from fairdesk.config import Config
from fairdesk.keys import KeyFileError
from fairdesk.log.sqlite import StoreInUse, StoreTooNew
from fairdesk.sample import SAMPLE_FAIR, set_up_sample
from fairdesk.simulation.crowd import Size
from fairdesk.web.desk import Desk
from fairdesk.web.devices import PairingRequest

DAY_MS = 24 * 3600 * 1000


@click.command()
@click.option("--sample", is_flag=True, help="Set up a sample fair first, where there is none.")
@click.option("--host", help="Address to listen on, instead of the one in the settings.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
@click.pass_obj
def serve(config: Config, *, sample: bool, host: str | None, port: int | None) -> None:
    """Serve the fairs until interrupted."""
    start(config, host, port, None, sample=sample)


Company = Callable[[str], Coroutine[Any, Any, None]]
"""Something that runs beside the server, given its address."""


def start(
    config: Config,
    host: str | None,
    port: int | None,
    company: Company | None,
    *,
    sample: bool = True,
) -> None:
    """Serve until interrupted; what keeps us from it is said in a sentence, with exit code 2."""
    server = config.server
    server = replace(server, host=host or server.host, port=server.port if port is None else port)
    try:
        uvloop.run(run(replace(config, server=server), company, sample=sample))
    except sqlite3.DatabaseError as error:
        raise click.UsageError(f"the log can't be read: {error}") from None
    except (StoreInUse, StoreTooNew, KeyFileError) as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"cannot listen on port {server.port}: {error.strerror}") from None


async def run(config: Config, company: Company | None, *, sample: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with open_desk(config) as desk:
        if sample:
            await set_up_sample(desk)
        async with serving(desk) as url:
            await announce(desk, url, sample=sample)
            beside = asyncio.create_task(company(url)) if company else None
            await stop.wait()
            if beside:
                beside.cancel()
                await asyncio.gather(beside, return_exceptions=True)
            click.echo("stopping: answering what was accepted")


async def announce(desk: Desk, url: str, *, sample: bool) -> None:
    """One line a screen: its address and, where it needs one, its login."""
    click.echo(f"fairdesk serves {url}")
    login = first_login(desk.config)
    known = f"login {login[0]}, password {login[1]}" if login else "staff login"
    fair = f"?fair={SAMPLE_FAIR}" if sample else ""
    rows = [
        ("index", "/", ""),
        ("login", "/login", ""),
        ("console", f"/console{fair}", known),
        ("gate", f"/gate{fair}&gate=1" if fair else "/gate", known),
        ("wall", f"/wall{fair}", ""),
        ("me", f"/me{fair}", ""),
        ("docs", "/api/docs", ""),
    ]
    if sample:
        rows.insert(4, ("booth", "/login", f"device code {booth_code(desk)} (booth A01)"))
    for name, path, needs in rows:
        click.echo(f"  {name:<8} {url}{path}" + (f"   {needs}" if needs else ""))


def booth_code(desk: Desk) -> str:
    now = desk.clock()
    pairing = PairingRequest(role="booth", fair=SAMPLE_FAIR, name="A01", booth="A01")
    return desk.devices.offer(pairing, now + DAY_MS, now)


@click.command()
@click.option("--host", help="Address to listen on, instead of the one in the settings.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
@click.option("--people", type=click.IntRange(1, 100_000), default=400, show_default=True)
@click.option("--speed", type=click.FloatRange(0), default=20.0, show_default=True)
@click.option("--seed", type=int, help="The same crowd again; without it, another each time.")
@click.pass_obj
def demo(
    config: Config,
    *,
    host: str | None,
    port: int | None,
    people: int,
    speed: float,
    seed: int | None,
) -> None:
    """Serve the sample fair with a simulated crowd, so that the screens live."""
    crowd = Size(people=people, speed=speed)
    chosen = secrets.randbelow(900) + 100 if seed is None else seed
    start(config, host, port, lambda url: run_crowd(config, url, crowd, chosen))


async def run_crowd(config: Config, url: str, size: Size, seed: int) -> None:
    login = first_login(config)
    if login is None:
        raise click.UsageError("the demo signs in with the first account, whose file is gone")
    await simulate_crowd(url, login, SAMPLE_FAIR, size, seed=seed)
