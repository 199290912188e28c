"""Topics without sockets: what a frame holds, and what whoever comes back is given."""

from __future__ import annotations

from typing import Any

import pytest

from fairdesk.stream.feed import LINGER_S, OPENINGS_MAX, PATCH_ROWS, Feed
from fairdesk.stream.message import Position
from tests.unit.stream.table import Table, message_in

SCREEN = "a screen"


class Counted(Table):
    """Counts what is rendered."""

    def __init__(self, *topics: str) -> None:
        super().__init__(*topics)
        self.rendered = 0

    def snapshot(self, topic: str) -> dict[str, dict[str, Any]]:
        self.rendered += 1
        return super().snapshot(topic)

    def row(self, topic: str, collection: str, row_id: str) -> Any | None:
        self.rendered += 1
        return super().row(topic, collection, row_id)


def feed_of(table: Table, ring_rows: int = 4096) -> Feed:
    return Feed(table, "life", ring_rows=ring_rows)


def commit(feed: Feed, table: Table, topic: str, **rows: Any) -> None:
    touched = table.commit(topic, rows)
    feed.touch(table.seq, touched)


def drained(feed: Feed) -> list[dict[str, Any]]:
    return [message_in(frame) for _, frame in feed.drain()]


def opening(feed: Feed, topic: str, seq: int | None = None, log: str = "life") -> dict[str, Any]:
    since = None if seq is None else Position(log, seq)
    return message_in(feed.opening(feed.join(topic, SCREEN), since))


def test_frame_holds_all_that_changed_since_the_last_as_it_now_is() -> None:
    table = Table("wall")
    feed = feed_of(table)
    feed.join("wall", SCREEN)
    commit(feed, table, "wall", a=1, b=1)
    commit(feed, table, "wall", a=2, c=3)
    commit(feed, table, "wall", b=None)
    assert drained(feed) == [
        {"topic": "wall", "seq": 3, "set": {"rows": {"a": 2, "c": 3}}, "del": {"rows": ["b"]}}
    ]
    assert drained(feed) == []


def test_frame_is_made_for_each_topic_that_is_followed() -> None:
    table = Table("wall", "calls", "console")
    feed = feed_of(table)
    feed.join("wall", SCREEN)
    feed.join("calls", SCREEN)
    for topic in ("wall", "calls", "console"):
        commit(feed, table, topic, a=1)
    assert [message["topic"] for message in drained(feed)] == ["wall", "calls"]


def test_frame_tells_what_was_committed_while_others_were_sent() -> None:
    table = Table("wall", "calls")
    feed = feed_of(table)
    for topic in ("wall", "calls"):
        feed.join(topic, SCREEN)
        commit(feed, table, topic, a=1)
    frames = feed.drain()
    next(frames)
    commit(feed, table, "calls", b=2)
    assert message_in(next(frames)[1])["set"] == {"rows": {"a": 1, "b": 2}}
    assert drained(feed) == []


@pytest.mark.parametrize(
    ("seq", "rows"), [(1, {"a": 4, "b": 2, "c": 3}), (2, {"a": 4, "c": 3}), (4, None)]
)
def test_coming_back_gives_what_was_missed(seq: int, rows: dict[str, int] | None) -> None:
    table = Table("wall")
    feed = feed_of(table)
    table.commit("wall", {"old": 0})
    feed.join("wall", SCREEN)
    for row_id, value in (("b", 2), ("c", 3), ("a", 4)):
        commit(feed, table, "wall", **{row_id: value})
    expected: dict[str, Any] = {"topic": "wall", "seq": 4}
    if rows:
        expected["set"] = {"rows": rows}
    assert opening(feed, "wall", seq) == expected


@pytest.mark.parametrize(
    ("seq", "log", "why"),
    [
        (None, "life", "never here before"),
        (0, "life", "before the topic was followed"),
        (3, "another life", "the log was restored"),
        (9, "life", "ahead of the log"),
        (-1, "life", "nonsense"),
        (10**30, "life", "nonsense"),
    ],
)
def test_coming_from_a_position_that_means_nothing_gives_a_snapshot(
    seq: int | None, log: str, why: str
) -> None:
    table = Table("wall")
    feed = feed_of(table)
    table.commit("wall", {"a": 1})
    feed.join("wall", SCREEN)
    commit(feed, table, "wall", b=2)
    commit(feed, table, "wall", c=3)
    assert opening(feed, "wall", seq, log) == {
        "topic": "wall",
        "log": "life",
        "seq": 3,
        "snapshot": {"rows": {"a": 1, "b": 2, "c": 3}},
    }, why


