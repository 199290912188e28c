"""The asyncio shell around a fair's feed: sockets, the tick, heartbeats.

A frame is built once and the same bytes are written to each transport. The hub never waits for a
client: one whose buffer is full is skipped and owed the difference, one who stays behind longer
than a heartbeat is cut. Between slices of connections the loop goes round, so that a check-in does
not wait for a thousand screens.

A bug in a view ends the hub's work, not its fair's streams: everybody is cut, comes back and begins
with a snapshot.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from fairdesk.stream.feed import Feed, Topic
from fairdesk.stream.message import PING_FRAME, head_message, pong_frame, text_frame
from fairdesk.stream.session import Allow, Session

log = logging.getLogger(__name__)

SLICE = 64
"""Connections written to before the loop goes round."""
RENDER = 4
"""What rendering a patch counts for among them."""
DRAIN_CHECK_S = 0.1
CLOSE_S = 3.0
"""How long clients may take to answer a close."""
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
    bytes: int = 0
    skipped: int = 0
    cut: int = 0


class Connection(Session):
    """A session and its socket. `principal` is whatever the caller knows the client by."""

    __slots__ = ("buffered", "closing", "principal", "socket", "transport", "write")

    def __init__(
        self, ws: web.WebSocketResponse, transport: Any, *, feed: Feed, allow: Allow, principal: Any
    ) -> None:
        super().__init__(feed, allow, asyncio.get_running_loop().time())
        self.socket = ws
        self.transport = transport
        self.principal = principal
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
        self._someone_behind = asyncio.Event()
        self._held = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        for work in (self._send, self._settle, self._heads, self._pings):
            self._begin(work)

    def _begin(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        def ended(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            if not task.cancelled():
                log.error("streams broken off", exc_info=task.exception())
                self._start_over()
                self._begin(work)

        task = asyncio.create_task(work(), name=f"hub {work.__name__}")
        self._tasks.add(task)
        task.add_done_callback(ended)

    def _start_over(self) -> None:
        """Nobody knows who got what: everybody comes back for a snapshot."""
        self.feed.forget()
        for connection in self.connections:
            self._cut(connection)

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
        connection = Connection(ws, transport, feed=self.feed, allow=allow, principal=principal)
        raw = transport.get_extra_info("socket")
        if raw is not None:
            with suppress(OSError):
                raw.setsockopt(socket.IPPROTO_TCP, TCP_NOTSENT_LOWAT, self.limits.unsent_bytes)
        self.connections.add(connection)
        self.counters.connections += 1
        try:
            await self._read(connection)
        finally:
            self.connections.discard(connection)
            self._behind.discard(connection)
            self.counters.connections -= 1
            connection.close()

    async def _read(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        async for message in connection.socket:
            connection.heard_at = loop.time()
            if message.type is WSMsgType.TEXT:
                self.take(connection, message.data)
            elif message.type is WSMsgType.PING:
                connection.asked_behind += bool(connection.behind_at)
                self._reply(connection, pong_frame(message.data))
            elif message.type is WSMsgType.BINARY:
                await connection.socket.close(code=1003)

    def take(self, connection: Connection, data: str) -> None:
        """Answer a client's message, or owe the answer to one who takes no more for now."""
        if connection.buffered() > self.limits.behind_bytes:
            self._fall_behind(connection)
        self._reply(connection, connection.receive(data))

    def _reply(self, connection: Connection, frame: bytes | None) -> None:
        if connection.hostile:
            self._cut(connection)
        elif frame is not None and not connection.closing():
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
            async with asyncio.timeout(CLOSE_S):
                await asyncio.gather(*closing, return_exceptions=True)
        # Who doesn't read doesn't answer either, and would keep the server from ending.
        for connection in self.connections:
            connection.transport.abort()

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
        self._held += RENDER
        for start in range(0, len(everybody), SLICE):
            some = everybody[start : start + SLICE]
            self.write_slice(topic, frame, some)
            self._held += len(some)
            if self._held >= SLICE:
                self._held = 0
                await asyncio.sleep(0)

    def write_slice(self, topic: Topic, frame: bytes, connections: list[Connection]) -> None:
        limit = self.limits.behind_bytes
        skipped = 0
        for connection in connections:
            if connection.behind_at or connection.buffered() > limit:
                self._fall_behind(connection)
                connection.miss(topic)
                skipped += 1
            elif not connection.closing():
                connection.write(frame)
        written = len(connections) - skipped
        self.counters.skipped += skipped
        self.counters.deliveries += written
        self.counters.bytes += written * len(frame)

    def _fall_behind(self, connection: Connection) -> None:
        connection.fall_behind(asyncio.get_running_loop().time())
        self._behind.add(connection)
        self._someone_behind.set()

    def _cut(self, connection: Connection) -> None:
        if not connection.closing():
            self.counters.cut += 1
            connection.transport.abort()

    async def _settle(self) -> None:
        """Give those who were behind what they are owed as soon as they can take it."""
        loop = asyncio.get_running_loop()
        while True:
            await self._someone_behind.wait()
            await asyncio.sleep(DRAIN_CHECK_S)
            for connection in list(self._behind):
                self.catch_up(connection, loop.time())
            if not self._behind:
                self._someone_behind.clear()

    def catch_up(self, connection: Connection, now: float) -> None:
        """Write what is owed, as far as it can be taken."""
        if connection.closing():
            self._behind.discard(connection)
        elif connection.buffered() < self.limits.behind_bytes // 2:
            # It reads: what it takes for all that is owed is not held against it.
            connection.behind_at = now
            while connection.buffered() <= self.limits.behind_bytes:
                frame = connection.settle()
                if frame is None:
                    self._behind.discard(connection)
                    return
                connection.write(frame)
        elif now - connection.behind_at > self.limits.ping_s + self.limits.pong_timeout_s:
            self._cut(connection)

    async def _heads(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self.limits.head_s)
            await self._everybody(text_frame(head_message(self.feed.source.position())))
            self.feed.forget_unwatched(loop.time())

    async def _pings(self) -> None:
        loop = asyncio.get_running_loop()
        timeout_s = self.limits.pong_timeout_s
        while True:
            await asyncio.sleep(max(self.limits.ping_s - timeout_s, 0))
            await self._everybody(PING_FRAME, pinged_at=loop.time())
            await asyncio.sleep(timeout_s)
            for connection in [c for c in self.connections if c.silent]:
                self._cut(connection)

    async def _everybody(self, frame: bytes, *, pinged_at: float | None = None) -> None:
        """Write a frame to all who can take it, and note of them that they were pinged."""
        for number, connection in enumerate(list(self.connections)):
            if number % SLICE == 0:
                await asyncio.sleep(0)
            if not connection.closing() and not connection.behind_at:
                connection.write(frame)
                if pinged_at is not None:
                    connection.pinged_at = pinged_at
