"""The messages of a stream, as values, and the frame they travel in.

    client → {"subscribe": "booth/B07", "from": {"log": "q3v9", "seq": 811}}
             {"unsubscribe": "booth/B07"}
    server → {"topic": …, "log": …, "seq": …, "snapshot": {collection: {row id: row}}}
             {"topic": …, "seq": …, "set": {collection: {row id: row}},
              "del": {collection: [row id]}}
             {"topic": …, "problem": {"code": …, "facts": {…}}}
             {"head": seq}

Rows are whole, so a patch applied twice, or two patches merged, end the same.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from fairdesk.domain.rejection import Rejection

MESSAGE_BYTES_MAX = 4096

Rows: TypeAlias = dict[str, dict[str, Any]]
"""collection → row id → row"""


class Position(msgspec.Struct, frozen=True):
    """Where a client stands: everything up to `seq` of the log whose life is `log`."""

    log: str
    seq: int


class Subscribe(msgspec.Struct, frozen=True):
    topic: str
    since: Position | None = None


class Unsubscribe(msgspec.Struct, frozen=True):
    topic: str


class _Request(msgspec.Struct, frozen=True):
    subscribe: str | None = None
    unsubscribe: str | None = None
    since: Position | None = msgspec.field(name="from", default=None)


_decode = msgspec.json.Decoder(_Request).decode
_encode = msgspec.json.Encoder().encode


def parse_request(data: bytes | str) -> Subscribe | Unsubscribe | Rejection:
    """What a client asks for. Total: anything else is a Rejection."""
    if _longer_than_allowed(data):
        return Rejection("message_too_large", {"bytes_max": MESSAGE_BYTES_MAX})
    try:
        request = _decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return Rejection("bad_message", {})
    if request.subscribe is not None:
        return Subscribe(request.subscribe, request.since)
    if request.unsubscribe is not None:
        return Unsubscribe(request.unsubscribe)
    return Rejection("bad_message", {})


def _longer_than_allowed(data: bytes | str) -> bool:
    if len(data) > MESSAGE_BYTES_MAX:
        return True
    if isinstance(data, bytes) or data.isascii():
        return False
    return len(data.encode(errors="replace")) > MESSAGE_BYTES_MAX


def snapshot_message(topic: str, log: str, seq: int, rows: Rows) -> bytes:
    return _encode({"topic": topic, "log": log, "seq": seq, "snapshot": rows})


def patch_message(topic: str, seq: int, changed: Rows, gone: dict[str, list[str]]) -> bytes:
    message: dict[str, Any] = {"topic": topic, "seq": seq}
    if changed:
        message["set"] = changed
    if gone:
        message["del"] = gone
    return _encode(message)


def problem_message(topic: str, problem: Rejection) -> bytes:
    return _encode({"topic": topic, "problem": problem})


def head_message(seq: int) -> bytes:
    return _encode({"head": seq})


def apply(view: Rows, message: dict[str, Any]) -> Rows:
    """A client's whole logic: the view after a snapshot or a patch. `view` stays as it was, and
    collections that a patch doesn't name are the same objects in both."""
    if "snapshot" in message:
        return dict(message["snapshot"])
    after = dict(view)
    for name, rows in message.get("set", {}).items():
        after[name] = {**after.get(name, {}), **rows}
    for name, row_ids in message.get("del", {}).items():
        gone = set(row_ids)
        after[name] = {i: row for i, row in after.get(name, {}).items() if i not in gone}
    return after


PING_FRAME = b"\x89\x00"


def text_frame(payload: bytes) -> bytes:
    """One unmasked, final WebSocket text frame (RFC 6455, 5.2): the same bytes for everybody."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 1 << 16:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def pong_frame(payload: bytes) -> bytes:
    """The answer to a ping; a control frame holds at most 125 bytes (RFC 6455, 5.5)."""
    return bytes((0x8A, len(payload))) + payload
