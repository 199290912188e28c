"""The single writer, over a log in memory that can fail in every way a log can."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest

from fairdesk.domain.rejection import Rejection
from fairdesk.engine import RETRIES_MAX, Accepted, Commit, Engine, Limits, Overloaded
from fairdesk.log.codec import UnknownEvent
from fairdesk.log.people import PutPerson
from fairdesk.log.store import LogError, Unavailable
from tests.unit.memory_store import (
    MemoryStore,
    lost_after,
    lost_before,
    no_trouble,
    overtaken_by,
    unavailable,
)
from tests.unit.shelf import (
    RULES,
    STREAM,
    Shelf,
    elsewhere,
    items,
    logged,
    make_engine,
    put,
    submit,
    told,
)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
async def engine(store: MemoryStore) -> AsyncIterator[Engine]:
    engine = make_engine(store)
    yield engine
    store.gate.set()
    await engine.close()


@pytest.fixture
def seen(engine: Engine) -> list[Commit]:
    """What followers were told."""
    commits: list[Commit] = []
    engine.follow(commits.append)
    return commits


# --- one command, and many


async def test_answer_means_that_the_facts_are_in_the_log(
    engine: Engine, store: MemoryStore
) -> None:
    [answer] = await submit(engine, put("a", times=2, command_id="C-A"))
    assert isinstance(answer, Accepted)
    assert (answer.seq, answer.repeated) == (2, False)
    assert [(r.actor, r.command_id, r.seq) for r in store.rows[STREAM]] == [
        ("tester", "C-A", 1),
        ("tester", "C-A", 2),
    ]


async def test_commands_that_wait_share_a_commit(engine: Engine, store: MemoryStore) -> None:
    await submit(engine, put("first"))
    answers = await submit(engine, *(put(f"i{n}") for n in range(50)))
    assert store.commits == [1, 50]
    assert [answer.seq for answer in answers] == list(range(2, 52))


async def test_group_is_bounded(store: MemoryStore) -> None:
    engine = make_engine(store, Limits(group=8))
    await submit(engine, *(put(f"i{n}") for n in range(20)))
    assert store.commits == [8, 8, 4]
    await engine.close()


async def test_command_that_changes_nothing_is_accepted_without_a_commit(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    assert await submit(engine, put("nothing")) == [Accepted(0, ())]
    assert (store.commits, seen) == ([], [])


async def test_refusal_stops_nothing_and_rests_on_the_group_before_it(
    engine: Engine, store: MemoryStore
) -> None:
    answers = await submit(engine, put("a"), put("a"), put("b"), put("closed"), put("c"))
    assert [type(answer) for answer in answers] == [
        Accepted,
        Rejection,
        Accepted,
        Accepted,
        Rejection,
    ]
    assert answers[4].facts == {"items": 3}
    assert (store.commits, logged(store)) == ([3], ["a", "b", "closed"])


@pytest.mark.parametrize("bug", ["bug in decide", "bug in evolve", "not shipped"])
async def test_bug_fails_its_own_command_only(
    engine: Engine, store: MemoryStore, seen: list[Commit], bug: str
) -> None:
    answers = await submit(engine, put("a"), put(bug, times=3), put("b"))
    assert isinstance(answers[1], ZeroDivisionError | KeyError)
    assert [answers[0].seq, answers[2].seq] == [1, 2]
    assert logged(store) == await items(engine) == told(seen) == ["a", "b"]
    [again] = await submit(engine, put("c"))
    assert again.seq == 3


async def test_caller_who_goes_away_takes_nobody_along(engine: Engine, store: MemoryStore) -> None:
    await submit(engine, put("first"))
    store.gate.clear()
    gone = asyncio.create_task(engine.submit(STREAM, put("gone"), "tester"))
    stays = asyncio.create_task(engine.submit(STREAM, put("stays"), "tester"))
    store.waiting.clear()
    await store.waiting.wait()
    gone.cancel()
    store.gate.set()
    await stays
    assert logged(store) == ["first", "gone", "stays"]


# --- the same id again


async def test_repeated_id_answers_what_it_led_to_then(engine: Engine, store: MemoryStore) -> None:
    command = put("a", times=3)
    [first] = await submit(engine, command)
    await submit(engine, put("b"))
    [again] = await submit(engine, command)
    assert (again.events, again.repeated, first.repeated) == (first.events, True, False)
    assert again.seq >= first.seq
    assert logged(store) == ["a", "a", "a", "b"]


async def test_repeated_id_within_a_group_is_one_fact(engine: Engine, store: MemoryStore) -> None:
    command = put("a", times=3)
    first, again, once_more = await submit(engine, command, command, command)
    assert not first.repeated
    assert again.repeated
    assert first.events == again.events == once_more.events
    assert first.seq == again.seq == once_more.seq == 3
    assert logged(store) == ["a"] * 3


@pytest.mark.parametrize("times", [1, 63, 64, 65, 128, 200])
@pytest.mark.parametrize("keep", [True, False])
async def test_repeated_id_is_known_after_a_restart(
    store: MemoryStore, *, times: int, keep: bool
) -> None:
    before = make_engine(store)
    command = put("a", times=times)
    [first] = await submit(before, command)
    await submit(before, put("b"))
    await before.close(keep=keep)
    assert bool(store.snapshots) is keep
    after = make_engine(store)
    [again] = await submit(after, command)
    assert (again.events, again.repeated) == (first.events, True)
    assert len(store.rows[STREAM]) == times + 1
    await after.close()


async def test_refused_id_may_be_tried_again(engine: Engine) -> None:
    command = put("a")
    await submit(engine, put("a", command_id="C-OTHER"))
    [refused] = await submit(engine, command)
    [again] = await submit(engine, command)
    assert refused == again == Rejection("taken", {"item": "a"})


# --- when the log says no


async def test_conflict_catches_up_and_decides_again(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    await submit(engine, put("a"))
    store.troubles.append(overtaken_by(STREAM, elsewhere("theirs"), elsewhere("wanted")))
    ours, refused = await submit(engine, put("ours"), put("wanted"))
    assert ours.seq == 4
    assert refused == Rejection("taken", {"item": "wanted"})
    expected = ["a", "theirs", "wanted", "ours"]
    assert logged(store) == await items(engine) == told(seen) == expected


async def test_id_another_node_has_served_answers_as_a_repeat(
    engine: Engine, store: MemoryStore
) -> None:
    await submit(engine, put("a"))
    store.troubles.append(overtaken_by(STREAM, elsewhere("b", "C-B")))
    [answer] = await submit(engine, put("b", command_id="C-B"))
    assert (answer.repeated, answer.events[0].item) == (True, "b")
    assert logged(store) == ["a", "b"]


async def test_head_that_keeps_moving_is_given_up_and_works_later(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    rivals = [overtaken_by(STREAM, elsewhere(f"r{n}")) for n in range(RETRIES_MAX)]
    store.troubles.extend(rivals)
    command = put("ours")
    answers = await submit(engine, command, put("too"))
    assert all(isinstance(answer, Unavailable) for answer in answers)
    assert await items(engine) == [f"r{n}" for n in range(RETRIES_MAX)]
    [again] = await submit(engine, command)
    assert not again.repeated
    assert logged(store) == await items(engine) == told(seen)


@pytest.mark.parametrize("trouble", [lost_before, lost_after])
async def test_lost_outcome_doubles_nothing(
    engine: Engine, store: MemoryStore, seen: list[Commit], trouble: Any
) -> None:
    await submit(engine, put("first"))
    store.troubles.append(trouble)
    answers = await submit(engine, put("a", times=2), put("b"))
    assert [[e.item for e in answer.events] for answer in answers] == [["a", "a"], ["b"]]
    assert logged(store) == await items(engine) == told(seen) == ["first", "a", "a", "b"]


async def test_followers_hear_of_people_whose_commit_was_lost_from_sight(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    row = PutPerson("P1", b"sealed")
    for trouble in (lost_after, lost_before):
        store.troubles.append(trouble)
        await engine.submit(STREAM, put(f"a{len(seen)}"), "tester", [row])
    assert [commit.people for commit in seen] == [(row,), (row,)]


async def test_lost_outcome_that_cannot_be_read_back_is_settled_by_the_retry(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    await submit(engine, put("first"))
    command = put("a")
    store.troubles.append(lost_after)
    store.read_troubles = 1
    [failed] = await submit(engine, command)
    assert isinstance(failed, Unavailable)
    again, other = await submit(engine, command, put("b"))
    assert (again.repeated, other.repeated) == (True, False)
    assert logged(store) == await items(engine) == told(seen) == ["first", "a", "b"]


async def test_unavailable_log_fails_the_group_and_applies_nothing(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    await submit(engine, put("a"))
    before = await engine.position(STREAM)
    store.troubles.extend([unavailable, unavailable])
    commands = [put("b", times=2), put("a"), put("c")]
    for _ in range(2):
        answers = await submit(engine, *commands)
        assert all(isinstance(answer, LogError) for answer in answers)
        assert await engine.position(STREAM) == before
        assert (logged(store), told(seen)) == (["a"], ["a"])
    answers = await submit(engine, *commands)
    assert [type(answer) for answer in answers] == [Accepted, Rejection, Accepted]
    assert not answers[0].repeated
    assert logged(store) == await items(engine) == told(seen) == ["a", "b", "b", "c"]


async def test_repeat_that_cannot_be_read_back_fails_alone(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    known = put("a")
    await submit(engine, known)
    store.read_troubles = 1
    again, other = await submit(engine, known, put("b"))
    assert isinstance(again, LogError)
    assert other.seq == 2
    assert logged(store) == await items(engine) == told(seen) == ["a", "b"]


async def test_log_that_cannot_be_read_at_first_is_loaded_later(
    engine: Engine, store: MemoryStore
) -> None:
    store.write(STREAM, [elsewhere("a")])
    store.read_troubles = 1
    failed = await submit(engine, put("b"), put("c"))
    assert all(isinstance(answer, Unavailable) for answer in failed)
    await submit(engine, put("b"))
    assert await items(engine) == ["a", "b"]


async def test_event_of_a_later_program_changes_nothing_here(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    await submit(engine, put("a"))
    before = await engine.position(STREAM)
    store.troubles.append(
        overtaken_by(STREAM, elsewhere("theirs"), elsewhere("new", kind="repainted"))
    )
    for _ in range(2):
        [failed] = await submit(engine, put("b"))
        assert isinstance(failed, UnknownEvent)
        assert await engine.position(STREAM) == before
    assert told(seen) == ["a"]


# --- bounds, and the life of a stream


async def test_full_queue_refuses_and_answers_whom_it_took(store: MemoryStore) -> None:
    engine = make_engine(store, Limits(group=2, queue=5))
    await submit(engine, put("first"))
    store.gate.clear()
    tasks = [asyncio.create_task(engine.submit(STREAM, put(f"i{n}"), "tester")) for n in range(12)]
    refused, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    assert all(isinstance(task.exception(), Overloaded) for task in refused)
    store.gate.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(answer) for answer in answers} == {Accepted, Overloaded}
    accepted = sum(isinstance(answer, Accepted) for answer in answers)
    assert accepted >= 5
    assert len(logged(store)) == accepted + 1
    await engine.close()


async def test_stream_is_loaded_once_for_all_who_ask_at_once(
    engine: Engine, store: MemoryStore
) -> None:
    store.write(STREAM, [elsewhere("a")])
    states = await asyncio.gather(*(engine.state(STREAM) for _ in range(20)))
    assert store.reads == 1
    assert all(state is states[0] for state in states)


@pytest.mark.parametrize("cached", [True, False])
async def test_unloaded_stream_comes_back_the_same(
    engine: Engine, store: MemoryStore, seen: list[Commit], *, cached: bool
) -> None:
    await submit(engine, *(put(f"i{n}") for n in range(10)))
    before = await engine.position(STREAM)
    await engine.unload(STREAM)
    assert engine.peek(STREAM) is None
    if not cached:
        store.snapshots.clear()
    assert await engine.position(STREAM) == before
    await submit(engine, put("b"))
    assert logged(store) == await items(engine) == told(seen)


async def test_stream_unloaded_in_the_middle_of_a_commit_loses_nothing(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    await submit(engine, put("a"))
    store.gate.clear()
    store.waiting.clear()
    running = asyncio.create_task(engine.submit(STREAM, put("b"), "tester"))
    await store.waiting.wait()
    unloading = asyncio.create_task(engine.unload(STREAM))
    reading = asyncio.create_task(engine.state(STREAM))
    await asyncio.sleep(0)
    store.gate.set()
    await asyncio.gather(running, unloading, reading)
    await submit(engine, put("c"))
    assert logged(store) == await items(engine) == told(seen) == ["a", "b", "c"]


async def test_unloading_that_is_cancelled_stops_nothing_half_way(
    engine: Engine, store: MemoryStore
) -> None:
    await submit(engine, put("a"))
    store.gate.clear()
    store.waiting.clear()
    running = asyncio.create_task(engine.submit(STREAM, put("b"), "tester"))
    await store.waiting.wait()
    unloading = asyncio.create_task(engine.unload(STREAM))
    await asyncio.sleep(0)
    unloading.cancel()
    await asyncio.gather(unloading, return_exceptions=True)
    store.gate.set()
    assert (await running).seq == 2  # type: ignore[union-attr]
    await engine.unload(STREAM)
    [answer] = await submit(engine, put("c"))
    assert answer.seq == 3


async def test_idle_streams_leave_memory_unless_watched(store: MemoryStore) -> None:
    now = 0
    engine = Engine(store, lambda _: RULES, lambda: now)
    for stream in ("fair/a", "fair/b", "fair/c"):
        await engine.state(stream)
    now = 100
    await engine.state("fair/c")
    assert await engine.unload_idle(100, lambda stream: stream == "fair/b") == ["fair/a"]
    assert sorted(engine.loaded()) == ["fair/b", "fair/c"]
    await engine.close()


async def test_snapshot_is_kept_when_a_stream_has_moved_far(store: MemoryStore) -> None:
    engine = make_engine(store, Limits(snapshot_every=10))
    await submit(engine, put("a", times=9))
    await engine.keep_snapshots()
    assert store.snapshots == {}
    await submit(engine, put("b"))
    await engine.keep_snapshots()
    assert store.snapshots[STREAM].seq == 10
    await engine.close()


async def test_closing_answers_what_was_taken_and_refuses_the_rest(
    engine: Engine, store: MemoryStore
) -> None:
    await submit(engine, put("a"))
    store.gate.clear()
    store.waiting.clear()
    taken = [asyncio.create_task(submit(engine, put(f"i{n}"))) for n in range(5)]
    await store.waiting.wait()
    late = asyncio.create_task(submit(engine, put("behind")))
    await asyncio.sleep(0)
    closing = asyncio.create_task(engine.close())
    await asyncio.sleep(0)
    [refused] = await submit(engine, put("late"))
    assert isinstance(refused, Overloaded)
    store.gate.set()
    await closing
    answers = [answer for task in [*taken, late] for answer in await task]
    assert all(isinstance(answer, Accepted) for answer in answers)
    assert len(logged(store)) == 7


async def test_closing_waits_for_what_is_being_loaded(store: MemoryStore) -> None:
    engine = make_engine(store)
    loading = asyncio.create_task(engine.submit(STREAM, put("a"), "tester"))
    await asyncio.sleep(0)
    await engine.close()
    [outcome] = await asyncio.gather(loading, return_exceptions=True)
    assert isinstance(outcome, Accepted if logged(store) else Overloaded)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert others == set(), "nothing goes on behind its back"


async def test_each_follower_sees_one_state_grow_into_the_next(
    engine: Engine, store: MemoryStore, seen: list[Commit]
) -> None:
    store.troubles.extend([no_trouble, lost_after, overtaken_by(STREAM, elsewhere("x"))])
    for n in range(6):
        await submit(engine, *(put(f"i{n}-{k}") for k in range(4)))
    assert told(seen) == logged(store)
    assert seen[0].before == Shelf()
    for earlier, later in pairwise(seen):
        assert later.before == earlier.after
        assert later.seq == earlier.seq + len(later.events)
    for commit in seen:
        assert len(commit.after.items) == commit.seq
