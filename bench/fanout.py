"""Fan-out: CPU a delivery against a bare transport, and what an idle stream costs."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.figure import Figure, figure
from bench.process import Measured, running
from bench.senders import LIMITS, Rows
from fairdesk.stream.feed import Feed, Topic
from fairdesk.stream.hub import Connection, Hub
from fairdesk.stream.message import text_frame

PATHS = {"hub": ("/stream", "bench"), "bare": ("-", ""), "aiohttp": ("/stream", "")}


def ask(sender: Measured, frames: int, events: int) -> float:
    """CPU seconds the sender took for so many frames of so many events."""
    assert sender.process.stdin is not None
    assert sender.process.stdout is not None
    sender.process.stdin.write(f"{frames} {events}\n".encode())
    sender.process.stdin.flush()
    return float(json.loads(sender.process.stdout.readline())["cpu_s"])


@contextmanager
def sending(kind: str, count: int) -> Iterator[Measured]:
    """A sender with so many clients connected to it."""
    path, topic = PATHS[kind]
    with (
        running("bench.senders", kind) as sender,
        running("bench.sockets", str(sender.port), path, str(count), topic),
    ):
        yield sender


def deliveries(sockets: int, *, frames: int, repeats: int) -> dict[str, list[float]]:
    """CPU µs a delivery of one event, by way of sending; `ten`: of each of ten in a frame."""
    found: dict[str, list[float]] = {}
    with (
        sending("hub", sockets) as hub,
        sending("bare", sockets) as bare,
        sending("aiohttp", sockets) as aiohttp,
    ):
        for _ in range(repeats):
            for kind, sender in (("hub", hub), ("bare", bare), ("aiohttp", aiohttp)):
                ask(sender, 2, 1)
                cpu_s = ask(sender, frames, 1)
                found.setdefault(kind, []).append(cpu_s / frames / sockets * 1e6)
            ten = ask(hub, frames, 10) / frames / sockets / 10 * 1e6
            found.setdefault("ten", []).append(ten)
    return found


class NullTransport:
    """Takes bytes and does nothing with them."""

    def write(self, data: bytes) -> None:
        pass

    def is_closing(self) -> bool:
        return False

    def get_write_buffer_size(self) -> int:
        return 0


async def overhead_us(connections: int, rounds: int) -> float:
    """CPU µs a connection of writing one frame to transports that do nothing."""
    hub = Hub(Feed(Rows(), "bench"), LIMITS)
    topic = Topic("bench", 0)
    made: list[Any] = []
    for _ in range(connections):
        connection = Connection(
            None,  # type: ignore[arg-type]
            NullTransport(),
            feed=hub.feed,
            allow=lambda topic: None,
            principal=None,
        )
        made.append(connection)
    frame = text_frame(b"x" * 250)
    began = time.process_time()
    for _ in range(rounds):
        hub.write_slice(topic, frame, made)
    return (time.process_time() - began) / rounds / connections * 1e6


def idle_bytes(count: int) -> float:
    """Memory of the server a stream that nothing is sent to."""
    with (
        running("bench.senders", "hub") as sender,
        running("bench.sockets", str(sender.port), "/stream", "50", "bench"),
    ):
        before = sender.memory_bytes()
        with running("bench.sockets", str(sender.port), "/stream", str(count), "bench"):
            return (sender.memory_bytes() - before) / count


def measure(*, quick: bool) -> list[Figure]:
    figures = []
    for sockets in (1000,) if quick else (1000, 4000):
        frames = 10 if quick else 40
        found = deliveries(sockets, frames=frames, repeats=1 if quick else 3)
        median = {kind: statistics.median(times) for kind, times in found.items()}
        goal = sockets == 1000
        at = f"{sockets} sockets"
        figures += [
            figure(f"CPU a delivery, {at}", median["hub"], "us"),
            figure(
                f"its CPU / bare transport.write, {at}",
                median["hub"] / median["bare"],
                "x",
                "<= 1.25" if goal else "",
            ),
            figure(
                f"its CPU / aiohttp's send_str, {at}",
                median["hub"] / median["aiohttp"],
                "x",
                "<= 0.85" if goal else "",
            ),
            figure(
                f"each of ten events in a tick / one alone, {at}",
                median["ten"] / median["hub"],
                "x",
                "<= 0.15" if goal else "",
            ),
        ]
    null = statistics.median(asyncio.run(overhead_us(1000, 50 if quick else 300)) for _ in range(3))
    figures.append(figure("publish on a null transport, a connection", null, "us", "<= 0.3"))
    idle = idle_bytes(300 if quick else 1000)
    figures.append(figure("memory of an idle stream", idle / 1024, "KiB", "<= 21"))
    return figures
