"""Live topics: a hub for each fair that is being watched, fed by what the engine commits."""

from __future__ import annotations

from typing import Any

from fairdesk.domain.fair import Fair
from fairdesk.domain.queueing import Called, Recalled
from fairdesk.engine import Commit
from fairdesk.stream import views
from fairdesk.stream.feed import Feed
from fairdesk.stream.hub import Hub, StreamCounters, StreamLimits
from fairdesk.stream.message import Rows
from fairdesk.stream.views.kind import Names

URGENT = (Called, Recalled)
"""Somebody waits for this: it does not wait for the tick."""


class FairSource:
    """A fair's rows as of its latest commit."""

    def __init__(self, fair: Fair, seq: int, names: Names) -> None:
        self.fair = fair
        self.seq = seq
        self.names = names

    def position(self) -> int:
        return self.seq

    def known(self, topic: str) -> bool:
        return views.known(self.fair, topic)

    def snapshot(self, topic: str) -> Rows:
        return views.snapshot(self.fair, self.names, topic)

    def row(self, topic: str, collection: str, row_id: str) -> Any | None:
        return views.row(self.fair, self.names, topic, collection=collection, row_id=row_id)


class Streams:
    def __init__(self, names: Names, limits: StreamLimits, counters: StreamCounters) -> None:
        self._names = names
        self._limits = limits
        self.counters = counters
        self.log = ""
        self._hubs: dict[str, tuple[Hub, FairSource]] = {}

    def hub(self, stream: str, fair: Fair, seq: int) -> Hub:
        """The hub of a fair; `fair` and `seq` are where it begins if there is none yet."""
        if stream not in self._hubs:
            source = FairSource(fair, seq, self._names)
            hub = Hub(Feed(source, self.log), self._limits, self.counters)
            hub.start()
            self._hubs[stream] = hub, source
        return self._hubs[stream][0]

    def watched(self, stream: str) -> bool:
        return stream in self._hubs and bool(self._hubs[stream][0].connections)

    def follow(self, commit: Commit) -> None:
        found = self._hubs.get(commit.stream)
        if found is None:
            return
        hub, source = found
        source.fair, source.seq = commit.after, commit.seq
        touched = views.touched(commit.before, commit.after, commit.events, hub.feed.is_watched)
        hub.publish(commit.seq, touched, urgent=any(isinstance(e, URGENT) for e in commit.events))

    def revoke(self, principal_id: str) -> None:
        """Cut the streams of whoever lost the right to them: a device, an account, a badge."""
        for hub, _ in self._hubs.values():
            hub.revoke(lambda who: any(p.id == principal_id for p in who))

    async def unload(self, stream: str) -> None:
        found = self._hubs.pop(stream, None)
        if found is not None:
            await found[0].close(spread_ms=1000)

    async def close(self, *, spread_ms: int) -> None:
        for hub, _ in self._hubs.values():
            await hub.close(spread_ms=spread_ms)
