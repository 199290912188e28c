"""Who goes in and out, and how many are inside.

What was seen at the door is a fact. Online, the door may still refuse; a scan that a tablet already
let in while it was offline (`offline`) is recorded whatever we know now, with remarks for a person
to look at.
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from fairdesk.domain.fair import (
    PASSAGES_MAX,
    QUARTER_MS,
    Attendee,
    Fair,
    Passage,
    Remark,
    came,
    canonical,
    find_attendee,
    happened,
    occupancy_level,
)
from fairdesk.domain.message import (
    Code,
    Command,
    Decision,
    Event,
    Line,
    RefOrNone,
    Scanned,
    happened_at,
)
from fairdesk.domain.rejection import Rejection
from fairdesk.domain.setup import with_setup

REMARKS_MAX = 500
"""How many remarks the state keeps for the console; the log keeps them all."""


# --- commands


class CheckIn(Command, frozen=True, kw_only=True):
    """Someone at a gate, by `badge` (scanned or typed) or found by name (`attendee`). `override`
    is the door lead's reason for letting people in above the limit."""

    gate: Code
    badge: Scanned = ""
    attendee: RefOrNone = ""
    override: Line = ""
    offline: bool = False


class CheckOut(Command, frozen=True, kw_only=True):
    gate: Code
    badge: Scanned = ""
    attendee: RefOrNone = ""
    offline: bool = False


# --- events


class CheckedIn(Event, frozen=True, kw_only=True):
    """`counted` is false for a second entry without an exit: it is a fact, not one more person."""

    attendee: str
    gate: str
    remarks: tuple[str, ...] = ()
    counted: bool = True
    override: str = ""


class CheckedOut(Event, frozen=True, kw_only=True):
    attendee: str
    gate: str
    remarks: tuple[str, ...] = ()
    counted: bool = True


class ScanUnresolved(Event, frozen=True, kw_only=True):
    """A tablet let a badge in that the server cannot tie to anybody."""

    gate: str
    reason: str


# --- rules


def decide_check_in(fair: Fair, command: CheckIn, now: int) -> Decision:
    if command.gate not in fair.setup.gates:
        return Rejection("gate_unknown", {"gate": command.gate})
    at = happened_at(command, now)
    found = find_attendee(fair, command.attendee, command.badge)
    remarks: list[str] = []
    if command.offline:
        found, remarks = overtaken_by_facts(fair, command, found)
        if isinstance(found, Rejection):
            return (ScanUnresolved(at=at, gate=command.gate, reason=found.code),)
    if isinstance(found, Rejection):
        return found
    if not command.offline and (refusal := door_refuses(fair, command, found)):
        return refusal
    remarks += look_twice(fair, command.gate, found, at)
    return (
        CheckedIn(
            at=at,
            attendee=found.attendee,
            gate=command.gate,
            remarks=tuple(remarks),
            counted=not found.inside,
            override=command.override,
        ),
    )


def overtaken_by_facts(
    fair: Fair, command: CheckIn | CheckOut, found: Attendee | Rejection
) -> tuple[Attendee | Rejection, list[str]]:
    """A scan that was let in offline, and what we would have said had we been asked."""
    remarks = []
    if isinstance(found, Rejection) and found.code == "badge_revoked":
        found = fair.admission.attendees[found.facts["attendee"]]
        found = canonical(fair, found)
        remarks.append("revoked_badge")
    if fair.setup.phase != "live":
        remarks.append("not_live")
    if isinstance(command, CheckIn) and occupancy_level(fair) == "red":
        remarks.append("hall_was_full")
    return found, remarks


def door_refuses(fair: Fair, command: CheckIn, attendee: Attendee) -> Rejection | None:
    if fair.setup.phase != "live":
        return Rejection("fair_not_live", {"phase": fair.setup.phase})
    if attendee.erased:
        return Rejection("attendee_erased", {"attendee": attendee.attendee})
    full = occupancy_level(fair) == "red" and not attendee.inside
    if full and not command.override.strip():
        return Rejection(
            "hall_full", {"occupancy": fair.admission.occupancy, "red": fair.setup.red}
        )
    return None


def look_twice(fair: Fair, gate: str, attendee: Attendee, at: int) -> list[str]:
    """Why a volunteer should look although the person is in."""
    remarks = []
    if attendee.inside:
        remarks.append("already_inside")
    if not fair.setup.starts_at <= at < fair.setup.ends_at:
        remarks.append("wrong_day")
    roles = fair.setup.gates[gate].roles
    if roles and not set(roles) & set(attendee.roles):
        remarks.append("other_gate")
    return remarks


