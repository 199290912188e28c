"""Who is registered: persons become attendees, consent, hold a badge, are merged, forgotten.

A badge is a serial. Each attendee has at most one valid serial, so reissuing revokes. Persons stand
in the vault only; here they are an id.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec.structs import replace

from fairdesk.domain.admission import CheckedOut, with_attendee
from fairdesk.domain.fair import (
    Attendee,
    AttendeeRole,
    Consent,
    Fair,
    Purpose,
    Source,
    came,
    canonical,
    find_attendee,
    registrations_of,
)
from fairdesk.domain.message import Command, Decision, Event, Line, Ref, RefOrNone, happened_at
from fairdesk.domain.queueing import SignUpLeft, open_sign_ups
from fairdesk.domain.rejection import Rejection

PersonId = Annotated[str, msgspec.Meta(pattern=r"^P[0-9A-HJKMNP-TV-Z]{26}$")]
PersonIdOrNone = Annotated[str, msgspec.Meta(pattern=r"^(P[0-9A-HJKMNP-TV-Z]{26})?$")]

# --- commands


class ConsentGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A purpose and the version of its text the person agreed to."""

    purpose: Purpose
    version: int


class Register(Command, frozen=True, kw_only=True):
    """Register a person, who so far stands only in the vault. `same_as`: an earlier person id with
    the same name and phone; `alike`: an attendee of this fair who shares the phone."""

    person: PersonId
    roles: Annotated[tuple[AttendeeRole, ...], msgspec.Meta(min_length=1, max_length=6)] = (
        "seeker",
    )
    consents: tuple[ConsentGiven, ...] = ()
    source: Source = "self"
    same_as: PersonIdOrNone = ""
    alike: RefOrNone = ""


class GiveConsent(Command, frozen=True, kw_only=True):
    attendee: Ref
    purpose: Purpose
    version: int


class WithdrawConsent(Command, frozen=True, kw_only=True):
    attendee: Ref
    purpose: Purpose


class ReissueBadge(Command, frozen=True, kw_only=True):
    attendee: Ref
    reason: Line = ""


class RevokeBadge(Command, frozen=True, kw_only=True):
    attendee: Ref
    reason: Line = ""


class MergeAttendees(Command, frozen=True, kw_only=True):
    """Two registrations, one person: `merged` is from now on `kept`."""

    kept: Ref
    merged: Ref


class UndoMerge(Command, frozen=True, kw_only=True):
    merged: Ref


class EraseAttendee(Command, frozen=True, kw_only=True):
    """The person asked to be forgotten, under every registration of his. Every count stays."""

    attendee: Ref


# --- events


class AttendeeRegistered(Event, frozen=True, kw_only=True):
    attendee: str
    person: str
    roles: tuple[str, ...]
    consents: tuple[ConsentGiven, ...]
    source: str
    same_as: str = ""
    alike: str = ""


class BadgeIssued(Event, frozen=True, kw_only=True):
    """The new serial revokes the one before. Those of registrations merged into this one are
    revoked by events of their own."""

    attendee: str
    badge: int
    reason: str = ""


class BadgeRevoked(Event, frozen=True, kw_only=True):
    attendee: str
    badge: int
    reason: str


class ConsentRecorded(Event, frozen=True, kw_only=True):
    attendee: str
    purpose: str
    version: int


class ConsentWithdrawn(Event, frozen=True, kw_only=True):
    attendee: str
    purpose: str


class AttendeesMerged(Event, frozen=True, kw_only=True):
    kept: str
    merged: str


class MergeUndone(Event, frozen=True, kw_only=True):
    kept: str
    merged: str


class AttendeeErased(Event, frozen=True, kw_only=True):
    attendee: str


# --- rules


def decide_register(fair: Fair, command: Register, now: int) -> Decision:
    if fair.setup.phase not in ("registration", "live"):
        return Rejection("registration_closed", {"phase": fair.setup.phase})
    if len({consent.purpose for consent in command.consents}) < len(command.consents):
        return Rejection("consent_twice", {})
    for consent in command.consents:
        if refusal := consent_outdated(fair, consent.purpose, consent.version):
            return refusal
    if not any(consent.purpose == "registration" for consent in command.consents):
        return Rejection("consent_needed", {"purpose": "registration"})
    if command.alike and command.alike not in fair.admission.attendees:
        return Rejection("attendee_unknown", {"attendee": command.alike})
    at = happened_at(command, now)
    attendee = f"a{len(fair.admission.attendees) + 1}"
    return (
        AttendeeRegistered(
            at=at,
            attendee=attendee,
            person=command.person,
            roles=command.roles,
            consents=command.consents,
            source=command.source,
            same_as=command.same_as,
            alike=command.alike,
        ),
        BadgeIssued(at=at, attendee=attendee, badge=next_serial(fair)),
    )


