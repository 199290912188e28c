"""The booth's queue: sign-ups with numbered tickets, calls, interviews.

A sign-up goes

    waiting → called → interviewing → done
       ↑        │ recalled at most twice
       │        ├→ held ─┐
       │        └→ no_show ─┐
       └── behind the next two ──┘          and at any time before done: left

Signing up, leaving, confirming, accepting and declining are acts of the seeker: on his own phone
(`attendee`), or by handing over his badge (`badge`).
"""

from __future__ import annotations

from msgspec.structs import replace

from fairdesk.domain.fair import (
    BUSY_STATES,
    CALLS_MAX,
    Attendee,
    Fair,
    Queue,
    SignUp,
    SignUpState,
    canonical,
    find_attendee,
    happened,
    registrations_of,
)
from fairdesk.domain.message import (
    Code,
    Command,
    Decision,
    Event,
    Ref,
    RefOrNone,
    Scanned,
    happened_at,
)
from fairdesk.domain.rejection import Rejection

RECALLS_MAX = 2
REJOIN_BEHIND = 2
"""Whoever was called and comes back late stands behind the next two."""

# --- commands


class SeekerAct(Command, frozen=True, kw_only=True):
    """Done by the seeker: named by his own link, or by his badge."""

    attendee: RefOrNone = ""
    badge: Scanned = ""


class SignUpAtBooth(SeekerAct, frozen=True, kw_only=True, tag="sign-up"):
    """Sign up with the enterprise at a booth, for one of its positions or none in particular.
    `consent_version` is the version of the text, naming the enterprise, that was agreed to."""

    booth: Code
    position: RefOrNone = ""
    consent_version: int


class WithdrawSignUp(SeekerAct, frozen=True, kw_only=True):
    sign_up: Ref


class RejoinQueue(SeekerAct, frozen=True, kw_only=True):
    sign_up: Ref


class CallNext(Command, frozen=True, kw_only=True):
    booth: Code


class BoothAct(Command, frozen=True, kw_only=True):
    """Done by a booth to one of its own sign-ups."""

    booth: Code
    sign_up: Ref


class Recall(BoothAct, frozen=True, kw_only=True):
    pass


class Hold(BoothAct, frozen=True, kw_only=True):
    pass


class MarkNoShow(BoothAct, frozen=True, kw_only=True):
    pass


class StartInterview(BoothAct, frozen=True, kw_only=True):
    pass


class EndInterview(BoothAct, frozen=True, kw_only=True):
    pass


# --- events


class SignedUp(Event, frozen=True, kw_only=True):
    sign_up: str
    attendee: str
    booth: str
    position: str
    ticket: int
    consent_version: int


class SignUpEvent(Event, frozen=True, kw_only=True):
    sign_up: str
    attendee: str
    booth: str


class SignUpLeft(SignUpEvent, frozen=True, kw_only=True):
    pass


class Called(SignUpEvent, frozen=True, kw_only=True):
    pass


class Recalled(SignUpEvent, frozen=True, kw_only=True):
    pass


class SignUpHeld(SignUpEvent, frozen=True, kw_only=True):
    pass


class NoShowMarked(SignUpEvent, frozen=True, kw_only=True):
    pass


class QueueRejoined(SignUpEvent, frozen=True, kw_only=True):
    pass


class InterviewStarted(SignUpEvent, frozen=True, kw_only=True):
    pass


class InterviewEnded(SignUpEvent, frozen=True, kw_only=True):
    pass


# --- lookups


def sign_ups_of(fair: Fair, attendee: str) -> list[SignUp]:
    recruiting = fair.recruiting
    return [recruiting.sign_ups[sign_up] for sign_up in recruiting.by_attendee.get(attendee, ())]


def open_sign_ups(fair: Fair, attendee: str) -> list[SignUp]:
    """Those of the person, whichever of his registrations they were made under."""
    return [
        sign_up
        for registration in registrations_of(fair, attendee)
        for sign_up in sign_ups_of(fair, registration)
        if sign_up.state not in ("done", "left")
    ]


