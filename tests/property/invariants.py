"""What every step of a fair day must keep: each is a function of the step, and fails by assert."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import msgspec

from fairdesk.domain import decider
from fairdesk.domain.exhibitors import AddBooth, AddEnterprise, AddPosition, CheckInBooth
from fairdesk.domain.fair import BUSY_STATES, Fair, canonical, registrations_of
from fairdesk.domain.queueing import Called, InterviewStarted
from fairdesk.domain.registration import MergeAttendees, UndoMerge
from fairdesk.domain.rejection import Rejection
from fairdesk.domain.setup import AddGate
from fairdesk.reports.figures import People, Tally
from fairdesk.stream.views.console import figures_row
from tests.property.any_name import NAMES
from tests.property.fair_day import Step


def refusal_is_json(step: Step) -> None:
    if isinstance(step.decision, Rejection):
        facts = step.decision.facts
        assert msgspec.json.decode(msgspec.json.encode(facts)) == facts


def refusal_or_nothing_changes_nothing(step: Step) -> None:
    assert step.events or step.after is step.before


def list_imported_twice_changes_nothing(step: Step) -> None:
    lists = (AddGate, AddEnterprise, AddBooth, AddPosition, CheckInBooth)
    if isinstance(step.command, lists) and not isinstance(step.decision, Rejection):
        assert decider.decide(step.after, step.command, 0) == ()


# --- the door


def occupancy_is_entries_less_exits_and_who_is_inside(step: Step) -> None:
    counts = step.after.admission
    inside = [a for a in counts.attendees.values() if a.inside]
    assert counts.occupancy == counts.entries - counts.exits == len(inside)
    assert all(not attendee.merged_into for attendee in inside)


def gates_add_up(step: Step) -> None:
    """All but the exits of those who stood in the hall twice until they were merged."""
    gates, counts = step.after.setup.gates.values(), step.after.admission
    assert sum(gate.entries for gate in gates) == counts.entries
    assert 0 <= counts.exits - sum(gate.exits for gate in gates) <= len(counts.attendees) * 100


def counts_never_fall(step: Step) -> None:
    """But that of visitors, by one, when two of them turn out to be one person."""
    was, now = step.before.admission, step.after.admission
    assert now.entries >= was.entries
    assert now.exits >= was.exits
    assert now.visitors >= was.visitors - isinstance(step.command, MergeAttendees)


def attendee_has_one_badge_that_was_never_another_s(step: Step) -> None:
    admission = step.after.admission
    held = [a for a in admission.attendees.values() if a.badge]
    assert all(admission.badges[a.badge] == a.attendee for a in held)
    assert len({a.badge for a in held}) == len(held)
    assert sorted(admission.badges) == list(range(1, len(admission.badges) + 1))


def registrations_of_a_person_are_told_from_everybody_else_s(step: Step) -> None:
    if not isinstance(step.command, MergeAttendees | UndoMerge):
        return
    attendees = step.after.admission.attendees
    kept = {a.attendee: canonical(step.after, a).attendee for a in attendees.values()}
    for attendee in attendees:
        own = registrations_of(step.after, attendee)
        assert own[0] == kept[attendee]
        assert sorted(own) == sorted(a for a in attendees if kept[a] == kept[attendee])
    assert step.after.admission.merged == sum(a != k for a, k in kept.items())


# --- the booth


def queue_holds_exactly_who_waits(step: Step) -> None:
    recruiting = step.after.recruiting
    for booth, queue in recruiting.queues.items():
        own = [s for s in recruiting.sign_ups.values() if s.booth == booth]
        assert sorted(queue.waiting) == sorted(s.sign_up for s in own if s.state == "waiting")
        assert set(queue.sign_ups) == {s.sign_up for s in own}
        tickets = [recruiting.sign_ups[s].ticket for s in queue.sign_ups]
        assert tickets == list(range(1, len(own) + 1))
        assert queue.done == sum(s.state == "done" for s in own)


def nobody_is_called_to_two_booths(step: Step) -> None:
    for event in step.events:
        if isinstance(event, Called | InterviewStarted):
            people = registrations_of(step.before, event.attendee)
            sign_ups = step.before.recruiting.sign_ups.values()
            busy = [s for s in sign_ups if s.attendee in people and s.state in BUSY_STATES]
            assert {s.booth for s in busy} <= {event.booth}


def busy_are_those_called_or_in_an_interview(step: Step) -> None:
    recruiting = step.after.recruiting
    busy = [s for s in recruiting.sign_ups.values() if s.state in BUSY_STATES]
    assert dict(recruiting.busy) == {s.attendee: s.sign_up for s in busy}
    assert len(recruiting.busy) == len(busy)


def accepted_never_exceed_the_headcount(step: Step) -> None:
    offers = step.after.recruiting.offers.values()
    accepted = Counter(offer.position for offer in offers if offer.state == "accepted")
    made = Counter(offer.position for offer in offers)
    for position in step.after.setup.positions.values():
        assert accepted[position.position] == position.accepted <= position.headcount
        assert made[position.position] == position.offered


def offers_stand_with_their_booth_and_their_seeker(step: Step) -> None:
    recruiting = step.after.recruiting
    for offers in (
        [offer for queue in recruiting.queues.values() for offer in queue.offer_ids],
        [offer for mine in recruiting.offers_by_attendee.values() for offer in mine],
    ):
        assert sorted(offers) == sorted(recruiting.offers)
    assert sum(queue.accepted for queue in recruiting.queues.values()) == recruiting.accepted


# --- counting


def shown_live(fair: Fair) -> dict[str, int]:
    """What the console shows, under the names of the report."""
    shown = figures_row(fair, "", NAMES)
    return {
        "enterprise_participations": shown["booths_checked_in"],
        "enterprises": shown["enterprises"],
        "positions": shown["positions"],
        "headcount": shown["headcount"],
        "registered": shown["registered"],
        "visits": shown["visitors"],
        "sign_ups": shown["sign_ups"],
        "interviews": shown["interviews"],
        "intention_records": shown["intentions"],
        "offers_made": shown["offers"],
        "offers_accepted": shown["accepted"],
        "started": shown["started"],
    }


PAIRS = (
    ("enterprises", "enterprise_participations"),
    ("visitors", "visits"),
    ("sign_up_people", "sign_ups"),
    ("intention_people", "intention_records"),
    ("accepted_people", "offers_accepted"),
)


def live_counters_are_the_report_s_figures(step: Step) -> None:
    tally = Tally(People([step.after]))
    tally.add(step.after)
    figures, live = tally.figures(), shown_live(step.after)
    assert live == {key: figures[key] for key in live}
    for people, records in PAIRS:
        assert figures[people] <= figures[records]
        assert bool(figures[people]) == bool(figures[records])


INVARIANTS: tuple[Callable[[Step], None], ...] = (
    refusal_is_json,
    refusal_or_nothing_changes_nothing,
    list_imported_twice_changes_nothing,
    occupancy_is_entries_less_exits_and_who_is_inside,
    gates_add_up,
    counts_never_fall,
    attendee_has_one_badge_that_was_never_another_s,
    registrations_of_a_person_are_told_from_everybody_else_s,
    queue_holds_exactly_who_waits,
    nobody_is_called_to_two_booths,
    busy_are_those_called_or_in_an_interview,
    accepted_never_exceed_the_headcount,
    offers_stand_with_their_booth_and_their_seeker,
    live_counters_are_the_report_s_figures,
)
