"""Whatever changes, whoever is slow, cut or back again: in the end every client has the view."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fairdesk.stream.feed import LINGER_S, Feed, Topic
from fairdesk.stream.hub import Connection, Hub, StreamLimits
from tests.unit.stream.pipe import Pipe
from tests.unit.stream.table import Kept, Table, message_in

TOPICS = ("wall", "booth/B07")
COLLECTIONS = ("queue", "stats")
CLIENTS = 3
LIMITS = StreamLimits(behind_bytes=400)
"""About three patches: clients of these tests are behind as soon as they don't read."""

clients = st.integers(0, CLIENTS - 1)
topics = st.sampled_from(TOPICS)
changes = st.dictionaries(
    st.sampled_from([f"r{n}" for n in range(8)]),
    st.one_of(st.none(), st.text("ab", max_size=60)),
    min_size=1,
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("commit"), topics, st.sampled_from(COLLECTIONS), changes),
        st.tuples(st.just("render")),
        st.tuples(st.just("write"), st.integers(1, CLIENTS)),
        st.tuples(st.just("read"), clients, st.integers(1, 4)),
        st.tuples(st.just("catch_up"), clients),
        st.tuples(st.just("subscribe"), clients, topics),
        st.tuples(st.just("unsubscribe"), clients, topics),
        st.tuples(st.just("lose"), clients),
        st.tuples(st.just("come_back"), clients),
        st.tuples(st.just("let_time_pass")),
        st.tuples(st.just("restore")),
    ),
    max_size=60,
)


