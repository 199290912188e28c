"""The topics of one fair, rendered once each. No I/O: positions and rows in, frames out.

A topic remembers which of its rows changed at which position, for as long as its ring reaches
back. From that, a client that was here before gets one patch with all it missed, and so does one
whose socket was full; whoever was away for longer gets the snapshot. Neither is ever larger than
the view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
PATCH_ROWS = 256
"""Rows up to which a client that was away gets a patch without asking whether the view is less."""
OPENINGS_MAX = 16
"""Openings a topic keeps rendered, for all who come back at once from the same few positions."""
LINGER_S = 60.0
"""How long a topic is remembered that nobody follows."""


class Source(Protocol):
    """Where a feed reads a fair's rows: always as of the latest commit."""

    def position(self) -> int: ...
    def known(self, topic: str) -> bool: ...
    def snapshot(self, topic: str) -> Rows: ...
    def row(self, topic: str, collection: str, row_id: str) -> Any | None: ...


class Topic:
    """What is remembered of a topic.

    `changed`: its latest changes, oldest first, complete behind `complete_from`. `dirty`: rows no
    frame has told of yet. `sent_from`..`sent_to`: what its latest frame covers, so that whoever
    missed that frame stands at `sent_from`.
    """

    __slots__ = (
        "changed", "complete_from", "dirty", "left_at", "name", "openings", "ring_rows",
        "sent_from", "sent_to", "subscribers",
    )  # fmt: skip

    def __init__(self, name: str, position: int, ring_rows: int = RING_ROWS) -> None:
        self.name = name
        self.ring_rows = ring_rows
        self.subscribers: set[Any] = set()
        self.complete_from = self.sent_from = self.sent_to = position
        self.changed: dict[tuple[str, str], int] = {}
        self.dirty: dict[tuple[str, str], None] = {}
        self.openings: dict[int | None, bytes] = {}
        self.left_at: float | None = None

    def touch(self, collection: str, row_id: str, seq: int) -> None:
        row = (collection, row_id)
        self.changed.pop(row, None)
        self.changed[row] = seq
        self.dirty[row] = None
        self.openings.clear()
        if len(self.changed) > self.ring_rows:
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
    """`log`: the life of the log, which positions belong to. `ring_rows`: how many rows' last
    changes each topic remembers."""

    def __init__(self, source: Source, log: str, *, ring_rows: int = RING_ROWS) -> None:
        self.source = source
        self.log = log
        self.ring_rows = ring_rows
        self.topics: dict[str, Topic] = {}
        self.watched: dict[str, int] = {}
        self._dirty: dict[str, Topic] = {}

    def is_watched(self, kind: str) -> bool:
        """Whether anybody follows a topic of this kind (`me` of `me/a12`)."""
        return kind in self.watched

    def join(self, name: str, subscriber: object) -> Topic:
        topic = self.topics.get(name)
        if topic is None:
            topic = self.topics[name] = Topic(name, self.source.position(), self.ring_rows)
            kind = name.partition("/")[0]
            self.watched[kind] = self.watched.get(kind, 0) + 1
        topic.subscribers.add(subscriber)
        return topic

    def leave(self, topic: Topic, subscriber: object) -> None:
        topic.subscribers.discard(subscriber)

    def forget_unwatched(self, now: float) -> None:
        """Drop topics that nobody has followed for `LINGER_S`: called every so many seconds. A page
        that reloads or a phone that comes back within the minute gets a patch."""
        for name, topic in list(self.topics.items()):
            if topic.subscribers:
                topic.left_at = None
            elif topic.left_at is None:
                topic.left_at = now
            elif now - topic.left_at >= LINGER_S:
                self._forget(name)

    def _forget(self, name: str) -> None:
        del self.topics[name]
        self._dirty.pop(name, None)
        kind = name.partition("/")[0]
        self.watched[kind] -= 1
        if not self.watched[kind]:
            del self.watched[kind]

    def forget(self) -> None:
        """Drop every topic: whoever comes back gets a snapshot."""
        for name in list(self.topics):
            self._forget(name)

    def touch(self, seq: int, touched: Iterable[tuple[str, str, str]]) -> bool:
        """Note rows changed by the commit that ended at `seq`. True where there is work to do."""
        for name, collection, row_id in touched:
            topic = self.topics.get(name)
            if topic is not None:
                topic.touch(collection, row_id, seq)
                self._dirty[name] = topic
        return bool(self._dirty)

    def drain(self) -> Iterator[tuple[Topic, bytes]]:
        """One frame for each topic that changed since it was last drained, each rendered as it is
        taken: what is touched meanwhile is in its topic's frame or is due again."""
        dirty, self._dirty = self._dirty, {}
        for topic in dirty.values():
            rows, topic.dirty = topic.dirty, {}
            topic.sent_from, topic.sent_to = topic.sent_to, self.source.position()
            if topic.subscribers and rows:
                yield topic, self._patch(topic, rows)

    def opening(self, topic: Topic, since: Position | None) -> bytes:
        """The frame that makes a subscriber right: a patch where that is possible and less than
        the view. The same bytes for all who come from the same position."""
        rows = self._missed(topic, since)
        if since is None or rows is None:
            return self._snapshot(topic)
        frame = topic.openings.get(since.seq)
        if frame is None:
            frame = self._patch(topic, rows)
            if len(rows) > PATCH_ROWS:
                frame = min(frame, self._snapshot(topic), key=len)
            self._keep(topic, since.seq, frame)
        return frame

    def _missed(self, topic: Topic, since: Position | None) -> list[tuple[str, str]] | None:
        if since is None or since.log != self.log or since.seq > self.source.position():
            return None
        return topic.since(since.seq)

    def _snapshot(self, topic: Topic) -> bytes:
        frame = topic.openings.get(None)
        if frame is None:
            rows = self.source.snapshot(topic.name)
            seq = self.source.position()
            frame = text_frame(snapshot_message(topic.name, self.log, seq, rows))
            self._keep(topic, None, frame)
        return frame

    def _keep(self, topic: Topic, since: int | None, frame: bytes) -> None:
        if len(topic.openings) >= OPENINGS_MAX:
            topic.openings.clear()
        topic.openings[since] = frame

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
