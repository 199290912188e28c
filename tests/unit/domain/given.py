"""`given(*events).when(command).then(*events) | .rejected(code, **facts) | .nothing()`, and what to
put there: builders that return the events of a step, in the order the rules would write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from fairdesk.domain import decider, district
from fairdesk.domain.admission import CheckedIn, CheckedOut
from fairdesk.domain.exhibitors import (
    BoothAdded,
    BoothCheckedIn,
    EnterpriseAdded,
    PositionAdded,
)
from fairdesk.domain.fair import AttendeeRole, Fair, Phase, VenueStep, initial
from fairdesk.domain.identifiers import short_code
from fairdesk.domain.message import Command, Decision, Event
from fairdesk.domain.offers import IntentionConfirmed, IntentionRecorded, OfferAccepted, OfferMade
from fairdesk.domain.queueing import (
    Called,
    InterviewEnded,
    InterviewStarted,
    SignedUp,
    SignUpEvent,
)
from fairdesk.domain.registration import (
    AttendeeRegistered,
    AttendeesMerged,
    BadgeIssued,
    ConsentGiven,
)
from fairdesk.domain.rejection import Rejection
from fairdesk.domain.setup import (
    ConsentTextPublished,
    FairSetUp,
    GateAdded,
    OccupancyLimitsSet,
    PhaseChanged,
)

COMMAND_ID = "01JD0000000000000000000000"
NUMBER = 7
"""The fair's number, which its badges carry."""
STARTS = 1_795_392_000_000
ENDS = STARTS + 24 * 3_600_000
NOW = STARTS + 2 * 3_600_000
BEFORE = NOW - 60_000
"""When everything given happened."""
FIRM = "91350100M000100Y43"
OTHER_FIRM = "91110000600037341L"

VENUES = (
    VenueStep("qinghe", "清河区", "district"),
    VenueStep("cuizhu", "翠竹街道", "street"),
)

C = TypeVar("C", bound=Command)
Steps = Event | Iterable["Steps"]


def ask(kind: type[C], /, **fields: Any) -> C:
    """A command as it comes in over the interface, with every bound on its fields kept."""
    tag = str(kind.__struct_config__.tag)
    return msgspec.convert({"command": tag, "command_id": COMMAND_ID, **fields}, kind)


def flat(steps: Steps) -> tuple[Event, ...]:
    if isinstance(steps, Event):
        return (steps,)
    return tuple(event for step in steps for event in flat(step))


# --- given, when, then


class Outcome:
    def __init__(self, decision: Decision) -> None:
        self.decision = decision

    def then(self, *events: Event) -> None:
        assert self.decision == events

    def rejected(self, code: str, **facts: Any) -> None:
        assert self.decision == Rejection(code, facts)

    def nothing(self) -> None:
        assert self.decision == ()


class Given:
    def __init__(
        self,
        state: Any,
        decide: Callable[[Any, Any, int], Decision],
        evolve: Callable[[Any, Any], Any],
    ) -> None:
        self.state = state
        self._decide = decide
        self._evolve = evolve

    def when(self, command: Command, now: int = NOW) -> Outcome:
        """What is decided must also fold."""
        decision = self._decide(self.state, command, now)
        if not isinstance(decision, Rejection):
            state = self.state
            for event in decision:
                state = self._evolve(state, event)
        return Outcome(decision)


def fair_after(*steps: Steps) -> Fair:
    fair = initial()
    for event in flat(steps):
        fair = decider.evolve(fair, event)
    return fair


def given(*steps: Steps) -> Given:
    return Given(fair_after(*steps), decider.decide, decider.evolve)


def district_after(*steps: Steps) -> district.District:
    state = district.initial()
    for event in flat(steps):
        state = district.evolve(state, event)
    return state


def given_district(*steps: Steps) -> Given:
    return Given(district_after(*steps), district.decide, district.evolve)


# --- the fair


def set_up() -> list[Event]:
    return [
        FairSetUp(
            at=BEFORE,
            fair="cuizhu-2026-11-23",
            number=NUMBER,
            name="翠竹街道秋季招聘会",
            fair_kind="job_fair",
            venues=VENUES,
            tags=(),
            starts_on="2026-11-23",
            ends_on="2026-11-23",
            starts_at=STARTS,
            ends_at=ENDS,
        )
    ]


def in_phase(phase: Phase) -> list[Event]:
    return [PhaseChanged(at=BEFORE, phase=phase, reason="")]


def consent_texts() -> list[Event]:
    return [
        ConsentTextPublished(at=BEFORE, purpose=purpose, version=1, zh="同意", en="I agree")
        for purpose in ("registration", "sign_up")
    ]


def gate(code: str = "1", *roles: AttendeeRole) -> list[Event]:
    return [GateAdded(at=BEFORE, gate=code, name=f"{code}号门", roles=roles)]


def open_fair(phase: Phase = "live", *, amber: int = 0, red: int = 0) -> list[Event]:
    """A fair in this phase: gate 1 for everybody, gate 2 for recruiters, texts to agree to."""
    limits: list[Event] = (
        [OccupancyLimitsSet(at=BEFORE, amber=amber, red=red)] if amber or red else []
    )
    return [
        *set_up(),
        *consent_texts(),
        *gate("1"),
        *gate("2", "recruiter"),
        *limits,
        *in_phase(phase),
    ]


