"""The asyncio shell around a fair's feed: sockets, the tick, heartbeats.

A frame is built once and the same bytes are written to each transport. The hub never waits for a
client: one whose buffer is full is skipped and owed the difference, one who stays behind longer
than a heartbeat is cut. Between slices of connections the loop goes round, so that a check-in does
not wait for a thousand screens.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from fairdesk.stream.feed import Feed, Topic
from fairdesk.stream.message import PING_FRAME, head_message, text_frame
from fairdesk.stream.session import Allow, Session

SLICE = 64
"""Connections written to before the loop goes round."""
DRAIN_CHECK_S = 0.1
TCP_NOTSENT_LOWAT = getattr(socket, "TCP_NOTSENT_LOWAT", 25)


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """`behind_bytes`: buffered bytes from which a client is skipped; `cut_bytes`: from which it is
    cut. Times in seconds."""

    tick_s: float = 0.05
    ping_s: float = 25.0
    pong_timeout_s: float = 10.0
    head_s: float = 15.0
    behind_bytes: int = 256 * 1024
    cut_bytes: int = 1024 * 1024
    unsent_bytes: int = 64 * 1024


@dataclass(slots=True)
class StreamCounters:
    connections: int = 0
    deliveries: int = 0
    skipped: int = 0
    cut: int = 0


class Connection:
    """A client. `principal` is whatever the caller knows it by."""

    __slots__ = (
        "behind_at", "buffered", "closing", "heard_at", "principal", "session", "socket",
        "transport", "write",
    )  # fmt: skip

    def __init__(
        self, ws: web.WebSocketResponse, transport: Any, session: Session, principal: Any
    ) -> None:
        self.socket = ws
        self.transport = transport
        self.session = session
        self.principal = principal
        self.heard_at = 0.0
        self.behind_at = 0.0
        # Bound once: these three are called for every delivery.
        self.write: Callable[[bytes], None] = transport.write
        self.closing: Callable[[], bool] = transport.is_closing
        self.buffered: Callable[[], int] = transport.get_write_buffer_size


class Hub:
    """All streams of one fair."""

    def __init__(
        self, feed: Feed, limits: StreamLimits, counters: StreamCounters | None = None
    ) -> None:
        self.feed = feed
        self.limits = limits
        self.counters = counters or StreamCounters()
        self.connections: set[Connection] = set()
        self._behind: set[Connection] = set()
        self._due = asyncio.Event()
        self._at_once = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        for work in (self._send, self._settle, self._heads, self._pings):
            self._tasks.append(asyncio.create_task(work(), name=f"hub {work.__name__}"))

    def publish(
        self, seq: int, touched: Iterable[tuple[str, str, str]], *, urgent: bool = False
    ) -> None:
        """Rows that changed by the commit that ended at `seq`. `urgent` does not wait for the
        tick."""
        if self.feed.touch(seq, touched):
            self._due.set()
            if urgent:
                self._at_once.set()

    async def serve(
        self, ws: web.WebSocketResponse, transport: Any, allow: Allow, principal: Any
    ) -> None:
        """Serve a connection until it closes."""
        connection = Connection(ws, transport, Session(self.feed, allow), principal)
        raw = transport.get_extra_info("socket")
        if raw is not None:
            with suppress(OSError):
                raw.setsockopt(socket.IPPROTO_TCP, TCP_NOTSENT_LOWAT, self.limits.unsent_bytes)
        connection.heard_at = asyncio.get_running_loop().time()
        self.connections.add(connection)
        self.counters.connections += 1
        try:
            await self._read(connection)
        finally:
            self.connections.discard(connection)
            self._behind.discard(connection)
            self.counters.connections -= 1
            connection.session.close(connection)

    async def _read(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        async for message in connection.socket:
            connection.heard_at = loop.time()
            if message.type is WSMsgType.TEXT:
                frame = connection.session.receive(message.data, connection)
                if frame is not None:
                    self._reply(connection, frame)
            elif message.type is WSMsgType.PING:
                await connection.socket.pong(message.data)
            elif message.type is WSMsgType.BINARY:
                await connection.socket.close(code=1003)

    def _reply(self, connection: Connection, frame: bytes) -> None:
        if connection.closing():
            return
        if connection.buffered() > self.limits.cut_bytes:
            self._cut(connection)
            return
        connection.write(frame)

    def revoke(self, concerns: Callable[[Any], bool]) -> None:
        """Cut the connections of everybody `concerns` is true of."""
        for connection in [c for c in self.connections if concerns(c.principal)]:
            connection.transport.abort()

    async def close(self, *, spread_ms: int) -> None:
        """Tell everybody to come back within `spread_ms`, and stop."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        reason = f"retry within {spread_ms} ms".encode()
        closing = [
            connection.socket.close(code=1001, message=reason) for connection in self.connections
        ]
        with suppress(TimeoutError):
            async with asyncio.timeout(3):
                await asyncio.gather(*closing, return_exceptions=True)

    # --- work that goes on

    async def _send(self) -> None:
        while True:
            await self._due.wait()
            if self.limits.tick_s:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self.limits.tick_s):
                        await self._at_once.wait()
            self._due.clear()
            self._at_once.clear()
            for topic, frame in self.feed.drain():
                await self.fan_out(topic, frame)

    async def fan_out(self, topic: Topic, frame: bytes) -> None:
        """Write one frame to everybody who follows the topic."""
        everybody = list(topic.subscribers)
        for start in range(0, len(everybody), SLICE):
            if start:
                await asyncio.sleep(0)
            self.write_slice(topic, frame, everybody[start : start + SLICE])

    def write_slice(self, topic: Topic, frame: bytes, connections: list[Connection]) -> None:
        limit = self.limits.behind_bytes
        for connection in connections:
            if connection.buffered() > limit or connection.behind_at:
                self._fall_behind(connection, topic)
            elif not connection.closing():
                connection.write(frame)
        self.counters.deliveries += len(connections)

    def _fall_behind(self, connection: Connection, topic: Topic) -> None:
        self.counters.skipped += 1
        # What it got last lies before this frame's rows: owe it from just before they changed.
        oldest = min(topic.changed.values(), default=topic.complete_from)
        connection.session.owe(topic, max(topic.complete_from, oldest - 1))
        if not connection.behind_at:
            connection.behind_at = asyncio.get_running_loop().time()
        self._behind.add(connection)

    def _cut(self, connection: Connection) -> None:
        self.counters.cut += 1
        connection.transport.abort()

    async def _settle(self) -> None:
        """Give those who were behind what they are owed as soon as they can take it."""
        loop = asyncio.get_running_loop()
        patience = self.limits.ping_s + self.limits.pong_timeout_s
        while True:
            await asyncio.sleep(DRAIN_CHECK_S)
            for connection in list(self._behind):
                if connection.closing():
                    self._behind.discard(connection)
                elif connection.buffered() < self.limits.behind_bytes // 2:
                    self._behind.discard(connection)
                    connection.behind_at = 0.0
                    for frame in connection.session.settle():
                        connection.write(frame)
                elif loop.time() - connection.behind_at > patience:
                    self._behind.discard(connection)
                    self._cut(connection)

    async def _heads(self) -> None:
        while True:
            await asyncio.sleep(self.limits.head_s)
            frame = text_frame(head_message(self.feed.source.position()))
            await self._everybody(frame)
            self.feed.forget_unwatched()

    async def _pings(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self.limits.ping_s)
            await self._everybody(PING_FRAME)
            await asyncio.sleep(self.limits.pong_timeout_s)
            silent_since = loop.time() - self.limits.ping_s - self.limits.pong_timeout_s
            for connection in [c for c in self.connections if c.heard_at < silent_since]:
                self._cut(connection)

    async def _everybody(self, frame: bytes) -> None:
        for number, connection in enumerate(list(self.connections)):
            if number % SLICE == 0:
                await asyncio.sleep(0)
            if not connection.closing() and not connection.behind_at:
                connection.write(frame)