def busy_with(fair: Fair, attendee: str) -> list[SignUp]:
    """What the person is called to or interviewing for: at most one, but for somebody who was
    called under two registrations before they were merged."""
    recruiting = fair.recruiting
    busy = map(recruiting.busy.get, registrations_of(fair, attendee))
    return [recruiting.sign_ups[sign_up] for sign_up in busy if sign_up]


def busy_elsewhere(fair: Fair, sign_up: SignUp) -> bool:
    """Called to, or interviewing at, another booth."""
    return any(busy.booth != sign_up.booth for busy in busy_with(fair, sign_up.attendee))


def ahead_of(fair: Fair, sign_up: SignUp) -> int:
    """How many are called before this one; 0 when next, -1 when not waiting."""
    if sign_up.state != "waiting":
        return -1
    return fair.recruiting.queues[sign_up.booth].waiting.index(sign_up.sign_up)


def own_sign_up(fair: Fair, booth: str, sign_up: str) -> SignUp | Rejection:
    found = fair.recruiting.sign_ups.get(sign_up)
    if found is None or found.booth != booth:
        return Rejection("sign_up_unknown", {"sign_up": sign_up, "booth": booth})
    return found


def acts_for(fair: Fair, command: SeekerAct, attendee: str) -> Rejection | None:
    """None where whoever asks is the attendee concerned."""
    asking = find_attendee(fair, command.attendee, command.badge)
    if isinstance(asking, Rejection):
        return asking
    concerned = canonical(fair, fair.admission.attendees[attendee])
    if asking.attendee != concerned.attendee:
        return Rejection("not_yours", {})
    return None


def not_live(fair: Fair) -> Rejection | None:
    if fair.setup.phase != "live":
        return Rejection("fair_not_live", {"phase": fair.setup.phase})
    return None


# --- rules


def decide_sign_up_at_booth(fair: Fair, command: SignUpAtBooth, now: int) -> Decision:
    if refusal := not_live(fair):
        return refusal
    attendee = find_attendee(fair, command.attendee, command.badge)
    if isinstance(attendee, Rejection):
        return attendee
    if refusal := booth_refuses(fair, command, attendee):
        return refusal
    queue = fair.recruiting.queues.get(command.booth, Queue())
    return (
        SignedUp(
            at=happened_at(command, now),
            sign_up=f"s{len(fair.recruiting.sign_ups) + 1}",
            attendee=attendee.attendee,
            booth=command.booth,
            position=command.position,
            ticket=len(queue.sign_ups) + 1,
            consent_version=command.consent_version,
        ),
    )


def booth_refuses(fair: Fair, command: SignUpAtBooth, attendee: Attendee) -> Rejection | None:
    booth = fair.setup.booths.get(command.booth)
    if booth is None:
        return Rejection("booth_unknown", {"booth": command.booth})
    if not booth.checked_in_at:
        return Rejection("booth_not_here", {"booth": command.booth})
    if attendee.erased:
        return Rejection("attendee_erased", {"attendee": attendee.attendee})
    if command.position:
        position = fair.setup.positions.get(command.position)
        if position is None or position.booth != command.booth:
            return Rejection("position_unknown", {"position": command.position})
        if position.withdrawn:
            return Rejection("position_withdrawn", {"position": command.position})
    text = fair.setup.consent_texts.get("sign_up")
    if text is None or text.version != command.consent_version:
        return Rejection(
            "consent_outdated", {"purpose": "sign_up", "version": text.version if text else 0}
        )
    for sign_up in open_sign_ups(fair, attendee.attendee):
        if sign_up.booth == command.booth:
            return Rejection(
                "already_signed_up", {"sign_up": sign_up.sign_up, "ticket": sign_up.ticket}
            )
    return None


def decide_withdraw_sign_up(fair: Fair, command: WithdrawSignUp, now: int) -> Decision:
    sign_up = fair.recruiting.sign_ups.get(command.sign_up)
    if sign_up is None:
        return Rejection("sign_up_unknown", {"sign_up": command.sign_up})
    if refusal := acts_for(fair, command, sign_up.attendee):
        return refusal
    if sign_up.state == "left":
        return ()
    return (move(SignUpLeft, sign_up, happened_at(command, now)),)