class Client:
    """Remembers what it has over any number of connections."""

    def __init__(self) -> None:
        self.wanted: list[str] = []
        self.kept: dict[str, Kept] = {}
        self.pipe = Pipe()
        self.connection: Connection | None = None

    def ask(self, hub: Hub, data: str) -> None:
        """As the hub's reader does."""
        assert self.connection is not None
        hub.take(self.connection, data)

    def come(self, hub: Hub) -> None:
        self.pipe = Pipe()
        self.connection = Connection(
            None,  # type: ignore[arg-type]
            self.pipe,
            feed=hub.feed,
            allow=lambda topic: None,
            principal=None,
        )
        for topic in self.wanted:
            self.ask(hub, self.kept[topic].subscribe(topic))

    def go(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
            self.pipe.abort()

    def read(self, frames: int | None = None) -> int:
        some = self.pipe.read(frames)
        for message in map(message_in, some):
            if message["topic"] in self.wanted:
                self.kept[message["topic"]].take(message)
        return len(some)


class Schedule:
    """A hub whose every step is made by hand: commits, frames and reads mix in any order."""

    def __init__(self, ring_rows: int) -> None:
        self.ring_rows = ring_rows
        self.table = Table(*TOPICS, collections=COLLECTIONS)
        self.lives = count()
        self.now = asyncio.get_running_loop().time()
        self.clients = [Client() for _ in range(CLIENTS)]
        self.open()

    def open(self) -> None:
        feed = Feed(self.table, f"life {next(self.lives)}", ring_rows=self.ring_rows)
        self.hub = Hub(feed, LIMITS)
        self.frames: Iterator[tuple[Topic, bytes]] = iter(())
        self.unwritten: list[tuple[Topic, bytes, list[Connection]]] = []

    def commit(self, topic: str, collection: str, changed: dict[str, Any]) -> None:
        touched = self.table.commit(topic, changed, collection)
        self.hub.feed.touch(self.table.seq, touched)

    def render(self) -> None:
        """The next frame, once the one before is with everybody."""
        if self.unwritten:
            return
        rendered = next(self.frames, None)
        if rendered is None:
            self.frames = self.hub.feed.drain()
            rendered = next(self.frames, None)
        if rendered is not None:
            topic, frame = rendered
            self.unwritten.append((topic, frame, list(topic.subscribers)))

    def write(self, connections: int) -> None:
        if self.unwritten:
            topic, frame, everybody = self.unwritten.pop()
            self.hub.write_slice(topic, frame, everybody[:connections])
            if everybody[connections:]:
                self.unwritten.append((topic, frame, everybody[connections:]))

    def read(self, number: int, frames: int) -> None:
        self.clients[number].read(frames)

    def catch_up(self, number: int) -> None:
        connection = self.clients[number].connection
        if connection is not None and connection.behind_at:
            self.hub.catch_up(connection, self.now)

    def subscribe(self, number: int, topic: str) -> None:
        client = self.clients[number]
        if topic not in client.wanted:
            client.wanted.append(topic)
            client.kept[topic] = Kept()
        if client.connection is not None:
            client.ask(self.hub, client.kept[topic].subscribe(topic))

    def unsubscribe(self, number: int, topic: str) -> None:
        client = self.clients[number]
        if topic in client.wanted and client.connection is not None:
            client.wanted.remove(topic)
            client.ask(self.hub, json.dumps({"unsubscribe": topic}))

    def lose(self, number: int) -> None:
        self.clients[number].go()

    def come_back(self, number: int) -> None:
        if self.clients[number].connection is None:
            self.clients[number].come(self.hub)

    def notice_cuts(self) -> None:
        for client in self.clients:
            if client.pipe.closed:
                client.go()

    def let_time_pass(self) -> None:
        self.now += LINGER_S
        self.hub.feed.forget_unwatched(self.now)

    def restore(self) -> None:
        """An older backup: positions go back, rows are others, the log has another life."""
        for client in self.clients:
            client.go()
        self.table.seq //= 2
        for topic in self.table.topics.values():
            for rows in topic.values():
                rows.clear()
        self.open()

    def end(self) -> None:
        """Everybody comes back and reads on, and nothing more happens."""
        for _ in range(20):
            for number in range(CLIENTS):
                self.come_back(number)
            for _ in range(2 * len(TOPICS) + 2):
                self.render()
                self.write(CLIENTS)
            for number, client in enumerate(self.clients):
                client.read()
                self.catch_up(number)
                client.read()
            self.notice_cuts()


async def lived(happened: list[tuple[Any, ...]], ring_rows: int) -> Schedule:
    schedule = Schedule(ring_rows)
    for name, *given_values in happened:
        step: Callable[..., None] = getattr(schedule, name)
        step(*given_values)
        schedule.notice_cuts()
    schedule.end()
    return schedule


@settings(max_examples=400, deadline=None)
@given(happened=steps, ring_rows=st.sampled_from([2, 6, 4096]))
def test_every_client_ends_with_the_fresh_view(
    happened: list[tuple[Any, ...]], ring_rows: int
) -> None:
    schedule = asyncio.run(lived(happened, ring_rows))
    for client in schedule.clients:
        assert client.connection is not None
        assert not client.connection.owed
        for topic in client.wanted:
            fresh = schedule.table.snapshot(topic)
            assert client.kept[topic].view == fresh
            assert client.kept[topic].stood is not None


def filled(happened: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [("subscribe", 0, "wall"), ("come_back", 0), *happened]


async def most_waiting(rows: int, commits: int) -> tuple[int, int]:
    """Bytes that ever wait for a client that never reads, and the size of its view."""
    schedule = await lived(filled([]), 4096)
    most = 0
    for number in range(commits):
        schedule.commit("wall", "queue", {f"r{number % rows}": "x" * 50})
        schedule.render()
        schedule.write(CLIENTS)
        schedule.catch_up(0)
        most = max(most, schedule.clients[0].pipe.get_write_buffer_size())
    return most, len(json.dumps(schedule.table.snapshot("wall")))


def test_client_that_never_reads_holds_no_more_than_the_limit_and_a_frame() -> None:
    most, view = asyncio.run(most_waiting(rows=50, commits=2_000))
    assert LIMITS.behind_bytes < most < LIMITS.behind_bytes + view
