"""Commands over HTTP: one at a time, or an offline outbox in one request.

Each request is decoded by its command's own type, checked against the access table, completed with
what only the server knows (whose badge that is, the sealed person), decided, and answered with the
events it led to. The actor is who asked, never something in the body.
"""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any

import msgspec
from aiohttp import web
from msgspec.structs import replace

from fairdesk.domain.decider import FAIR_COMMANDS
from fairdesk.domain.fair import Fair, registrations_of
from fairdesk.domain.identifiers import short_code
from fairdesk.domain.message import Command, Event
from fairdesk.domain.registration import BadgeIssued, EraseAttendee, Register
from fairdesk.domain.rejection import Rejection
from fairdesk.engine import Accepted, Overloaded
from fairdesk.log.people import ErasePerson, PersonChange
from fairdesk.log.store import LogError
from fairdesk.web.access import COMMANDS, SEES_NAMES, Principal, may_command
from fairdesk.web.desk import DESK, Desk, stream_of
from fairdesk.web.identity import first_allowed, principals
from fairdesk.web.problem import Problem, Refused, as_json, problem_of
from fairdesk.web.registering import RegisterRequest, as_command, parse_person, recognise
from fairdesk.web.scan import badge_code

BATCH_MAX = 500
NO_BADGE = "-"
"""What no badge can read as."""

REQUESTS: dict[str, type[Command]] = {
    str(kind.__struct_config__.tag): RegisterRequest if kind is Register else kind
    for kind in FAIR_COMMANDS
    if kind in COMMANDS
}
"""By command name, the type of the request's body."""

DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in REQUESTS.items()}


