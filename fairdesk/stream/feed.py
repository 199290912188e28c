"""The topics of one fair, rendered once each. No I/O: positions and rows in, frames out.

A topic remembers which of its rows changed at which position, for as long as `RING_ROWS` reaches
back. From that, a client that was here before gets one patch with all it missed, and so does one
whose socket was full; whoever was away for longer gets the snapshot. Neither is ever larger than
the view.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from fairdesk.stream.message import (
    Position,
    Rows,
    patch_message,
    snapshot_message,
    text_frame,
)

RING_ROWS = 4096
"""Rows whose last change a topic remembers."""


class Source(Protocol):
    """Where a feed reads a fair's rows: always as of the latest commit."""

    def position(self) -> int: ...
    def known(self, topic: str) -> bool: ...
    def snapshot(self, topic: str) -> Rows: ...
    def row(self, topic: str, collection: str, row_id: str) -> Any | None: ...


class Topic:
    __slots__ = ("changed", "complete_from", "dirty", "frame", "name", "subscribers")

    def __init__(self, name: str, position: int) -> None:
        self.name = name
        self.subscribers: set[Any] = set()
        self.complete_from = position
        self.changed: dict[tuple[str, str], int] = {}
        self.dirty: dict[tuple[str, str], None] = {}
        self.frame: bytes | None = None

    def touch(self, collection: str, row_id: str, seq: int) -> None:
        row = (collection, row_id)
        self.changed.pop(row, None)
        self.changed[row] = seq
        self.dirty[row] = None
        self.frame = None
        if len(self.changed) > RING_ROWS:
            oldest = next(iter(self.changed))
            self.complete_from = self.changed.pop(oldest)

    def since(self, seq: int) -> list[tuple[str, str]] | None:
        """Rows changed behind `seq`, or None where we do not reach back that far."""
        if seq < self.complete_from:
            return None
        rows = []
        for row, changed_at in reversed(self.changed.items()):
            if changed_at <= seq:
                break
            rows.append(row)
        return rows


class Feed:
    """`log`: the life of the log, which positions belong to."""

    def __init__(self, source: Source, log: str) -> None:
        self.source = source
        self.log = log
        self.topics: dict[str, Topic] = {}
        self.watched: dict[str, int] = {}
        self._dirty: dict[str, Topic] = {}

    def is_watched(self, kind: str) -> bool:
        """Whether anybody follows a topic of this kind (`me` of `me/a12`)."""
        return kind in self.watched

    def join(self, name: str, subscriber: object) -> Topic:
        topic = self.topics.get(name)
        if topic is None:
            topic = self.topics[name] = Topic(name, self.source.position())
            kind = name.partition("/")[0]
            self.watched[kind] = self.watched.get(kind, 0) + 1
        topic.subscribers.add(subscriber)
        return topic

    def leave(self, topic: Topic, subscriber: object) -> None:
        topic.subscribers.discard(subscriber)

    def forget_unwatched(self) -> None:
        """Drop topics nobody follows: called now and then, so that a page that reloads or a phone
        that comes back within the minute still gets a patch."""
        for name in [name for name, topic in self.topics.items() if not topic.subscribers]:
            del self.topics[name]
            self._dirty.pop(name, None)
            kind = name.partition("/")[0]
            self.watched[kind] -= 1
            if not self.watched[kind]:
                del self.watched[kind]

    def touch(self, seq: int, touched: Iterable[tuple[str, str, str]]) -> bool:
        """Note rows changed by the commit that ended at `seq`. True where there is work to do."""
        for name, collection, row_id in touched:
            topic = self.topics.get(name)
            if topic is not None:
                topic.touch(collection, row_id, seq)
                self._dirty[name] = topic
        return bool(self._dirty)

    def drain(self) -> list[tuple[Topic, bytes]]:
        """One frame for each topic that changed since the last call."""
        dirty, self._dirty = self._dirty, {}
        frames = []
        for topic in dirty.values():
            rows, topic.dirty = topic.dirty, {}
            if topic.subscribers and rows:
                frames.append((topic, self._patch(topic, rows)))
        return frames

    def opening(self, topic: Topic, since: Position | None) -> bytes:
        """The frame that makes a subscriber right: a patch where that is possible."""
        if since is not None and since.log == self.log and since.seq <= self.source.position():
            rows = topic.since(since.seq)
            if rows is not None:
                return self._patch(topic, rows)
        if topic.frame is None:
            rows_now = self.source.snapshot(topic.name)
            position = self.source.position()
            topic.frame = text_frame(snapshot_message(topic.name, self.log, position, rows_now))
        return topic.frame

    def _patch(self, topic: Topic, rows: Iterable[tuple[str, str]]) -> bytes:
        changed: Rows = {}
        gone: dict[str, list[str]] = {}
        for collection, row_id in rows:
            row = self.source.row(topic.name, collection, row_id)
            if row is None:
                gone.setdefault(collection, []).append(row_id)
            else:
                changed.setdefault(collection, {})[row_id] = row
        return text_frame(patch_message(topic.name, self.source.position(), changed, gone))
