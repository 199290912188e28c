"""One connection's part of the protocol, without a socket: bytes in, frames out.

A session knows which topics it follows, and, while its client is slow, from which position on each
of them is owed. It never holds what is owed: that is rendered when the client can take it.
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

Allow = Callable[[str], Rejection | None]
"""Why this client may not follow a topic, or None where it may."""


class Session:
    __slots__ = ("allow", "feed", "owed", "topics")

    def __init__(self, feed: Feed, allow: Allow) -> None:
        self.feed = feed
        self.allow = allow
        self.topics: dict[str, Topic] = {}
        self.owed: dict[str, int] = {}

    def receive(self, data: bytes | str, subscriber: object) -> bytes | None:
        """The frame to answer with, if any. `subscriber` is put among the topic's."""
        match parse_request(data):
            case Rejection() as problem:
                return text_frame(problem_message("", problem))
            case Unsubscribe(topic=name):
                topic = self.topics.pop(name, None)
                self.owed.pop(name, None)
                if topic is not None:
                    self.feed.leave(topic, subscriber)
                return None
            case Subscribe(topic=name, since=since):
                return self._subscribe(name, since, subscriber)

    def _subscribe(self, name: str, since: Position | None, subscriber: object) -> bytes:
        problem = self._refusal(name)
        if problem is not None:
            return text_frame(problem_message(name, problem))
        topic = self.topics[name] = self.feed.join(name, subscriber)
        self.owed.pop(name, None)
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

    def owe(self, topic: Topic, position: int) -> None:
        """The client could not take what came behind `position`."""
        self.owed.setdefault(topic.name, position)

    def settle(self) -> list[bytes]:
        """Everything owed, one frame a topic."""
        owed, self.owed = self.owed, {}
        return [
            self.feed.opening(self.topics[name], Position(self.feed.log, seq))
            for name, seq in owed.items()
            if name in self.topics
        ]

    def close(self, subscriber: object) -> None:
        for topic in self.topics.values():
            self.feed.leave(topic, subscriber)
        self.topics.clear()
        self.owed.clear()