class PersonAnswer(msgspec.Struct, frozen=True):
    """Whom a command was about, for those who may see names."""

    attendee: str
    name: str
    roles: tuple[str, ...]
    badge: str


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a command led to. `seq` is the head of the fair's log; `duplicate` says that the id had
    been seen before. `link`: the seeker's own page, after registering and reissuing."""

    command_id: str
    seq: int
    events: tuple[Any, ...]
    duplicate: bool = False
    person: PersonAnswer | None = None
    link: str = ""


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Commands of an outbox, oldest first; each with its name in `command`."""

    commands: Annotated[tuple[msgspec.Raw, ...], msgspec.Meta(max_length=BATCH_MAX)]


class _Named(msgspec.Struct, frozen=True):
    command: str


_batch_decoder = msgspec.json.Decoder(Batch)
_name_decoder = msgspec.json.Decoder(_Named)


def decode(decoder: msgspec.json.Decoder[Any], body: bytes | memoryview | msgspec.Raw) -> Any:
    """The body as a value. Refuses bad_json, invalid_input."""
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        raise Refused("invalid_input", path=path.rstrip("`") or "$", message=message) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Refused("bad_json") from None


async def post_command(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    began = time.perf_counter()
    decoder = DECODERS.get(request.match_info["command"])
    if decoder is None:
        raise Refused("command_unknown")
    command = decode(decoder, await request.read())
    who = await principals(request)
    outcome = await perform(desk, who, request.match_info["fair"], command)
    desk.metrics.command_seconds.observe(time.perf_counter() - began)
    if isinstance(outcome, Rejection):
        raise Refused(outcome.code, **outcome.facts)
    return as_json(outcome)


async def post_batch(request: web.Request) -> web.Response:
    """Every command gets a result of its own; a refused one never stops the rest."""
    desk = request.app[DESK]
    batch: Batch = decode(_batch_decoder, await request.read())
    who = await principals(request)
    fair = request.match_info["fair"]
    await desk.fair(fair)
    # Started in order, so that they are decided in order, and waited for together, so that they
    # share commits.
    tasks = [asyncio.create_task(_one_of_batch(desk, who, fair, raw)) for raw in batch.commands]
    return as_json({"results": await asyncio.gather(*tasks)})


async def _one_of_batch(
    desk: Desk, who: list[Principal], fair: str, raw: msgspec.Raw
) -> dict[str, Any]:
    try:
        decoder = DECODERS.get(decode(_name_decoder, raw).command)
        if decoder is None:
            raise Refused("command_unknown")
        outcome = await perform(desk, who, fair, decode(decoder, raw))
    except Refused as refused:
        outcome = refused.rejection
    except LogError:
        outcome = Rejection("log_unavailable", {})
    except Overloaded:
        outcome = Rejection("overloaded", {})
    if isinstance(outcome, Rejection):
        problem: Problem = problem_of(outcome)
        return msgspec.structs.asdict(problem)
    return {"status": 200, **msgspec.to_builtins(outcome)}


async def perform(
    desk: Desk, who: list[Principal], fair_code: str, command: Command
) -> Answer | Rejection:
    """Check, complete, decide and answer one command. Raises LogError, Overloaded, Refused."""
    draft = as_command(command) if isinstance(command, RegisterRequest) else command
    principal = first_allowed(who, lambda p: may_command(p, fair_code, draft))
    fair = await desk.fair(fair_code)
    completed = await _complete(desk, fair, command, draft)
    if isinstance(completed, Rejection):
        desk.metrics.outcomes["refused"].inc()
        return completed
    ready, people = completed
    try:
        outcome = await desk.engine.submit(stream_of(fair_code), ready, principal.actor, people)
    except (LogError, Overloaded):
        desk.metrics.outcomes["failed"].inc()
        raise
    if isinstance(outcome, Rejection):
        desk.metrics.outcomes["refused"].inc()
        return outcome
    desk.metrics.outcomes["repeated" if outcome.repeated else "accepted"].inc()
    return await _answer(desk, fair, principal, command_id=command.command_id, outcome=outcome)


async def _complete(
    desk: Desk, fair: Fair, command: Command, draft: Command
) -> tuple[Command, tuple[PersonChange, ...]] | Rejection:
    """The command as the domain takes it, and the vault's rows that go with it."""
    if isinstance(command, RegisterRequest) and isinstance(draft, Register):
        details = parse_person(command)
        if isinstance(details, Rejection):
            return details
        found = await recognise(desk.roster, stream_of(fair.setup.fair), draft, details)
        return found if isinstance(found, Rejection) else (found[0], (found[1],))
    if isinstance(draft, EraseAttendee):
        attendees = fair.admission.attendees
        known = draft.attendee in attendees
        forgotten = registrations_of(fair, draft.attendee) if known else ()
        return draft, tuple(ErasePerson(attendees[each].person) for each in forgotten)
    scanned: str = getattr(draft, "badge", "")
    if scanned:
        code = badge_code(scanned, fair, desk.badge_keys)
        if isinstance(code, Rejection) and getattr(draft, "offline", False):
            # Somebody went through with it while we could not be asked: a fact, whatever it was.
            return replace(draft, badge=NO_BADGE), ()
        return code if isinstance(code, Rejection) else (replace(draft, badge=code), ())
    return draft, ()


async def _answer(
    desk: Desk, fair: Fair, principal: Principal, *, command_id: str, outcome: Accepted
) -> Answer:
    """`fair`: as it was when the command came in; looked at again for whoever is new in it."""
    attendee = _concerned(outcome.events)
    issued = [event for event in outcome.events if isinstance(event, BadgeIssued)]
    person, link = None, ""
    if issued or (attendee and attendee not in fair.admission.attendees):
        fair = await desk.fair(fair.setup.fair)
    if issued:
        link = f"/b/{desk.badge_keys.sign(fair.setup.number, issued[-1].badge)}"
    if attendee and (principal.role in SEES_NAMES or principal.attendee == attendee):
        found = fair.admission.attendees[attendee]
        badge = short_code(fair.setup.number, found.badge) if found.badge else ""
        person = PersonAnswer(attendee, desk.roster.name(found.person), found.roles, badge)
    return Answer(command_id, outcome.seq, outcome.events, outcome.repeated, person, link)


def _concerned(events: tuple[Event, ...]) -> str:
    for event in events:
        attendee: str = getattr(event, "attendee", "")
        if attendee:
            return attendee
    return ""
