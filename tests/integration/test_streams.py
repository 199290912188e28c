"""Live topics over a real socket."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from websockets.asyncio.client import connect

from fairdesk.stream.follower import Follower
from fairdesk.stream.message import apply
from tests.integration.conftest import FAIR, Hall


async def ask(hall: Hall, headers: dict[str, str], **request: Any) -> dict[str, Any]:
    async with connect(hall.streams, additional_headers=headers) as socket:
        await socket.send(json.dumps(request))
        answer: dict[str, Any] = json.loads(await socket.recv())
        return answer


async def test_screen_shows_what_happens_without_asking(hall: Hall) -> None:
    gate, booth, seeker = await hall.gate(), await hall.booth(), await hall.seeker()
    async with (
        Follower(hall.streams) as public,
        Follower(hall.streams, booth.headers) as stand,
        Follower(hall.streams, seeker.phone.headers) as phone,
    ):
        public.subscribe("wall")
        stand.subscribe("booth/B01")
        phone.subscribe(f"me/{seeker.attendee}")
        await public.until(lambda views: views["wall"]["stats"]["now"]["visitors"] == 0)
        await hall.through_door(gate, seeker)
        await public.until(lambda views: views["wall"]["stats"]["now"]["visitors"] == 1)
        sign_up = await seeker.sign_up()
        await stand.until(lambda views: views["booth/B01"]["queue"][sign_up]["name"] == "王志刚")
        await booth.command(FAIR, "call-next", booth="B01")
        mine = f"me/{seeker.attendee}"
        await phone.until(lambda views: views[mine]["sign_ups"][sign_up]["state"] == "called")
        for follower, topic, client in (
            (public, "wall", hall.nobody),
            (stand, "booth/B01", booth),
            (phone, mine, seeker.phone),
        ):
            truth = await client.view(FAIR, topic)
            await follower.until(lambda views, t=topic, v=truth: views[t] == v)  # type: ignore[misc]


async def test_client_that_was_away_gets_a_patch(hall: Hall) -> None:
    gate, seeker = await hall.gate(), await hall.seeker()
    # Somebody keeps the topic alive meanwhile.
    async with Follower(hall.streams) as other:
        other.subscribe("wall")
        await other.until(lambda views: "stats" in views["wall"])
        first = await ask(hall, {}, subscribe="wall")
        view = apply({}, first)
        await hall.through_door(gate, seeker)
        since = {"log": first["log"], "seq": first["seq"]}
        again = await ask(hall, {}, subscribe="wall", **{"from": since})
        assert "snapshot" not in again
        assert apply(view, again) == await hall.nobody.view(FAIR, "wall")


async def test_position_of_another_life_of_the_log_means_a_snapshot(hall: Hall) -> None:
    answer = await ask(hall, {}, subscribe="wall", **{"from": {"log": "before", "seq": 3}})
    assert "snapshot" in answer


async def test_refused_topic_leaves_the_socket_open(hall: Hall) -> None:
    async with connect(hall.streams) as socket:
        await socket.send(json.dumps({"subscribe": "booth/B01"}))
        refused = json.loads(await socket.recv())
        assert refused["problem"]["code"] == "not_allowed"
        for bad in ("not json", "{}", '{"subscribe": 7}', '{"subscribe": "' + "x" * 5000 + '"}'):
            await socket.send(bad)
            assert json.loads(await socket.recv())["problem"]["code"] in (
                "bad_message",
                "message_too_large",
            )
        await socket.send(json.dumps({"subscribe": "nothing"}))
        assert json.loads(await socket.recv())["problem"]["code"] in (
            "not_allowed",
            "topic_unknown",
        )
        await socket.send(json.dumps({"subscribe": "wall"}))
        assert "snapshot" in json.loads(await socket.recv())


async def test_stalled_client_is_skipped_and_the_others_lose_nothing(hall: Hall) -> None:
    gate = await hall.gate()
    seekers = [await hall.seeker(f"人{n}", f"138{n:08}") for n in range(8)]
    reader, writer = await asyncio.open_connection("127.0.0.1", int(hall.url.rsplit(":", 1)[1]))
    writer.write(
        b"GET /api/fairs/hall/streams HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        b"Sec-WebSocket-Version: 13\r\n\r\n"
    )
    await reader.readuntil(b"\r\n\r\n")
    payload = json.dumps({"subscribe": "wall"}).encode()
    frame = bytes((0x81, 0x80 | len(payload))) + bytes(4) + payload
    # It asks for the whole wall again and again and never reads.
    counters = hall.desk.streams.counters
    async with Follower(hall.streams) as other:
        other.subscribe("wall")
        await other.until(lambda views: "stats" in views["wall"])
        for _ in range(40):
            writer.write(frame * 200)
            await writer.drain()
            if counters.cut:
                break
        for number, seeker in enumerate(seekers, start=1):
            await hall.through_door(gate, seeker)
            await other.until(
                lambda views, n=number: views["wall"]["stats"]["now"]["visitors"] >= n  # type: ignore[misc]
            )
    assert counters.cut == 1
    writer.close()


async def test_stop_tells_clients_to_come_back(hall: Hall) -> None:
    async with connect(hall.streams) as socket:
        await socket.send(json.dumps({"subscribe": "wall"}))
        await socket.recv()
        await hall.desk.streams.close(spread_ms=5000)
        await socket.wait_closed()
        assert socket.close_code == 1001
        assert socket.close_reason == "retry within 5000 ms"
