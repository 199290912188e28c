"""What a kind of topic is: named collections of rows, read off the fair's state.

A topic is written `kind` or `kind/key` (`wall`, `booth/B07`). Its rows are a pure function of the
committed state and of the names in the vault. `touches` says which rows a committed group may have
changed, so that nobody renders the rest; naming one row too many costs time, naming one too few
leaves a screen wrong, and a property test holds old view + patch == fresh view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from fairdesk.domain.fair import Attendee, Fair
from fairdesk.domain.message import Event

Row = dict[str, Any]
Touch = tuple[str, str, str]
"""(key, collection, row id)"""

NOW = "now"
"""The row id of a collection that has one row."""


class Names(Protocol):
    """The vault's words on a person, by id; empty for whoever was erased."""

    def name(self, person: str) -> str: ...
    def looking_for(self, person: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Collection:
    """`ids` of the rows it holds now; `row` is None for an id that is not, or no longer, in it."""

    ids: Callable[[Fair, str], Iterable[str]]
    row: Callable[[Fair, str, str, Names], Row | None]


@dataclass(frozen=True, slots=True)
class TopicKind:
    """`known`: whether the fair has a topic of this kind with that key."""

    known: Callable[[Fair, str], bool]
    collections: Mapping[str, Collection]
    touches: Callable[[Fair, Fair, tuple[Event, ...]], Iterable[Touch]]


def single(row: Callable[[Fair, str, Names], Row]) -> Collection:
    """A collection of one row, `now`."""
    return Collection(
        ids=lambda fair, key: (NOW,),
        row=lambda fair, key, row_id, names: row(fair, key, names) if row_id == NOW else None,
    )


def no_key(fair: Fair, key: str) -> bool:
    return not key


def name_of(fair: Fair, attendee: str, names: Names) -> str:
    found: Attendee | None = fair.admission.attendees.get(attendee)
    return names.name(found.person) if found and not found.erased else ""
