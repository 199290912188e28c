"""Any fair day: commands drawn by chance, each aimed at something that is really there.

A gesture is a few bytes; which command they stand for and what it is aimed at depends on the fair
as it is by then. So most commands lead somewhere, one aim in eight misses, and a failing day
shrinks to a few gestures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import hypothesis
from hypothesis import strategies as st

from fairdesk.domain import decider
from fairdesk.domain.admission import CheckIn, CheckOut
from fairdesk.domain.exhibitors import (
    AddBooth,
    AddEnterprise,
    AddPosition,
    CheckInBooth,
    WithdrawPosition,
)
from fairdesk.domain.fair import Fair, Intention, Offer, OfferState, SignUp, SignUpState
from fairdesk.domain.identifiers import short_code
from fairdesk.domain.message import Command, Decision, Event
from fairdesk.domain.offers import (
    AcceptOffer,
    ConfirmIntention,
    DeclineOffer,
    ExpireOffers,
    MakeOffer,
    RecordIntention,
    RecordStart,
    WithdrawOffer,
)
from fairdesk.domain.queueing import (
    CallNext,
    EndInterview,
    Hold,
    MarkNoShow,
    Recall,
    RejoinQueue,
    SignUpAtBooth,
    StartInterview,
    WithdrawSignUp,
)
from fairdesk.domain.registration import (
    EraseAttendee,
    GiveConsent,
    MergeAttendees,
    Register,
    ReissueBadge,
    RevokeBadge,
    UndoMerge,
    WithdrawConsent,
)
from fairdesk.domain.rejection import Rejection
from fairdesk.domain.setup import (
    AddGate,
    ChangePhase,
    PublishConsentText,
    SetOccupancyLimits,
)
from tests.unit.domain.given import (
    FIRM,
    NOW,
    NUMBER,
    OTHER_FIRM,
    ask,
    booth,
    fair_after,
    open_fair,
    person,
    position,
    registered,
    signed_up,
)

STEP_MS = 97_000
SOON = NOW + 400 * STEP_MS
"""Commands are 1 to 16 steps apart: a long day gets here, and to the end of the fair."""


@dataclass(frozen=True)
class Step:
    before: Fair
    command: Command
    decision: Decision
    after: Fair

    @property
    def events(self) -> tuple[Event, ...]:
        return () if isinstance(self.decision, Rejection) else self.decision


def opening() -> list[Event]:
    """Three booths, the third not yet here; few places; four seekers, three of them waiting; a hall
    for three."""
    return [
        *open_fair(amber=2, red=3),
        *booth("B01", FIRM),
        *booth("B02", OTHER_FIRM),
        *booth("B03", FIRM, here=False),
        *position("p1", "B01", headcount=1),
        *position("p2", "B02"),
        *position("p3", "B03"),
        *(event for n in range(1, 5) for event in registered(f"a{n}")),
        *(event for n in range(1, 4) for event in signed_up(f"s{n}", f"a{n}", "B01")),
        *signed_up("s4", "a1", "B02", ticket=1),
    ]


class Aim:
    """What a gesture's bytes point at in a fair."""

    def __init__(self, fair: Fair, drawn: bytes) -> None:
        self.fair = fair
        self._drawn = iter(drawn)

    def number(self) -> int:
        return next(self._drawn, 0)

    def one(self, things: Iterable[str], *, or_else: str) -> str:
        """One of them; now and then, and where there is none, the other thing."""
        found, drawn = list(things), self.number()
        return or_else if not found or drawn % 8 == 7 else found[drawn // 8 % len(found)]

    def attendee(self) -> str:
        return self.one(self.fair.admission.attendees, or_else="a99")

    def booth(self) -> str:
        return self.one(self.fair.setup.booths, or_else="B99")

    def gate(self) -> str:
        return self.one(self.fair.setup.gates, or_else="9")

    def position(self) -> str:
        return self.one(self.fair.setup.positions, or_else="p99")

    def offer(self, *states: OfferState) -> str:
        offers = self.fair.recruiting.offers.values()
        return self.one((o.offer for o in offers if o.state in states), or_else="o1")

    def who(self) -> dict[str, str]:
        """By name or by badge, an old one among them."""
        attendee = self.attendee()
        if self.number() % 2:
            return {"attendee": attendee}
        badges = self.fair.admission.badges.items()
        serials = [str(serial) for serial, holder in badges if holder == attendee]
        return {"badge": short_code(NUMBER, int(self.one(serials, or_else="99")))}

    def merged(self) -> str:
        attendees = self.fair.admission.attendees.values()
        return self.one((a.attendee for a in attendees if a.merged_into), or_else="a1")

    def sign_up(self, *states: SignUpState) -> str:
        """One in one of these states; now and then any."""
        sign_ups = self.fair.recruiting.sign_ups
        fitting = [s.sign_up for s in sign_ups.values() if s.state in states]
        return self.one(fitting, or_else=self.one(sign_ups, or_else="s99"))

    def of_booth(self, *states: SignUpState) -> dict[str, str]:
        """A sign-up, mostly with its own booth."""
        sign_up = self.sign_up(*states)
        found = self.fair.recruiting.sign_ups.get(sign_up)
        return {
            "sign_up": sign_up,
            "booth": self.one([found.booth] if found else [], or_else="B01"),
        }

    def talked_to(self) -> dict[str, str]:
        fields = self.of_booth("interviewing", "done")
        stand = self.fair.setup.booths[fields["booth"]]
        return fields | {"position": self.one(stand.positions, or_else="p1")}

    def by_owner(self, thing: SignUp | Offer | Intention | None) -> dict[str, str]:
        return {"attendee": self.one([thing.attendee] if thing else [], or_else="a1")}

    def own_sign_up(self, *states: SignUpState) -> dict[str, str]:
        sign_up = self.sign_up(*states)
        owner = self.by_owner(self.fair.recruiting.sign_ups.get(sign_up))
        return {"sign_up": sign_up, **owner}

    def own_offer(self) -> dict[str, str]:
        offer = self.offer("made")
        return {"offer": offer, **self.by_owner(self.fair.recruiting.offers.get(offer))}

    def own_intention(self) -> dict[str, str]:
        intentions = self.fair.recruiting.intentions
        intention = self.one(intentions, or_else="i99")
        return {"intention": intention, **self.by_owner(intentions.get(intention))}

    def register(self) -> dict[str, Any]:
        alike = self.one(self.fair.admission.attendees, or_else="")
        number = len(self.fair.admission.attendees) + 1
        return {
            "person": person(f"a{number}"),
            "alike": alike if self.number() % 3 == 0 else "",
            "same_as": person("a1") if self.number() % 5 == 4 else "",
            "roles": [("seeker", "recruiter")[self.number() % 2]],
            "consents": [{"purpose": "registration", "version": 1 + (self.number() % 16 == 15)}],
        }

    def listed(self) -> dict[str, Any]:
        return {
            "booth": self.booth(),
            "title": f"工种{self.number() % 3}",
            "position_kind": ("full_time", "internship")[self.number() % 2],
            "headcount": 1 + self.number() % 3,
        }


@dataclass(frozen=True)
class Kind:
    """A command, how often it comes, what it is aimed at, and what there must be to aim at."""

    command: type[Command]
    often: int
    fields: Callable[[Aim], dict[str, Any]]
    needs: Callable[[Fair], object] = lambda fair: True


def sign_ups_in(*states: SignUpState) -> Callable[[Fair], bool]:
    return lambda fair: any(s.state in states for s in fair.recruiting.sign_ups.values())


def offers_in(*states: OfferState) -> Callable[[Fair], bool]:
    return lambda fair: any(o.state in states for o in fair.recruiting.offers.values())


def any_sign_up(fair: Fair) -> object:
    return fair.recruiting.sign_ups


def any_waiting(fair: Fair) -> bool:
    return any(queue.waiting for queue in fair.recruiting.queues.values())


def any_merged(fair: Fair) -> object:
    return fair.admission.merged


def closed(fair: Fair) -> bool:
    return fair.setup.phase != "live"


def waiting_booth(aim: Aim) -> str:
    queues = aim.fair.recruiting.queues
    return aim.one((booth for booth in queues if queues[booth].waiting), or_else=aim.booth())


OPEN: tuple[SignUpState, ...] = ("waiting", "called", "interviewing", "held", "no_show")

KINDS = (
    Kind(
        ChangePhase,
        1,
        lambda a: {"phase": ("closed", "registration")[a.number() % 2], "reason": "?"},
    ),
    Kind(ChangePhase, 60, lambda a: {"phase": "live", "reason": "?"}, closed),
    Kind(SetOccupancyLimits, 1, lambda a: {"amber": a.number() % 3, "red": a.number() % 8}),
    Kind(
        PublishConsentText,
        1,
        lambda a: {
            "purpose": ("sign_up", "sensitive")[a.number() % 8 < 7],
            "version": 1 + a.number() % 2,
            "zh": "",
            "en": "",
        },
    ),
    Kind(AddGate, 1, lambda a: {"gate": str(1 + a.number() % 3), "name": f"门{a.number() % 2}"}),
    Kind(
        AddEnterprise,
        2,
        lambda a: {
            "credit_code": (FIRM, OTHER_FIRM)[a.number() % 2],
            "name": f"厂{a.number() % 3}",
        },
    ),
    Kind(
        AddBooth,
        2,
        lambda a: {
            "booth": f"B0{1 + a.number() % 5}",
            "enterprise": (FIRM, OTHER_FIRM)[a.number() % 2],
        },
    ),
    Kind(AddPosition, 3, Aim.listed),
    Kind(WithdrawPosition, 1, lambda a: {"position": a.position()}),
    Kind(CheckInBooth, 2, lambda a: {"booth": a.booth()}),
    Kind(Register, 3, Aim.register),
    Kind(GiveConsent, 1, lambda a: {"attendee": a.attendee(), "purpose": "sign_up", "version": 1}),
    Kind(WithdrawConsent, 1, lambda a: {"attendee": a.attendee(), "purpose": "sign_up"}),
    Kind(ReissueBadge, 2, lambda a: {"attendee": a.attendee()}),
    Kind(RevokeBadge, 1, lambda a: {"attendee": a.attendee()}),
    Kind(MergeAttendees, 3, lambda a: {"kept": a.attendee(), "merged": a.attendee()}),
    Kind(UndoMerge, 3, lambda a: {"merged": a.merged()}, any_merged),
    Kind(EraseAttendee, 1, lambda a: {"attendee": a.attendee()}),
    Kind(
        CheckIn,
        8,
        lambda a: {
            **a.who(),
            "gate": a.gate(),
            "offline": a.number() % 4 == 3,
            "override": ("", "", "陪同")[a.number() % 3],
        },
    ),
    Kind(CheckOut, 5, lambda a: {**a.who(), "gate": a.gate(), "offline": a.number() % 4 == 3}),
    Kind(SignUpAtBooth, 10, lambda a: {**a.who(), "booth": a.booth(), "consent_version": 1}),
    Kind(WithdrawSignUp, 2, lambda a: a.own_sign_up(*OPEN), any_sign_up),
    Kind(
        RejoinQueue, 6, lambda a: a.own_sign_up("held", "no_show"), sign_ups_in("held", "no_show")
    ),
    Kind(CallNext, 10, lambda a: {"booth": waiting_booth(a)}, any_waiting),
    Kind(Recall, 4, lambda a: a.of_booth("called"), sign_ups_in("called")),
    Kind(Hold, 2, lambda a: a.of_booth("waiting", "called"), sign_ups_in("waiting", "called")),
    Kind(MarkNoShow, 2, lambda a: a.of_booth("called", "held"), sign_ups_in("called", "held")),
    Kind(StartInterview, 8, lambda a: a.of_booth("called"), sign_ups_in("called")),
    Kind(StartInterview, 2, lambda a: a.of_booth(*OPEN), any_sign_up),
    Kind(EndInterview, 5, lambda a: a.of_booth("interviewing"), sign_ups_in("interviewing")),
    Kind(RecordIntention, 5, Aim.talked_to, sign_ups_in("interviewing", "done")),
    Kind(ConfirmIntention, 6, Aim.own_intention, lambda fair: fair.recruiting.intentions),
    Kind(
        MakeOffer,
        10,
        lambda a: {**a.talked_to(), "valid_until_at": (0, 0, 0, SOON)[a.number() % 4]},
        sign_ups_in("interviewing", "done"),
    ),
    Kind(AcceptOffer, 10, Aim.own_offer, offers_in("made")),
    Kind(DeclineOffer, 2, Aim.own_offer, offers_in("made")),
    Kind(
        WithdrawOffer,
        1,
        lambda a: {"offer": a.offer("made"), "booth": a.booth()},
        offers_in("made"),
    ),
    Kind(ExpireOffers, 2, lambda a: {}, offers_in("made")),
    Kind(
        RecordStart,
        3,
        lambda a: {"offer": a.offer("accepted"), "started": a.number() % 3 > 0},
        offers_in("accepted"),
    ),
)

GESTURE_BYTES = 8

days: st.SearchStrategy[list[bytes]] = st.lists(
    st.binary(min_size=GESTURE_BYTES, max_size=GESTURE_BYTES), min_size=40, max_size=160
)


def command_of(fair: Fair, gesture: bytes) -> Command:
    possible = [kind for kind in KINDS if kind.needs(fair)]
    drawn = int.from_bytes(gesture[:2]) % sum(kind.often for kind in possible)
    for kind in possible:
        drawn -= kind.often
        if drawn < 0:
            break
    return ask(kind.command, **kind.fields(Aim(fair, gesture[2:])))


def lived(day: Sequence[bytes]) -> Iterator[Step]:
    """Every step of the day, from the opening on; the commands are noted for a failing test."""
    fair, now = fair_after(opening()), NOW
    for gesture in day:
        command = command_of(fair, gesture)
        now += STEP_MS * (1 + gesture[-1] % 16)
        decision = decider.decide(fair, command, now)
        after = fair
        for event in decision if not isinstance(decision, Rejection) else ():
            after = decider.evolve(after, event)
        hypothesis.note(f"{command}\n    {decision}")
        yield Step(fair, command, decision, after)
        fair = after


def ended(day: Sequence[bytes]) -> tuple[Fair, tuple[Event, ...]]:
    """The fair at the end of the day, and every event that made it."""
    fair, events = fair_after(opening()), tuple(opening())
    for step in lived(day):
        fair, events = step.after, events + step.events
    return fair, events
