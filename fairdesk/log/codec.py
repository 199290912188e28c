"""Events to rows and back. Old versions are brought up to date when they are read.

A row holds the event's kind, the version of its shape, and its fields as JSON. What was written is
never rewritten: a changed shape gets the next VERSION and an entry in `upcasts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

Upcast = Callable[[dict[str, Any]], dict[str, Any]]
"""The fields of one version to those of the next; a "kind" among them renames the event."""


class UnknownEvent(Exception):
    """The log holds an event that this version of the program does not know: it is too old."""

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(kind, version)
        self.kind, self.version = kind, version

    def __str__(self) -> str:
        return f"unknown event {self.kind!r} version {self.version}: upgrade the program"


class Codec:
    def __init__(
        self,
        events: Iterable[type[msgspec.Struct]],
        upcasts: Mapping[tuple[str, int], Upcast] | None = None,
    ) -> None:
        self._types: dict[str, type[msgspec.Struct]] = {}
        for event in events:
            if (other := self._types.setdefault(kind_of(event), event)) is not event:
                raise ValueError(f"{event.__name__} and {other.__name__} are of one kind")
        self._kinds = {event: kind for kind, event in self._types.items()}
        self._decode = {
            (kind, version_of(event)): msgspec.json.Decoder(event).decode
            for kind, event in self._types.items()
        }
        self._upcasts = dict(upcasts or {})
        self._encoder = msgspec.json.Encoder()

    def encode(self, event: Any) -> tuple[str, int, str]:
        """(kind, version, body)"""
        kind = self._kinds[type(event)]
        return kind, event.VERSION, self._encoder.encode(event).decode()

    def decode(self, kind: str, version: int, body: str) -> Any:
        """The event, whatever version it was written in. Raises UnknownEvent."""
        decode = self._decode.get((kind, version))
        if decode is not None:
            return decode(body)
        return self._decode_old(kind, version, body)

    def _decode_old(self, kind: str, version: int, body: str) -> Any:
        fields = msgspec.json.decode(body, type=dict[str, Any])
        while (kind, version) not in self._decode:
            upcast = self._upcasts.get((kind, version))
            if upcast is None:
                raise UnknownEvent(kind, version)
            fields = upcast(fields)
            kind, version = fields.get("kind", kind), version + 1
        return msgspec.convert(fields | {"kind": kind}, self._types[kind])


def kind_of(event: type[msgspec.Struct]) -> str:
    return str(event.__struct_config__.tag)


def version_of(event: type[msgspec.Struct]) -> int:
    version: int = event.VERSION  # type: ignore[attr-defined]
    return version
