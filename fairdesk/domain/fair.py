"""The state of one fair, and how to look things up in it.

Rules of this module:

- Everything is frozen and stands in persistent maps, so a state that was read never changes, and
  a failed commit is undone by dropping the new one.
- It holds ids, never persons: names and phones live in the vault.
- Ids count up within the fair (`a1`, `s1`, `p1`, `o1`, `i1`) and are never used again, so the
  next one follows from the size of its map.
- Counters beside the maps are what every screen asks all the time. A property test holds them
  equal to the same figures counted afresh.
"""

from __future__ import annotations

from typing import Literal, TypeVar

import msgspec
from immutables import Map
from msgspec.structs import replace

from fairdesk.domain.identifiers import parse_short_code
from fairdesk.domain.rejection import Rejection

Phase = Literal["draft", "registration", "live", "closed", "archived"]
FairKind = Literal["job_fair", "skills_competition", "internship_fair", "training_session"]
AttendeeRole = Literal["seeker", "contestant", "recruiter", "judge", "mentor", "volunteer"]
PositionKind = Literal["full_time", "part_time", "internship", "order_class"]
Purpose = Literal["registration", "sign_up", "sensitive"]
Source = Literal["self", "walk_in", "import"]
SignUpState = Literal["waiting", "called", "interviewing", "done", "held", "no_show", "left"]
OfferState = Literal["made", "accepted", "declined", "withdrawn", "expired"]
HappeningKind = Literal[
    "arrived", "signed_up", "called", "intention", "offer_made", "offer_accepted"
]
FollowUp = Literal["", "started", "did_not_start"]

BUSY_STATES: frozenset[SignUpState] = frozenset({"called", "interviewing"})
PASSAGES_MAX = 20
HAPPENINGS_MAX = 30
CALLS_MAX = 12
QUARTER_MS = 15 * 60 * 1000


class VenueStep(msgspec.Struct, frozen=True, gc=False):
    """One step of the path from the district down to where the fair is held."""

    venue: str
    name: str
    level: str


class ConsentText(msgspec.Struct, frozen=True, gc=False):
    """The wording people agree to, for one purpose. `version` counts up from 1."""

    purpose: str
    version: int
    zh: str
    en: str


class Consent(msgspec.Struct, frozen=True, gc=False):
    purpose: str
    version: int
    at: int


class Passage(msgspec.Struct, frozen=True, gc=False):
    """Someone going through a gate; `number` counts up at that gate."""

    number: int
    at: int
    attendee: str
    direction: Literal["in", "out"]
    remarks: tuple[str, ...]


class Gate(msgspec.Struct, frozen=True, gc=False):
    """`passages`: the latest ones, for the screen at the gate."""

    gate: str
    name: str
    roles: tuple[str, ...] = ()
    entries: int = 0
    exits: int = 0
    passages: tuple[Passage, ...] = ()


class Enterprise(msgspec.Struct, frozen=True, gc=False):
    credit_code: str
    name: str


class Booth(msgspec.Struct, frozen=True, gc=False):
    booth: str
    enterprise: str
    checked_in_at: int = 0
    positions: tuple[str, ...] = ()


class Position(msgspec.Struct, frozen=True, gc=False):
    """`pay_min`, `pay_max`: whole yuan a month, 0 for not said. `level`: 0–7, None for any."""

    position: str
    booth: str
    title: str
    position_kind: str
    headcount: int
    pay_min: int = 0
    pay_max: int = 0
    place: str = ""
    level: int | None = None
    occupation: str = ""
    occupation_code: str = ""
    withdrawn: bool = False
    offered: int = 0
    accepted: int = 0


