"""A snapshot gives back the very state, or is not used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from immutables import Map
from msgspec.structs import replace

from fairdesk.app import state_type
from fairdesk.domain.decider import evolve
from fairdesk.domain.district import Device, District, PlannedFair, Staff, Venue
from fairdesk.domain.fair import Fair
from fairdesk.domain.message import Event
from fairdesk.snapshot import Snapshots, rules_fingerprint
from tests.unit.domain.given import (
    called,
    checked_in,
    fair_after,
    intention,
    met,
    offer,
    offer_accepted,
    registered,
    signed_up,
)
from tests.unit.memory_store import MemoryStore

FAIR_STREAM, DISTRICT_STREAM = "fair/a", "district"
SEEN = {"01HZZZZZZZZZZZZZZZZZZZZZZZ": 1, "01J00000000000000000000000": 812}


def events() -> list[Event]:
    """Those of a fair in which something of everything happens."""
    return [
        *met(intention(), offer(), offer_accepted()),
        *registered("a2", "seeker", "volunteer"),
        *checked_in("a2"),
        *signed_up("s2", "a2"),
        *called("s2", "a2"),
    ]


def busy_fair() -> Fair:
    return fair_after(events())


def district() -> District:
    fair = PlannedFair("a", 1, "招聘会", "job_fair", "qinghe", "2026-11-23", "2026-11-24", 1, 2)
    return District(
        venues=Map({"qinghe": Venue("qinghe", "清河区", "district", "", ("red",))}),
        fairs=Map({"a": fair}),
        staff=Map({"u1": Staff("u1", "admin")}),
        devices=Map({"d1": Device("d1", "东门", "gate", "a", "1", "", "ab" * 32, 1_000)}),
    )


def maps_in(value: Any) -> Iterator[tuple[str, Map[Any, Any]]]:
    for field in msgspec.structs.fields(value):
        inner = getattr(value, field.name)
        if isinstance(inner, Map):
            yield field.name, inner
        elif isinstance(inner, msgspec.Struct):
            yield from maps_in(inner)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def snapshots(store: MemoryStore) -> Snapshots:
    return Snapshots(store, state_type)


@pytest.mark.parametrize(
    ("stream", "state"), [(FAIR_STREAM, busy_fair()), (DISTRICT_STREAM, district())]
)
async def test_state_comes_back_the_same(snapshots: Snapshots, stream: str, state: Any) -> None:
    empty = [name for name, found in maps_in(state) if not found]
    assert empty == [], "these would be compared with nothing in them"
    await snapshots.keep(stream, 812, state, SEEN)
    kept = await snapshots.load(stream)
    assert kept is not None
    assert (kept.state, kept.seq, kept.seen) == (state, 812, SEEN)
    for (name, before), (_, after) in zip(maps_in(state), maps_in(kept.state), strict=True):
        assert {type(key) for key in after} == {type(key) for key in before}, name
        assert {type(row) for row in after.values()} == {type(row) for row in before.values()}


async def test_what_follows_folds_onto_a_snapshot_as_onto_the_state(snapshots: Snapshots) -> None:
    for cut in range(len(events())):
        await snapshots.keep(FAIR_STREAM, cut, fair_after(events()[:cut]), {})
        kept = await snapshots.load(FAIR_STREAM)
        assert kept is not None
        state = kept.state
        for event in events()[cut:]:
            state = evolve(state, event)
        assert state == busy_fair()


async def test_stream_without_a_snapshot_has_none(snapshots: Snapshots) -> None:
    assert await snapshots.load(FAIR_STREAM) is None


async def test_snapshot_of_other_rules_is_not_used(
    snapshots: Snapshots, store: MemoryStore
) -> None:
    await snapshots.keep(FAIR_STREAM, 812, busy_fair(), SEEN)
    kept = store.snapshots[FAIR_STREAM]
    store.snapshots[FAIR_STREAM] = replace(kept, fingerprint="0" * 64)
    assert await snapshots.load(FAIR_STREAM) is None


async def test_fingerprint_is_that_of_the_rules(snapshots: Snapshots, store: MemoryStore) -> None:
    await snapshots.keep(FAIR_STREAM, 812, busy_fair(), SEEN)
    assert store.snapshots[FAIR_STREAM].fingerprint == rules_fingerprint() == rules_fingerprint()
    assert len(rules_fingerprint()) == 64


async def test_damaged_snapshot_is_not_used(snapshots: Snapshots, store: MemoryStore) -> None:
    await snapshots.keep(FAIR_STREAM, 812, busy_fair(), SEEN)
    whole = store.snapshots[FAIR_STREAM]
    for length in range(0, len(whole.body), 7):
        store.snapshots[FAIR_STREAM] = replace(whole, body=whole.body[:length])
        assert await snapshots.load(FAIR_STREAM) is None
    for body in (b"\xc1" * 100, msgspec.msgpack.encode([1, 2]), msgspec.msgpack.encode("state")):
        store.snapshots[FAIR_STREAM] = replace(whole, body=body)
        assert await snapshots.load(FAIR_STREAM) is None


async def test_snapshot_of_another_kind_of_stream_is_not_used(
    snapshots: Snapshots, store: MemoryStore
) -> None:
    # Both begin as a struct of maps; the fields tell them apart.
    await snapshots.keep(FAIR_STREAM, 812, busy_fair(), SEEN)
    body = msgspec.msgpack.encode(({"setup": {"phase": "unheard of"}}, {}))
    store.snapshots[FAIR_STREAM] = replace(store.snapshots[FAIR_STREAM], body=body)
    assert await snapshots.load(FAIR_STREAM) is None
