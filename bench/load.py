"""Load: clients that send one check-in after the other over a connection kept alive.

They write and read bytes on the socket themselves, so that they cost less than what they measure.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator

from fairdesk.ids import new_id


class Load:
    """`badges` are gone through again and again; each command has an id of its own."""

    def __init__(self, port: int, token: str, badges: list[str]) -> None:
        self.port = port
        self.token = token
        self.badges: Iterator[str] = itertools.cycle(badges or ["K7MQ3XP"])
        self.latencies_s: list[float] = []

    def request(self) -> bytes:
        body = b'{"command_id":"%s","gate":"1","badge":"%s"}' % (
            new_id().encode(),
            next(self.badges).encode(),
        )
        return (
            b"POST /api/fairs/sample/check-in HTTP/1.1\r\nHost: localhost\r\n"
            b"Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (self.token.encode(), len(body), body)
        )

    async def run(self, clients: int, requests: int) -> float:
        """Send so many requests from so many clients; gives the seconds it took."""
        left = itertools.count()
        began = time.perf_counter()
        await asyncio.gather(*(self._client(left, requests) for _ in range(clients)))
        return time.perf_counter() - began

    async def _client(self, left: Iterator[int], requests: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while next(left) < requests:
            sent = time.perf_counter()
            writer.write(self.request())
            head = await reader.readuntil(b"\r\n\r\n")
            status = head[9:12]
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            body = await reader.readexactly(length)
            if status != b"200":
                raise RuntimeError(f"{head!r} {body!r}")
            self.latencies_s.append(time.perf_counter() - sent)
        writer.close()
