"""What size costs: replay against a raw scan, a check-in among many, memory, search."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import statistics
import tempfile
import time
import tracemalloc
from pathlib import Path

import uvloop

from bench.figure import Figure, figure
from bench.servers import prepare
from fairdesk.app import open_desk
from fairdesk.config import Config, Data
from fairdesk.domain.admission import CheckIn, CheckOut
from fairdesk.ids import new_id
from fairdesk.log.people import PutPerson
from fairdesk.roster import Details, spellings
from fairdesk.sample import SAMPLE_FAIR
from fairdesk.stream import views
from fairdesk.web.desk import Desk, stream_of

STREAM = stream_of(SAMPLE_FAIR)
AT_ONCE = 256


def config(directory: str) -> Config:
    return Config(data=Data(directory))


async def go_through(desk: Desk, badges: list[str], times: int) -> float:
    """CPU µs of a decided, durable entry or exit, without HTTP."""
    commands = [
        kind(command_id=new_id(), gate="1", badge=badge)
        for _ in range(times)
        for kind in (CheckIn, CheckOut)
        for badge in badges
    ]
    began = time.process_time()
    for start in range(0, len(commands), AT_ONCE):
        group = commands[start : start + AT_ONCE]
        await asyncio.gather(*(desk.engine.submit(STREAM, c, "bench") for c in group))
    return (time.process_time() - began) / len(commands) * 1e6


async def cost_at(attendees: int, directory: str) -> float:
    async with open_desk(config(directory)) as desk:
        badges = await prepare(desk, attendees)
        some = badges[:: max(1, attendees // 1000)][:1000]
        await go_through(desk, some, 1)
        return statistics.median([await go_through(desk, some, 2) for _ in range(3)])


async def state_bytes(directory: str, attendees: int) -> float:
    """Bytes an attendee in the state: measured while it is loaded afresh from the log."""
    async with open_desk(config(directory)) as desk:
        desk.engine.snapshots = None
        await desk.engine.unload(STREAM)
        gc.collect()
        tracemalloc.start()
        await desk.engine.state(STREAM)
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return held / attendees


async def fill(desk: Desk, attendees: int, events: int) -> None:
    badges = await prepare(desk, attendees)
    head = (await desk.engine.position(STREAM))[1]
    while head < events:
        await go_through(desk, badges[: (events - head) // 2 + 1], 1)
        head = (await desk.engine.position(STREAM))[1]


async def loads(directory: str) -> tuple[float, float, int]:
    """Seconds to load the fair by replay, and from its snapshot, and its events."""
    async with open_desk(config(directory)) as desk:
        await desk.engine.state(STREAM)
        await desk.engine.unload(STREAM)
        began = time.perf_counter()
        await desk.engine.state(STREAM)
        from_snapshot = time.perf_counter() - began
        events = (await desk.engine.position(STREAM))[1]
        kept, desk.engine.snapshots = desk.engine.snapshots, None
        await desk.engine.unload(STREAM)
        began = time.perf_counter()
        await desk.engine.state(STREAM)
        replayed = time.perf_counter() - began
        desk.engine.snapshots = kept
    return replayed, from_snapshot, events


def raw_scan_s(directory: str) -> float:
    db = sqlite3.connect(Path(directory) / "fairdesk.db")
    began = time.perf_counter()
    for _ in db.execute("SELECT * FROM events WHERE stream = ? ORDER BY seq", (STREAM,)):
        pass
    seconds = time.perf_counter() - began
    db.close()
    return seconds


def replay(attendees: int, events: int, *, repeats: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as directory:

        async def prepared() -> None:
            async with open_desk(config(directory)) as desk:
                await fill(desk, attendees, events)

        uvloop.run(prepared())
        runs = []
        for _ in range(repeats):
            replayed, snapshot, count = uvloop.run(loads(directory))
            runs.append((replayed, snapshot, replayed / raw_scan_s(directory)))
        of = f"{count:,} events"
        medians = [statistics.median(run[k] for run in runs) for k in range(3)]
        return [
            figure(f"replay of {of}", medians[0], "s"),
            figure(f"replay / raw scan, {of}", medians[2], "x", "<= 10"),
            figure(f"load from a snapshot, {of}", medians[1], "s", "<= 1"),
        ]


async def search_and_figures(directory: str, people: int) -> tuple[float, float]:
    """ms of a search among so many people, and of the console's live figures."""
    async with open_desk(config(directory)) as desk:
        await prepare(desk, people)
        fair = await desk.fair(SAMPLE_FAIR)
        surnames, given = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋"
        rows: list[PutPerson] = []
        for number, attendee in enumerate(fair.admission.attendees.values()):
            name = surnames[number % 10] + given[number // 10 % 10] + given[number // 100 % 10]
            rows.append(desk.roster.put(attendee.person, Details(name, f"138{number:08}")))
        desk.roster.take(rows)
        desk.roster.note(STREAM, fair, fair.admission.attendees)
        queries = [spellings(Details("王伟芳")).split("|")[3], "王伟", "1234", "zhang", "没有"]
        times = []
        for query in queries * 5:
            began = time.perf_counter()
            desk.roster.search(STREAM, query, after=0, limit=20)
            times.append(time.perf_counter() - began)
        began = time.perf_counter()
        for _ in range(20):
            views.snapshot(fair, desk.roster, "console")
        figures_ms = (time.perf_counter() - began) / 20 * 1000
        return max(statistics.median(times), quantile(times)) * 1000, figures_ms


def quantile(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.9)]


def measure(*, quick: bool) -> list[Figure]:
    many = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory() as small, tempfile.TemporaryDirectory() as large:
        few_us = uvloop.run(cost_at(1_000, small))
        many_us = uvloop.run(cost_at(many, large))
        held = uvloop.run(state_bytes(large, many))
    with tempfile.TemporaryDirectory() as directory:
        people = 12_000
        search_ms, figures_ms = uvloop.run(search_and_figures(directory, people))
    figures = [
        figure("CPU of a check-in without HTTP, 1,000 attendees", few_us, "us"),
        figure(
            f"CPU of a check-in at {many:,} / at 1,000 attendees", many_us / few_us, "x", "<= 1.2"
        ),
        figure(f"state in memory, an attendee of {many:,}", held / 1024, "KiB", "<= 1.5"),
        figure(f"name search, {people:,} people, p90", search_ms, "ms", "<= 25"),
        figure(f"live figures, {people:,} people", figures_ms, "ms", "<= 25"),
    ]
    figures += replay(10_000, 100_000, repeats=1 if quick else 3)
    if not quick:
        figures += replay(100_000, 1_000_000, repeats=3)
    return figures
