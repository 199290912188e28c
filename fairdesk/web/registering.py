"""Registering a person: what was typed becomes a sealed row and a command without names.

A person who is known by name and phone is recognised. At the same fair, the door and the import are
told so; somebody on his own phone is not (or anyone could ask for another's badge), and the two are
shown to the desk as a suspicion. The phone alone never decides: families share one.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec.structs import replace

from fairdesk.domain.fair import AttendeeRole, Source
from fairdesk.domain.identifiers import fold, parse_identity_number, parse_name, parse_phone
from fairdesk.domain.message import Command
from fairdesk.domain.registration import ConsentGiven, Register
from fairdesk.domain.rejection import Rejection
from fairdesk.log.people import PutPerson
from fairdesk.roster import Details, Roster

Typed = Annotated[str, msgspec.Meta(max_length=400)]


class PersonTyped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person as typed: any spelling. `id_number` needs the consent `sensitive`."""

    name: Typed
    phone: Typed
    looking_for: Typed = ""
    id_number: Typed = ""


class RegisterRequest(Command, frozen=True, kw_only=True, tag="register"):
    """Register a person at a fair. Three fields are enough: name, phone, what work."""

    person: PersonTyped
    roles: Annotated[tuple[AttendeeRole, ...], msgspec.Meta(min_length=1, max_length=6)] = (
        "seeker",
    )
    consents: Annotated[tuple[ConsentGiven, ...], msgspec.Meta(max_length=6)] = ()
    source: Source = "self"


def as_command(request: RegisterRequest) -> Register:
    """The command without the person, whose id follows from the command's: a retry is the same."""
    return Register(
        command_id=request.command_id,
        observed_at=request.observed_at,
        person=f"P{request.command_id}",
        roles=request.roles,
        consents=request.consents,
        source=request.source,
    )


def parse_person(request: RegisterRequest) -> Details | Rejection:
    """Canonical details. Codes: name, phone, identity_…, consent_needed."""
    name = parse_name(request.person.name)
    if isinstance(name, Rejection):
        return name
    phone = parse_phone(request.person.phone)
    if isinstance(phone, Rejection):
        return phone
    id_number = ""
    if request.person.id_number.strip():
        parsed = parse_identity_number(request.person.id_number)
        if isinstance(parsed, Rejection):
            return parsed
        if not any(consent.purpose == "sensitive" for consent in request.consents):
            return Rejection("consent_needed", {"purpose": "sensitive"})
        id_number = parsed
    return Details(name, phone, fold(request.person.looking_for)[:200], id_number)


async def recognise(
    roster: Roster, stream: str, command: Register, details: Details
) -> tuple[Register, PutPerson] | Rejection:
    """The command with what the vault knows about this person, and the row to write with it.
    Code: already_registered."""
    alike = same_as = ""
    for person, known in await roster.same_phone(details.phone):
        if person == command.person:
            continue  # this very command, sent again
        attendee = roster.attendee(stream, person)
        same_name = known.name == details.name
        if attendee and same_name and command.source != "self":
            return Rejection("already_registered", {"attendee": attendee})
        if attendee:
            alike = alike or attendee
        elif same_name:
            same_as = same_as or person
    return (
        replace(command, alike=alike, same_as=same_as),
        roster.put(command.person, details),
    )
