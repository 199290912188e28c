"""The client in Python: follows topics, resumes where it was, reconnects for ever.

async with Follower(url, headers={"Authorization": f"Bearer {token}"}) as follower:
    follower.subscribe("wall")
    await follower.until(lambda views: views["wall"]["stats"]["now"]["visitors"] >= 10)
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable, Mapping
from types import TracebackType
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from fairdesk.stream.message import Rows, apply

SILENCE_S = 35.0
"""Nothing heard for so long: the connection is dead, whatever the socket says."""
DELAY_MAX_S = 30.0


class Follower:
    """`views`: by topic, its collections of rows. `problems`: by topic, why it is refused."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self.url = url
        self.headers = dict(headers or {})
        self.views: dict[str, Rows] = {}
        self.problems: dict[str, dict[str, Any]] = {}
        self.head = 0
        self.messages = 0
        self._positions: dict[str, dict[str, Any]] = {}
        self._wanted: list[str] = []
        self._connection: ClientConnection | None = None
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Follower:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def subscribe(self, topic: str) -> None:
        self._wanted.append(topic)
        if self._connection is not None:
            task = asyncio.create_task(self._ask(self._connection, topic))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def until(self, holds: Callable[[dict[str, Rows]], bool], timeout_s: float = 30) -> None:
        """Wait for the views to satisfy `holds` (a missing topic counts as not yet)."""
        async with asyncio.timeout(timeout_s):
            while True:
                self._changed.clear()
                try:
                    if holds(self.views):
                        return
                except KeyError:
                    pass
                await self._changed.wait()

    async def _run(self) -> None:
        delay = 1.0
        while True:
            try:
                async with connect(
                    self.url, additional_headers=self.headers, max_size=None, compression=None
                ) as connection:
                    self._connection = connection
                    for topic in self._wanted:
                        await self._ask(connection, topic)
                    async for _ in self._heard(connection):
                        delay = 1.0
            except (OSError, TimeoutError, WebSocketException):
                pass
            finally:
                self._connection = None
            await asyncio.sleep(random.uniform(0, delay))
            delay = min(delay * 2, DELAY_MAX_S)

    async def _heard(self, connection: ClientConnection) -> AsyncIterator[None]:
        """Takes each message in; raises TimeoutError after too long a silence."""
        while True:
            async with asyncio.timeout(SILENCE_S):
                data = await connection.recv()
            self._take(json.loads(data))
            yield

    def _take(self, message: dict[str, Any]) -> None:
        self.messages += 1
        self.head = max(self.head, message.get("head", 0), message.get("seq", 0))
        topic = message.get("topic")
        if topic is not None and "problem" in message:
            self.problems[topic] = message["problem"]
        elif topic is not None:
            self.views[topic] = apply(self.views.get(topic, {}), message)
            known = self._positions.get(topic, {})
            log = message.get("log", known.get("log", ""))
            self._positions[topic] = {"log": log, "seq": message["seq"]}
        self._changed.set()

    async def _ask(self, connection: ClientConnection, topic: str) -> None:
        request: dict[str, Any] = {"subscribe": topic}
        if topic in self._positions:
            request["from"] = self._positions[topic]
        await connection.send(json.dumps(request))
