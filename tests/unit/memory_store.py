"""A log in memory: another store, by the same rules, with troubles that can be ordered."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from fairdesk.log.people import PersonChange, PutPerson, SealedPerson
from fairdesk.log.record import GENESIS, Broken, ChainWalk, NewRecord, Record, link
from fairdesk.log.store import Conflict, OutcomeUnknown, Snapshot, Unavailable

Trouble = Callable[["MemoryStore"], None]
"""Called at the start of an append; what it raises is what the append raises."""


class MemoryStore:
    """`troubles`: one for each of the next appends; `read_troubles`: reads that fail next;
    `commits`: how many records each commit had; `gate`: appends wait while it is closed."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Record]] = {}
        self.vault: dict[str, PutPerson] = {}
        self.snapshots: dict[str, Snapshot] = {}
        self.troubles: deque[Trouble] = deque()
        self.read_troubles = 0
        self.reads = 0
        self.commits: list[int] = []
        self.waiting = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def append(
        self,
        stream: str,
        expected_seq: int,
        records: Sequence[NewRecord],
        people: Sequence[PersonChange] = (),
    ) -> None:
        self.waiting.set()
        await self.gate.wait()
        await asyncio.sleep(0)
        lost = None
        if self.troubles:
            try:
                self.troubles.popleft()(self)
            except OutcomeLost as trouble:
                lost = trouble
        head = len(self.rows.get(stream, []))
        if head != expected_seq:
            raise Conflict(stream, expected_seq, head)
        self.write(stream, records, people)
        if lost:
            raise lost

    def write(
        self, stream: str, records: Sequence[NewRecord], people: Sequence[PersonChange] = ()
    ) -> None:
        """Append without asking, as another writer would."""
        rows = self.rows.setdefault(stream, [])
        before = rows[-1].hash if rows else GENESIS
        assert before is not None
        last = link(before, stream, len(rows) + 1, records)
        for place, new in enumerate(records, start=1):
            fields = {name: getattr(new, name) for name in NewRecord.__struct_fields__}
            sealed = last if place == len(records) else None
            rows.append(Record(stream=stream, seq=len(rows) + 1, hash=sealed, **fields))
        for change in people:
            if isinstance(change, PutPerson):
                self.vault[change.person] = change
            else:
                self.vault.pop(change.person, None)
        self.commits.append(len(records))

    async def read(self, stream: str, after: int, limit: int) -> list[Record]:
        await asyncio.sleep(0)
        self.reads += 1
        if self.read_troubles:
            self.read_troubles -= 1
            raise Unavailable("cannot be read")
        return self.rows.get(stream, [])[after : after + limit]

    async def streams(self) -> dict[str, int]:
        return {stream: len(rows) for stream, rows in self.rows.items()}

    async def log_id(self) -> str:
        return "MEMORY"

    async def load_snapshot(self, stream: str) -> Snapshot | None:
        return self.snapshots.get(stream)

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        self.snapshots[snapshot.stream] = snapshot

    async def people(self, persons: Sequence[str]) -> list[SealedPerson]:
        return [self.vault[person] for person in persons if person in self.vault]

    async def people_by_phone(self, phone_hash: bytes) -> list[SealedPerson]:
        found = [row for row in self.vault.values() if row.phone_hash == phone_hash]
        return sorted(found, key=lambda row: row.person)

    async def backup(self, path: Path) -> None:
        raise Unavailable("a log in memory has no file to copy")

    async def verify(self) -> AsyncIterator[Broken | tuple[str, int]]:
        for stream, rows in sorted(self.rows.items()):
            walk = ChainWalk(stream)
            yield walk.take(rows) or walk.end() or (stream, walk.head)

    async def close(self) -> None:
        pass


class OutcomeLost(OutcomeUnknown):
    """The append is carried out, and then nobody hears of it."""


def unavailable(_: MemoryStore) -> None:
    raise Unavailable("database or disk is full")


def lost_after(_: MemoryStore) -> None:
    raise OutcomeLost("the commit was durable")


def lost_before(_: MemoryStore) -> None:
    raise OutcomeUnknown("the commit never arrived")


def no_trouble(_: MemoryStore) -> None:
    pass


def overtaken_by(stream: str, *records: NewRecord) -> Trouble:
    """Another node appends first."""
    return lambda store: store.write(stream, records)
