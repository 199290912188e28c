"""What goes over the wire: the golden messages, anything at all, frames, and a client's view."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from fairdesk.domain.rejection import Rejection
from fairdesk.stream.message import (
    MESSAGE_BYTES_MAX,
    PING_FRAME,
    Position,
    Rows,
    Subscribe,
    Unsubscribe,
    apply,
    head_message,
    parse_request,
    patch_message,
    pong_frame,
    problem_message,
    snapshot_message,
    text_frame,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "stream"


def golden(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def meant(request: dict[str, Any]) -> Subscribe | Unsubscribe:
    if "unsubscribe" in request:
        return Unsubscribe(request["unsubscribe"])
    since = request["from"]
    return Subscribe(request["subscribe"], Position(**since) if since else None)


@pytest.mark.parametrize("case", golden("requests"), ids=lambda case: case["sent"])
def test_request_means_what_its_golden_case_says(case: dict[str, Any]) -> None:
    read = parse_request(case["sent"])
    if "refused" in case:
        assert isinstance(read, Rejection)
        assert read.code == case["refused"]
    else:
        assert read == meant(case["means"])
        assert parse_request(case["sent"].encode()) == read


def written(message: dict[str, Any]) -> bytes:
    match message:
        case {"head": seq}:
            return head_message(seq)
        case {"topic": topic, "problem": problem}:
            return problem_message(topic, Rejection(**problem))
        case {"topic": topic, "log": log, "seq": seq, "snapshot": rows}:
            return snapshot_message(topic, log, seq, rows)
        case {"topic": topic, "seq": seq}:
            return patch_message(topic, seq, message.get("set", {}), message.get("del", {}))
    raise AssertionError(message)


@pytest.mark.parametrize(("name", "message"), golden("messages").items())
def test_message_is_written_as_in_its_golden_file(name: str, message: dict[str, Any]) -> None:
    assert json.loads(written(message)) == message, name


@pytest.mark.parametrize("case", golden("views"), ids=lambda case: case["case"])
def test_view_after_a_message_is_as_in_its_golden_file(case: dict[str, Any]) -> None:
    before = deepcopy(case["before"])
    assert apply(case["before"], case["message"]) == case["after"]
    assert case["before"] == before


def test_view_keeps_collections_that_a_patch_does_not_name() -> None:
    view: Rows = {"queue": {"s1": {"ticket": 1}}, "stats": {"now": {"waiting": 1}}}
    after = apply(view, {"topic": "x", "seq": 2, "del": {"queue": ["s1"]}})
    assert after["stats"] is view["stats"]


# --- anything at all

anything = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["subscribe", "unsubscribe", "from", "log", "seq"]),
                inner,
                max_size=4,
            ),
        ),
    ).map(json.dumps),
)


@given(data=anything)
def test_any_bytes_are_a_request_or_a_coded_refusal(data: bytes | str) -> None:
    read = parse_request(data)
    if isinstance(read, Rejection):
        assert read.code == "bad_message"
    else:
        # Whatever was read can be said back.
        assert json.loads(problem_message(read.topic, Rejection("not_allowed", {})))


@pytest.mark.parametrize("data", ["[" * 4096, '{"from":' * 500, "\ud800", b"\xff\xfe"])
def test_request_that_is_no_json_is_refused(data: bytes | str) -> None:
    assert parse_request(data) == Rejection("bad_message", {})


@pytest.mark.parametrize("letter", ["x", "中", "𠮷"])
def test_request_is_measured_in_bytes(letter: str) -> None:
    room = (MESSAGE_BYTES_MAX - len('{"subscribe":""}')) // len(letter.encode())
    fits, too_long = (f'{{"subscribe":"{letter * (room + more)}"}}' for more in (0, 1))
    assert parse_request(fits) == Subscribe(letter * room)
    for data in (too_long, too_long.encode()):
        refused = parse_request(data)
        assert refused == Rejection("message_too_large", {"bytes_max": MESSAGE_BYTES_MAX})


# --- frames


def frames_as_read(data: bytes) -> list[Frame]:
    """What a client makes of it."""
    client = ClientProtocol(parse_uri("ws://localhost/"), state=OPEN)
    client.receive_data(data)
    assert client.parser_exc is None
    return [event for event in client.events_received() if isinstance(event, Frame)]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_frame_of_any_size_is_read_by_a_client(size: int) -> None:
    payload = b"x" * size
    assert frames_as_read(text_frame(payload) + text_frame(b"next")) == [
        Frame(Opcode.TEXT, payload),
        Frame(Opcode.TEXT, b"next"),
    ]


def test_control_frames_are_read_by_a_client() -> None:
    assert frames_as_read(PING_FRAME) == [Frame(Opcode.PING, b"")]
    assert frames_as_read(pong_frame(b"p" * 125)) == [Frame(Opcode.PONG, b"p" * 125)]


# --- what makes merging free

rows = st.dictionaries(
    st.sampled_from(["queue", "stats"]),
    st.dictionaries(st.sampled_from(["r1", "r2", "r3"]), st.integers(0, 9)),
)
patches = st.tuples(rows, st.dictionaries(st.just("queue"), st.lists(st.sampled_from(["r4"]))))


def as_patch(parts: tuple[Any, Any]) -> dict[str, Any]:
    return {"topic": "x", "seq": 1, "set": parts[0], "del": parts[1]}


@given(view=rows, patch=patches)
def test_patch_applied_twice_ends_the_same(view: Rows, patch: tuple[Any, Any]) -> None:
    once = apply(view, as_patch(patch))
    assert apply(once, as_patch(patch)) == once


@given(view=rows, history=st.lists(rows, min_size=1, max_size=5), data=st.data())
def test_latest_patch_of_the_same_rows_wins_whatever_came_before(
    view: Rows, history: list[Rows], data: st.DataObject
) -> None:
    """A patch tells rows as they now are: what a client missed of them does not matter."""
    latest = {name: {r: 7 for h in history for r in h.get(name, {})} for name in ("queue", "stats")}
    missed = data.draw(st.lists(st.booleans(), min_size=len(history), max_size=len(history)))
    all_of_it = some_of_it = view
    for parts, was_missed in zip(history, missed, strict=True):
        all_of_it = apply(all_of_it, as_patch((parts, {})))
        if not was_missed:
            some_of_it = apply(some_of_it, as_patch((parts, {})))
    assert apply(some_of_it, as_patch((latest, {}))) == apply(all_of_it, as_patch((latest, {})))
