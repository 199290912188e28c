"""Clients that only read: so many WebSockets, or bare sockets, held open by a process of their own.

    python -m bench.sockets PORT PATH COUNT [TOPIC]

prints a line of JSON when all are connected (and, with a topic, subscribed and answered). On
SIGTERM it tells how long, in ms, each arrival at the gate took to reach every tenth of them.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
import time
from typing import ClassVar, cast

import uvloop

AT_ONCE = 100
ARRIVED = re.compile(rb'"at":(\d{13}),"what":"arrived"')
LISTENING = 10
"""Every so many sockets one looks into what it gets, so that looking does not become the load."""

UPGRADE = (
    "GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def masked(payload: bytes) -> bytes:
    """A client's text frame under the mask of zeros."""
    return bytes((0x81, 0x80 | len(payload))) + bytes(4) + payload


class Reader(asyncio.Protocol):
    """Reads and throws away; notes when something arrived."""

    arrivals: ClassVar[list[tuple[int, int]]] = []

    transport: asyncio.Transport

    def __init__(self, hello: bytes, topic: bytes, *, listening: bool) -> None:
        self.listening = listening
        self.opened_at = 0
        self.hello = hello
        self.topic = topic
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.upgraded = not hello

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        if self.hello:
            self.transport.write(self.hello)
        else:
            self.open.set_result(None)

    def data_received(self, data: bytes) -> None:
        if not self.upgraded:
            self.upgraded = True
            if self.topic:
                self.transport.write(masked(self.topic))
            elif not self.open.done():
                self.open.set_result(None)
            return
        if not self.open.done():
            self.opened_at = time.time_ns() // 1_000_000
            self.open.set_result(None)
        if self.listening:
            now = time.time_ns() // 1_000_000
            for match in ARRIVED.finditer(data):
                # The snapshot tells of arrivals from before it was asked for.
                if (sent := int(match[1])) > self.opened_at:
                    Reader.arrivals.append((sent, now))


async def hold(port: int, path: str, count: int, topic: str) -> None:
    loop = asyncio.get_running_loop()
    hello = UPGRADE.format(path=path).encode() if path != "-" else b""
    subscribe = json.dumps({"subscribe": topic}).encode() if topic else b""
    readers = []
    for start in range(0, count, AT_ONCE):
        some = []
        for number in range(min(AT_ONCE, count - start)):
            made = Reader(hello, subscribe, listening=number % LISTENING == 0)
            _, reader = await loop.create_connection(lambda made=made: made, "127.0.0.1", port)  # type: ignore[misc]
            some.append(reader)
        await asyncio.gather(*(reader.open for reader in some))
        readers += some
    print(json.dumps({"port": port, "open": len(readers), "pid": os.getpid()}), flush=True)
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    waited = [arrived - sent for sent, arrived in Reader.arrivals]
    print(json.dumps({"latencies_ms": waited}), flush=True)


if __name__ == "__main__":
    uvloop.run(hold(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), [*sys.argv, ""][4]))
