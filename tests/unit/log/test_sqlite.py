"""What only the store in one file must do."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from fairdesk.log.people import ErasePerson, PutPerson
from fairdesk.log.record import Broken, NewRecord
from fairdesk.log.sqlite import SqliteStore, StoreInUse, StoreTooNew
from fairdesk.log.store import LogError, OutcomeUnknown, Unavailable

RECORD = NewRecord("staff:1", "COMMAND", "happened", 1, "{}", 1)


class Open(Protocol):
    async def __call__(self, path: Path, *, read_only: bool = False) -> SqliteStore: ...


SECRET = b"NOBODY-MAY-READ-THIS-AFTER-ERASURE" * 20

OPEN_ELSEWHERE = """
import asyncio, sys
from pathlib import Path
from fairdesk.log.sqlite import SqliteStore, StoreInUse

async def main():
    try:
        store = await SqliteStore.open(Path(sys.argv[1]))
    except StoreInUse:
        print("in use")
    else:
        await store.close()
        print("opened")

asyncio.run(main())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
async def open_log() -> AsyncIterator[Open]:
    """Opens logs; those that a failed test leaves open are closed after it."""
    opened: list[SqliteStore] = []

    async def open_one(path: Path, *, read_only: bool = False) -> SqliteStore:
        opened.append(await SqliteStore.open(path, read_only=read_only))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()


@pytest.fixture
async def store(open_log: Open, path: Path) -> SqliteStore:
    return await open_log(path)


def contents(path: Path) -> bytes:
    return path.read_bytes()


def files_hold(path: Path, needle: bytes) -> bool:
    return any(needle in file.read_bytes() for file in path.parent.iterdir())


async def test_another_process_is_refused_while_the_log_is_open(open_log: Open, path: Path) -> None:
    async def elsewhere() -> str:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", OPEN_ELSEWHERE, str(path)),
            cwd=Path(__file__).parents[3],
            stdout=asyncio.subprocess.PIPE,
        )
        return (await process.communicate())[0].decode().strip()

    store = await open_log(path)
    assert await elsewhere() == "in use"
    await store.close()
    assert await elsewhere() == "opened"


async def test_refused_opener_does_not_free_the_log_of_the_first(
    open_log: Open, store: SqliteStore, path: Path
) -> None:
    for _ in range(2):
        with pytest.raises(StoreInUse):
            await open_log(path)
    await store.append("fair/a", 0, [RECORD])


async def test_reader_beside_a_writer_sees_its_commits_and_writes_nothing(
    open_log: Open, store: SqliteStore, path: Path
) -> None:
    beside = await open_log(path, read_only=True)
    try:
        for seq in range(3):
            await store.append("fair/a", seq, [RECORD])
            assert await beside.streams() == {"fair/a": seq + 1}
        assert len(await beside.read("fair/a", 0, 10)) == 3
        with pytest.raises(LogError):
            await beside.append("fair/a", 3, [RECORD])
        assert [r async for r in beside.verify()] == [("fair/a", 3)]
    finally:
        await beside.close()
    await store.append("fair/a", 3, [RECORD])


async def test_log_of_a_later_program_is_left_alone(open_log: Open, path: Path) -> None:
    store = await open_log(path)
    await store.close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=99")
    db.close()
    before = contents(path)
    for read_only in (False, True):
        with pytest.raises(StoreTooNew):
            await open_log(path, read_only=read_only)
    assert contents(path) == before, "it was written to"


@pytest.fixture
def no_log(path: Path) -> Path:
    path.write_bytes(b"this is not a database at all" * 100)
    return path


async def test_file_that_is_no_log_is_refused_and_freed(open_log: Open, no_log: Path) -> None:
    for _ in range(2):  # the second time must not say that it is in use
        with pytest.raises(sqlite3.DatabaseError):
            await open_log(no_log)


async def test_new_life_has_another_log_id(store: SqliteStore) -> None:
    before = await store.log_id()
    await store.renew_log_id()
    after = await store.log_id()
    assert after != before
    assert await store.log_id() == after


async def test_commits_wait_for_the_disk(store: SqliteStore) -> None:
    asked = [store._writer.execute(f"PRAGMA {name}") for name in ("synchronous", "journal_mode")]
    answers = [await (await cursor).fetchone() for cursor in asked]
    assert [answer and answer[0] for answer in answers] == [2, "wal"]


async def test_erased_person_leaves_no_bytes_once_a_long_read_ends(
    store: SqliteStore, path: Path
) -> None:
    await store.append("fair/a", 0, [RECORD], [PutPerson("P1", SECRET)])
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM people").fetchone() == (1,)
    async with asyncio.timeout(2):  # neither the erasure nor a commit waits for the reader
        await store.append("fair/a", 1, [RECORD], [ErasePerson("P1")])
        await store.append("fair/a", 2, [RECORD])
    assert files_hold(path, SECRET), "the reader still needs them, or this shows nothing"
    reader.close()
    await store.append("fair/a", 3, [RECORD])
    assert not files_hold(path, SECRET)


async def test_traces_left_by_a_killed_process_go_when_the_log_is_opened(
    open_log: Open, path: Path
) -> None:
    store = await open_log(path)
    await store.append("fair/a", 0, [RECORD], [PutPerson("P1", SECRET)])
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people").fetchone()
    await store.append("fair/a", 1, [RECORD], [ErasePerson("P1")])
    reader.close()
    # A killed process leaves its files as they are: here, copies of them.
    left = path.parent / "left"
    left.mkdir()
    for file in path.parent.glob("log.db*"):
        (left / file.name).write_bytes(file.read_bytes())
    await store.close()
    assert files_hold(left / "log.db", SECRET)
    again = await open_log(left / "log.db")
    assert not files_hold(left / "log.db", SECRET)
    await again.close()


