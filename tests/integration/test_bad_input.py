"""What nobody should send: each gets a clear problem, and nothing is lost or echoed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from fairdesk.ids import new_id
from fairdesk.simulation.visitor import Refusal
from tests.integration.conftest import FAIR, Hall

ID = new_id().encode()
CHECK_IN = f"/api/fairs/{FAIR}/check-in"


async def answer(
    hall: Hall, path: str, data: bytes, headers: dict[str, str]
) -> tuple[int, str, str]:
    async with hall.nobody.session.post(hall.url + path, data=data, headers=headers) as got:
        assert got.content_type == "application/problem+json"
        body = await got.json(content_type=None)
        return got.status, body["code"], await got.text()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_json"),
        (b"{", 400, "bad_json"),
        (b"\xff\xfe\x00", 400, "bad_json"),
        (b'"\xed\xa0\x80"', 422, "invalid_input"),
        (b"[" * 100_000, 422, "invalid_input"),
        (b"{" * 5_000, 400, "bad_json"),
        (b"null", 422, "invalid_input"),
        (b"[]", 422, "invalid_input"),
        (b'{"gate": 1}', 422, "invalid_input"),
        (b'{"command_id": "x", "gate": "1"}', 422, "invalid_input"),
        (b'{"command_id": "%s", "gate": "1", "fly": 1}' % ID, 422, "invalid_input"),
        (b'{"command_id": "%s", "gate": "\\u0000"}' % ID, 422, "invalid_input"),
        (
            b'{"command_id": "%s", "gate": "1", "override": "\\u202e<b>"}' % ID,
            422,
            "invalid_input",
        ),
        (b'{"command_id": "%s", "gate": "1", "badge": "x"}' % ID, 409, "not_a_badge"),
        (b'{"command_id": "%s", "gate": "1"}' % ID, 409, "attendee_or_badge"),
        (b'{"x": "' + b"x" * 10_000_000 + b'"}', 413, "body_too_large"),
    ],
)  # fmt: skip
async def test_bad_body_gets_a_clear_problem(
    hall: Hall, body: bytes, status: int, code: str
) -> None:
    gate = await hall.gate()
    found = await answer(hall, CHECK_IN, body, gate.headers)
    assert found[:2] == (status, code)
    assert "<b>" not in found[2]


@pytest.mark.parametrize(
    "path", ["/nowhere", "/api/nowhere", "/api/fairs/none/views/wall", "/assets/../config.toml",
             "/assets/%2e%2e/%2e%2e/config.toml", f"/api/fairs/{FAIR}/views/none",
             f"/api/fairs/{FAIR}/views/" + "x" * 3000, "/b/<script>"],
)  # fmt: skip
async def test_unknown_paths_are_problems_too(hall: Hall, path: str) -> None:
    async with hall.nobody.session.get(hall.url + path, allow_redirects=False) as got:
        assert got.status in (302, 404, 401)
        assert "<script>" not in await got.text()


async def test_wrong_method_says_so(hall: Hall) -> None:
    async with hall.nobody.session.delete(hall.url + "/api/fairs") as got:
        assert (await got.json(content_type=None))["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "name",
    [
        "王",
        "𠮷田𠮷",
        "㛃䶮",
        "阿卜杜拉·买买提",
        "王" * 200,
        "O'Brien <b>&amp;",
        "=SUM(A1)",
        "Ａｂｃ",
    ],
)
async def test_any_name_is_kept_as_it_is(hall: Hall, name: str) -> None:
    seeker = await hall.seeker(name, "13700001111")
    view = await seeker.phone.view(FAIR, f"me/{seeker.attendee}")
    assert view["me"]["now"]["name"] == name


@pytest.mark.parametrize("name", ["", " ", "王" * 201, "12345", "\u202e\u202d", "\x00"])
async def test_what_is_no_name_is_refused(hall: Hall, name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        await hall.seeker(name)
    assert refusal.value.code == "name"


async def test_right_to_left_marks_do_not_get_into_a_name(hall: Hall) -> None:
    seeker = await hall.seeker("王\u202e志\x00刚")
    view = await seeker.phone.view(FAIR, f"me/{seeker.attendee}")
    assert view["me"]["now"]["name"] == "王志刚"


async def test_body_that_stops_halfway_hurts_nobody(hall: Hall) -> None:
    timeout = aiohttp.ClientTimeout(total=0.2)

    async def half() -> AsyncIterator[bytes]:
        yield b'{"command_id":'
        raise ConnectionResetError

    with pytest.raises((aiohttp.ClientError, ConnectionResetError, TimeoutError)):
        await hall.nobody.session.post(hall.url + CHECK_IN, data=half(), timeout=timeout)
    assert (await hall.nobody.view(FAIR, "fair"))["fair"]["now"]["phase"] == "live"
