"""What a screen shows, and the patch that brings it up to date, as they come over the wire."""

from __future__ import annotations

from typing import Any

import msgspec

from fairdesk.domain.fair import Fair
from fairdesk.domain.message import Event
from fairdesk.stream import views
from fairdesk.stream.message import Rows
from tests.property.any_name import NAMES


def topics(fair: Fair) -> list[str]:
    return [
        "fair",
        "wall",
        "calls",
        "console",
        *(f"gate/{gate}" for gate in fair.setup.gates),
        *(f"booth/{booth}" for booth in fair.setup.booths),
        *(f"me/{attendee}" for attendee in fair.admission.attendees),
    ]


def as_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def fresh(fair: Fair, topic: str) -> Rows:
    rows: Rows = as_json(views.snapshot(fair, NAMES, topic))
    return rows


def patches(before: Fair, after: Fair, events: tuple[Event, ...]) -> dict[str, dict[str, Any]]:
    """By topic, the patch that the rows touched lead to."""
    made: dict[str, dict[str, Any]] = {}
    for topic, collection, row_id in views.touched(before, after, events, lambda kind: True):
        if not views.known(after, topic):
            continue
        patch = made.setdefault(topic, {"set": {}, "del": {}})
        row = views.row(after, NAMES, topic, collection=collection, row_id=row_id)
        if row is None:
            patch["del"].setdefault(collection, []).append(row_id)
        else:
            patch["set"].setdefault(collection, {})[row_id] = row
    return {topic: as_json(patch) for topic, patch in made.items()}