async def test_erasure_whose_caller_went_away_leaves_no_bytes_after_the_next_append(
    store: SqliteStore, path: Path
) -> None:
    await store.append("fair/a", 0, [RECORD], [PutPerson("P1", SECRET)])
    erasure = asyncio.create_task(store.append("fair/a", 1, [RECORD], [ErasePerson("P1")]))
    await asyncio.sleep(0)
    erasure.cancel()
    with pytest.raises(asyncio.CancelledError):
        await erasure
    await store.append("other", 0, [RECORD])
    assert await store.streams() == {"fair/a": 2, "other": 1}, "it was to be carried out"
    assert not files_hold(path, SECRET)


async def test_closed_log_is_unavailable(open_log: Open, path: Path) -> None:
    store = await open_log(path)
    await store.close()
    with pytest.raises(Unavailable):
        await store.append("fair/a", 0, [RECORD])
    with pytest.raises(Unavailable):
        await store.read("fair/a", 0, 10)


async def test_reader_makes_no_log_where_there_is_none(open_log: Open, path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await open_log(path, read_only=True)
    assert list(path.parent.iterdir()) == []


async def test_path_may_hold_any_character(open_log: Open, tmp_path: Path) -> None:
    path = tmp_path / "福田 100%?mode=ro#1" / "log.db"
    store = await open_log(path)
    await store.append("fair/a", 0, [RECORD])
    await store.backup(path.with_name("backup?.db"))
    await store.close()
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "backup?.db",
        "log.db",
        "log.db.lock",
    ]


async def test_reads_go_on_while_a_backup_is_made(store: SqliteStore, tmp_path: Path) -> None:
    record = NewRecord("staff:1", "LARGE", "happened", 1, "x" * 1_000_000, 1)
    for seq in range(60):
        await store.append("fair/a", seq, [record])
    backup = asyncio.create_task(store.backup(tmp_path / "backup.db"))
    reads = 0
    while not backup.done():
        assert await store.streams() == {"fair/a": 60}
        reads += 1
    await backup
    assert reads > 3


async def test_backup_that_has_no_place_says_so(store: SqliteStore, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await store.backup(tmp_path / "nowhere" / "backup.db")


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_failing_write_is_settled_by_what_the_log_says(
    store: SqliteStore, path: Path
) -> None:
    large = NewRecord("staff:1", "LARGE", "happened", 1, "x" * 1_000_000, 1)
    await store.append("fair/a", 0, [RECORD])
    with files_of_at_most(500_000):
        for _ in range(3):
            with pytest.raises((Unavailable, OutcomeUnknown)):
                await store.append("fair/a", 1, [RECORD, large], [PutPerson("P1", b"sealed")])
            assert await store.streams() == {"fair/a": 1}
            assert await store.people(["P1"]) == []
    await store.append("fair/a", 1, [RECORD, large], [PutPerson("P1", b"sealed")])
    assert [result async for result in store.verify()] == [("fair/a", 3)]


async def test_full_file_says_unavailable_and_takes_more_once_there_is_space(
    store: SqliteStore,
) -> None:
    await store.append("fair/a", 0, [RECORD])
    pages = await (await store._writer.execute("PRAGMA page_count")).fetchone()
    assert pages
    await store._writer.execute(f"PRAGMA max_page_count={pages[0] + 2}")
    large = NewRecord("staff:1", "LARGE", "happened", 1, "x" * 100_000, 1)
    for _ in range(3):
        with pytest.raises(Unavailable):
            await store.append("fair/a", 1, [RECORD, large], [PutPerson("P1", b"sealed")])
    assert await store.streams() == {"fair/a": 1}
    assert await store.people(["P1"]) == []
    await store._writer.execute("PRAGMA max_page_count=1000000")
    await store.append("fair/a", 1, [RECORD, large], [PutPerson("P1", b"sealed")])
    assert len(await store.people(["P1"])) == 1


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE events SET body = '{\"a\":1}' WHERE seq = 5",
        "UPDATE events SET recorded_at = recorded_at + 1 WHERE seq = 5",
        "UPDATE events SET actor = 'staff:2' WHERE seq = 10",
        "UPDATE events SET hash = zeroblob(32) WHERE seq = 4",
        "UPDATE events SET hash = NULL WHERE seq = 4",
        "DELETE FROM events WHERE seq = 1",
        "DELETE FROM events WHERE seq = 5",
        "DELETE FROM events WHERE seq = 10",
        "DELETE FROM events WHERE seq > 8",
        "DELETE FROM heads WHERE seq = 10",
        "UPDATE heads SET seq = 8 WHERE seq = 10",
        "UPDATE heads SET link = zeroblob(32) WHERE seq = 10",
        "INSERT INTO events SELECT stream, 11, 1, actor, 'X', kind, 1, body, hash FROM events"
        " WHERE seq = 10",
    ],
)
async def test_verify_finds_what_was_done_to_the_file(
    open_log: Open, path: Path, tampering: str
) -> None:
    store = await open_log(path)
    for seq in range(0, 10, 2):
        await store.append("fair/a", seq, [RECORD, RECORD])
        await store.append("fair/b", seq, [RECORD, RECORD])
    await store.close()
    db = sqlite3.connect(path)
    db.execute(f"{tampering} AND stream = 'fair/a'")
    db.commit()
    db.close()
    store = await open_log(path)
    results = [result async for result in store.verify()]
    await store.close()
    assert [r.stream for r in results if isinstance(r, Broken)] == ["fair/a"]
    assert ("fair/b", 10) in results
