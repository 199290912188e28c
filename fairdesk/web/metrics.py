"""Prometheus metrics of one server. No label ever holds an id of a person."""

from __future__ import annotations

from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from fairdesk.stream.hub import StreamCounters

LATENCY_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)


class Metrics:
    def __init__(self, streams: StreamCounters) -> None:
        self.registry = CollectorRegistry()
        self._streams = streams
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "fairdesk_requests", "HTTP requests", ["status"], registry=self.registry
        )
        self._statuses: dict[int, Any] = {}
        self.commands = Counter(
            "fairdesk_commands", "Commands by outcome", ["outcome"], registry=self.registry
        )
        self.command_seconds = Histogram(
            "fairdesk_command_seconds",
            "From a command's arrival to its durable answer",
            registry=self.registry,
            buckets=LATENCY_BUCKETS,
        )
        self.events = Counter("fairdesk_events", "Events committed", registry=self.registry)
        self.commits = Counter("fairdesk_commits", "Groups committed", registry=self.registry)
        # Resolved once: looking a label up costs more than counting.
        self.outcomes = {
            outcome: self.commands.labels(outcome)
            for outcome in ("accepted", "repeated", "refused", "failed")
        }
        self._gauges = {
            name: Gauge(f"fairdesk_stream_{name}", text, registry=self.registry)
            for name, text in {
                "connections": "Open streams",
                "deliveries": "Frames written to streams",
                "skipped": "Deliveries put off for slow clients",
                "cut": "Streams cut for being slow or silent",
            }.items()
        }

    def answered(self, status: int) -> None:
        counter = self._statuses.get(status)
        if counter is None:
            counter = self._statuses[status] = self.requests.labels(status)
        counter.inc()

    def render(self) -> bytes:
        for name, gauge in self._gauges.items():
            gauge.set(getattr(self._streams, name))
        return generate_latest(self.registry)
