"""The log in one SQLite file.

- WAL with synchronous=FULL: a commit is on disk before it is answered. NORMAL, the usual advice,
  loses acknowledged commits when the power goes.
- One writing connection to the file, one call of its thread for each transaction; reads go over a
  second connection, so that a long replay does not hold up a commit.
- A lock file keeps a second process out: two writers to one file would each be right about half.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from fairdesk.ids import new_id
from fairdesk.log.people import ErasePerson, PersonChange, PutPerson, SealedPerson
from fairdesk.log.record import GENESIS, Broken, ChainWalk, NewRecord, Record, link
from fairdesk.log.store import Conflict, OutcomeUnknown, Snapshot, Unavailable

SCHEMA_VERSION = 1
PEOPLE_AT_ONCE = 500
VERIFY_ROWS = 20_000
BUSY_MS = 5000

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, recorded_at INTEGER NOT NULL, actor TEXT NOT NULL,
    command_id TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
    hash BLOB, PRIMARY KEY (stream, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heads (
    stream TEXT PRIMARY KEY, seq INTEGER NOT NULL, link BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS people (
    person TEXT PRIMARY KEY, sealed BLOB NOT NULL, phone_hash BLOB
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS people_by_phone ON people (phone_hash) WHERE phone_hash IS NOT NULL;
CREATE TABLE IF NOT EXISTS snapshots (
    stream TEXT PRIMARY KEY, seq INTEGER NOT NULL, fingerprint TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

# One step of the primary key a stream: the table itself may be long.
STREAMS_OF_EVENTS = """
WITH RECURSIVE names (stream) AS (
    SELECT min(stream) FROM events UNION ALL
    SELECT (SELECT min(stream) FROM events WHERE stream > names.stream) FROM names
    WHERE stream IS NOT NULL
) SELECT stream FROM names WHERE stream IS NOT NULL
"""

COLUMNS = "stream, seq, recorded_at, actor, command_id, kind, version, body, hash"

T = TypeVar("T")


class StoreInUse(Exception):
    """Another process has this log open."""


class StoreTooNew(Exception):
    """The file was written by a later version of the program."""


class SqliteStore:
    """Use `await SqliteStore.open(path)`, and `close()` at the end."""

    def __init__(
        self,
        path: Path,
        writer: aiosqlite.Connection,
        reader: aiosqlite.Connection,
        lock: int | None,
    ) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._lock = lock
        self._closed = False
        self._traces = False

    @classmethod
    async def open(cls, path: Path, *, read_only: bool = False) -> SqliteStore:
        """Open or create. `read_only` may stand beside the one that writes, and can't write.
        Raises StoreInUse, StoreTooNew."""
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        lock = None if read_only else _lock(path)
        connections: list[aiosqlite.Connection] = []
        try:
            for setup in (_set_up_reader if read_only else _set_up_writer, _set_up_reader):
                # Only the writer makes a file where there is none.
                uri = _uri(path, "rwc" if setup is _set_up_writer else "rw")
                connection = await aiosqlite.connect(uri, uri=True, isolation_level=None)
                connections.append(connection)
                await _call(connection, setup)
            store = cls(path, connections[0], connections[1], lock)
            if not read_only:
                # A process that was killed may have left traces of somebody erased.
                store._traces = not await _call(connections[0], _empty_wal)
                _sync_names(path)
        except BaseException:
            for connection in connections:
                await connection.close()
            if lock is not None:
                os.close(lock)
            raise
        return store

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        try:
            await self._reader.close()
        finally:
            try:
                await self._writer.close()
            finally:
                if self._lock is not None:
                    os.close(self._lock)

    # --- the log

    async def append(
        self,
        stream: str,
        expected_seq: int,
        records: Sequence[NewRecord],
        people: Sequence[PersonChange] = (),
    ) -> None:
        if any(isinstance(change, ErasePerson) for change in people):
            self._traces = True  # before the write: a caller that is cancelled gets no further
        await self._write(lambda db: _append(db, stream, expected_seq, records, people=people))
        if self._traces:
            # Or the erased name would stay readable in the write-ahead log. Somebody who reads at
            # this moment stands in the way; the next append tries again.
            with suppress(sqlite3.Error):
                self._traces = not await _call(self._writer, _empty_wal)

    async def read(self, stream: str, after: int, limit: int) -> list[Record]:
        query = f"SELECT {COLUMNS} FROM events WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?"

        def rows(db: sqlite3.Connection) -> list[Record]:
            return [Record(*row) for row in db.execute(query, (stream, after, limit))]

        return await self._read(rows)

    async def streams(self) -> dict[str, int]:
        return dict(await self._fetch("SELECT stream, seq FROM heads"))

    async def log_id(self) -> str:
        return str((await self._fetch("SELECT value FROM meta WHERE name = 'log_id'"))[0][0])

    async def renew_log_id(self) -> None:
        """After a restore: positions that clients remember mean nothing any more."""
        await self._write(
            lambda db: db.execute("UPDATE meta SET value = ? WHERE name = 'log_id'", (new_id(),))
        )

    # --- the cache

    async def load_snapshot(self, stream: str) -> Snapshot | None:
        found = await self._fetch(
            "SELECT stream, seq, fingerprint, body FROM snapshots WHERE stream = ?", stream
        )
        return Snapshot(*found[0]) if found else None

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        row = (snapshot.stream, snapshot.seq, snapshot.fingerprint, snapshot.body)
        statement = "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)"
        await self._write(lambda db: db.execute(statement, row))

    # --- the vault

    async def people(self, persons: Sequence[str]) -> list[SealedPerson]:
        found: list[SealedPerson] = []
        for start in range(0, len(persons), PEOPLE_AT_ONCE):
            some = persons[start : start + PEOPLE_AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"SELECT person, sealed, phone_hash FROM people WHERE person IN ({marks})"
            found += [SealedPerson(*row) for row in await self._fetch(query, *some)]
        return found

    async def people_by_phone(self, phone_hash: bytes) -> list[SealedPerson]:
        query = "SELECT person, sealed, phone_hash FROM people WHERE phone_hash = ? ORDER BY person"
        return [SealedPerson(*row) for row in await self._fetch(query, phone_hash)]

    # --- keeping it safe

    async def backup(self, path: Path) -> None:
        def copy(db: sqlite3.Connection) -> None:
            target = sqlite3.connect(path)
            try:
                # In one step: a copy in several begins anew whenever the log grows between two.
                db.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")
            finally:
                target.close()

        # Over a connection of its own: it takes long, and reads go on meanwhile.
        source = await aiosqlite.connect(_uri(self.path, "rw"), uri=True)
        try:
            await _call(source, copy)
        except sqlite3.Error as error:
            raise Unavailable(str(error)) from error
        finally:
            await source.close()

    async def verify(self) -> AsyncIterator[Broken | tuple[str, int]]:
        heads = await self.streams()
        found = {str(name) for (name,) in await self._fetch(STREAMS_OF_EVENTS)}
        for stream in sorted(heads.keys() | found):
            walk = ChainWalk(stream)
            broken = await self._walk(walk, heads.get(stream, 0))
            yield broken or (stream, walk.head)

    async def _walk(self, walk: ChainWalk, head: int) -> Broken | None:
        """Walk a stream whose head was at least `head` before; it may grow meanwhile."""
        query = f"SELECT {COLUMNS} FROM events WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?"

        def take(db: sqlite3.Connection) -> Broken | None:
            rows = db.execute(query, (walk.stream, walk.head, VERIFY_ROWS))
            return walk.take(Record(*row) for row in rows)

        after = -1
        while after < walk.head:
            after = walk.head
            if broken := await self._read(take):
                return broken
        if walk.head < head:
            return Broken(walk.stream, walk.head + 1, "missing")
        if broken := walk.end():
            return broken
        # What the next commit would be chained to.
        kept = await self._fetch("SELECT seq, link FROM heads WHERE stream = ?", walk.stream)
        seq, last = kept[0] if kept else (0, GENESIS)
        if seq < walk.head or (seq == walk.head and last != walk.link):
            return Broken(walk.stream, walk.head, "not the head")
        return None

    # --- the two threads

    async def _write(self, statement: Callable[[sqlite3.Connection], object]) -> None:
        """One transaction in one call of the writing thread. A caller that is cancelled meanwhile
        does not tear it: the thread finishes it either way."""
        if self._closed:
            raise Unavailable("the log is closed")
        error = await asyncio.shield(
            asyncio.ensure_future(_call(self._writer, lambda db: _transact(db, statement)))
        )
        if error is not None:
            raise error

    async def _read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        if self._closed:
            raise Unavailable("the log is closed")
        try:
            return await _call(self._reader, query)
        except sqlite3.Error as error:
            raise Unavailable(str(error)) from error

    async def _fetch(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return await self._read(lambda db: db.execute(query, values).fetchall())


async def _call(connection: aiosqlite.Connection, function: Callable[[sqlite3.Connection], T]) -> T:
    # aiosqlite has no public call for several statements in one hop of its thread, and a hop for
    # each (BEGIN, INSERT, COMMIT) makes a commit half as slow again.
    raw = connection._conn
    result: T = await connection._execute(lambda: function(raw))  # type: ignore[no-untyped-call]
    return result


def _transact(
    db: sqlite3.Connection, statement: Callable[[sqlite3.Connection], object]
) -> Exception | None:
    """Run `statement` in a transaction. Returns what went wrong instead of raising it, so that a
    thread whose caller is gone has nothing to complain about."""
    try:
        db.execute("BEGIN IMMEDIATE")
        statement(db)
    except (Conflict, sqlite3.Error) as error:
        _roll_back(db)
        return error if isinstance(error, Conflict) else Unavailable(str(error))
    except BaseException:  # a row that can't be bound: a bug, but not the next caller's
        _roll_back(db)
        raise
    try:
        db.execute("COMMIT")
    except sqlite3.Error as error:
        if db.in_transaction and _roll_back(db):
            return Unavailable(str(error))
        # SQLite has rolled back by itself. On a full disk the mark that ends a commit was never
        # written; when a sync failed it was, and what a crash would make of it nobody can say.
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            return Unavailable(str(error))
        return OutcomeUnknown(str(error))
    return None


def _roll_back(db: sqlite3.Connection) -> bool:
    """Whether the transaction is surely gone. SQLite ends it by itself on some errors."""
    if db.in_transaction:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
    return not db.in_transaction


def _append(
    db: sqlite3.Connection,
    stream: str,
    expected_seq: int,
    records: Sequence[NewRecord],
    *,
    people: Sequence[PersonChange],
) -> None:
    found = db.execute("SELECT seq, link FROM heads WHERE stream = ?", (stream,)).fetchone()
    head, previous = found or (0, GENESIS)
    if head != expected_seq:
        raise Conflict(stream, expected_seq, head)
    if records:
        last = link(previous, stream, head + 1, records)
        rows = [
            (stream, seq, r.recorded_at, r.actor, r.command_id, r.kind, r.version, r.body, None)
            for seq, r in enumerate(records, start=head + 1)
        ]
        rows[-1] = (*rows[-1][:-1], last)  # type: ignore[assignment]
        db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        db.execute(
            "INSERT OR REPLACE INTO heads VALUES (?, ?, ?)", (stream, head + len(records), last)
        )
    for change in people:
        match change:
            case PutPerson():
                row = (change.person, change.sealed, change.phone_hash)
                db.execute("INSERT OR REPLACE INTO people VALUES (?, ?, ?)", row)
            case ErasePerson():
                db.execute("DELETE FROM people WHERE person = ?", (change.person,))


def _empty_wal(db: sqlite3.Connection) -> bool:
    """Move all of the write-ahead log into the file and cut it to nothing. Whether it came out."""
    db.execute("PRAGMA busy_timeout=0")  # commits don't wait for somebody's long read
    try:
        blocked = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not blocked
    finally:
        db.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def _lock(path: Path) -> int:
    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise StoreInUse(f"{path} is in use by another process") from None
    return lock


def _uri(path: Path, mode: str) -> str:
    """The file's name for SQLite; `mode`: "rw", or "rwc" to make a file where there is none."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def _sync_names(path: Path) -> None:
    """A new file outlives a power loss only once the directories that name it are on disk."""
    for directory in (path.parent, path.parent.parent):
        with suppress(PermissionError):  # one above us may be none of ours
            handle = os.open(directory, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _set_up_writer(db: sqlite3.Connection) -> None:
    _require_known_version(db)
    (mode,) = db.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        raise sqlite3.OperationalError(
            "this file system can't hold the log: it has no shared memory"
        )
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA wal_autocheckpoint=4000")
    db.execute("PRAGMA secure_delete=ON")
    db.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    db.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version={SCHEMA_VERSION}; COMMIT;")
    db.execute("INSERT OR IGNORE INTO meta VALUES ('log_id', ?)", (new_id(),))


def _set_up_reader(db: sqlite3.Connection) -> None:
    _require_known_version(db)
    db.execute("PRAGMA query_only=ON")
    db.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def _require_known_version(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA user_version").fetchone()[0] > SCHEMA_VERSION:
        raise StoreTooNew("the log was written by a later version of fairdesk")
