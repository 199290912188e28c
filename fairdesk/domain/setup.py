"""Setting a fair up: what it is, its phase, its gates, its limits, the texts people agree to.

Setting what is already so changes nothing.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec.structs import replace

from fairdesk.domain.fair import (
    AttendeeRole,
    ConsentText,
    Fair,
    FairKind,
    Gate,
    Phase,
    Purpose,
    Setup,
    VenueStep,
)
from fairdesk.domain.message import (
    Code,
    Command,
    Count,
    Day,
    Decision,
    Event,
    FairCode,
    Line,
    Name,
    Prose,
    Time,
)
from fairdesk.domain.rejection import Rejection

NEXT_PHASES: dict[Phase, tuple[Phase, ...]] = {
    "draft": ("registration", "live"),
    "registration": ("draft", "live"),
    "live": ("registration", "closed"),
    "closed": ("live", "archived"),
    "archived": (),
}
"""Where a phase may go. Going back needs a reason: it is a correction."""

PHASE_ORDER: tuple[Phase, ...] = ("draft", "registration", "live", "closed", "archived")

# --- commands


class SetUpFair(Command, frozen=True, kw_only=True):
    """The first command of a fair, sent when the district has planned it."""

    fair: FairCode
    number: Annotated[int, msgspec.Meta(ge=1, le=65535)]
    name: Name
    kind: FairKind
    venues: tuple[VenueStep, ...]
    tags: tuple[Line, ...] = ()
    starts_on: Day
    ends_on: Day
    starts_at: Time
    ends_at: Time


class ChangePhase(Command, frozen=True, kw_only=True):
    phase: Phase
    reason: Line = ""


class SetOccupancyLimits(Command, frozen=True, kw_only=True):
    """How many may be inside: from `amber` gates warn, at `red` they hold. 0 is no limit."""

    amber: Count
    red: Count


class PublishConsentText(Command, frozen=True, kw_only=True):
    purpose: Purpose
    version: Annotated[int, msgspec.Meta(ge=1, le=10_000)]
    zh: Prose
    en: Prose


class AddGate(Command, frozen=True, kw_only=True):
    """A door. `roles` are the attendees it is for; none means everybody."""

    gate: Code
    name: Name
    roles: tuple[AttendeeRole, ...] = ()


# --- events


class FairSetUp(Event, frozen=True, kw_only=True):
    fair: str
    number: int
    name: str
    fair_kind: str
    venues: tuple[VenueStep, ...]
    tags: tuple[str, ...]
    starts_on: str
    ends_on: str
    starts_at: int
    ends_at: int


class PhaseChanged(Event, frozen=True, kw_only=True):
    phase: Phase
    reason: str


class OccupancyLimitsSet(Event, frozen=True, kw_only=True):
    amber: int
    red: int


class ConsentTextPublished(Event, frozen=True, kw_only=True):
    purpose: str
    version: int
    zh: str
    en: str


class GateAdded(Event, frozen=True, kw_only=True):
    gate: str
    name: str
    roles: tuple[str, ...]


# --- rules


def set_up_closed(fair: Fair) -> Rejection | None:
    """Why the fair can no longer be changed, or None."""
    if not fair.setup.fair:
        return Rejection("fair_not_set_up", {})
    if fair.setup.phase in ("closed", "archived"):
        return Rejection("fair_closed", {"phase": fair.setup.phase})
    return None


def decide_set_up_fair(fair: Fair, command: SetUpFair, now: int) -> Decision:
    if fair.setup.fair:
        return Rejection("fair_already_set_up", {"fair": fair.setup.fair})
    if command.ends_at <= command.starts_at:
        return Rejection("fair_ends_before_it_starts", {})
    return (
        FairSetUp(
            at=now,
            fair=command.fair,
            number=command.number,
            name=command.name,
            fair_kind=command.kind,
            venues=command.venues,
            tags=command.tags,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            starts_at=command.starts_at,
            ends_at=command.ends_at,
        ),
    )


def decide_change_phase(fair: Fair, command: ChangePhase, now: int) -> Decision:
    current = fair.setup.phase
    if not fair.setup.fair:
        return Rejection("fair_not_set_up", {})
    if command.phase == current:
        return ()
    if command.phase not in NEXT_PHASES[current]:
        return Rejection("phase_not_next", {"phase": current, "next": list(NEXT_PHASES[current])})
    back = PHASE_ORDER.index(command.phase) < PHASE_ORDER.index(current)
    if back and not command.reason.strip():
        return Rejection("reason_needed", {"phase": current})
    return (PhaseChanged(at=now, phase=command.phase, reason=command.reason),)


def decide_set_occupancy_limits(fair: Fair, command: SetOccupancyLimits, now: int) -> Decision:
    if refusal := set_up_closed(fair):
        return refusal
    if command.red and command.amber > command.red:
        return Rejection("amber_above_red", {"amber": command.amber, "red": command.red})
    if (command.amber, command.red) == (fair.setup.amber, fair.setup.red):
        return ()
    return (OccupancyLimitsSet(at=now, amber=command.amber, red=command.red),)


def decide_publish_consent_text(fair: Fair, command: PublishConsentText, now: int) -> Decision:
    if refusal := set_up_closed(fair):
        return refusal
    current = fair.setup.consent_texts.get(command.purpose)
    if current and command.version == current.version:
        if (current.zh, current.en) == (command.zh, command.en):
            return ()
        return Rejection(
            "consent_version_taken", {"purpose": command.purpose, "version": current.version}
        )
    if command.version != (current.version if current else 0) + 1:
        return Rejection(
            "consent_version_not_next",
            {"purpose": command.purpose, "next": (current.version if current else 0) + 1},
        )
    return (
        ConsentTextPublished(
            at=now, purpose=command.purpose, version=command.version, zh=command.zh, en=command.en
        ),
    )


def decide_add_gate(fair: Fair, command: AddGate, now: int) -> Decision:
    if refusal := set_up_closed(fair):
        return refusal
    current = fair.setup.gates.get(command.gate)
    if current and (current.name, current.roles) == (command.name, command.roles):
        return ()
    return (GateAdded(at=now, gate=command.gate, name=command.name, roles=command.roles),)


# --- folds


def with_setup(fair: Fair, **changes: object) -> Fair:
    return replace(fair, setup=replace(fair.setup, **changes))


def evolve_fair_set_up(fair: Fair, event: FairSetUp) -> Fair:
    return replace(
        fair,
        setup=Setup(
            fair=event.fair,
            number=event.number,
            name=event.name,
            kind=event.fair_kind,
            venues=event.venues,
            tags=event.tags,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
        ),
    )


def evolve_phase_changed(fair: Fair, event: PhaseChanged) -> Fair:
    return with_setup(fair, phase=event.phase)


def evolve_occupancy_limits_set(fair: Fair, event: OccupancyLimitsSet) -> Fair:
    return with_setup(fair, amber=event.amber, red=event.red)


def evolve_consent_text_published(fair: Fair, event: ConsentTextPublished) -> Fair:
    text = ConsentText(event.purpose, event.version, event.zh, event.en)
    return with_setup(fair, consent_texts=fair.setup.consent_texts.set(event.purpose, text))


def evolve_gate_added(fair: Fair, event: GateAdded) -> Fair:
    gate = fair.setup.gates.get(event.gate) or Gate(event.gate, event.name)
    gate = replace(gate, name=event.name, roles=event.roles)
    return with_setup(fair, gates=fair.setup.gates.set(event.gate, gate))
