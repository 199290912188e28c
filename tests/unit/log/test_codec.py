"""Events of every age come back as the events of today."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
import pytest

from fairdesk.domain.message import Event
from fairdesk.log.codec import Codec, UnknownEvent


class Moved(Event, frozen=True, kw_only=True):
    """Version 1 was `walked {where}`, version 2 `walked {to, by}`; since version 3 it is called
    this, and `by` is a list."""

    VERSION: ClassVar[int] = 3

    to: str
    by: tuple[str, ...] = ()


class Stayed(Event, frozen=True, kw_only=True):
    note: str = ""


def with_to(fields: dict[str, Any]) -> dict[str, Any]:
    where = fields.pop("where")
    return fields | {"to": where, "by": "foot"}


def with_list(fields: dict[str, Any]) -> dict[str, Any]:
    return fields | {"kind": "moved", "by": [fields["by"]]}


CODEC = Codec([Moved, Stayed], {("walked", 1): with_to, ("walked", 2): with_list})


@pytest.mark.parametrize(
    "event",
    [
        Moved(at=1, to="东门", by=("foot", "bus")),
        Stayed(at=2),
        Stayed(at=253_402_300_799_999, note='𠮷 · 㛃 \\ " \x7f'),
    ],
)
def test_event_comes_back_as_it_was_written(event: Event) -> None:
    kind, version, body = CODEC.encode(event)
    assert (kind, version) == (event.__struct_config__.tag, event.VERSION)
    assert msgspec.json.decode(body)["kind"] == kind
    assert CODEC.decode(kind, version, body) == event


@pytest.mark.parametrize(
    ("kind", "version", "body"),
    [
        ("walked", 1, '{"kind":"walked","at":7,"where":"B07"}'),
        ("walked", 2, '{"kind":"walked","at":7,"to":"B07","by":"foot"}'),
        ("moved", 3, '{"kind":"moved","at":7,"to":"B07","by":["foot"]}'),
    ],
)
def test_every_version_ever_written_reads_as_the_latest(kind: str, version: int, body: str) -> None:
    assert CODEC.decode(kind, version, body) == Moved(at=7, to="B07", by=("foot",))


@pytest.mark.parametrize(
    ("kind", "version"), [("flown", 1), ("moved", 4), ("walked", 3), ("moved", 2), ("stayed", 0)]
)
def test_event_this_program_does_not_know_is_named(kind: str, version: int) -> None:
    with pytest.raises(UnknownEvent) as caught:
        CODEC.decode(kind, version, '{"at":7}')
    assert (caught.value.kind, caught.value.version) == (kind, version)
    assert "upgrade" in str(caught.value)


def test_upcast_leaves_the_other_kinds_alone() -> None:
    assert CODEC.decode("stayed", 1, '{"kind":"stayed","at":1}') == Stayed(at=1)


def test_damaged_body_is_not_taken_for_an_event() -> None:
    for body in ("", "{", '{"kind":"stayed"}', '{"kind":"moved","at":1}', '{"at":"soon"}'):
        with pytest.raises(msgspec.MsgspecError):
            CODEC.decode("stayed", 1, body)


class StayedAgain(Event, frozen=True, kw_only=True, tag="stayed"):
    pass


def test_two_events_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="one kind"):
        Codec([Stayed, StayedAgain])
