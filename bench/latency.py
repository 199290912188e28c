"""From a check-in to a thousand screens, and what the screens cost the check-ins."""

from __future__ import annotations

import asyncio
import json
import signal
import statistics
import time
from dataclasses import dataclass

import uvloop

from bench.figure import Figure, figure
from bench.load import Load
from bench.process import Measured, running, served

SCREENS = 1000
EVENTS_A_SECOND = 50
TICK_MS = 50
STREAM = "/api/fairs/sample/streams"


@dataclass(frozen=True, slots=True)
class Paced:
    """Check-ins sent at a steady pace: their latencies, in ms."""

    p50_ms: float
    p99_ms: float


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def paced(server: Measured, badges: list[str]) -> Paced:
    load = Load(server.port, server.told["token"], badges)

    async def run() -> None:
        began = time.perf_counter()
        going = []
        for number in range(len(badges)):
            wait = began + number / EVENTS_A_SECOND - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            going.append(asyncio.create_task(load.run(1, 1)))
        await asyncio.gather(*going)

    uvloop.run(run())
    latencies = [seconds * 1000 for seconds in load.latencies_s]
    return Paced(quantile(latencies, 0.5), quantile(latencies, 0.99))


def measure(*, quick: bool) -> list[Figure]:
    repeats, events = (1, 150) if quick else (3, 500)
    alone, watched, p50, p99 = [], [], [], []
    for _ in range(repeats):
        with served("ours", 3 * events) as server:
            badges = server.told["badges"]
            paced(server, badges[:events])
            alone.append(paced(server, badges[events : 2 * events]).p99_ms)
            with running(
                "bench.sockets", str(server.port), STREAM, str(SCREENS), "wall"
            ) as screens:
                watched.append(paced(server, badges[2 * events :]).p99_ms)
                screens.process.send_signal(signal.SIGTERM)
                assert screens.process.stdout is not None
                told = json.loads(screens.process.stdout.readline())
                waited = [float(ms) for ms in told["latencies_ms"]]
        p50.append(quantile(waited, 0.5))
        p99.append(quantile(waited, 0.99))
    ratio = statistics.median(b / a for a, b in zip(alone, watched, strict=True))
    at = f"{EVENTS_A_SECOND}/s to {SCREENS} screens"
    return [
        figure(f"event to screen p50, {at}", statistics.median(p50), "ms"),
        figure(f"event to screen p99, {at}", statistics.median(p99), "ms"),
        figure(
            f"event to screen p99 beyond the tick, {at}",
            statistics.median(p99) - TICK_MS,
            "ms",
            "<= 50",
        ),
        figure("a check-in's p99 without screens", statistics.median(alone), "ms"),
        figure("a check-in's p99 with them / without", ratio, "x", "<= 2"),
    ]
