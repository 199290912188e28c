"""The power goes: what was acknowledged is there, whole, with the settings shipped.

The store runs over a file system that notes every write and every sync. From that trace a disk is
made as a power loss at some moment may leave it: what was synced is there; of what was not, any
part may be missing, torn at a sector, or garbage, in any order. Then the log is opened as at any
start, and must go on.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import aiosqlite
import apsw
import pytest

from fairdesk.log.people import ErasePerson, PersonChange, PutPerson
from fairdesk.log.record import Broken, NewRecord
from fairdesk.log.sqlite import SqliteStore, _set_up_writer

STREAM = "fair/a"
COMMITS = 200
LOSSES = 100
SECTOR_BYTES = 512
CHECKPOINT_PAGES = 60
"""Instead of the thousands shipped: the log must come through many checkpoints, in a short test."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, in order: to a file, or an answer that was given."""

    what: Literal["write", "truncate", "sync", "delete", "asked", "answered"]
    file: str = ""
    at: int = 0
    data: bytes = field(default=b"", repr=False)


class WatchedFile(apsw.VFSFile):
    def __init__(self, trace: list[Step], name: str | apsw.URIFilename | None, flags: Any) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.name = "" if path is None else Path(path).name
        self.trace = trace
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self.trace.append(Step("write", self.name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self.trace.append(Step("truncate", self.name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.trace.append(Step("sync", self.name))


class WatchedDisk(apsw.VFS):
    def __init__(self, name: str) -> None:
        self.trace: list[Step] = []
        super().__init__(name, "", maxpathname=0)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        return WatchedFile(self.trace, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001  as SQLite calls it
        super().xDelete(filename, syncdir)
        self.trace.append(Step("delete", Path(filename).name))


class Rows(list[Any]):
    """What a statement gave, as the standard library's cursors give it."""

    def fetchone(self) -> Any:
        return self[0] if self else None

    def fetchall(self) -> list[Any]:
        return self


@dataclass(slots=True)
class OnWatchedDisk:
    """A connection as the store's writer needs it, over the file system that notes what is done."""

    db: apsw.Connection

    @property
    def _conn(self) -> OnWatchedDisk:
        return self

    @property
    def in_transaction(self) -> bool:
        return self.db.in_transaction

    async def _execute(self, function: Callable[[], T]) -> T:
        return function()

    async def close(self) -> None:
        self.db.close()

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        return Rows(self.db.execute(statement, values))

    def executescript(self, script: str) -> None:
        self.db.execute(script).fetchall()

    def executemany(self, statement: str, values: Sequence[Sequence[Any]]) -> None:
        self.db.executemany(statement, values)


@dataclass(slots=True)
class Written:
    """What was handed to the store, commit by commit: rows and the persons as they then stood."""

    heads: list[int] = field(default_factory=lambda: [0])
    records: list[NewRecord] = field(default_factory=list)
    people: list[dict[str, bytes]] = field(default_factory=lambda: [{}])

    def draw(self, rng: random.Random) -> tuple[list[NewRecord], list[PersonChange]]:
        number = len(self.heads)
        size = rng.choice((1, 1, 1, 5, 40))
        records = [
            NewRecord("gate:1", f"C{number}", "happened", 1, "x" * rng.randrange(600), n)
            for n in range(size)
        ]
        people = dict(self.people[-1])
        changes: list[PersonChange] = []
        if rng.random() < 0.3:
            sealed = f"SEALED-PERSON-{number:04}-".encode() * 12
            changes.append(PutPerson(f"P{number}", sealed))
            people[f"P{number}"] = sealed
        if people and rng.random() < 0.1:
            erased = rng.choice(sorted(people))
            changes.append(ErasePerson(erased))
            del people[erased]
        self.heads.append(self.heads[-1] + size)
        self.records += records
        self.people.append(people)
        return records, changes


async def work(path: Path, seed: int, also: str = "") -> tuple[list[Step], Written]:
    """Commit for a while. Gives what happened on the disk, from the first byte."""
    disk = WatchedDisk(f"watched {path}")
    connection = OnWatchedDisk(apsw.Connection(str(path), vfs=f"watched {path}"))
    try:
        _set_up_writer(cast("sqlite3.Connection", connection))
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        connection.executescript(also)
        writer = cast("aiosqlite.Connection", connection)
        store = SqliteStore(path, writer, writer, None)
        rng, written = random.Random(seed), Written()
        disk.trace.append(Step("answered", at=0))
        for number in range(1, COMMITS + 1):
            head = written.heads[-1]
            records, people = written.draw(rng)
            disk.trace.append(Step("asked", at=number))
            await store.append(STREAM, head, records, people)
            disk.trace.append(Step("answered", at=number))
        return list(disk.trace), written
    finally:
        connection.db.close()
        disk.unregister()


@dataclass(slots=True)
class Platter:
    """A file: what is surely on the disk, and what was done to it since."""

    durable: bytearray = field(default_factory=bytearray)
    unsynced: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.unsynced:
            apply(self.durable, step)
        self.unsynced.clear()

    def after_loss(self, rng: random.Random) -> bytearray:
        left = bytearray(self.durable)
        fate = rng.choice(("none", "all", "first", "some", "some", "some"))
        steps = list(self.unsynced)
        if fate == "none":
            steps = []
        elif fate == "first":
            steps = steps[: rng.randrange(len(steps) + 1)]
        elif fate == "some":
            steps = [torn for step in steps for torn in tear(step, rng)]
        for step in steps:
            apply(left, step)
        return left


def apply(content: bytearray, step: Step) -> None:
    if step.what == "truncate":
        del content[step.at :]
        return
    content.extend(bytes(max(0, step.at - len(content))))
    content[step.at : step.at + len(step.data)] = step.data


def tear(step: Step, rng: random.Random) -> Iterator[Step]:
    """The sectors of a write that reach the disk; one of them may hold anything."""
    if step.what == "truncate":
        if rng.random() < 0.5:
            yield step
        return
    survives = rng.random()
    begin = 0
    while begin < len(step.data):
        end = min(len(step.data), begin + SECTOR_BYTES - (step.at + begin) % SECTOR_BYTES)
        if rng.random() < survives:
            data = step.data[begin:end]
            data = rng.randbytes(len(data)) if rng.random() < 0.05 else data
            yield Step("write", step.file, step.at + begin, data)
        begin = end


def losses(
    trace: list[Step], directory: Path, rng: random.Random, count: int = LOSSES
) -> Iterator[tuple[Path, int, int]]:
    """Disks as power losses leave them, at moments drawn by chance: where the log lies, the last
    commit that was answered by then, and the last that was asked for."""
    answers = [n for n, step in enumerate(trace) if step.what == "answered"]
    moments = {
        *rng.sample(range(answers[0] + 1, len(trace)), count),
        *rng.sample(answers[1:], count // 10),  # on the disk, and nobody was told yet
    }
    files: dict[str, Platter] = {}
    asked = answered = 0
    for moment, step in enumerate(trace):
        if moment in moments:
            place = directory / str(moment)
            place.mkdir(parents=True)
            for name, platter in files.items():
                (place / name).write_bytes(platter.after_loss(rng))
            yield place / "log.db", answered, asked
        if step.what == "asked":
            asked = step.at
        elif step.what == "answered":
            answered = step.at
        elif step.what == "delete":
            files.pop(step.file, None)
        elif step.what == "sync":
            files.setdefault(step.file, Platter()).sync()
        else:
            files.setdefault(step.file, Platter()).unsynced.append(step)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in the log at its first opening after a loss."""

    head: int
    records: list[NewRecord]
    people: dict[str, bytes]
    whole: bool


async def look(path: Path, persons: Sequence[str]) -> Found:
    store = await SqliteStore.open(path)
    try:
        read = await store.read(STREAM, 0, 100_000)
        fields = NewRecord.__struct_fields__
        records = [NewRecord(*(getattr(r, name) for name in fields)) for r in read]
        broken = [result async for result in store.verify() if isinstance(result, Broken)]
        people = {row.person: row.sealed for row in await store.people(persons)}
        checked = await (await store._writer.execute("PRAGMA integrity_check")).fetchone()
        whole = not broken and checked is not None and checked[0] == "ok"
        # It goes on from here as if nothing had been.
        await store.append(STREAM, len(read), [NewRecord("a", "C", "happened", 1, "", 1)])
        return Found(len(read), records, people, whole)
    finally:
        await store.close()


@pytest.mark.crash
async def test_power_loss_takes_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    trace, written = await work(tmp_path / "log.db", seed)
    persons = [f"P{number}" for number in range(COMMITS + 1)]
    sealed = {name: bytes_ for people in written.people for name, bytes_ in people.items()}
    in_flight = erased = 0
    for path, answered, asked in losses(trace, tmp_path / "losses", random.Random(seed)):
        found = await look(path, persons)
        assert found.whole, path
        assert found.head in written.heads[answered : asked + 1], (path, answered)
        assert found.records == written.records[: found.head]
        commit = written.heads.index(found.head)
        assert found.people == written.people[commit], "the persons are not those of that commit"
        # And nobody comes back: who was erased by then is in no file.
        left = b"".join(file.read_bytes() for file in path.parent.iterdir())
        gone = {name for people in written.people[:commit] for name in people} - set(found.people)
        assert [name for name in gone if sealed[name] in left] == [], path
        in_flight += commit > answered
        erased += len(gone)
    # Or the losses were too easy:
    assert in_flight
    assert erased
    assert sum(step.what == "sync" and step.file == "log.db" for step in trace) > 10, "checkpoints"


@pytest.mark.crash
async def test_power_loss_takes_commits_that_did_not_wait_for_the_disk(
    tmp_path: Path, seed: int
) -> None:
    """That this can fail: the usual advice, synchronous=NORMAL, loses most of the time."""
    trace, written = await work(tmp_path / "log.db", seed, "PRAGMA synchronous=NORMAL")
    lost = 0
    for path, answered, _ in losses(trace, tmp_path / "losses", random.Random(seed), 30):
        lost += (await look(path, [])).head < written.heads[answered]
    assert lost > 10
