"""What only the store in one file must do."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fairdesk.log.people import ErasePerson, PutPerson
from fairdesk.log.record import Broken, NewRecord
from fairdesk.log.sqlite import SqliteStore, StoreInUse, StoreTooNew
from fairdesk.log.store import LogError, Unavailable

RECORD = NewRecord("staff:1", "COMMAND", "happened", 1, "{}", 1)
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
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(path)
    yield store
    await store.close()


def contents(path: Path) -> bytes:
    return path.read_bytes()


def files_hold(path: Path, needle: bytes) -> bool:
    return any(needle in file.read_bytes() for file in path.parent.iterdir())


async def test_another_process_is_refused_while_the_log_is_open(path: Path) -> None:
    async def elsewhere() -> str:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", OPEN_ELSEWHERE, str(path)),
            cwd=Path(__file__).parents[3],
            stdout=asyncio.subprocess.PIPE,
        )
        return (await process.communicate())[0].decode().strip()

    store = await SqliteStore.open(path)
    assert await elsewhere() == "in use"
    await store.close()
    assert await elsewhere() == "opened"


async def test_refused_opener_does_not_free_the_log_of_the_first(
    store: SqliteStore, path: Path
) -> None:
    for _ in range(2):
        with pytest.raises(StoreInUse):
            await SqliteStore.open(path)
    await store.append("fair/a", 0, [RECORD])


async def test_reader_beside_a_writer_sees_its_commits_and_writes_nothing(
    store: SqliteStore, path: Path
) -> None:
    beside = await SqliteStore.open(path, read_only=True)
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


async def test_log_of_a_later_program_is_left_alone(path: Path) -> None:
    store = await SqliteStore.open(path)
    await store.close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=99")
    db.close()
    before = contents(path)
    for read_only in (False, True):
        with pytest.raises(StoreTooNew):
            await SqliteStore.open(path, read_only=read_only)
    assert contents(path) == before, "it was written to"


@pytest.fixture
def no_log(path: Path) -> Path:
    path.write_bytes(b"this is not a database at all" * 100)
    return path


async def test_file_that_is_no_log_is_refused_and_freed(no_log: Path) -> None:
    for _ in range(2):  # the second time must not say that it is in use
        with pytest.raises(sqlite3.DatabaseError):
            await SqliteStore.open(no_log)


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


async def test_traces_left_by_a_killed_process_go_when_the_log_is_opened(path: Path) -> None:
    store = await SqliteStore.open(path)
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
    again = await SqliteStore.open(left / "log.db")
    assert not files_hold(left / "log.db", SECRET)
    await again.close()


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
        "INSERT INTO events SELECT stream, 11, 1, actor, 'X', kind, 1, body, hash FROM events"
        " WHERE seq = 10",
    ],
)
async def test_verify_finds_what_was_done_to_the_file(path: Path, tampering: str) -> None:
    store = await SqliteStore.open(path)
    for seq in range(0, 10, 2):
        await store.append("fair/a", seq, [RECORD, RECORD])
        await store.append("fair/b", seq, [RECORD, RECORD])
    await store.close()
    db = sqlite3.connect(path)
    db.execute(f"{tampering} AND stream = 'fair/a'")
    db.commit()
    db.close()
    store = await SqliteStore.open(path)
    results = [result async for result in store.verify()]
    await store.close()
    assert [r.stream for r in results if isinstance(r, Broken)] == ["fair/a"]
    assert ("fair/b", 10) in results
