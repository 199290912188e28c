"""Who may do what: one table of role × (command | topic | page | resource).

A right is held ANY-where, on one's OWN things only, or through a BADGE that was handed over. What
the table does not grant is refused; a test walks all of it with every role and with none.

Own means: a gate its gate, a booth its booth, a seeker himself. A device belongs to one fair, with
no rights at another; so does a seeker's link.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal, TypeAlias

import msgspec

from fairdesk.domain import admission, district, exhibitors, offers, queueing, registration, setup
from fairdesk.domain.message import Command

Role = Literal[
    "admin",
    "organiser",
    "door_lead",
    "door",
    "statistician",
    "gate",
    "booth",
    "wall",
    "seeker",
    "public",
]
ROLES: tuple[Role, ...] = (
    "admin", "organiser", "door_lead", "door", "statistician",
    "gate", "booth", "wall", "seeker", "public",
)  # fmt: skip


class Scope(Enum):
    ANY = "any"
    OWN = "own"
    BADGE = "badge"


ANY, OWN, BADGE = Scope.ANY, Scope.OWN, Scope.BADGE
Grants: TypeAlias = dict[Role, Scope]


class Principal(msgspec.Struct, frozen=True):
    """Who asks. `fair` is empty for staff, who may act at every fair."""

    kind: Literal["staff", "device", "badge", "public"]
    id: str
    role: Role
    fair: str = ""
    gate: str = ""
    booth: str = ""
    attendee: str = ""

    @property
    def actor(self) -> str:
        """What the log keeps of who did it."""
        return f"{self.kind}:{self.id}" if self.id else self.kind


PUBLIC = Principal("public", "", "public")


def grants(*rows: tuple[str, Scope]) -> Grants:
    """`grants(("admin organiser", ANY), ("booth", OWN))`"""
    return {role: scope for roles, scope in rows for role in roles.split()}  # type: ignore[misc]


OFFICE = ("admin organiser", ANY)
DOOR = ("door_lead door", ANY)
AT_DOOR = (OFFICE, DOOR, ("gate", OWN))
BY_SEEKER = (("seeker", OWN), ("booth", BADGE))
EVERYBODY = (" ".join(ROLES), ANY)

COMMANDS: dict[type[Command], Grants] = {
    setup.ChangePhase: grants(OFFICE),
    setup.SetOccupancyLimits: grants(OFFICE),
    setup.PublishConsentText: grants(OFFICE),
    setup.AddGate: grants(OFFICE),
    exhibitors.AddEnterprise: grants(OFFICE),
    exhibitors.AddBooth: grants(OFFICE),
    exhibitors.AddPosition: grants(OFFICE),
    exhibitors.WithdrawPosition: grants(OFFICE),
    exhibitors.CheckInBooth: grants(OFFICE, DOOR, ("gate", ANY), ("booth", OWN)),
    # Anybody may register himself; whose words are taken for others stands in REGISTERS_OTHERS.
    registration.Register: grants(EVERYBODY),
    registration.GiveConsent: grants(OFFICE, ("seeker", OWN)),
    registration.WithdrawConsent: grants(OFFICE, ("seeker", OWN)),
    registration.ReissueBadge: grants(OFFICE, DOOR, ("gate", ANY)),
    registration.RevokeBadge: grants(OFFICE, DOOR),
    registration.MergeAttendees: grants(OFFICE, DOOR),
    registration.UndoMerge: grants(OFFICE, DOOR),
    registration.EraseAttendee: grants(OFFICE, ("seeker", OWN)),
    admission.CheckIn: grants(*AT_DOOR),
    admission.CheckOut: grants(*AT_DOOR),
    queueing.SignUpAtBooth: grants(*BY_SEEKER),
    queueing.WithdrawSignUp: grants(*BY_SEEKER),
    queueing.RejoinQueue: grants(*BY_SEEKER),
    queueing.CallNext: grants(("booth", OWN)),
    queueing.Recall: grants(("booth", OWN)),
    queueing.Hold: grants(("booth", OWN)),
    queueing.MarkNoShow: grants(("booth", OWN)),
    queueing.StartInterview: grants(("booth", OWN)),
    queueing.EndInterview: grants(("booth", OWN)),
    offers.RecordIntention: grants(("booth", OWN)),
    offers.ConfirmIntention: grants(*BY_SEEKER),
    offers.MakeOffer: grants(("booth", OWN)),
    offers.AcceptOffer: grants(*BY_SEEKER),
    offers.DeclineOffer: grants(*BY_SEEKER),
    offers.WithdrawOffer: grants(("booth", OWN)),
    offers.RecordStart: grants(OFFICE, ("statistician", ANY)),
    district.AddVenue: grants(OFFICE),
    district.PlanFair: grants(OFFICE),
    district.AddStaff: grants(("admin", ANY)),
    district.ChangePassword: grants(("admin", ANY)),
    district.RemoveStaff: grants(("admin", ANY)),
    district.RevokeDevice: grants(OFFICE),
}
"""Commands nobody may send (SetUpFair, PairDevice, ExpireOffers) are the server's own."""

