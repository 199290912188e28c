"""Durable check-ins against a bare handler, and against one transaction a request."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from dataclasses import dataclass

import uvloop

from bench.figure import Figure, figure
from bench.load import Load
from bench.process import Measured, served

ATTENDEES = 5_000


@dataclass(frozen=True, slots=True)
class Run:
    """Requests a second, server CPU a request (ms), latency p50 and p99 (ms)."""

    per_second: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float


def measure_load(server: Measured, clients: int, requests: int) -> Run:
    load = Load(server.port, server.told["token"], server.told["badges"])
    uvloop.run(load.run(clients, max(clients, requests // 10)))
    load.latencies_s.clear()
    cpu = server.cpu_s()
    seconds = uvloop.run(load.run(clients, requests))
    cpu = server.cpu_s() - cpu
    latencies = sorted(load.latencies_s)
    return Run(
        requests / seconds,
        cpu / requests * 1000,
        latencies[len(latencies) // 2] * 1000,
        latencies[len(latencies) * 99 // 100] * 1000,
    )


def fdatasync_ms() -> float:
    """Median of this disk's fdatasync after a write of 4 KiB."""
    times = []
    with tempfile.TemporaryFile() as file:
        for _ in range(200):
            file.write(bytes(4096))
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def measure(*, quick: bool) -> list[Figure]:
    repeats, requests = (1, 2_000) if quick else (3, 12_000)
    figures = []
    runs: dict[tuple[str, int], list[Run]] = {}
    with served("ours", ATTENDEES) as ours, served("bare", 0) as bare, served("each", 0) as each:
        for clients in (1, 16, 64):
            for _ in range(repeats):
                share = requests // 8 if clients == 1 else requests
                # In turn, so that the machine's mood is the same for all.
                for kind, server in (("ours", ours), ("bare", bare)):
                    run = measure_load(server, clients, share)
                    runs.setdefault((kind, clients), []).append(run)
                run = measure_load(each, clients, max(200, share // 8))
                runs.setdefault(("each", clients), []).append(run)

    def median(kind: str, clients: int, field: str) -> float:
        return float(statistics.median(getattr(run, field) for run in runs[kind, clients]))

    for clients in (1, 16, 64):
        rate = median("ours", clients, "per_second")
        cpu = median("ours", clients, "cpu_ms")
        bare_cpu, bare_rate = (median("bare", clients, f) for f in ("cpu_ms", "per_second"))
        at = f"{clients} clients"
        goal = clients == 64
        figures += [
            figure(f"check-ins a second, {at}", rate, "1/s"),
            figure(f"server CPU a check-in, {at}", cpu, "ms", "<= 0.3" if goal else ""),
            figure(f"its CPU / bare handler's, {at}", cpu / bare_cpu, "x", "<= 2" if goal else ""),
            figure(
                f"its rate / bare handler's, {at}",
                rate / bare_rate,
                "x",
                ">= 0.55" if goal else "",
            ),
            figure(
                f"its rate / one transaction a request, {at}",
                rate / median("each", clients, "per_second"),
                "x",
                ">= 5" if clients > 1 else "",
            ),
        ]
    sync = fdatasync_ms()
    waited = median("ours", 1, "p50_ms") - median("bare", 1, "p50_ms")
    figures += [
        figure("fdatasync of this disk, p50", sync, "ms"),
        figure("one client's p50 above bare, in fdatasyncs", waited / sync, "x", "<= 3"),
    ]
    return figures
