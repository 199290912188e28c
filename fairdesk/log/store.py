"""What the engine needs of a log. SQLite keeps it in one file; another database may stand in.

LogError
├── Conflict        the head is not where the writer thought: catch up and decide again
├── Unavailable     nothing was written (full disk, busy, I/O): the same may work later
└── OutcomeUnknown  the commit may or may not be durable: read what the log says
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from fairdesk.log.people import PersonChange, SealedPerson
from fairdesk.log.record import Broken, NewRecord, Record


class LogError(Exception):
    """Anything that keeps the log from being read or written."""


class Conflict(LogError):
    def __init__(self, stream: str, expected: int, head: int) -> None:
        super().__init__(stream, expected, head)
        self.stream, self.expected, self.head = stream, expected, head

    def __str__(self) -> str:
        return f"{self.stream} stands at {self.head}, not at {self.expected}"


class Unavailable(LogError):
    """`str()` says what the database said."""


class OutcomeUnknown(LogError):
    """The commit was handed over and nothing came back."""


class Snapshot(msgspec.Struct, frozen=True):
    """A state as it was at `seq`; only good where `fingerprint` is that of the rules in force."""

    stream: str
    seq: int
    fingerprint: str
    body: bytes


class Store(Protocol):
    async def append(
        self,
        stream: str,
        expected_seq: int,
        records: Sequence[NewRecord],
        people: Sequence[PersonChange] = (),
    ) -> None:
        """Append behind `expected_seq`, all of it and the people, durably, or nothing.

        Raises Conflict, Unavailable, OutcomeUnknown.
        """

    async def read(self, stream: str, after: int, limit: int) -> list[Record]:
        """The rows behind `after`, in order, at most `limit`."""

    async def streams(self) -> dict[str, int]:
        """Every stream and its head."""

    async def log_id(self) -> str:
        """The life of this log: another one after a restore from a backup."""

    async def load_snapshot(self, stream: str) -> Snapshot | None: ...

    async def save_snapshot(self, snapshot: Snapshot) -> None: ...

    async def people(self, persons: Sequence[str]) -> list[SealedPerson]:
        """The rows of these persons; those who were erased are left out."""

    async def people_by_phone(self, phone_hash: bytes) -> list[SealedPerson]: ...

    async def backup(self, path: Path) -> None:
        """A copy as of now, made while the log is in use."""

    def verify(self) -> AsyncIterator[Broken | tuple[str, int]]:
        """For each stream its name and head, or where its chain is broken."""

    async def close(self) -> None: ...