def move(kind: type[SignUpEvent], sign_up: SignUp, at: int) -> SignUpEvent:
    return kind(at=at, sign_up=sign_up.sign_up, attendee=sign_up.attendee, booth=sign_up.booth)


def decide_rejoin_queue(fair: Fair, command: RejoinQueue, now: int) -> Decision:
    if refusal := not_live(fair):
        return refusal
    sign_up = fair.recruiting.sign_ups.get(command.sign_up)
    if sign_up is None:
        return Rejection("sign_up_unknown", {"sign_up": command.sign_up})
    if refusal := acts_for(fair, command, sign_up.attendee):
        return refusal
    if sign_up.state == "waiting":
        return ()
    if refusal := must_be(sign_up, "held", "no_show"):
        return refusal
    return (move(QueueRejoined, sign_up, happened_at(command, now)),)


def must_be(sign_up: SignUp, *states: SignUpState) -> Rejection | None:
    if sign_up.state in states:
        return None
    return Rejection("sign_up_is", {"sign_up": sign_up.sign_up, "state": sign_up.state})


def decide_call_next(fair: Fair, command: CallNext, now: int) -> Decision:
    if refusal := not_live(fair):
        return refusal
    if command.booth not in fair.setup.booths:
        return Rejection("booth_unknown", {"booth": command.booth})
    queue = fair.recruiting.queues.get(command.booth, Queue())
    for waiting in queue.waiting:
        sign_up = fair.recruiting.sign_ups[waiting]
        if not busy_with(fair, sign_up.attendee):
            return (move(Called, sign_up, happened_at(command, now)),)
    if queue.waiting:
        return Rejection("all_busy_elsewhere", {"waiting": len(queue.waiting)})
    return Rejection("queue_empty", {"booth": command.booth})


def decide_recall(fair: Fair, command: Recall, now: int) -> Decision:
    if refusal := not_live(fair):
        return refusal
    sign_up = own_sign_up(fair, command.booth, command.sign_up)
    if isinstance(sign_up, Rejection):
        return sign_up
    if refusal := must_be(sign_up, "called"):
        return refusal
    if sign_up.recalls >= RECALLS_MAX:
        return Rejection("recalled_enough", {"recalls": sign_up.recalls})
    return (move(Recalled, sign_up, happened_at(command, now)),)


def decide_hold(fair: Fair, command: Hold, now: int) -> Decision:
    return decide_move(fair, command, now, SignUpHeld, states=("waiting", "called"))


def decide_mark_no_show(fair: Fair, command: MarkNoShow, now: int) -> Decision:
    return decide_move(fair, command, now, NoShowMarked, states=("called", "held"))


def decide_start_interview(fair: Fair, command: StartInterview, now: int) -> Decision:
    sign_up = own_sign_up(fair, command.booth, command.sign_up)
    if isinstance(sign_up, SignUp) and busy_elsewhere(fair, sign_up):
        return Rejection("busy_elsewhere", {"sign_up": sign_up.sign_up})
    return decide_move(
        fair, command, now, InterviewStarted, states=("waiting", "called", "held", "no_show")
    )


def decide_end_interview(fair: Fair, command: EndInterview, now: int) -> Decision:
    return decide_move(fair, command, now, InterviewEnded, states=("interviewing",))


def decide_move(
    fair: Fair,
    command: BoothAct,
    now: int,
    kind: type[SignUpEvent],
    *,
    states: tuple[SignUpState, ...],
) -> Decision:
    """A booth moves one of its own sign-ups on, from one of `states`."""
    if refusal := not_live(fair):
        return refusal
    sign_up = own_sign_up(fair, command.booth, command.sign_up)
    if isinstance(sign_up, Rejection):
        return sign_up
    return must_be(sign_up, *states) or (move(kind, sign_up, happened_at(command, now)),)


# --- folds


def with_recruiting(fair: Fair, **changes: object) -> Fair:
    return replace(fair, recruiting=replace(fair.recruiting, **changes))


