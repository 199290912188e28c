"""`gate/{gate}`: how full the hall is, and who came through this gate last."""

from __future__ import annotations

from collections.abc import Iterable

from fairdesk.domain.admission import CheckedIn, CheckedOut
from fairdesk.domain.fair import Fair, occupancy_level
from fairdesk.domain.message import Event
from fairdesk.domain.registration import AttendeeErased, AttendeesMerged, MergeUndone
from fairdesk.domain.setup import FairSetUp, GateAdded, OccupancyLimitsSet, PhaseChanged
from fairdesk.stream.views.kind import (
    NOW,
    Collection,
    Names,
    Row,
    TopicKind,
    Touch,
    name_of,
    single,
)

CHANGES_NUMBERS = (
    CheckedIn,
    CheckedOut,
    AttendeesMerged,
    MergeUndone,
    FairSetUp,
    GateAdded,
    OccupancyLimitsSet,
    PhaseChanged,
)


def now_row(fair: Fair, key: str, names: Names) -> Row:
    gate, admission, setup = fair.setup.gates[key], fair.admission, fair.setup
    return {
        "gate": key,
        "gate_name": gate.name,
        "fair_name": setup.name,
        "phase": setup.phase,
        "occupancy": admission.occupancy,
        "amber": setup.amber,
        "red": setup.red,
        "level": occupancy_level(fair),
        "entries": gate.entries,
        "exits": gate.exits,
        "visitors": admission.visitors,
    }


def passage_ids(fair: Fair, key: str) -> list[str]:
    return [f"e{passage.number}" for passage in fair.setup.gates[key].passages]


def passage_row(fair: Fair, key: str, row_id: str, names: Names) -> Row | None:
    for passage in fair.setup.gates[key].passages:
        if row_id == f"e{passage.number}":
            return {
                "at": passage.at,
                "attendee": passage.attendee,
                "name": name_of(fair, passage.attendee, names),
                "direction": passage.direction,
                "remarks": passage.remarks,
                "gate": key,
            }
    return None


def touches(before: Fair, after: Fair, events: tuple[Event, ...]) -> Iterable[Touch]:
    if any(isinstance(event, CHANGES_NUMBERS) for event in events):
        for gate in after.setup.gates:
            yield gate, "now", NOW
            was = passage_ids(before, gate) if gate in before.setup.gates else []
            for row_id in set(was) ^ set(passage_ids(after, gate)):
                yield gate, "recent", row_id
    if any(isinstance(event, AttendeeErased) for event in events):
        for gate in after.setup.gates:
            for row_id in passage_ids(after, gate):
                yield gate, "recent", row_id


GATE = TopicKind(
    known=lambda fair, key: key in fair.setup.gates,
    collections={"now": single(now_row), "recent": Collection(passage_ids, passage_row)},
    touches=touches,
)
