"""The single writer: commands in, facts out.

One writer task serves each loaded stream. It takes every command that waits, decides each against
the state as those before it left it, appends all that follows in one transaction, and only then
swaps the state, answers and publishes. So:

- an answer means that the facts are on disk;
- a command id seen before is answered with what it led to then;
- a refusal is answered after the commit too, since it may rest on facts of the same group;
- when the log refuses (full disk), nothing of the group happened, and nobody was told otherwise;
- when another writer was faster, or the outcome of a commit is not known, the writer reads what
  the log says and decides the group again: ids that did get in answer as repeats.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import msgspec

from fairdesk.clock import Clock
from fairdesk.domain.message import Command, Decision, Event
from fairdesk.domain.rejection import Rejection
from fairdesk.log.codec import Codec
from fairdesk.log.people import PersonChange
from fairdesk.log.record import NewRecord, Record
from fairdesk.log.store import Conflict, LogError, OutcomeUnknown, Store, Unavailable
from fairdesk.snapshot import Snapshots

log = logging.getLogger(__name__)

RETRIES_MAX = 20
"""How often a group is decided again before the log counts as unavailable."""

QUIET_TURNS = 1
"""Turns of the event loop without a new command after which a group is complete."""

FREEZE_EVENTS = 10_000
"""Committed events after which what is in memory is set aside from the garbage collector: the state
only grows, holds no cycles, and would be walked again and again."""

REPLAY_ROWS = 20_000
"""Rows read from the log at a time; the loop yields between two reads."""


class Overloaded(Exception):
    """More commands wait than the queue may hold, or the engine stops. Nothing was written."""


class Decider(Protocol):
    """What the engine needs to know of a kind of stream."""

    @property
    def codec(self) -> Codec: ...

    def initial(self) -> Any: ...
    def decide(self, state: Any, command: Any, now: int) -> Decision: ...
    def evolve(self, state: Any, event: Any) -> Any: ...


class Accepted(msgspec.Struct, frozen=True):
    """What a command led to. `seq` is the head of the stream after it; `repeated` says that its id
    had been seen before, and `events` are those of that time."""

    seq: int
    events: tuple[Event, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Commit:
    """One committed group, as followers see it. `people` were written along with it."""

    stream: str
    seq: int
    before: Any
    after: Any
    events: tuple[Event, ...]
    people: tuple[PersonChange, ...]


Follower = Callable[[Commit], None]


@dataclass(slots=True)
class Pending:
    command: Command
    actor: str
    people: Sequence[PersonChange]
    answer: asyncio.Future[Accepted | Rejection]


@dataclass(slots=True)
class Draft:
    """A group being decided: what would be appended, and what each command would be answered."""

    state: Any
    seq: int
    records: list[NewRecord] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    people: list[PersonChange] = field(default_factory=list)
    answers: list[tuple[Pending, Accepted | Rejection | Exception | None]] = field(
        default_factory=list
    )
    ids: dict[str, tuple[int, tuple[Event, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """`group`: commands in one transaction; `queue`: commands that may wait."""

    group: int = 256
    queue: int = 10_000
    snapshot_every: int = 50_000


class Writer:
    """The one task that writes to one stream, and its state in memory."""

    def __init__(
        self,
        stream: str,
        decider: Decider,
        store: Store,
        clock: Clock,
        *,
        limits: Limits,
        publish: Follower,
    ) -> None:
        self.stream = stream
        self.decider = decider
        self.store = store
        self.clock = clock
        self.limits = limits
        self.publish = publish
        self.state: Any = decider.initial()
        self.head = 0
        self.seen: dict[str, int] = {}
        self.used_at = clock()
        self.snapshot_at = 0
        self._waiting: deque[Pending] = deque()
        self._wake = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=f"writer {self.stream}")

    def submit(self, pending: Pending) -> None:
        """Queue a command. Raises Overloaded where it can't be taken."""
        if self._stopping or len(self._waiting) >= self.limits.queue:
            raise Overloaded(self.stream)
        self._waiting.append(pending)
        self._wake.set()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def stop(self) -> None:
        """Answer what was taken, then end."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task

    async def catch_up(self, *, announce: bool, unsure: Draft | None = None) -> None:
        """Read and fold whatever the log holds beyond our head. `unsure`: what may be among it,
        whose people followers have not seen."""
        codec, evolve = self.decider.codec, self.decider.evolve
        while True:
            records = await self.store.read(self.stream, self.head, REPLAY_ROWS)
            # Before anything is changed: an event we don't know must not leave us half-way.
            events = [codec.decode(r.kind, r.version, r.body) for r in records]
            before = state = self.state
            for record, event in zip(records, events, strict=True):
                state = evolve(state, event)
                self.seen.setdefault(record.command_id, record.seq)
            if records:
                self.state, self.head = state, records[-1].seq
            if records and announce:
                ours = unsure is not None and any(r.command_id in unsure.ids for r in records)
                people = tuple(unsure.people) if unsure is not None and ours else ()
                commit = Commit(self.stream, self.head, before, state, tuple(events), people)
                self.publish(commit)
            if len(records) < REPLAY_ROWS:
                return

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                await self._gather()
                size = min(len(self._waiting), self.limits.group)
                group = [self._waiting.popleft() for _ in range(size)]
                self.used_at = self.clock()
                await self._serve(group)
            if self._stopping:
                return

    async def _gather(self) -> None:
        """Let the group grow for as long as turns of the loop bring more: a commit costs the same
        for one command and for many, and whoever is alone waits for no more than a turn."""
        quiet = 0
        while quiet < QUIET_TURNS and len(self._waiting) < self.limits.group:
            before = len(self._waiting)
            await asyncio.sleep(0)
            quiet = quiet + 1 if len(self._waiting) == before else 0

    async def _serve(self, group: list[Pending]) -> None:
        """Decide, append, answer: the boundary at which a broken log fails one group, no more."""
        try:
            await self._commit(group)
        except Exception as error:
            reason = {"stream": self.stream, "reason": str(error)}
            log.error("a group was not written", extra=reason, exc_info=error)
            for pending in group:
                if not pending.answer.done():
                    pending.answer.set_exception(error)

    async def _commit(self, group: list[Pending]) -> None:
        for _ in range(RETRIES_MAX):
            draft = self._decide(group)
            try:
                if draft.records:
                    await self.store.append(self.stream, self.head, draft.records, draft.people)
            except Conflict:
                await self.catch_up(announce=True)
                continue
            except OutcomeUnknown:
                await self.catch_up(announce=True, unsure=draft)
                continue
            before, self.state, self.head = self.state, draft.state, draft.seq
            for command_id, (seq, _) in draft.ids.items():
                self.seen[command_id] = seq
            await self._answer(draft)
            if draft.events:
                events, people = tuple(draft.events), tuple(draft.people)
                self.publish(Commit(self.stream, self.head, before, self.state, events, people))
            return
        raise Unavailable("the log's head keeps moving")

    def _decide(self, group: Iterable[Pending]) -> Draft:
        now = self.clock()
        draft = Draft(self.state, self.head)
        for pending in group:
            command_id = pending.command.command_id
            if command_id in self.seen:
                draft.answers.append((pending, None))
                continue
            if command_id in draft.ids:
                _, events = draft.ids[command_id]
                draft.answers.append((pending, Accepted(draft.seq, events, repeated=True)))
                continue
            try:
                decision = self.decider.decide(draft.state, pending.command, now)
                if isinstance(decision, Rejection):
                    draft.answers.append((pending, decision))
                else:
                    self._enter(draft, pending, decision, now)
            except Exception as bug:  # one command that hits a bug must not take the others along
                log.exception("a command could not be decided", extra={"stream": self.stream})
                draft.answers.append((pending, bug))
        return draft

    def _enter(self, draft: Draft, pending: Pending, decision: tuple[Event, ...], now: int) -> None:
        """Fold what one command led to into the draft, all of it or nothing."""
        command_id, state, records = pending.command.command_id, draft.state, []
        for event in decision:
            state = self.decider.evolve(state, event)
            kind, version, body = self.decider.codec.encode(event)
            records.append(NewRecord(pending.actor, command_id, kind, version, body, now))
        if decision:
            draft.ids[command_id] = (draft.seq + 1, decision)
            draft.state = state
            draft.seq += len(decision)
            draft.records += records
            draft.events += decision
            draft.people += pending.people
        draft.answers.append((pending, Accepted(draft.seq, decision)))

    async def _answer(self, draft: Draft) -> None:
        for pending, answer in draft.answers:
            if answer is None:
                try:
                    answer = await self._answer_of(pending.command.command_id)
                except LogError as error:  # the rest of the group is written, and published
                    answer = error
            if pending.answer.done():
                continue
            if isinstance(answer, Exception):
                pending.answer.set_exception(answer)
            else:
                pending.answer.set_result(answer)

    async def _answer_of(self, command_id: str) -> Accepted:
        """What a command seen before led to, read back from the log."""
        first = self.seen[command_id]
        events: list[Event] = []
        after = first - 1
        while True:
            records = await self.store.read(self.stream, after, 64)
            for record in records:
                if record.command_id != command_id:
                    return Accepted(self.head, tuple(events), repeated=True)
                events.append(self._decoded(record))
            if len(records) < 64:
                return Accepted(self.head, tuple(events), repeated=True)
            after = records[-1].seq

    def _decoded(self, record: Record) -> Event:
        event: Event = self.decider.codec.decode(record.kind, record.version, record.body)
        return event


S = TypeVar("S")


class Engine:
    """All streams of one log. Streams are loaded when they are first asked for."""

    def __init__(
        self,
        store: Store,
        deciders: Callable[[str], Decider],
        clock: Clock,
        *,
        limits: Limits | None = None,
        snapshots: Snapshots | None = None,
    ) -> None:
        self.store = store
        self.deciders = deciders
        self.clock = clock
        self.limits = limits or Limits()
        self.snapshots = snapshots
        self._loading: dict[str, asyncio.Task[Writer]] = {}
        self._unloading: set[asyncio.Task[None]] = set()
        self._writers: dict[str, Writer] = {}
        self._followers: list[Follower] = []
        self._unfrozen = 0
        self._stopping = False

    def follow(self, follower: Follower) -> None:
        """Call `follower` with each committed group, in order, in the event loop. It must be quick
        and must not raise."""
        self._followers.append(follower)

    async def submit(
        self, stream: str, command: Command, actor: str, people: Sequence[PersonChange] = ()
    ) -> Accepted | Rejection:
        """Decide and make durable. Raises LogError where the log can't write, Overloaded."""
        writer = await self._writer(stream)
        pending = Pending(command, actor, people, asyncio.get_running_loop().create_future())
        writer.submit(pending)
        return await pending.answer

    async def state(self, stream: str) -> Any:
        """The committed state. It never changes: keep it as long as you like."""
        writer = await self._writer(stream)
        writer.used_at = self.clock()
        return writer.state

    async def position(self, stream: str) -> tuple[Any, int]:
        """The committed state and the position it stands at."""
        writer = await self._writer(stream)
        writer.used_at = self.clock()
        return writer.state, writer.head

    def loaded(self) -> dict[str, Writer]:
        """By stream, the writers that are in memory."""
        return dict(self._writers)

    def peek(self, stream: str) -> Any | None:
        """The committed state of a stream that is in memory; None of one that is not."""
        writer = self._writers.get(stream)
        return None if writer is None else writer.state

    async def unload(self, stream: str) -> None:
        """Forget a stream's state, having kept a snapshot of it; it is loaded again when needed."""
        writer = self._writers.get(stream)
        if writer is None or writer.waiting:
            return
        task = asyncio.create_task(self._unload(writer), name=f"unload {stream}")
        self._unloading.add(task)
        task.add_done_callback(self._unloading.discard)
        # Who asked for it may be cancelled; a writer half stopped would serve nobody.
        await asyncio.shield(task)

    async def _unload(self, writer: Writer) -> None:
        # It is found until its last commit is done: loaded anew before that, the stream would
        # lack it. Commands that come meanwhile are told to come again.
        await writer.stop()
        if self._writers.get(writer.stream) is writer:
            del self._writers[writer.stream]
        await self._keep(writer)

    async def unload_idle(self, idle_ms: int, pinned: Callable[[str], bool]) -> list[str]:
        """Unload what nobody asked for in `idle_ms` and nobody watches. Returns their names."""
        now = self.clock()
        idle = [
            stream
            for stream, writer in self.loaded().items()
            if now - writer.used_at >= idle_ms and not pinned(stream)
        ]
        for stream in idle:
            await self.unload(stream)
        return idle

    async def keep_snapshots(self) -> None:
        """Write a snapshot of every stream that has moved far from its last one."""
        for writer in self.loaded().values():
            if writer.head - writer.snapshot_at >= self.limits.snapshot_every:
                await self._keep(writer)

    async def close(self, *, keep: bool = True) -> None:
        """Answer what was taken, keep snapshots, stop. New commands are refused meanwhile."""
        self._stopping = True
        under_way = [*self._loading.values(), *self._unloading]
        await asyncio.gather(*under_way, return_exceptions=True)
        writers = list(self._writers.values())
        for writer in writers:
            await writer.stop()
        for writer in writers:
            if keep:
                await self._keep(writer)

    async def _writer(self, stream: str) -> Writer:
        if self._stopping:
            raise Overloaded(stream)
        writer = self._writers.get(stream)
        if writer is not None:
            return writer
        task = self._loading.get(stream)
        if task is None:
            task = asyncio.create_task(self._load(stream), name=f"load {stream}")
            self._loading[stream] = task
            task.add_done_callback(lambda _: self._loading.pop(stream, None))
        # Who waits for it may be cancelled; the others still want it.
        return await asyncio.shield(task)

    async def _load(self, stream: str) -> Writer:
        writer = Writer(
            stream,
            self.deciders(stream),
            self.store,
            self.clock,
            limits=self.limits,
            publish=self._publish,
        )
        # The collector would walk every new object of a large fair again and again.
        gc.disable()
        try:
            if self.snapshots and (kept := await self.snapshots.load(stream)):
                writer.state, writer.head, writer.seen = kept.state, kept.seq, kept.seen
                writer.snapshot_at = kept.seq
            await writer.catch_up(announce=False)
        finally:
            gc.enable()
        gc.freeze()
        writer.start()
        self._writers[stream] = writer
        return writer

    async def _keep(self, writer: Writer) -> None:
        if self.snapshots is None or writer.head == writer.snapshot_at:
            return
        try:
            await self.snapshots.keep(writer.stream, writer.head, writer.state, writer.seen)
        except LogError:
            log.warning("no snapshot kept", extra={"stream": writer.stream})
            return
        writer.snapshot_at = writer.head

    def _publish(self, commit: Commit) -> None:
        self._unfrozen += len(commit.events)
        if self._unfrozen >= FREEZE_EVENTS:
            self._unfrozen = 0
            gc.freeze()
        for follower in self._followers:
            follower(commit)
