"""Whatever the interface lets in is decided, and what was decided can be written and folded."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairdesk.app import DISTRICT_RULES, FAIR_RULES
from fairdesk.domain import decider, district
from fairdesk.domain.district import DISTRICT_COMMANDS, venue_path
from fairdesk.domain.fair import Fair
from fairdesk.domain.message import Command
from fairdesk.domain.rejection import Rejection
from tests.property.any_command import any_of
from tests.property.fair_day import opening
from tests.unit.domain.given import (
    NOW,
    booth,
    district_after,
    fair_after,
    intention,
    interviewed,
    met,
    offer,
    offer_accepted,
)

unhurried = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.filter_too_much]
)

FAIRS: list[Fair] = [
    fair_after(steps)
    for steps in (
        [],
        opening(),
        met(intention(), offer()),
        met(offer(), offer_accepted(), booth("B01"), interviewed()),
    )
]


@pytest.mark.parametrize("kind", decider.FAIR_COMMANDS, ids=lambda kind: kind.__name__)
@unhurried
@given(data=st.data())
def test_fair_decides_whatever_it_is_asked(kind: type[Command], data: st.DataObject) -> None:
    command = data.draw(any_of(kind))
    for fair in FAIRS:
        decision = decider.decide(fair, command, NOW)
        for event in () if isinstance(decision, Rejection) else decision:
            codec = FAIR_RULES.codec
            assert codec.decode(*codec.encode(event)) == event
            fair = decider.evolve(fair, event)


codes = st.sampled_from(["a", "b", "c", "d"])
venues = st.lists(
    st.builds(
        lambda venue, parent: district.AddVenue(
            command_id="01JD0000000000000000000000",
            venue=venue,
            name=venue,
            level="street",
            parent=parent,
        ),
        codes,
        st.one_of(st.just(""), codes),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(commands=venues)
def test_venues_stay_a_tree_however_they_are_moved(commands: list[district.AddVenue]) -> None:
    state = district_after()
    for command in commands:
        decision = district.decide(state, command, NOW)
        for event in () if isinstance(decision, Rejection) else decision:
            state = district.evolve(state, event)
        for venue in state.venues:
            path = [step.venue for step in venue_path(state, venue)]
            assert len(path) == len(set(path)) <= 4


anything_of_the_district = st.one_of([any_of(kind) for kind in DISTRICT_COMMANDS])


@settings(unhurried, max_examples=60)
@given(commands=st.lists(anything_of_the_district, max_size=30))
def test_district_decides_whatever_it_is_asked(commands: list[Command]) -> None:
    state, codec = district_after(), DISTRICT_RULES.codec
    for command in commands:
        decision = district.decide(state, command, NOW)
        for event in () if isinstance(decision, Rejection) else decision:
            assert codec.decode(*codec.encode(event)) == event
            state = district.evolve(state, event)