class Attendee(msgspec.Struct, frozen=True, gc=False):
    """`badge` is the serial of the one valid badge, 0 while there is none; `entered_at` the first
    entry, 0 before it; `same_as` an earlier person id with the same name and phone; `holds` the
    attendees merged into this one."""

    attendee: str
    person: str
    roles: tuple[str, ...]
    source: str
    registered_at: int
    consents: tuple[Consent, ...] = ()
    same_as: str = ""
    alike: str = ""
    merged_into: str = ""
    holds: tuple[str, ...] = ()
    erased: bool = False
    badge: int = 0
    badge_at: int = 0
    inside: bool = False
    entered_at: int = 0
    last_at: int = 0
    last_gate: str = ""


class SignUp(msgspec.Struct, frozen=True, gc=False):
    sign_up: str
    attendee: str
    booth: str
    position: str
    ticket: int
    state: SignUpState
    signed_up_at: int
    consent_version: int
    called_at: int = 0
    recalls: int = 0
    interviewed: bool = False
    intention: str = ""
    offer: str = ""


class Queue(msgspec.Struct, frozen=True, gc=False):
    """A booth's sign-ups: `waiting` in calling order, `sign_ups` in ticket order."""

    waiting: tuple[str, ...] = ()
    sign_ups: tuple[str, ...] = ()
    offer_ids: tuple[str, ...] = ()
    done: int = 0
    accepted: int = 0


class Intention(msgspec.Struct, frozen=True, gc=False):
    intention: str
    sign_up: str
    attendee: str
    booth: str
    position: str
    recorded_at: int
    confirmed_at: int = 0


class Offer(msgspec.Struct, frozen=True, gc=False):
    offer: str
    sign_up: str
    attendee: str
    booth: str
    position: str
    pay: int
    terms: str
    state: OfferState
    made_at: int
    valid_until_at: int
    answered_at: int = 0
    follow_up: FollowUp = ""
    follow_up_on: str = ""


class Remark(msgspec.Struct, frozen=True, gc=False):
    """A scan that a person should look at, because it broke a rule that the facts overtook."""

    number: int
    at: int
    attendee: str
    gate: str
    remarks: tuple[str, ...]


class Happening(msgspec.Struct, frozen=True, gc=False):
    """Something the hall's screen may tell of, without saying whom it happened to."""

    number: int
    at: int
    what: HappeningKind
    attendee: str
    booth: str = ""


class Presence(msgspec.Struct, frozen=True, gc=False):
    """What the checked-in booths bring to the fair: a booth that did not come does not count."""

    participations: int = 0
    enterprises: int = 0
    positions: int = 0
    headcount: int = 0


class Setup(msgspec.Struct, frozen=True, gc=False):
    """`starts_at` ≤ t < `ends_at` are the days badges are good for (ms)."""

    fair: str = ""
    number: int = 0
    name: str = ""
    kind: str = ""
    phase: Phase = "draft"
    venues: tuple[VenueStep, ...] = ()
    tags: tuple[str, ...] = ()
    starts_on: str = ""
    ends_on: str = ""
    starts_at: int = 0
    ends_at: int = 0
    amber: int = 0
    red: int = 0
    consent_texts: Map[str, ConsentText] = Map()
    gates: Map[str, Gate] = Map()
    enterprises: Map[str, Enterprise] = Map()
    booths: Map[str, Booth] = Map()
    positions: Map[str, Position] = Map()
    presence: Presence = Presence()


class Admission(msgspec.Struct, frozen=True, gc=False):
    """`arrivals`: first entries by quarter of an hour since the epoch; `merged`: registrations
    that were merged into another."""

    attendees: Map[str, Attendee] = Map()
    badges: Map[int, str] = Map()
    merged: int = 0
    occupancy: int = 0
    visitors: int = 0
    entries: int = 0
    exits: int = 0
    arrivals: Map[int, int] = Map()
    remarks: tuple[Remark, ...] = ()


