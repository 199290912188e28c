"""What every store must do. A new one joins by an entry in STORES."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from fairdesk.log.people import ErasePerson, PersonChange, PutPerson
from fairdesk.log.record import Broken, NewRecord
from fairdesk.log.sqlite import SqliteStore, StoreInUse
from fairdesk.log.store import Conflict, LogError, Snapshot, Store

Open = Callable[[Path], Awaitable[Store]]

STORES: dict[str, Open] = {"sqlite": SqliteStore.open}


@pytest.fixture(params=sorted(STORES))
async def open_store(request: pytest.FixtureRequest) -> AsyncIterator[Open]:
    """Opens stores; those that a failed test leaves open are closed after it."""
    opened: list[Store] = []

    async def open_one(path: Path) -> Store:
        opened.append(await STORES[request.param](path))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()


@pytest.fixture
async def store(open_store: Open, tmp_path: Path) -> Store:
    return await open_store(tmp_path / "log.db")


def record(number: int, body: str = "{}") -> NewRecord:
    return NewRecord("staff:1", f"COMMAND{number}", "happened", 1, body, 1000 + number)


def records(count: int, start: int = 1) -> list[NewRecord]:
    return [record(number) for number in range(start, start + count)]


def person(name: str, sealed: bytes = b"sealed", phone_hash: bytes | None = None) -> PutPerson:
    return PutPerson(name, sealed, phone_hash)


async def problems(store: Store) -> list[Broken]:
    return [result async for result in store.verify() if isinstance(result, Broken)]


# --- the log


async def test_rows_read_back_as_appended_and_in_order(store: Store) -> None:
    new = [record(1, '{"name":"𠮷·㛃"}'), record(2), record(3)]
    await store.append("fair/a", 0, new[:2])
    await store.append("fair/a", 2, new[2:])
    read = await store.read("fair/a", 0, 100)
    assert [r.seq for r in read] == [1, 2, 3]
    assert {r.stream for r in read} == {"fair/a"}
    fields = NewRecord.__struct_fields__
    assert [[getattr(r, f) for f in fields] for r in read] == [
        [getattr(r, f) for f in fields] for r in new
    ]


async def test_link_stands_on_the_last_row_of_each_commit(store: Store) -> None:
    await store.append("fair/a", 0, records(2))
    await store.append("fair/a", 2, records(3, 3))
    read = await store.read("fair/a", 0, 100)
    assert [r.seq for r in read if r.hash is not None] == [2, 5]


async def test_read_pages_behind_a_position(store: Store) -> None:
    await store.append("fair/a", 0, records(10))
    assert [r.seq for r in await store.read("fair/a", 3, 4)] == [4, 5, 6, 7]
    assert [r.seq for r in await store.read("fair/a", 8, 4)] == [9, 10]
    assert await store.read("fair/a", 10, 4) == []
    assert await store.read("fair/b", 0, 4) == []


async def test_streams_have_heads_of_their_own(store: Store) -> None:
    assert await store.streams() == {}
    await store.append("fair/a", 0, records(2))
    await store.append("fair/b", 0, records(1))
    await store.append("fair/a", 2, records(1, 3))
    assert await store.streams() == {"fair/a": 3, "fair/b": 1}
    assert await problems(store) == []


@pytest.mark.parametrize("expected", [0, 1, 3, 100])
async def test_conflict_tells_the_head_and_writes_nothing(store: Store, expected: int) -> None:
    await store.append("fair/a", 0, records(2), [person("P1", b"first")])
    change = [person("P1", b"second"), person("P2")]
    with pytest.raises(Conflict) as caught:
        await store.append("fair/a", expected, records(1, 3), change)
    conflict = caught.value
    assert (conflict.stream, conflict.expected, conflict.head) == ("fair/a", expected, 2)
    assert len(await store.read("fair/a", 0, 100)) == 2
    assert await store.people(["P1", "P2"]) == [person("P1", b"first")]


async def test_of_writers_at_one_head_exactly_one_wins(store: Store) -> None:
    outcomes = await asyncio.gather(
        *(store.append("fair/a", 0, records(2, 10 * n)) for n in range(8)), return_exceptions=True
    )
    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 7
    assert len(await store.read("fair/a", 0, 100)) == 2
    assert await problems(store) == []


async def test_append_that_fails_writes_nothing_and_harms_nobody_after_it(store: Store) -> None:
    unfit = NewRecord("staff:\ud800", "COMMAND2", "happened", 1, "{}", 1)
    with pytest.raises((LogError, UnicodeError)):
        await store.append("fair/a", 0, [record(1), unfit], [person("P1")])
    await store.append("fair/a", 0, records(1, 3))
    assert [r.command_id for r in await store.read("fair/a", 0, 100)] == ["COMMAND3"]
    assert await store.people(["P1"]) == []


async def test_people_who_cannot_be_written_take_the_events_along(store: Store) -> None:
    await store.append("fair/a", 0, records(1), [person("P1", b"first")])
    unfit: list[PersonChange] = [person("P1", b"second"), ErasePerson("P2"), person("P\ud800")]
    with pytest.raises((LogError, UnicodeError)):
        await store.append("fair/a", 1, records(2, 2), unfit)
    assert await store.streams() == {"fair/a": 1}
    assert len(await store.read("fair/a", 0, 100)) == 1
    assert await store.people(["P1"]) == [person("P1", b"first")]


async def test_cancelled_caller_does_not_tear_a_transaction(store: Store, seed: int) -> None:
    rng = random.Random(seed)
    head = 0
    for round_ in range(40):
        size = 50
        people = [person(f"P{round_}")]
        task = asyncio.create_task(store.append("fair/a", head, records(size, head + 1), people))
        for _ in range(rng.randrange(4)):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        # Behind it in the queue of the same writer, so that its outcome is settled by now.
        await store.append("other", round_, records(1))
        reached = (await store.streams()).get("fair/a", 0)
        assert reached in (head, head + size)
        assert len(await store.people([f"P{round_}"])) == (reached - head) // size
        head = reached
    assert len(await store.read("fair/a", 0, 10_000)) == head
    assert await problems(store) == []


# --- the vault


async def test_people_are_written_with_the_events(store: Store) -> None:
    await store.append("fair/a", 0, records(1), [person("P1", b"1"), person("P2", b"2")])
    found = {p.person: p.sealed for p in await store.people(["P2", "P1", "P9"])}
    assert found == {"P1": b"1", "P2": b"2"}
    await store.append("fair/a", 1, records(1, 2), [person("P1", b"one"), ErasePerson("P2")])
    assert await store.people(["P1", "P2"]) == [person("P1", b"one")]


async def test_many_people_are_read_at_once(store: Store) -> None:
    names = [f"P{n}" for n in range(1_700)]
    await store.append("fair/a", 0, records(1), [person(name) for name in names])
    assert sorted(p.person for p in await store.people(names)) == sorted(names)
    assert await store.people([]) == []


async def test_people_are_found_by_their_phone(store: Store) -> None:
    people = [person("P2", b"2", b"hash"), person("P1", b"1", b"hash"), person("P3", b"3", b"x")]
    await store.append("fair/a", 0, records(1), [*people, person("P4")])
    assert [p.person for p in await store.people_by_phone(b"hash")] == ["P1", "P2"]
    await store.append("fair/a", 1, records(1), [ErasePerson("P1"), person("P2", b"2", b"new")])
    assert await store.people_by_phone(b"hash") == []
    assert [p.person for p in await store.people_by_phone(b"new")] == ["P2"]


async def test_erased_person_leaves_no_bytes_in_any_file(store: Store, tmp_path: Path) -> None:
    secrets = [f"{n:04}".encode() + b"-NOBODY-MAY-READ-THIS" * 9 for n in range(200)]
    phones = [f"{n:04}-PHONE-HASH-OF-SOMEBODY".encode() for n in range(200)]
    put = [person(f"P{n}", secrets[n], phones[n]) for n in range(200)]
    await store.append("fair/a", 0, records(1), put)
    assert secrets[7] in all_bytes(tmp_path), "they must have been there, or this shows nothing"
    moved = [person(f"P{n}", b"moved", b"moved") for n in range(100)]
    await store.append("fair/a", 1, records(1), moved)
    await store.append("fair/a", 2, records(1), [ErasePerson(f"P{n}") for n in range(200)])
    left = all_bytes(tmp_path)
    assert [n for n in range(200) if secrets[n] in left or phones[n] in left] == []


def all_bytes(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(directory.iterdir()))


# --- the cache


async def test_snapshot_is_written_over(store: Store) -> None:
    assert await store.load_snapshot("fair/a") is None
    for seq in (10, 20):
        await store.save_snapshot(Snapshot("fair/a", seq, "rules", bytes([seq]) * 100_000))
        await store.save_snapshot(Snapshot("fair/b", seq + 1, "rules", b"b"))
    assert await store.load_snapshot("fair/a") == Snapshot("fair/a", 20, "rules", b"\x14" * 100_000)
    assert await store.load_snapshot("fair/b") == Snapshot("fair/b", 21, "rules", b"b")


# --- its life


async def test_log_id_lasts_as_long_as_the_log(open_store: Open, tmp_path: Path) -> None:
    first = await open_store(tmp_path / "log.db")
    before = await first.log_id()
    await first.append("fair/a", 0, records(1))
    await first.close()
    again = await open_store(tmp_path / "log.db")
    assert await again.log_id() == before
    await again.close()
    other = await open_store(tmp_path / "other.db")
    assert await other.log_id() != before
    await other.close()


async def test_everything_is_there_after_opening_again(open_store: Open, tmp_path: Path) -> None:
    first = await open_store(tmp_path / "log.db")
    await first.append("fair/a", 0, records(3), [person("P1", b"1", b"hash")])
    await first.save_snapshot(Snapshot("fair/a", 3, "rules", b"state"))
    read = await first.read("fair/a", 0, 10)
    await first.close()
    again = await open_store(tmp_path / "log.db")
    assert await again.read("fair/a", 0, 10) == read
    assert await again.people_by_phone(b"hash") == [person("P1", b"1", b"hash")]
    assert await again.load_snapshot("fair/a") == Snapshot("fair/a", 3, "rules", b"state")
    await again.append("fair/a", 3, records(1, 4))
    assert await problems(again) == []
    await again.close()


async def test_closing_twice_is_closing_once(open_store: Open, tmp_path: Path) -> None:
    store = await open_store(tmp_path / "log.db")
    await store.close()
    await store.close()
    again = await open_store(tmp_path / "log.db")
    await again.close()


async def test_second_opener_is_refused_until_the_first_closes(
    open_store: Open, tmp_path: Path
) -> None:
    first = await open_store(tmp_path / "log.db")
    with pytest.raises(StoreInUse):
        await open_store(tmp_path / "log.db")
    await first.append("fair/a", 0, records(1))
    await first.close()
    second = await open_store(tmp_path / "log.db")
    await second.append("fair/a", 1, records(1))
    await second.close()


async def test_backup_while_appending_is_a_log_of_its_own(
    store: Store, open_store: Open, tmp_path: Path
) -> None:
    # Large enough to be copied in several steps.
    body = '{"text":"' + "文" * 1000 + '"}'
    head = 0
    while head < 6_000:
        await store.append("fair/a", head, [record(n, body) for n in range(500)])
        head += 500
    before = head
    backup = asyncio.create_task(store.backup(tmp_path / "backup.db"))
    async with asyncio.timeout(60):
        while not backup.done():
            people = [person(f"P{head}")]
            await store.append("fair/a", head, [record(head, body)], people)
            head += 1
    await backup
    assert head > before
    copy = await open_store(tmp_path / "backup.db")
    reached = (await copy.streams())["fair/a"]
    assert before <= reached <= head
    assert await problems(copy) == []
    assert await copy.read("fair/a", 0, head) == await store.read("fair/a", 0, reached)
    names = [f"P{n}" for n in range(before, head)]
    assert len(await copy.people(names)) == reached - before
    assert await copy.log_id() == await store.log_id()
    await copy.close()


async def test_verify_passes_while_the_log_grows(store: Store) -> None:
    head = 0
    for _ in range(5):
        await store.append("fair/a", head, records(500, head))
        head += 500
    walk = asyncio.create_task(problems(store))
    while not walk.done():
        await store.append("fair/a", head, records(1, head))
        head += 1
    assert walk.result() == []
    assert head > 2_500