def evolve_signed_up(fair: Fair, event: SignedUp) -> Fair:
    recruiting = fair.recruiting
    sign_up = SignUp(
        sign_up=event.sign_up,
        attendee=event.attendee,
        booth=event.booth,
        position=event.position,
        ticket=event.ticket,
        state="waiting",
        signed_up_at=event.at,
        consent_version=event.consent_version,
    )
    queue = recruiting.queues.get(event.booth, Queue())
    queue = replace(
        queue,
        waiting=(*queue.waiting, event.sign_up),
        sign_ups=(*queue.sign_ups, event.sign_up),
    )
    mine = (*recruiting.by_attendee.get(event.attendee, ()), event.sign_up)
    fair = with_recruiting(
        fair,
        sign_ups=recruiting.sign_ups.set(event.sign_up, sign_up),
        queues=recruiting.queues.set(event.booth, queue),
        by_attendee=recruiting.by_attendee.set(event.attendee, mine),
    )
    return happened(fair, "signed_up", event.at, event.attendee, booth=event.booth)


def moved(fair: Fair, event: SignUpEvent, state: SignUpState, **changes: object) -> Fair:
    """The sign-up in its new state, the queue and who is busy along with it."""
    recruiting = fair.recruiting
    before = recruiting.sign_ups[event.sign_up]
    sign_up = replace(before, state=state, **changes)
    queue = recruiting.queues[event.booth]
    waiting = queue.waiting
    if before.state == "waiting":
        waiting = tuple(waiting_id for waiting_id in waiting if waiting_id != event.sign_up)
    if state == "waiting":
        waiting = (*waiting[:REJOIN_BEHIND], event.sign_up, *waiting[REJOIN_BEHIND:])
    done = queue.done + (state == "done") - (before.state == "done")
    busy = recruiting.busy
    if state in BUSY_STATES:
        busy = busy.set(event.attendee, event.sign_up)
    elif busy.get(event.attendee) == event.sign_up:
        busy = busy.delete(event.attendee)
    return with_recruiting(
        fair,
        sign_ups=recruiting.sign_ups.set(event.sign_up, sign_up),
        queues=recruiting.queues.set(event.booth, replace(queue, waiting=waiting, done=done)),
        busy=busy,
    )


def evolve_sign_up_left(fair: Fair, event: SignUpLeft) -> Fair:
    return moved(fair, event, "left")


def evolve_called(fair: Fair, event: Called) -> Fair:
    fair = moved(fair, event, "called", called_at=event.at, recalls=0)
    fair = with_recruiting(fair, calls=called_last(fair, event))
    return happened(fair, "called", event.at, event.attendee, booth=event.booth)


def called_last(fair: Fair, event: SignUpEvent) -> tuple[str, ...]:
    calls = tuple(call for call in fair.recruiting.calls if call != event.sign_up)
    return (*calls[1 - CALLS_MAX :], event.sign_up)


def evolve_recalled(fair: Fair, event: Recalled) -> Fair:
    recalls = fair.recruiting.sign_ups[event.sign_up].recalls + 1
    fair = moved(fair, event, "called", called_at=event.at, recalls=recalls)
    return with_recruiting(fair, calls=called_last(fair, event))


def evolve_sign_up_held(fair: Fair, event: SignUpHeld) -> Fair:
    return moved(fair, event, "held")


def evolve_no_show_marked(fair: Fair, event: NoShowMarked) -> Fair:
    return moved(fair, event, "no_show")


def evolve_queue_rejoined(fair: Fair, event: QueueRejoined) -> Fair:
    return moved(fair, event, "waiting")


def evolve_interview_started(fair: Fair, event: InterviewStarted) -> Fair:
    first = not fair.recruiting.sign_ups[event.sign_up].interviewed
    fair = moved(fair, event, "interviewing", interviewed=True)
    return with_recruiting(fair, interviews=fair.recruiting.interviews + first)


def evolve_interview_ended(fair: Fair, event: InterviewEnded) -> Fair:
    return moved(fair, event, "done")
