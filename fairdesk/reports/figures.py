"""The report: figures of one fair or many, by venue. Pure: states in, numbers out.

Everything is counted afresh from the state, not read off the live counters, so that the two check
each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from fairdesk.domain.fair import Fair, VenueStep, came, canonical
from fairdesk.reports.definitions import DEFINITIONS


class Figure(msgspec.Struct, frozen=True):
    key: str
    value: int
    zh: str
    en: str
    definition_zh: str
    definition_en: str


class VenueFigures(msgspec.Struct, frozen=True):
    """One venue and everything below it."""

    venue: str
    name: str
    level: str
    figures: dict[str, int]


class Report(msgspec.Struct, frozen=True):
    """`fairs`: the fairs counted and the position of the log each was read at."""

    fairs: dict[str, int]
    figures: tuple[Figure, ...]
    by_venue: tuple[VenueFigures, ...]


class People:
    """Which person ids are one person: known again by name and phone at a later fair, or merged by
    a desk. Over all fairs of a report, since one of them may join what two others saw apart."""

    def __init__(self, fairs: Iterable[Fair]) -> None:
        self._same: dict[str, str] = {}
        for fair in fairs:
            for attendee in fair.admission.attendees.values():
                self._join(attendee.person, canonical(fair, attendee).person)
                if attendee.same_as:
                    self._join(attendee.person, attendee.same_as)

    def _join(self, one: str, other: str) -> None:
        one, other = self.known_as(one), self.known_as(other)
        if one != other:
            self._same[one] = other

    def known_as(self, person: str) -> str:
        """One id for each person."""
        while person in self._same:
            person = self._same[person]
        return person

    def among(self, fair: Fair, attendees: Iterable[str]) -> set[str]:
        """Whoever these attendees of a fair are, each once."""
        found = fair.admission.attendees
        return {self.known_as(found[attendee].person) for attendee in attendees}


class Tally:
    """Figures of several fairs; sets where people or enterprises are distinct over all of them."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.counts: dict[str, int] = {}
        self.distinct: dict[str, set[str]] = {}

    def add(self, fair: Fair) -> None:
        setup, recruiting, among = fair.setup, fair.recruiting, self.people.among
        booths = [booth for booth in setup.booths.values() if booth.checked_in_at]
        listed = [setup.positions[position] for booth in booths for position in booth.positions]
        positions = [position for position in listed if not position.withdrawn]
        attendees = [a for a in fair.admission.attendees.values() if not a.merged_into]
        visits = [attendee for attendee in attendees if came(fair, attendee)]
        sign_ups = list(recruiting.sign_ups.values())
        intentions = [i for i in recruiting.intentions.values() if i.confirmed_at]
        accepted = [o for o in recruiting.offers.values() if o.state == "accepted"]
        self._count("enterprise_participations", len(booths))
        self._count("positions", len(positions))
        self._count("headcount", sum(position.headcount for position in positions))
        self._count("registered", len(attendees))
        self._count("visits", len(visits))
        self._count("sign_ups", len(sign_ups))
        self._count("interviews", sum(sign_up.interviewed for sign_up in sign_ups))
        self._count("intention_records", len(intentions))
        self._count("offers_made", len(recruiting.offers))
        self._count("offers_accepted", len(accepted))
        self._count("started", sum(offer.follow_up == "started" for offer in accepted))
        self._distinct("enterprises", {booth.enterprise for booth in booths})
        self._distinct("visitors", among(fair, (a.attendee for a in visits)))
        self._distinct("sign_up_people", among(fair, (s.attendee for s in sign_ups)))
        self._distinct("intention_people", among(fair, (i.attendee for i in intentions)))
        self._distinct("accepted_people", among(fair, (o.attendee for o in accepted)))

    def _count(self, key: str, value: int) -> None:
        self.counts[key] = self.counts.get(key, 0) + value

    def _distinct(self, key: str, values: set[str]) -> None:
        self.distinct.setdefault(key, set()).update(values)

    def figures(self) -> dict[str, int]:
        """In the order of the definitions; 0 where nothing was counted."""
        values = self.counts | {key: len(values) for key, values in self.distinct.items()}
        return {definition.key: values.get(definition.key, 0) for definition in DEFINITIONS}


def report(fairs: dict[str, tuple[Fair, int]]) -> Report:
    """The report over `fairs`: by code, each fair's state and its position in the log."""
    people = People(fair for fair, _ in fairs.values())
    total = Tally(people)
    venues: dict[str, tuple[VenueStep, Tally]] = {}
    for fair, _ in fairs.values():
        total.add(fair)
        for step in fair.setup.venues:
            venues.setdefault(step.venue, (step, Tally(people)))[1].add(fair)
    values = total.figures()
    return Report(
        fairs={code: seq for code, (_, seq) in fairs.items()},
        figures=tuple(
            Figure(value=values[d.key], **msgspec.structs.asdict(d)) for d in DEFINITIONS
        ),
        by_venue=tuple(
            VenueFigures(step.venue, step.name, step.level, tally.figures())
            for step, tally in venues.values()
        ),
    )


def as_dict(made: Report) -> dict[str, Any]:
    """JSON values."""
    built: dict[str, Any] = msgspec.to_builtins(made)
    return built
