"""Snapshots: a fair's state as it was at a position, so that a restart need not replay everything.

They are a cache. One that was made by another version of the rules has another fingerprint and is
not used; one that can't be read is not used either; all of them may be deleted at any time.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import types
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, get_args

import msgspec
from immutables import Map

from fairdesk.log.store import Snapshot, Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    state: Any
    seq: int
    seen: dict[str, int]


def rules_fingerprint() -> str:
    """A digest of the domain's source: other rules may fold the same events to another state."""
    digest = hashlib.sha256()
    package = files("fairdesk.domain")
    for source in sorted(package.iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".py"):
            digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Map):
        return dict(value)
    raise NotImplementedError(type(value))


def _map(kind: type, value: Any) -> Any:
    plain = types.GenericAlias(dict, get_args(kind))
    return Map(msgspec.convert(value, plain))


class Snapshots:
    """Keeps and loads states of the types `state_type(stream)` names."""

    def __init__(self, store: Store, state_type: Callable[[str], type]) -> None:
        self.store = store
        self.state_type = state_type
        self.fingerprint = rules_fingerprint()

    async def load(self, stream: str) -> Kept | None:
        snapshot = await self.store.load_snapshot(stream)
        if snapshot is None or snapshot.fingerprint != self.fingerprint:
            return None
        try:
            kind = types.GenericAlias(tuple, (self.state_type(stream), dict[str, int]))
            state, seen = msgspec.msgpack.decode(snapshot.body, type=kind, dec_hook=_map)
        except msgspec.MsgspecError:
            log.warning("a snapshot could not be read", extra={"stream": stream})
            return None
        return Kept(state, snapshot.seq, seen)

    async def keep(self, stream: str, seq: int, state: Any, seen: dict[str, int]) -> None:
        # States are frozen, so a thread may read one while the next is being made.
        body = await asyncio.to_thread(msgspec.msgpack.encode, (state, dict(seen)), enc_hook=_plain)
        await self.store.save_snapshot(Snapshot(stream, seq, self.fingerprint, body))
