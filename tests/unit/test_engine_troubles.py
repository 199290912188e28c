"""Everything at once: clients that send again until they are answered, over a log that fails by
chance in every way, shared with another node, under an engine that unloads and restarts."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from itertools import pairwise

import pytest

from fairdesk.domain.rejection import Rejection
from fairdesk.engine import Accepted, Commit, Engine, Limits, Overloaded
from fairdesk.log.record import Broken
from fairdesk.log.store import LogError
from tests.unit.memory_store import (
    MemoryStore,
    Trouble,
    lost_after,
    lost_before,
    no_trouble,
    overtaken_by,
    unavailable,
)
from tests.unit.shelf import RULES, STREAM, Placed, Put, elsewhere, logged, make_engine, put, told

LIVES = 4
ROUNDS = 8
COMMANDS = 25
ITEMS = 300
TRIES_MAX = 20_000


def unreadable(store: MemoryStore) -> None:
    """This append is carried out; the next read is not."""
    store.read_troubles = 1


def lost_and_unreadable(store: MemoryStore) -> None:
    store.read_troubles = 1
    lost_after(store)


def trouble(rng: random.Random, number: int) -> Trouble:
    rivals = [elsewhere(f"rival {number}-{n}") for n in range(rng.randrange(1, 4))]
    overtaken = overtaken_by(STREAM, *rivals)
    plain = [no_trouble, unavailable, lost_after, lost_before, overtaken]
    return rng.choice([*plain, unreadable, lost_and_unreadable])


async def insist(engine: Engine, command: Put) -> Accepted | Rejection:
    """As a tablet does: the same id until there is an answer."""
    for _ in range(TRIES_MAX):
        try:
            return await engine.submit(STREAM, command, "tester")
        except (LogError, Overloaded):
            await asyncio.sleep(0)
    pytest.fail("never answered")


async def unload_now_and_then(engine: Engine, rng: random.Random) -> None:
    while True:
        for _ in range(rng.randrange(1, 40)):
            await asyncio.sleep(0)
        await engine.unload(STREAM)


async def test_troubles_of_all_kinds_lose_and_double_nothing(seed: int) -> None:
    rng = random.Random(seed)
    store = MemoryStore()
    answers: dict[str, Accepted | Rejection] = {}
    commands: list[Put] = []
    for life in range(LIVES):
        engine = make_engine(store, Limits(group=16, queue=25))
        seen: list[Commit] = []
        engine.follow(seen.append)
        began = (await engine.position(STREAM))[1]
        unloads = life % 2 == 1
        unloading = asyncio.create_task(unload_now_and_then(engine, rng)) if unloads else None
        for round_ in range(ROUNDS):
            number = life * ROUNDS + round_
            store.troubles.extend(trouble(rng, number * 100 + n) for n in range(4))
            new = [put(f"i{rng.randrange(ITEMS)}", rng.randrange(1, 4)) for _ in range(COMMANDS)]
            commands += new
            asked = new + rng.choices(commands, k=COMMANDS)
            got = await asyncio.gather(*(insist(engine, command) for command in asked))
            for command, answer in zip(asked, got, strict=True):
                known = answers.setdefault(command.command_id, answer)
                if isinstance(known, Accepted) and isinstance(answer, Accepted):
                    assert answer.events == known.events
        if unloading is not None:
            unloading.cancel()
            await asyncio.gather(unloading, return_exceptions=True)
        store.troubles.clear()
        store.read_troubles = 0
        await insist(engine, put(f"end of life {life}"))
        await verify(engine, store, answers)
        await engine.close(keep=rng.random() < 0.5)
        assert no_event_twice_or_out_of_order(seen)
        # What was lost from sight before a stream was unloaded is not told when it is loaded again.
        assert unloads or told(seen) == logged(store)[began:], "followers missed something"


def no_event_twice_or_out_of_order(commits: list[Commit]) -> bool:
    return all(later.seq - len(later.events) >= earlier.seq for earlier, later in pairwise(commits))


async def verify(
    engine: Engine, store: MemoryStore, answers: dict[str, Accepted | Rejection]
) -> None:
    rows = store.rows[STREAM]
    written = Counter(row.command_id for row in rows)
    for command_id, answer in answers.items():
        expected = len(answer.events) if isinstance(answer, Accepted) else 0
        assert written[command_id] == expected
    # The rules hold over everybody's writes: no item by two commands.
    assert len({(item, row.command_id) for item, row in zip(logged(store), rows, strict=True)}) == (
        len(set(logged(store)))
    )
    state = RULES.initial()
    for item in logged(store):
        state = RULES.evolve(state, Placed(at=0, item=item))
    assert await engine.state(STREAM) == state
    assert [r async for r in store.verify() if isinstance(r, Broken)] == []