def consent_outdated(fair: Fair, purpose: str, version: int) -> Rejection | None:
    """Consent counts for the text that was shown, and that must be the one in force."""
    text = fair.setup.consent_texts.get(purpose)
    if text is None:
        return Rejection("consent_text_unknown", {"purpose": purpose})
    if text.version != version:
        return Rejection("consent_outdated", {"purpose": purpose, "version": text.version})
    return None


def next_serial(fair: Fair) -> int:
    return len(fair.admission.badges) + 1


def decide_give_consent(fair: Fair, command: GiveConsent, now: int) -> Decision:
    attendee = find_attendee(fair, command.attendee)
    if isinstance(attendee, Rejection):
        return attendee
    if refusal := consent_outdated(fair, command.purpose, command.version):
        return refusal
    if any(
        c.purpose == command.purpose and c.version == command.version for c in attendee.consents
    ):
        return ()
    return (
        ConsentRecorded(
            at=happened_at(command, now),
            attendee=attendee.attendee,
            purpose=command.purpose,
            version=command.version,
        ),
    )


def decide_withdraw_consent(fair: Fair, command: WithdrawConsent, now: int) -> Decision:
    attendee = find_attendee(fair, command.attendee)
    if isinstance(attendee, Rejection):
        return attendee
    if all(consent.purpose != command.purpose for consent in attendee.consents):
        return ()
    withdrawn = ConsentWithdrawn(at=now, attendee=attendee.attendee, purpose=command.purpose)
    if command.purpose != "sign_up":
        return (withdrawn,)
    return (withdrawn, *leave_queues(fair, attendee, now))


def leave_queues(fair: Fair, attendee: Attendee, now: int) -> tuple[SignUpLeft, ...]:
    return tuple(
        SignUpLeft(at=now, sign_up=sign_up.sign_up, attendee=sign_up.attendee, booth=sign_up.booth)
        for sign_up in open_sign_ups(fair, attendee.attendee)
    )


def decide_reissue_badge(fair: Fair, command: ReissueBadge, now: int) -> Decision:
    attendee = find_attendee(fair, command.attendee)
    if isinstance(attendee, Rejection):
        return attendee
    if attendee.erased:
        return Rejection("attendee_erased", {"attendee": attendee.attendee})
    at = happened_at(command, now)
    issued = BadgeIssued(
        at=at, attendee=attendee.attendee, badge=next_serial(fair), reason=command.reason
    )
    held = registrations_of(fair, attendee.attendee)[1:]
    return (issued, *revoke_badges(fair, held, at, reason=command.reason))


def revoke_badges(
    fair: Fair, attendees: Iterable[str], at: int, *, reason: str
) -> tuple[BadgeRevoked, ...]:
    """Whoever was registered twice holds two badges, and both open the gates."""
    found = map(fair.admission.attendees.__getitem__, attendees)
    return tuple(
        BadgeRevoked(at=at, attendee=holder.attendee, badge=holder.badge, reason=reason)
        for holder in found
        if holder.badge
    )


def decide_revoke_badge(fair: Fair, command: RevokeBadge, now: int) -> Decision:
    attendee = find_attendee(fair, command.attendee)
    if isinstance(attendee, Rejection):
        return attendee
    everywhere = registrations_of(fair, attendee.attendee)
    return revoke_badges(fair, everywhere, now, reason=command.reason)


def decide_merge_attendees(fair: Fair, command: MergeAttendees, now: int) -> Decision:
    attendees = fair.admission.attendees
    for asked in (command.kept, command.merged):
        if asked not in attendees:
            return Rejection("attendee_unknown", {"attendee": asked})
    kept, merged = canonical(fair, attendees[command.kept]), attendees[command.merged]
    if merged.merged_into:
        same = canonical(fair, merged) == kept
        return () if same else Rejection("already_merged", {"merged_into": merged.merged_into})
    if kept.attendee == merged.attendee:
        return Rejection("merge_with_itself", {"attendee": merged.attendee})
    events: list[Event] = []
    if kept.inside and merged.inside:
        # One person stood in the hall twice; the second one leaves.
        events.append(CheckedOut(at=now, attendee=merged.attendee, gate="", remarks=("merged",)))
    events.append(AttendeesMerged(at=now, kept=kept.attendee, merged=merged.attendee))
    return tuple(events)