TOPICS: dict[str, Grants] = {
    "fair": grants(EVERYBODY),
    "wall": grants(EVERYBODY),
    "calls": grants(EVERYBODY),
    "gate": grants(*AT_DOOR),
    "booth": grants(("booth", OWN)),
    "me": grants(("seeker", OWN)),
    "console": grants(OFFICE, ("statistician", ANY)),
}

PAGES: dict[str, Grants] = {
    "index": grants(EVERYBODY),
    "login": grants(EVERYBODY),
    "me": grants(EVERYBODY),
    "wall": grants(EVERYBODY),
    "gate": grants(OFFICE, DOOR, ("gate", ANY)),
    "booth": grants(("booth", ANY)),
    "console": grants(OFFICE, ("statistician", ANY)),
}

RESOURCES: dict[str, Grants] = {
    "people": grants(OFFICE, DOOR, ("gate", ANY)),
    "imports": grants(OFFICE),
    "exports/attendees": grants(OFFICE),
    "exports/sign-ups": grants(OFFICE, ("booth", ANY)),
    "exports/offers": grants(OFFICE, ("booth", ANY)),
    "report": grants(OFFICE, ("statistician", ANY)),
    "devices": grants(OFFICE),
    "pairings": grants(OFFICE),
    "district": grants(OFFICE),
    "badge": grants(("seeker", OWN)),
}

OVERRIDES_LIMIT: frozenset[Role] = frozenset({"admin", "organiser", "door_lead"})
"""Who may let people in above the limit."""

REGISTERS_OTHERS: frozenset[Role] = frozenset({"admin", "organiser", "door_lead", "door", "gate"})
"""Whose registrations may be walk-ins and imports; everybody else registers himself."""

SEES_NAMES: frozenset[Role] = frozenset({"admin", "organiser", "door_lead", "door", "gate"})
"""Whose answers carry the name of whom a command was about."""


def at_fair(principal: Principal, fair: str) -> bool:
    return not principal.fair or principal.fair == fair


def may_command(principal: Principal, fair: str, command: Command) -> bool:
    scope = COMMANDS.get(type(command), {}).get(principal.role)
    if scope is None or not at_fair(principal, fair):
        return False
    if not _in_scope(principal, command, scope):
        return False
    if isinstance(command, admission.CheckIn) and command.override:
        return principal.role in OVERRIDES_LIMIT
    if isinstance(command, registration.Register) and command.source != "self":
        return principal.role in REGISTERS_OTHERS
    return True


def _in_scope(principal: Principal, command: Command, scope: Scope) -> bool:
    if scope is ANY:
        return True
    booth = getattr(command, "booth", principal.booth)
    if scope is BADGE:
        handed_over = bool(getattr(command, "badge", "")) and not getattr(command, "attendee", "")
        return handed_over and booth == principal.booth
    match principal.role:
        case "gate":
            return getattr(command, "gate", None) == principal.gate
        case "booth":
            return getattr(command, "booth", None) == principal.booth
        case "seeker":
            return (
                getattr(command, "attendee", None) == principal.attendee
                and not getattr(command, "badge", "")
            )  # fmt: skip
    return False


def may_follow(principal: Principal, fair: str, topic: str) -> bool:
    kind, _, key = topic.partition("/")
    scope = TOPICS.get(kind, {}).get(principal.role)
    if scope is None or not at_fair(principal, fair):
        return False
    if scope is ANY:
        return True
    own = {"gate": principal.gate, "booth": principal.booth, "me": principal.attendee}[kind]
    return bool(own) and key == own


def may_open(principal: Principal, page: str) -> bool:
    return principal.role in PAGES[page]


def may_use(principal: Principal, resource: str, fair: str = "") -> bool:
    return principal.role in RESOURCES[resource] and (not fair or at_fair(principal, fair))
