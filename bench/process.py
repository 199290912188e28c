"""Processes under measurement: started, asked for their CPU time and memory, stopped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


class Measured:
    """A server in a process of its own. `told` is what it said when it was ready."""

    def __init__(self, process: subprocess.Popen[bytes], told: dict[str, Any]) -> None:
        self.process = process
        self.told = told

    @property
    def port(self) -> int:
        return int(self.told["port"])

    def cpu_s(self) -> float:
        """User and system time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_bytes(self) -> int:
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def running(*arguments: str) -> Iterator[Measured]:
    """`python -m ARGUMENTS`; waits for the one line of JSON it prints when it is ready."""
    command = [sys.executable, "-m", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"{' '.join(command)} did not start")
            yield Measured(process, json.loads(line))
        finally:
            process.kill()


@contextmanager
def served(kind: str, attendees: int) -> Iterator[Measured]:
    with (
        tempfile.TemporaryDirectory() as directory,
        running("bench.servers", kind, directory, str(attendees)) as server,
    ):
        yield server
