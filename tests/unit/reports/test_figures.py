"""How a fair is counted. The definitions, in words, stand in fairdesk/reports/definitions.py."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from fairdesk.domain.exhibitors import PositionWithdrawn
from fairdesk.domain.fair import Fair, VenueStep
from fairdesk.domain.message import Event
from fairdesk.domain.offers import OfferDeclined, StartRecorded
from fairdesk.domain.queueing import SignUpLeft
from fairdesk.domain.registration import AttendeeErased, AttendeeRegistered
from fairdesk.domain.setup import FairSetUp
from fairdesk.reports.definitions import DEFINITIONS
from fairdesk.reports.figures import Report, as_dict, report
from tests.unit.domain.given import (
    BEFORE,
    FIRM,
    NOW,
    OTHER_FIRM,
    Steps,
    booth,
    checked_in,
    checked_out,
    fair_after,
    intention,
    intention_confirmed,
    interviewed,
    interviewing,
    merged,
    met,
    moved,
    offer,
    offer_accepted,
    open_fair,
    position,
    registered,
    signed_up,
)


def values(made: Report) -> dict[str, int]:
    return {figure.key: figure.value for figure in made.figures}


def counted(*steps: Steps) -> dict[str, int]:
    """The figures that are not zero."""
    made = report({"any": (fair_after(open_fair(), steps), 812)})
    return {key: value for key, value in values(made).items() if value}


def test_figures_come_in_the_order_of_their_definitions_and_with_them() -> None:
    made = report({"any": (fair_after(open_fair()), 5)})
    assert [figure.key for figure in made.figures] == [d.key for d in DEFINITIONS]
    for figure, definition in zip(made.figures, DEFINITIONS, strict=True):
        assert msgspec.structs.asdict(figure) == msgspec.structs.asdict(definition) | {"value": 0}
    assert made.fairs == {"any": 5}


def test_definitions_say_what_they_count_in_both_languages() -> None:
    assert len({definition.key for definition in DEFINITIONS}) == len(DEFINITIONS)
    for definition in DEFINITIONS:
        assert all(msgspec.structs.astuple(definition))


# --- enterprises


def test_booth_that_did_not_come_counts_for_nothing() -> None:
    assert counted(booth(here=False), position()) == {}


def test_enterprise_at_two_booths_is_one_and_participates_twice() -> None:
    steps = [booth("B07"), booth("B08"), booth("B09", OTHER_FIRM)]
    steps += [position("p1", "B07"), position("p2", "B09", headcount=5)]
    assert counted(steps) == {
        "enterprise_participations": 3,
        "enterprises": 2,
        "positions": 2,
        "headcount": 7,
    }


def test_position_that_was_withdrawn_does_not_count() -> None:
    gone = PositionWithdrawn(at=BEFORE, position="p1")
    assert counted(booth(), position(), gone) == {"enterprise_participations": 1, "enterprises": 1}


# --- people


def test_visit_is_a_registration_that_entered_however_often() -> None:
    steps = [registered("a1"), registered("a2"), checked_in(), checked_out(), checked_in()]
    assert counted(steps) == {"registered": 2, "visits": 1, "visitors": 1}


def test_merged_registrations_are_one() -> None:
    steps = [registered("a1"), registered("a2"), checked_in("a1"), checked_in("a2")]
    assert counted(steps, merged("a1", "a2")) == {"registered": 1, "visits": 1, "visitors": 1}


def test_family_with_one_phone_are_two() -> None:
    steps = [registered("a1"), registered("a2", alike="a1"), checked_in("a1"), checked_in("a2")]
    assert counted(steps) == {"registered": 2, "visits": 2, "visitors": 2}


def test_erased_person_still_counts() -> None:
    erased = AttendeeErased(at=NOW, attendee="a1")
    assert counted(registered(), checked_in(), erased) == {
        "registered": 1,
        "visits": 1,
        "visitors": 1,
    }


# --- what came of it


def test_sign_ups_are_counted_with_those_withdrawn_and_their_people_once() -> None:
    steps = [booth("B07"), booth("B08"), registered()]
    steps += [signed_up("s1"), signed_up("s2", "a1", "B08"), moved(SignUpLeft, "s2", "a1", "B08")]
    found = counted(steps)
    assert (found["sign_ups"], found["sign_up_people"]) == (2, 1)


def test_sign_ups_of_merged_registrations_are_of_one_person() -> None:
    steps = [booth("B07"), booth("B08"), registered("a1"), registered("a2")]
    steps += [signed_up("s1", "a1"), signed_up("s2", "a2", "B08"), merged("a2", "a1")]
    found = counted(steps)
    assert (found["sign_ups"], found["sign_up_people"]) == (2, 1)


def test_interview_counts_from_its_beginning_and_once() -> None:
    steps = [booth(), registered("a1"), registered("a2"), signed_up("s1"), signed_up("s2", "a2")]
    assert "interviews" not in counted(steps)
    assert counted(steps, interviewing("s1"), interviewed("s2", "a2"))["interviews"] == 2


def test_intention_counts_once_both_have_said_so() -> None:
    assert "intention_records" not in counted_after_talk(intention())
    found = counted_after_talk(intention(), intention_confirmed())
    assert (found["intention_records"], found["intention_people"]) == (1, 1)


def counted_after_talk(*steps: Steps) -> dict[str, int]:
    made = report({"any": (fair_after(met(steps)), 1)})
    return {key: value for key, value in values(made).items() if value}


def test_offers_are_counted_as_made_accepted_and_started() -> None:
    declined = OfferDeclined(at=NOW, offer="o1")
    began = StartRecorded(at=NOW, offer="o1", started=True, on="2026-12-01")
    did_not = StartRecorded(at=NOW, offer="o1", started=False, on="")
    outcomes = ("offers_made", "offers_accepted", "accepted_people", "started")
    cases: list[tuple[list[Steps], tuple[int, ...]]] = [
        ([offer()], (1, 0, 0, 0)),
        ([offer(), declined], (1, 0, 0, 0)),
        ([offer(), declined, offer("o2"), offer_accepted("o2")], (2, 1, 1, 0)),
        ([offer(), offer_accepted()], (1, 1, 1, 0)),
        ([offer(), offer_accepted(), began], (1, 1, 1, 1)),
        ([offer(), offer_accepted(), began, did_not], (1, 1, 1, 0)),
    ]
    for steps, counts in cases:
        found = counted_after_talk(steps)
        assert tuple(found.get(key, 0) for key in outcomes) == counts


# --- several fairs


def fair_with(*people: tuple[str, str, str], venues: tuple[str, ...] = (), extra: Any = ()) -> Fair:
    """A fair where each (attendee, person, same_as) came."""
    events: list[Event] = []
    for event in open_fair():
        if isinstance(event, FairSetUp):
            steps = tuple(VenueStep(code, f"场所{code}", "street") for code in venues)
            event = msgspec.structs.replace(event, venues=steps)
        events.append(event)
    for attendee, person, same_as in people:
        for event in registered(attendee):
            if isinstance(event, AttendeeRegistered):
                event = msgspec.structs.replace(event, person=person, same_as=same_as)
            events.append(event)
        events += checked_in(attendee)
    return fair_after(events, extra)


def over(*fairs: Fair) -> dict[str, int]:
    return values(report({f"fair-{n}": (fair, n) for n, fair in enumerate(fairs)}))


def test_person_who_came_to_three_fairs_is_one_person_and_three_visits() -> None:
    found = over(
        fair_with(("a1", "P1", "")), fair_with(("a1", "P2", "P1")), fair_with(("a1", "P3", "P2"))
    )
    assert (found["visits"], found["visitors"]) == (3, 1)


def test_person_known_again_at_one_fair_only_is_still_one() -> None:
    """The first fair of the three is not in the report; what the others know of it is."""
    found = over(fair_with(("a1", "P2", "P1")), fair_with(("a1", "P3", "P1")))
    assert (found["visits"], found["visitors"]) == (2, 1)


@pytest.mark.parametrize("kept", ["a1", "a2"])
def test_person_merged_at_one_fair_is_the_one_of_the_fair_before(kept: str) -> None:
    """Whichever registration the desk kept."""
    gone = "a2" if kept == "a1" else "a1"
    found = over(
        fair_with(("a1", "P1", "")),
        fair_with(("a1", "P2", "P1"), ("a2", "P3", ""), extra=merged(kept, gone)),
    )
    assert (found["visits"], found["visitors"]) == (2, 1)


def test_people_apart_at_two_fairs_are_one_once_a_third_merges_them() -> None:
    found = over(
        fair_with(("a1", "P1", "")),
        fair_with(("a1", "P2", "")),
        fair_with(("a1", "P3", "P1"), ("a2", "P4", "P2"), extra=merged("a1", "a2")),
    )
    assert (found["visits"], found["visitors"]) == (3, 1)


def test_enterprise_at_two_fairs_is_one_and_participates_twice() -> None:
    found = over(fair_with(extra=booth("B07")), fair_with(extra=booth("B01", FIRM)))
    assert (found["enterprise_participations"], found["enterprises"]) == (2, 1)


def test_figures_roll_up_the_tree_of_venues() -> None:
    fairs = {
        "one": (fair_with(("a1", "P1", ""), venues=("qinghe", "cuizhu")), 10),
        "two": (fair_with(("a1", "P2", "P1"), venues=("qinghe", "cuizhu")), 20),
        "three": (fair_with(("a1", "P3", ""), venues=("qinghe", "donghu")), 30),
    }
    made = report(fairs)
    found = {v.venue: (v.figures["visits"], v.figures["visitors"]) for v in made.by_venue}
    assert found == {"qinghe": (3, 2), "cuizhu": (2, 1), "donghu": (1, 1)}
    assert found["qinghe"] == (values(made)["visits"], values(made)["visitors"])
    assert made.fairs == {"one": 10, "two": 20, "three": 30}


def test_report_of_nothing_is_all_zero() -> None:
    assert set(values(report({})).values()) == {0}


def test_report_is_plain_json() -> None:
    made = report({"any": (fair_after(met()), 7)})
    assert msgspec.json.decode(msgspec.json.encode(as_dict(made)), type=Report) == made