def decide_undo_merge(fair: Fair, command: UndoMerge, now: int) -> Decision:
    merged = fair.admission.attendees.get(command.merged)
    if merged is None:
        return Rejection("attendee_unknown", {"attendee": command.merged})
    if not merged.merged_into:
        return Rejection("not_merged", {"attendee": command.merged})
    return (MergeUndone(at=now, kept=merged.merged_into, merged=merged.attendee),)


def decide_erase_attendee(fair: Fair, command: EraseAttendee, now: int) -> Decision:
    attendee = fair.admission.attendees.get(command.attendee)
    if attendee is None:
        return Rejection("attendee_unknown", {"attendee": command.attendee})
    known = [
        found
        for found in registrations_of(fair, command.attendee)
        if not fair.admission.attendees[found].erased
    ]
    if not known:
        return ()
    return (
        *leave_queues(fair, attendee, now),
        *(AttendeeErased(at=now, attendee=found) for found in known),
    )


# --- folds


def evolve_attendee_registered(fair: Fair, event: AttendeeRegistered) -> Fair:
    consents = tuple(Consent(given.purpose, given.version, event.at) for given in event.consents)
    return with_attendee(
        fair,
        Attendee(
            attendee=event.attendee,
            person=event.person,
            roles=event.roles,
            source=event.source,
            registered_at=event.at,
            consents=consents,
            same_as=event.same_as,
            alike=event.alike,
        ),
    )


def evolve_badge_issued(fair: Fair, event: BadgeIssued) -> Fair:
    attendee = fair.admission.attendees[event.attendee]
    badges = fair.admission.badges.set(event.badge, event.attendee)
    return with_attendee(
        fair, replace(attendee, badge=event.badge, badge_at=event.at), badges=badges
    )


def evolve_badge_revoked(fair: Fair, event: BadgeRevoked) -> Fair:
    attendee = fair.admission.attendees[event.attendee]
    return with_attendee(fair, replace(attendee, badge=0, badge_at=event.at))


def evolve_consent_recorded(fair: Fair, event: ConsentRecorded) -> Fair:
    attendee = fair.admission.attendees[event.attendee]
    kept = tuple(consent for consent in attendee.consents if consent.purpose != event.purpose)
    consents = (*kept, Consent(event.purpose, event.version, event.at))
    return with_attendee(fair, replace(attendee, consents=consents))


def evolve_consent_withdrawn(fair: Fair, event: ConsentWithdrawn) -> Fair:
    attendee = fair.admission.attendees[event.attendee]
    kept = tuple(consent for consent in attendee.consents if consent.purpose != event.purpose)
    return with_attendee(fair, replace(attendee, consents=kept))


def evolve_attendees_merged(fair: Fair, event: AttendeesMerged) -> Fair:
    return merging(fair, event.kept, event.merged, sign=1)


def evolve_merge_undone(fair: Fair, event: MergeUndone) -> Fair:
    return merging(fair, event.kept, event.merged, sign=-1)


def merging(fair: Fair, kept_id: str, merged_id: str, *, sign: int) -> Fair:
    """Join (1) or part (-1): two registrations that both came are one visitor while joined, and
    whoever of them is inside is so under the one that is kept."""
    admission = fair.admission
    kept, merged = admission.attendees[kept_id], admission.attendees[merged_id]
    kept = replace(kept, holds=tuple(held for held in kept.holds if held != merged_id))
    merged = replace(merged, merged_into="")
    apart = with_attendee(with_attendee(fair, kept), merged)
    # What is parted may have been held by one that was itself merged into a third.
    both = came(apart, canonical(apart, kept)) and came(apart, merged)
    if sign > 0:
        kept = replace(kept, holds=(*kept.holds, merged_id), inside=kept.inside or merged.inside)
        merged = replace(merged, merged_into=kept_id, inside=False)
    visitors, count = admission.visitors - sign * both, admission.merged + sign
    return with_attendee(with_attendee(apart, kept, visitors=visitors, merged=count), merged)


def evolve_attendee_erased(fair: Fair, event: AttendeeErased) -> Fair:
    attendee = fair.admission.attendees[event.attendee]
    return with_attendee(fair, replace(attendee, erased=True, badge=0, badge_at=event.at))
