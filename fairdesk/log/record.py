"""One fact as it stands in the log, and the chain that shows whether anybody changed one.

Each commit carries one link: a SHA-256 over the link before it and every row of the commit, written
on the commit's last row. Whoever edits, drops or inserts a row breaks every later link.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

GENESIS = bytes(32)


class NewRecord(msgspec.Struct, frozen=True, gc=False):
    """A fact to be appended. `body`: JSON of the event; `recorded_at`: ms."""

    actor: str
    command_id: str
    kind: str
    version: int
    body: str
    recorded_at: int


class Record(msgspec.Struct, frozen=True, gc=False):
    """A fact of the log. `hash` stands on the last row of each commit."""

    stream: str
    seq: int
    recorded_at: int
    actor: str
    command_id: str
    kind: str
    version: int
    body: str
    hash: bytes | None = None


def link(previous: bytes, stream: str, first_seq: int, records: Sequence[NewRecord]) -> bytes:
    """The link of a commit whose first row has `first_seq`."""
    digest = hashlib.sha256(previous)
    for seq, record in enumerate(records, start=first_seq):
        digest.update(_canonical(stream, seq, record))
    return digest.digest()


def _canonical(stream: str, seq: int, r: NewRecord | Record) -> bytes:
    # Length-prefixed, so that no two different rows read the same.
    at, number, version = str(r.recorded_at), str(seq), str(r.version)
    text = (
        f"{len(stream)}:{stream}{len(number)}:{number}{len(at)}:{at}{len(r.actor)}:{r.actor}"
        f"{len(r.command_id)}:{r.command_id}{len(r.kind)}:{r.kind}{len(version)}:{version}{r.body}"
    )
    return f"{len(text)}|{text}".encode()


class Broken(msgspec.Struct, frozen=True):
    """The first place at which the log is not what was written. `seq` lies in the bad commit."""

    stream: str
    seq: int
    reason: str


class ChainWalk:
    """Walks one stream from its first row, in as many pieces as they are read."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.head = 0
        self.link = GENESIS
        """The link that stood last."""
        self._digest = hashlib.sha256(GENESIS)
        self._linked = True

    def take(self, records: Iterable[Record]) -> Broken | None:
        """Where these rows, which follow those taken before, are not what was written."""
        for record in records:
            if record.seq != self.head + 1:
                return Broken(self.stream, self.head + 1, "missing")
            self.head = record.seq
            self._digest.update(_canonical(self.stream, record.seq, record))
            self._linked = record.hash is not None
            if record.hash is not None:
                self.link = self._digest.digest()
                if self.link != record.hash:
                    return Broken(self.stream, record.seq, "changed")
                self._digest = hashlib.sha256(self.link)
        return None

    def end(self) -> Broken | None:
        """Whether the last row taken ends a commit, as the last row of a stream must."""
        return None if self._linked else Broken(self.stream, self.head, "cut off")
