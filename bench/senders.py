"""What fan-out is held against: the same bytes written to so many sockets in three ways.

    python -m bench.senders hub|bare|aiohttp COUNT

prints its port; every line on standard input is one round: `N M` sends N frames of M events each
and answers with the CPU seconds they took.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any, ClassVar, cast

import uvloop
from aiohttp import web

from fairdesk.stream.feed import Feed
from fairdesk.stream.hub import Hub, StreamLimits
from fairdesk.stream.message import text_frame

EVENT = {"text": "x" * 200, "n": 1234567}
LIMITS = StreamLimits(tick_s=0.0)


class Rows:
    """A topic whose rows are all the same size: about 250 bytes each as sent."""

    def __init__(self) -> None:
        self.seq = 0

    def position(self) -> int:
        return self.seq

    def known(self, topic: str) -> bool:
        return True

    def snapshot(self, topic: str) -> dict[str, dict[str, Any]]:
        return {"rows": {}}

    def row(self, topic: str, collection: str, row_id: str) -> Any:
        return EVENT


class Plain(asyncio.Protocol):
    """The least a server can be: it keeps its transport."""

    transports: ClassVar[list[asyncio.Transport]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        Plain.transports.append(cast("asyncio.Transport", transport))


async def rounds(send: Any) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        frames, events = map(int, line.split())
        began = time.process_time()
        for _ in range(frames):
            await send(events)
            # The next frame when the loop has nothing left to do for this one.
            await asyncio.sleep(0.002)
        print(json.dumps({"cpu_s": time.process_time() - began}), flush=True)


def payload(events: int) -> bytes:
    rows = {f"r{n}": EVENT for n in range(events)}
    return json.dumps({"topic": "bench", "seq": 1, "set": {"rows": rows}}).encode()


async def hub() -> None:
    rows = Rows()
    made = Hub(Feed(rows, "bench"), LIMITS)
    sockets: list[web.WebSocketResponse] = []

    async def stream(request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(compress=False, autoping=False)
        await ws.prepare(request)
        sockets.append(ws)
        await made.serve(ws, request.transport, lambda topic: None, None)
        return ws

    async def send(events: int) -> None:
        rows.seq += 1
        made.feed.touch(rows.seq, [("bench", "rows", f"r{n}") for n in range(events)])
        for topic, frame in made.feed.drain():
            await made.fan_out(topic, frame)

    await serve(stream, send)


async def aiohttp() -> None:
    sockets: list[web.WebSocketResponse] = []

    async def stream(request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(compress=False)
        await ws.prepare(request)
        sockets.append(ws)
        async for _ in ws:
            pass
        return ws

    async def send(events: int) -> None:
        text = payload(events).decode()
        for ws in sockets:
            await ws.send_str(text)

    await serve(stream, send)


async def serve(stream: Any, send: Any) -> None:
    app = web.Application()
    app.router.add_get("/stream", stream)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=4096).start()
    print(json.dumps({"port": runner.addresses[0][1]}), flush=True)
    await rounds(send)


async def bare() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Plain, "127.0.0.1", 0, backlog=4096)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)

    async def send(events: int) -> None:
        frame = text_frame(payload(events))
        for number, transport in enumerate(Plain.transports):
            if number % 64 == 0:
                await asyncio.sleep(0)
            transport.write(frame)

    await rounds(send)


if __name__ == "__main__":
    uvloop.run({"hub": hub, "bare": bare, "aiohttp": aiohttp}[sys.argv[1]]())
