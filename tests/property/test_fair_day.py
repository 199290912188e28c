"""What must hold on any fair day, whatever is done in whatever order."""

from __future__ import annotations

import asyncio
from itertools import islice

import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from fairdesk.app import FAIR_RULES, state_type
from fairdesk.domain import decider
from fairdesk.domain.fair import Fair, initial
from fairdesk.domain.rejection import Rejection
from fairdesk.domain.setup import SetUpFair
from fairdesk.log.store import Snapshot
from fairdesk.snapshot import Snapshots
from fairdesk.stream.message import apply
from tests.property.fair_day import KINDS, Step, days, ended, lived
from tests.property.invariants import INVARIANTS
from tests.property.patching import fresh, patches, topics

pytestmark = pytest.mark.timeout(900)
"""A day that fails is made small before it is shown, which takes minutes."""

PHASES = tuple(phase for phase in Phase if phase is not Phase.explain)

unhurried = settings(deadline=None, max_examples=60, phases=PHASES)
for_long = settings(unhurried, max_examples=2_000)


def test_days_know_every_command_a_person_may_give() -> None:
    assert set(decider.FAIR_COMMANDS) - {kind.command for kind in KINDS} == {SetUpFair}


def keeps_the_rules(day: list[bytes]) -> None:
    """decide never raises, evolve never raises, and every invariant holds after every step."""
    for step in lived(day):
        outcome = step.decision.code if isinstance(step.decision, Rejection) else "accepted"
        event(f"{type(step.command).__name__} {outcome}")
        for holds in INVARIANTS:
            holds(step)


def views_follow(day: list[bytes], group: int) -> None:
    """After any group of commands, in every topic there was before it, view + patch is the view."""
    steps = lived(day)
    while some := list(islice(steps, group)):
        views_follow_a_group(some)


def views_follow_a_group(some: list[Step]) -> None:
    before, after = some[0].before, some[-1].after
    made = patches(before, after, tuple(e for step in some for e in step.events))
    for topic in topics(before):
        assert apply(fresh(before, topic), made.get(topic, {})) == fresh(after, topic), topic


@unhurried
@given(day=days)
def test_every_step_keeps_the_rules(day: list[bytes]) -> None:
    keeps_the_rules(day)


@unhurried
@given(day=days, group=st.integers(1, 6))
def test_every_view_and_patch_is_the_fresh_view(day: list[bytes], group: int) -> None:
    views_follow(day, group)


@pytest.mark.soak
@for_long
@given(day=days, group=st.integers(1, 6))
def test_a_lifetime_of_fair_days(day: list[bytes], group: int) -> None:
    keeps_the_rules(day)
    views_follow(day, group)


@unhurried
@given(day=days)
def test_replay_of_what_was_written_is_the_live_fair(day: list[bytes]) -> None:
    live, events = ended(day)
    codec, replayed = FAIR_RULES.codec, initial()
    for happened in events:
        read = codec.decode(*codec.encode(happened))
        assert read == happened
        replayed = decider.evolve(replayed, read)
    assert replayed == live


class Shelf:
    """Holds the latest snapshot."""

    def __init__(self) -> None:
        self.kept: Snapshot | None = None

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        self.kept = snapshot

    async def load_snapshot(self, stream: str) -> Snapshot | None:
        return self.kept


async def kept_and_loaded(fair: Fair) -> tuple[Fair, int, dict[str, int]]:
    snapshots = Snapshots(Shelf(), state_type)  # type: ignore[arg-type]
    await snapshots.keep("fair/any", 812, fair, {"C1": 1})
    loaded = await snapshots.load("fair/any")
    assert loaded is not None
    return loaded.state, loaded.seq, loaded.seen


@settings(unhurried, max_examples=20)
@given(day=days)
def test_snapshot_is_the_fair_it_was_made_of(day: list[bytes]) -> None:
    live, _ = ended(day)
    assert asyncio.run(kept_and_loaded(live)) == (live, 812, {"C1": 1})
