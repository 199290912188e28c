"""The servers that are measured, each in a process of its own: ours, and what it is held against.

    python -m bench.servers ours|bare|each DIRECTORY ATTENDEES

prints a line of JSON with its port (and the token and badges to use) when it is ready.

`bare` is an aiohttp handler that decodes the same body with msgspec and answers as many bytes, with
nothing behind it; `each` writes one transaction for each request through aiosqlite.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiosqlite
import msgspec
import uvloop
from aiohttp import web

from fairdesk.app import open_desk, serving
from fairdesk.config import Config, Data, Server, Streams
from fairdesk.domain.admission import CheckIn
from fairdesk.domain.district import AddVenue, PairDevice
from fairdesk.domain.identifiers import short_code
from fairdesk.domain.registration import ConsentGiven, Register
from fairdesk.domain.setup import ChangePhase
from fairdesk.ids import new_id
from fairdesk.sample import SAMPLE_FAIR, VENUES, district, set_up_commands
from fairdesk.web.access import Principal
from fairdesk.web.commands import perform
from fairdesk.web.desk import DISTRICT, Desk, stream_of
from fairdesk.web.offices import PlanFairRequest

TOKEN = "bench-token"
AT_ONCE = 1000
OFFICE = Principal("staff", "bench", "admin")


async def prepare(desk: Desk, attendees: int) -> list[str]:
    """A live fair with so many attendees and a paired gate. Gives their short codes."""
    for venue, name, level, parent in VENUES:
        await district(
            desk,
            AddVenue(command_id=new_id(), venue=venue, name=name, level=level, parent=parent),
        )
    plan = PlanFairRequest(
        command_id=new_id(),
        fair=SAMPLE_FAIR,
        name="bench",
        kind="job_fair",
        venue="cuizhu-red",
        starts_on="2020-01-01",
        ends_on="2099-12-31",
    )
    await district(desk, plan)
    for command in set_up_commands()[:4]:
        await perform(desk, [OFFICE], SAMPLE_FAIR, command)
    await perform(desk, [OFFICE], SAMPLE_FAIR, ChangePhase(command_id=new_id(), phase="live"))
    for start in range(0, attendees, AT_ONCE):
        size = min(AT_ONCE, attendees - start)
        await asyncio.gather(*(register(desk) for _ in range(size)))
    await desk.engine.submit(
        DISTRICT,
        PairDevice(
            command_id=new_id(),
            device=f"D{new_id()}",
            name="bench",
            role="gate",
            fair=SAMPLE_FAIR,
            gate="1",
            token_hash=hashlib.sha256(TOKEN.encode()).hexdigest(),
        ),
        "bench",
    )
    fair = await desk.fair(SAMPLE_FAIR)
    return [short_code(fair.setup.number, serial) for serial in range(1, attendees + 1)]


async def register(desk: Desk) -> None:
    command = Register(
        command_id=new_id(),
        person=f"P{new_id()}",
        consents=(ConsentGiven("registration", 1),),
        source="import",
    )
    await desk.engine.submit(stream_of(SAMPLE_FAIR), command, "bench")


async def ours(directory: Path, attendees: int) -> None:
    config = Config(
        data=Data(str(directory)),
        server=Server(host="127.0.0.1", port=0),
        streams=Streams(accept_per_second=100_000),
    )
    async with open_desk(config) as desk:
        badges = await prepare(desk, attendees)
        async with serving(desk) as url:
            await tell(int(url.rpartition(":")[2]), badges)


async def bare(directory: Path, attendees: int) -> None:
    decoder = msgspec.json.Decoder(CheckIn)
    answer = {
        "command_id": "0" * 26,
        "seq": 12345,
        "events": [
            {"kind": "checked_in", "at": 1795439749625, "attendee": "a12345", "gate": "1",
             "remarks": [], "counted": True, "override": ""}
        ],
        "person": {"attendee": "a12345", "name": "", "roles": ["seeker"], "badge": "K7MQ3XP"},
    }  # fmt: skip

    async def check_in(request: web.Request) -> web.Response:
        command = decoder.decode(await request.read())
        body = msgspec.json.encode({**answer, "command_id": command.command_id})
        return web.Response(body=body, content_type="application/json")

    await plain(check_in)


async def each(directory: Path, attendees: int) -> None:
    decoder = msgspec.json.Decoder(CheckIn)
    db = await aiosqlite.connect(directory / "each.db", isolation_level=None)
    await db.execute("PRAGMA journal_mode=WAL")
    await db.execute("PRAGMA synchronous=FULL")
    await db.execute("CREATE TABLE entries (id TEXT PRIMARY KEY, badge TEXT) WITHOUT ROWID")
    one_at_a_time = asyncio.Lock()

    async def check_in(request: web.Request) -> web.Response:
        command = decoder.decode(await request.read())
        async with one_at_a_time:
            await db.execute("BEGIN IMMEDIATE")
            row = (command.command_id, command.badge)
            await db.execute("INSERT INTO entries VALUES (?, ?)", row)
            await db.commit()
        body = msgspec.json.encode({"command_id": command.command_id})
        return web.Response(body=body, content_type="application/json")

    await plain(check_in)


async def plain(check_in: Callable[[web.Request], Awaitable[web.Response]]) -> None:
    app = web.Application()
    app.router.add_post("/api/fairs/{fair}/check-in", check_in)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=4096).start()
    await tell(runner.addresses[0][1], [])


async def tell(port: int, badges: list[str]) -> None:
    print(json.dumps({"port": port, "badges": badges, "token": TOKEN}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    kinds = {"ours": ours, "bare": bare, "each": each}
    uvloop.run(kinds[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3])))