class Recruiting(msgspec.Struct, frozen=True, gc=False):
    """`busy`: by attendee, the sign-up he is called to or interviewing for; `calls`: the sign-ups
    called last, latest at the end."""

    sign_ups: Map[str, SignUp] = Map()
    queues: Map[str, Queue] = Map()
    by_attendee: Map[str, tuple[str, ...]] = Map()
    busy: Map[str, str] = Map()
    intentions: Map[str, Intention] = Map()
    offers: Map[str, Offer] = Map()
    offers_by_attendee: Map[str, tuple[str, ...]] = Map()
    calls: tuple[str, ...] = ()
    interviews: int = 0
    confirmed: int = 0
    accepted: int = 0
    started: int = 0


class Fair(msgspec.Struct, frozen=True, gc=False):
    setup: Setup = Setup()
    admission: Admission = Admission()
    recruiting: Recruiting = Recruiting()
    happenings: tuple[Happening, ...] = ()


T = TypeVar("T")


def in_order(entities: Map[str, T]) -> list[T]:
    """In the order they came to be. A map's own order differs from process to process."""
    return [entities[key] for key in sorted(entities, key=lambda key: int(key[1:]))]


def initial() -> Fair:
    return Fair()


def canonical(fair: Fair, attendee: Attendee) -> Attendee:
    """The attendee this one was merged into, or itself."""
    attendees = fair.admission.attendees
    while attendee.merged_into:
        attendee = attendees[attendee.merged_into]
    return attendee


def came(fair: Fair, attendee: Attendee) -> bool:
    """Whether the person entered, under this registration or one merged into it."""
    attendees = fair.admission.attendees
    return bool(attendee.entered_at) or any(came(fair, attendees[a]) for a in attendee.holds)


def registrations_of(fair: Fair, attendee: str) -> tuple[str, ...]:
    """Every registration of the person who has this one; the one that is kept comes first."""
    attendees = fair.admission.attendees
    found = [canonical(fair, attendees[attendee]).attendee]
    for held in found:
        found += attendees[held].holds
    return tuple(found)


def find_attendee(fair: Fair, attendee: str = "", badge: str = "") -> Attendee | Rejection:
    """Who is meant: by id, or by the short code of his badge.

    A badge must be the valid one of its holder; the token on a badge is turned into its short
    code, and its signature checked, before a command reaches the domain.
    """
    if bool(attendee) == bool(badge):
        return Rejection("attendee_or_badge", {})
    if attendee:
        found = fair.admission.attendees.get(attendee)
        if found is None:
            return Rejection("attendee_unknown", {"attendee": attendee})
        return canonical(fair, found)
    serial = parse_short_code(badge, fair.setup.number)
    if serial is None:
        return Rejection("not_a_badge", {})
    holder = fair.admission.badges.get(serial)
    if holder is None:
        return Rejection("badge_unknown", {})
    found = fair.admission.attendees[holder]
    if found.badge != serial:
        return Rejection(
            "badge_revoked", {"reissued_at": found.badge_at, "attendee": found.attendee}
        )
    return canonical(fair, found)


def happened(fair: Fair, what: HappeningKind, at: int, attendee: str, *, booth: str = "") -> Fair:
    """The fair with one more thing to tell on the hall's screen."""
    number = fair.happenings[-1].number + 1 if fair.happenings else 1
    latest = fair.happenings[1 - HAPPENINGS_MAX :]
    return replace(fair, happenings=(*latest, Happening(number, at, what, attendee, booth)))


def occupancy_level(fair: Fair) -> Literal["green", "amber", "red"]:
    occupancy, setup = fair.admission.occupancy, fair.setup
    if setup.red and occupancy >= setup.red:
        return "red"
    if setup.amber and occupancy >= setup.amber:
        return "amber"
    return "green"


def sign_up_open(fair: Fair) -> bool:
    return fair.setup.phase == "live"


def enterprise_of(fair: Fair, booth: str) -> Enterprise:
    return fair.setup.enterprises[fair.setup.booths[booth].enterprise]


def headcount_left(position: Position) -> int:
    return max(0, position.headcount - position.accepted)
