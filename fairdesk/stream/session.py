"""One connection's part of the protocol, without a socket: bytes in, frames out, time as a value.

A session knows which topics it follows, and, while its client is slow, from which position on each
of them is owed. It never holds what is owed: that is rendered when the client can take it. While it
is behind nothing is answered but by what it is owed, so what waits for it is bounded.
"""

from __future__ import annotations

from collections.abc import Callable

from fairdesk.domain.rejection import Rejection
from fairdesk.stream.feed import Feed, Topic
from fairdesk.stream.message import (
    Position,
    Subscribe,
    Unsubscribe,
    parse_request,
    problem_message,
    text_frame,
)

TOPICS_MAX = 64
ASKED_BEHIND_MAX = TOPICS_MAX
"""Messages a client may send while it does not read what it has asked for."""

Allow = Callable[[str], Rejection | None]
"""Why this client may not follow a topic, or None where it may."""


class Session:
    """Times are seconds of one clock, 0 for never. `behind_at`: since when the client is slow."""

    __slots__ = (
        "allow", "asked_behind", "behind_at", "feed", "heard_at", "owed", "pinged_at", "topics",
    )  # fmt: skip

    def __init__(self, feed: Feed, allow: Allow, now: float = 0.0) -> None:
        self.feed = feed
        self.allow = allow
        self.topics: dict[str, Topic] = {}
        self.owed: dict[str, Position | None] = {}
        self.asked_behind = 0
        self.behind_at = 0.0
        self.heard_at = now
        self.pinged_at = 0.0

    def receive(self, data: bytes | str) -> bytes | None:
        """The frame to answer with, if any."""
        self.asked_behind += bool(self.behind_at)
        match parse_request(data):
            case Rejection() as problem:
                return text_frame(problem_message("", problem))
            case Unsubscribe(topic=name):
                topic = self.topics.pop(name, None)
                self.owed.pop(name, None)
                if topic is not None:
                    self.feed.leave(topic, self)
                return None
            case Subscribe(topic=name, since=since):
                return self._subscribe(name, since)

    def _subscribe(self, name: str, since: Position | None) -> bytes | None:
        problem = self._refusal(name)
        if problem is not None:
            return text_frame(problem_message(name, problem))
        topic = self.topics[name] = self.feed.join(name, self)
        self.owed.pop(name, None)
        if self.behind_at:
            self.owed[name] = since
            return None
        return self.feed.opening(topic, since)

    def _refusal(self, name: str) -> Rejection | None:
        if len(name) > 80:
            return Rejection("topic_unknown", {})
        if name not in self.topics and len(self.topics) >= TOPICS_MAX:
            return Rejection("too_many_topics", {"topics_max": TOPICS_MAX})
        # Whether a topic exists is told only to those who may follow it.
        if refusal := self.allow(name):
            return refusal
        return None if self.feed.source.known(name) else Rejection("topic_unknown", {})

    def fall_behind(self, now: float) -> None:
        """The client takes no more for now."""
        if not self.behind_at:
            self.behind_at = now

    def miss(self, topic: Topic) -> None:
        """The client could not take the topic's latest frame."""
        self.owed.setdefault(topic.name, Position(self.feed.log, topic.sent_from))

    def settle(self) -> bytes | None:
        """The next frame of what is owed; None where nothing is, and the client is up to date."""
        while self.owed:
            name = next(iter(self.owed))
            since = self.owed.pop(name)
            if name in self.topics:
                return self.feed.opening(self.topics[name], since)
        self.behind_at = 0.0
        self.asked_behind = 0
        return None

    @property
    def hostile(self) -> bool:
        """It goes on asking and doesn't read the answers."""
        return self.asked_behind > ASKED_BEHIND_MAX

    @property
    def silent(self) -> bool:
        """It was pinged and has said nothing since."""
        return self.heard_at < self.pinged_at

    def close(self) -> None:
        for topic in self.topics.values():
            self.feed.leave(topic, self)
        self.topics.clear()
        self.owed.clear()