# --- exhibitors


def booth(code: str = "B07", firm: str = FIRM, *, here: bool = True) -> list[Event]:
    """A booth with its enterprise; `here`: it has checked in."""
    added = [
        EnterpriseAdded(at=BEFORE, credit_code=firm, name=f"企业{firm[-2:]}"),
        BoothAdded(at=BEFORE, booth=code, enterprise=firm),
    ]
    return [*added, BoothCheckedIn(at=BEFORE, booth=code)] if here else [*added]


def position(position: str = "p1", at_booth: str = "B07", **changes: Any) -> list[Event]:
    added = PositionAdded(
        at=BEFORE,
        position=position,
        booth=at_booth,
        title=f"电工{position}",
        position_kind="full_time",
        headcount=2,
        pay_min=6000,
        pay_max=9000,
        place="",
        level=None,
        occupation="",
        occupation_code="",
    )
    return [msgspec.structs.replace(added, **changes)]


# --- people


def badge(serial: int = 1) -> str:
    return short_code(NUMBER, serial)


def person(attendee: str) -> str:
    return f"P01JD{int(attendee[1:]):022}"


def registered(attendee: str = "a1", *roles: AttendeeRole, **changes: Any) -> list[Event]:
    """An attendee whose badge has the serial of his number."""
    event = AttendeeRegistered(
        at=BEFORE,
        attendee=attendee,
        person=person(attendee),
        roles=roles or ("seeker",),
        consents=(ConsentGiven("registration", 1),),
        source="self",
    )
    return [
        msgspec.structs.replace(event, **changes),
        BadgeIssued(at=BEFORE, attendee=attendee, badge=int(attendee[1:])),
    ]


def checked_in(attendee: str = "a1", *, at: int = BEFORE, gate: str = "1") -> list[Event]:
    return [CheckedIn(at=at, attendee=attendee, gate=gate)]


def checked_out(attendee: str = "a1", *, at: int = BEFORE, gate: str = "1") -> list[Event]:
    return [CheckedOut(at=at, attendee=attendee, gate=gate)]


def merged(kept: str, merged: str) -> list[Event]:
    return [AttendeesMerged(at=BEFORE, kept=kept, merged=merged)]


# --- the queue and what comes of it


def signed_up(
    sign_up: str = "s1", attendee: str = "a1", booth: str = "B07", **changes: Any
) -> list[Event]:
    event = SignedUp(
        at=BEFORE,
        sign_up=sign_up,
        attendee=attendee,
        booth=booth,
        position="",
        ticket=int(sign_up[1:]),
        consent_version=1,
    )
    return [msgspec.structs.replace(event, **changes)]


def moved(
    kind: type[SignUpEvent],
    sign_up: str = "s1",
    attendee: str = "a1",
    booth: str = "B07",
) -> list[Event]:
    return [kind(at=BEFORE, sign_up=sign_up, attendee=attendee, booth=booth)]


def called(sign_up: str = "s1", attendee: str = "a1", booth: str = "B07") -> list[Event]:
    return moved(Called, sign_up, attendee, booth)


def interviewing(sign_up: str = "s1", attendee: str = "a1", booth: str = "B07") -> list[Event]:
    """Called, and come."""
    return [
        *called(sign_up, attendee, booth),
        *moved(InterviewStarted, sign_up, attendee, booth),
    ]


def interviewed(sign_up: str = "s1", attendee: str = "a1", booth: str = "B07") -> list[Event]:
    """Called, come, and gone again."""
    return [
        *interviewing(sign_up, attendee, booth),
        *moved(InterviewEnded, sign_up, attendee, booth),
    ]


def intention(intention: str = "i1", **changes: Any) -> list[Event]:
    event = IntentionRecorded(
        at=BEFORE, intention=intention, sign_up="s1", attendee="a1", booth="B07", position="p1"
    )
    return [msgspec.structs.replace(event, **changes)]


def intention_confirmed(intention: str = "i1") -> list[Event]:
    return [IntentionConfirmed(at=BEFORE, intention=intention)]


def offer(offer: str = "o1", **changes: Any) -> list[Event]:
    event = OfferMade(
        at=BEFORE,
        offer=offer,
        sign_up="s1",
        attendee="a1",
        booth="B07",
        position="p1",
        pay=7000,
        terms="",
        valid_until_at=ENDS,
    )
    return [msgspec.structs.replace(event, **changes)]


def offer_accepted(offer: str = "o1") -> list[Event]:
    return [OfferAccepted(at=BEFORE, offer=offer)]


def met(*extra: Steps) -> list[Event]:
    """A live fair with booth B07 and position p1, where a1 was interviewed under s1."""
    return [
        *flat(
            (
                open_fair(),
                booth(),
                position(),
                registered(),
                checked_in(),
                signed_up(),
                interviewed(),
                extra,
            )
        )
    ]