def test_topic_remembers_as_many_rows_as_its_ring_holds() -> None:
    table = Table("wall")
    feed = feed_of(table, ring_rows=2)
    feed.join("wall", SCREEN)
    for row_id in "abcb":
        commit(feed, table, "wall", **{row_id: table.seq})
    # a is forgotten with position 1; b and c are remembered with their latest change.
    assert "snapshot" in opening(feed, "wall", 0)
    assert opening(feed, "wall", 1)["set"] == {"rows": {"b": 3, "c": 2}}
    assert opening(feed, "wall", 3)["set"] == {"rows": {"b": 3}}


def test_patch_is_never_larger_than_the_view() -> None:
    table = Table("wall")
    feed = feed_of(table)
    feed.join("wall", SCREEN)
    for number in range(PATCH_ROWS + 1):
        commit(feed, table, "wall", **{f"happening{number}": 1})
        commit(feed, table, "wall", **{f"happening{number}": None})
    assert opening(feed, "wall", 0)["snapshot"] == {"rows": {}}


def test_opening_is_rendered_once_for_all_who_come_from_one_position() -> None:
    table = Counted("wall")
    feed = feed_of(table)
    topic = feed.join("wall", SCREEN)
    commit(feed, table, "wall", a=1)
    for since in (None, Position("life", 0)):
        table.rendered = 0
        frames = {id(feed.opening(topic, since)) for _ in range(10)}
        assert len(frames) == 1
        assert table.rendered == 1


def test_opening_is_rendered_anew_after_a_change() -> None:
    table = Table("wall")
    feed = feed_of(table)
    feed.join("wall", SCREEN)
    commit(feed, table, "wall", a=1)
    assert opening(feed, "wall")["snapshot"] == {"rows": {"a": 1}}
    assert opening(feed, "wall", 0)["set"] == {"rows": {"a": 1}}
    commit(feed, table, "wall", a=2)
    assert opening(feed, "wall")["snapshot"] == {"rows": {"a": 2}}
    assert opening(feed, "wall", 0)["set"] == {"rows": {"a": 2}}


def test_openings_kept_are_bounded() -> None:
    table = Table("wall")
    feed = feed_of(table)
    topic = feed.join("wall", SCREEN)
    for number in range(3 * OPENINGS_MAX):
        commit(feed, table, "wall", **{f"r{number}": 1})
    for seq in range(3 * OPENINGS_MAX):
        feed.opening(topic, Position("life", seq))
        assert len(topic.openings) <= OPENINGS_MAX


def test_topic_nobody_follows_is_remembered_for_a_minute() -> None:
    table = Table("wall")
    feed = feed_of(table)
    feed.leave(feed.join("wall", SCREEN), SCREEN)
    feed.forget_unwatched(100.0)
    commit(feed, table, "wall", a=1)
    assert drained(feed) == []
    feed.forget_unwatched(100.0 + LINGER_S - 1)
    assert opening(feed, "wall", 0)["set"] == {"rows": {"a": 1}}


def test_topic_nobody_follows_is_forgotten_after_that() -> None:
    table = Table("wall")
    feed = feed_of(table)
    feed.leave(feed.join("wall", SCREEN), SCREEN)
    feed.forget_unwatched(100.0)
    commit(feed, table, "wall", a=1)
    feed.forget_unwatched(100.0 + LINGER_S)
    assert not feed.topics
    assert not feed.is_watched("wall")
    assert not feed.touch(table.seq, [("wall", "rows", "a")])
    assert "snapshot" in opening(feed, "wall", 0)


def test_topic_followed_again_begins_its_minute_anew() -> None:
    feed = feed_of(Table("wall"))
    topic = feed.join("wall", SCREEN)
    feed.leave(topic, SCREEN)
    feed.forget_unwatched(100.0)
    feed.join("wall", SCREEN)
    feed.forget_unwatched(130.0)
    feed.leave(topic, SCREEN)
    feed.forget_unwatched(160.0)
    assert "wall" in feed.topics


def test_kind_is_watched_while_any_topic_of_it_is() -> None:
    feed = feed_of(Table("me/a1", "me/a2"))
    feed.leave(feed.join("me/a1", SCREEN), SCREEN)
    feed.join("me/a2", SCREEN)
    feed.forget_unwatched(100.0)
    feed.forget_unwatched(100.0 + LINGER_S)
    assert list(feed.topics) == ["me/a2"]
    assert feed.is_watched("me")
    feed.forget()
    assert not feed.is_watched("me")
