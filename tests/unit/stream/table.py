"""Topics that are plain tables, and a client of them, for tests that know nothing of fairs."""

from __future__ import annotations

import json
from typing import Any

from fairdesk.stream.message import Rows, apply


class Table:
    """A feed's source: rows by topic, set by the test, at a position that counts the commits."""

    def __init__(self, *topics: str, collections: tuple[str, ...] = ("rows",)) -> None:
        self.seq = 0
        self.topics: dict[str, dict[str, dict[str, Any]]] = {
            topic: {name: {} for name in collections} for topic in topics
        }

    def commit(self, topic: str, changes: dict[str, Any], collection: str = "rows") -> Touched:
        """Set rows by id (None takes one away); gives what a hub is told of it."""
        self.seq += 1
        rows = self.topics[topic][collection]
        for row_id, row in changes.items():
            if row is None:
                rows.pop(row_id, None)
            else:
                rows[row_id] = row
        return [(topic, collection, row_id) for row_id in changes]

    def position(self) -> int:
        return self.seq

    def known(self, topic: str) -> bool:
        return topic in self.topics

    def snapshot(self, topic: str) -> Rows:
        return {name: dict(rows) for name, rows in self.topics[topic].items()}

    def row(self, topic: str, collection: str, row_id: str) -> Any | None:
        return self.topics[topic][collection].get(row_id)


Touched = list[tuple[str, str, str]]


def message_in(frame: bytes) -> dict[str, Any]:
    """The message of an unmasked text frame that is one whole frame."""
    assert frame[0] == 0x81
    head = {126: 4, 127: 10}.get(frame[1], 2)
    size = frame[1] if head == 2 else int.from_bytes(frame[2:head], "big")
    assert len(frame) == head + size
    message: dict[str, Any] = json.loads(frame[head:])
    return message


class Kept:
    """What a client keeps of one topic."""

    def __init__(self) -> None:
        self.view: Rows = {}
        self.stood: dict[str, Any] | None = None

    def take(self, message: dict[str, Any]) -> None:
        if self.stood is None:
            assert "snapshot" in message
        self.view = apply(self.view, message)
        log = message.get("log") or (self.stood or {})["log"]
        self.stood = {"log": log, "seq": message["seq"]}

    def subscribe(self, topic: str) -> str:
        return json.dumps({"subscribe": topic, "from": self.stood})
