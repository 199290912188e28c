"""The views of a fair: which topics there are, their rows, and which rows a commit touched."""

from __future__ import annotations

from collections.abc import Callable

from fairdesk.domain.fair import Fair
from fairdesk.domain.message import Event
from fairdesk.stream.views.booth import BOOTH
from fairdesk.stream.views.console import CONSOLE
from fairdesk.stream.views.gate import GATE
from fairdesk.stream.views.hall import CALLS, WALL
from fairdesk.stream.views.kind import Names, Row, TopicKind
from fairdesk.stream.views.public import PUBLIC
from fairdesk.stream.views.seeker import ME

KINDS: dict[str, TopicKind] = {
    "fair": PUBLIC,
    "gate": GATE,
    "booth": BOOTH,
    "wall": WALL,
    "calls": CALLS,
    "me": ME,
    "console": CONSOLE,
}


def split_topic(topic: str) -> tuple[str, str]:
    """`booth/B07` → (`booth`, `B07`), `wall` → (`wall`, ``)."""
    kind, _, key = topic.partition("/")
    return kind, key


def known(fair: Fair, topic: str) -> bool:
    """Whether the fair has this topic, under this very name: nothing is sent under another."""
    kind, key = split_topic(topic)
    return kind in KINDS and not topic.endswith("/") and KINDS[kind].known(fair, key)


def row(fair: Fair, names: Names, topic: str, *, collection: str, row_id: str) -> Row | None:
    """The row as it now is, None where it is not, or no longer, in its collection."""
    kind, key = split_topic(topic)
    return KINDS[kind].collections[collection].row(fair, key, row_id, names)


def snapshot(fair: Fair, names: Names, topic: str) -> dict[str, dict[str, Row]]:
    """Every row of a known topic, by collection and row id."""
    kind, key = split_topic(topic)
    found: dict[str, dict[str, Row]] = {}
    for name, collection in KINDS[kind].collections.items():
        rows = found[name] = {}
        for row_id in collection.ids(fair, key):
            shown = collection.row(fair, key, row_id, names)
            if shown is not None:
                rows[row_id] = shown
    return found


def touched(
    before: Fair,
    after: Fair,
    events: tuple[Event, ...],
    watched: Callable[[str], bool],
) -> set[tuple[str, str, str]]:
    """(topic, collection, row id) of what a commit may have changed, of kinds that are watched."""
    found = set()
    for name, kind in KINDS.items():
        if watched(name):
            for key, collection, row_id in kind.touches(before, after, events):
                found.add((f"{name}/{key}" if key else name, collection, row_id))
    return found
