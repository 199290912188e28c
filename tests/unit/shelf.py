"""The smallest stream there could be, to see what the engine does apart from any fair."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

import msgspec

from fairdesk.domain.message import Command, Decision, Event
from fairdesk.domain.rejection import Rejection
from fairdesk.engine import Commit, Engine, Limits
from fairdesk.log.codec import Codec
from fairdesk.log.record import NewRecord
from fairdesk.snapshot import Snapshots
from tests.unit.memory_store import MemoryStore

STREAM = "fair/shelf"
_numbers = count(1)


class Put(Command, frozen=True, kw_only=True):
    """Put an item on the shelf, `times` times."""

    item: str
    times: int = 1


class Placed(Event, frozen=True, kw_only=True):
    item: str


class Unshipped(Event, frozen=True, kw_only=True):
    """An event that was forgotten in the codec."""

    item: str


class Shelf(msgspec.Struct, frozen=True):
    items: tuple[str, ...] = ()


class ShelfRules:
    """No item twice by another command; nothing more where the shelf is closed."""

    codec = Codec([Placed])

    def initial(self) -> Shelf:
        return Shelf()

    def decide(self, state: Shelf, command: Put, now: int) -> Decision:
        match command.item:
            case "bug in decide":
                raise ZeroDivisionError
            case "not shipped":
                return (Placed(at=now, item="half"), Unshipped(at=now, item="other"))
            case "nothing":
                return ()
        if "closed" in state.items:
            return Rejection("closed", {"items": len(state.items)})
        if command.item in state.items:
            return Rejection("taken", {"item": command.item})
        return tuple(Placed(at=now, item=command.item) for _ in range(command.times))

    def evolve(self, state: Shelf, event: Placed) -> Shelf:
        if event.item == "bug in evolve":
            raise ZeroDivisionError
        return Shelf((*state.items, event.item))


RULES = ShelfRules()


def put(item: str, times: int = 1, command_id: str = "") -> Put:
    return Put(command_id=command_id or f"C{next(_numbers)}", item=item, times=times)


def elsewhere(item: str, command_id: str = "", kind: str = "placed") -> NewRecord:
    """What another node writes."""
    body = msgspec.json.encode({"kind": kind, "at": 1, "item": item}).decode()
    return NewRecord("other", command_id or f"C{next(_numbers)}", kind, 1, body, 1)


def make_engine(store: MemoryStore, limits: Limits | None = None) -> Engine:
    ticks = count(1_000)
    snapshots = Snapshots(store, lambda stream: Shelf)
    return Engine(store, lambda _: RULES, lambda: next(ticks), limits=limits, snapshots=snapshots)


async def submit(engine: Engine, *commands: Put) -> list[Any]:
    """The answers, or what was raised instead; all submitted in one turn of the loop."""
    tasks = (engine.submit(STREAM, command, "tester") for command in commands)
    return await asyncio.gather(*tasks, return_exceptions=True)


async def items(engine: Engine) -> list[str]:
    return list((await engine.state(STREAM)).items)


def logged(store: MemoryStore) -> list[str]:
    rows = store.rows.get(STREAM, [])
    return [RULES.codec.decode(r.kind, r.version, r.body).item for r in rows]


def told(commits: list[Commit]) -> list[str]:
    return [event.item for commit in commits for event in commit.events]  # type: ignore[attr-defined]
