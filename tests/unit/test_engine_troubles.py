"""Everything at once: clients that send again until they are answered, over a log that fails by
chance in every way, shared with another node, under an engine that unloads and restarts."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

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

ROUNDS = 30
COMMANDS = 40
ITEMS = 300
TRIES_MAX = 500


def trouble(rng: random.Random, number: int) -> Trouble:
    rivals = [elsewhere(f"rival {number}-{n}") for n in range(rng.randrange(1, 4))]
    return rng.choice(
        [no_trouble, unavailable, lost_after, lost_before, overtaken_by(STREAM, *rivals)]
    )


async def insist(engine: Engine, command: Put) -> Accepted | Rejection:
    """As a tablet does: the same id until there is an answer."""
    for _ in range(TRIES_MAX):
        try:
            return await engine.submit(STREAM, command, "tester")
        except (LogError, Overloaded):
            await asyncio.sleep(0)
    pytest.fail("never answered")


async def test_troubles_of_all_kinds_lose_and_double_nothing(seed: int) -> None:
    rng = random.Random(seed)
    store, seen = MemoryStore(), list[Commit]()
    answers: dict[str, Accepted | Rejection] = {}
    engine = make_engine(store, Limits(group=16, queue=25))
    engine.follow(seen.append)
    for round_ in range(ROUNDS):
        store.troubles.extend(trouble(rng, round_ * 100 + n) for n in range(6))
        store.read_troubles = rng.randrange(3)
        commands = [
            put(f"item {rng.randrange(ITEMS)}", times=rng.randrange(1, 4)) for _ in range(COMMANDS)
        ]
        commands += rng.sample(commands, 10)
        unloading = asyncio.create_task(engine.unload(STREAM))
        for command, answer in zip(
            commands, await asyncio.gather(*(insist(engine, c) for c in commands)), strict=True
        ):
            known = answers.setdefault(command.command_id, answer)
            if isinstance(known, Accepted) and isinstance(answer, Accepted):
                assert answer.events == known.events
        await unloading
        if rng.random() < 0.2:
            store.troubles.clear()
            await engine.close(keep=rng.random() < 0.5)
            engine = make_engine(store, Limits(group=16, queue=25))
            engine.follow(seen.append)
    store.troubles.clear()
    store.read_troubles = 0
    await verify(engine, store, answers)
    await engine.close()
    assert told(seen) == logged(store)


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