def decide_check_out(fair: Fair, command: CheckOut, now: int) -> Decision:
    if command.gate not in fair.setup.gates:
        return Rejection("gate_unknown", {"gate": command.gate})
    at = happened_at(command, now)
    found = find_attendee(fair, command.attendee, command.badge)
    # Nobody is kept in: leaving with a reissued badge is looked at, never refused.
    found, remarks = overtaken_by_facts(fair, command, found)
    if isinstance(found, Rejection):
        if command.offline:
            return (ScanUnresolved(at=at, gate=command.gate, reason=found.code),)
        return found
    if not found.inside:
        remarks.append("not_inside")
    return (
        CheckedOut(
            at=at,
            attendee=found.attendee,
            gate=command.gate,
            remarks=tuple(remarks),
            counted=found.inside,
        ),
    )


# --- folds


def with_attendee(fair: Fair, attendee: Attendee, **changes: object) -> Fair:
    attendees = fair.admission.attendees.set(attendee.attendee, attendee)
    return replace(fair, admission=replace(fair.admission, attendees=attendees, **changes))


def evolve_checked_in(fair: Fair, event: CheckedIn) -> Fair:
    admission = fair.admission
    attendee = admission.attendees[event.attendee]
    first = not came(fair, attendee)
    attendee = replace(
        attendee,
        inside=True,
        entered_at=attendee.entered_at or event.at,
        last_at=event.at,
        last_gate=event.gate,
    )
    arrivals = admission.arrivals
    if first:
        quarter = event.at // QUARTER_MS
        arrivals = arrivals.set(quarter, arrivals.get(quarter, 0) + 1)
    fair = with_attendee(
        fair,
        attendee,
        occupancy=admission.occupancy + event.counted,
        entries=admission.entries + event.counted,
        visitors=admission.visitors + first,
        arrivals=arrivals,
        remarks=noted(admission.remarks, event),
    )
    fair = through_gate(fair, event, "in")
    return happened(fair, "arrived", event.at, event.attendee) if first else fair


def evolve_checked_out(fair: Fair, event: CheckedOut) -> Fair:
    admission = fair.admission
    attendee = admission.attendees[event.attendee]
    fair = with_attendee(
        fair,
        replace(attendee, inside=False, last_at=event.at, last_gate=event.gate),
        occupancy=admission.occupancy - event.counted,
        exits=admission.exits + event.counted,
        remarks=noted(admission.remarks, event),
    )
    # A merge takes somebody out of the count without a gate.
    return through_gate(fair, event, "out") if event.gate else fair


def through_gate(
    fair: Fair, event: CheckedIn | CheckedOut, direction: Literal["in", "out"]
) -> Fair:
    gate = fair.setup.gates[event.gate]
    number = gate.passages[-1].number + 1 if gate.passages else 1
    passage = Passage(number, event.at, event.attendee, direction, event.remarks)
    gate = replace(
        gate,
        entries=gate.entries + (event.counted and direction == "in"),
        exits=gate.exits + (event.counted and direction == "out"),
        passages=(*gate.passages[1 - PASSAGES_MAX :], passage),
    )
    return with_setup(fair, gates=fair.setup.gates.set(event.gate, gate))


NEEDS_A_PERSON = frozenset({"revoked_badge", "not_live", "hall_was_full"})


def noted(remarks: tuple[Remark, ...], event: CheckedIn | CheckedOut) -> tuple[Remark, ...]:
    if NEEDS_A_PERSON.isdisjoint(event.remarks):
        return remarks
    return with_remark(
        remarks, at=event.at, attendee=event.attendee, gate=event.gate, what=event.remarks
    )


def with_remark(
    remarks: tuple[Remark, ...], *, at: int, attendee: str, gate: str, what: tuple[str, ...]
) -> tuple[Remark, ...]:
    number = remarks[-1].number + 1 if remarks else 1
    return (*remarks[1 - REMARKS_MAX :], Remark(number, at, attendee, gate, what))


def evolve_scan_unresolved(fair: Fair, event: ScanUnresolved) -> Fair:
    remarks = with_remark(
        fair.admission.remarks, at=event.at, attendee="", gate=event.gate, what=(event.reason,)
    )
    return replace(fair, admission=replace(fair.admission, remarks=remarks))
