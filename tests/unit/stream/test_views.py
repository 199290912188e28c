"""What each topic shows, and to whose eyes it gives nothing away.

Everybody here has a name, and a wish that says whose it is, so that a leak can be looked for.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from fairdesk.domain.admission import CheckedOut, ScanUnresolved
from fairdesk.domain.exhibitors import PositionWithdrawn
from fairdesk.domain.fair import CALLS_MAX, HAPPENINGS_MAX, PASSAGES_MAX, QUARTER_MS, Fair
from fairdesk.domain.queueing import QueueRejoined, Recalled, SignUpHeld, SignUpLeft
from fairdesk.domain.registration import AttendeeErased, BadgeRevoked
from fairdesk.stream import views
from tests.unit.domain.given import (
    BEFORE,
    ENDS,
    FIRM,
    NOW,
    OTHER_FIRM,
    STARTS,
    Steps,
    badge,
    booth,
    called,
    checked_in,
    checked_out,
    fair_after,
    given,
    intention,
    intention_confirmed,
    interviewed,
    interviewing,
    merged,
    moved,
    offer,
    offer_accepted,
    open_fair,
    person,
    position,
    registered,
    signed_up,
)

SURNAMES = "赵钱孙李周吴郑王冯陈"


def name(attendee: str) -> str:
    number = int(attendee[1:])
    return f"{SURNAMES[number % 10]}来宾{number}"


def wish(attendee: str) -> str:
    return f"愿望{attendee[1:]}"


class Everybody:
    """Names by person id, of up to fifty attendees."""

    def __init__(self) -> None:
        self._attendees = {person(f"a{n}"): f"a{n}" for n in range(1, 51)}

    def name(self, known: str) -> str:
        return name(self._attendees[known])

    def looking_for(self, known: str) -> str:
        return wish(self._attendees[known])


NAMES = Everybody()
Rows = dict[str, dict[str, Any]]


def view(topic: str, *steps: Steps) -> Rows:
    """As it comes over the wire."""
    fair = fair_after(open_fair(), steps)
    assert views.known(fair, topic)
    shown: Rows = msgspec.json.decode(msgspec.json.encode(views.snapshot(fair, NAMES, topic)))
    return shown


def text_of(rows: Rows) -> str:
    return msgspec.json.encode(rows).decode()


def busy_hall() -> list[Steps]:
    """a1 has an offer of B07 and waits at B08; a2 is called to B08; a3 left B07; a4 only came."""
    return [
        booth("B07", FIRM),
        booth("B08", OTHER_FIRM),
        position("p1", "B07"),
        position("p2", "B08", headcount=3),
        *(registered(f"a{n}") for n in range(1, 5)),
        *(checked_in(f"a{n}") for n in range(1, 5)),
        signed_up("s1", "a1", "B07"),
        interviewed("s1", "a1", "B07"),
        intention(),
        intention_confirmed(),
        offer(),
        signed_up("s2", "a1", "B08", ticket=1),
        signed_up("s3", "a2", "B08", ticket=2),
        called("s3", "a2", "B08"),
        signed_up("s4", "a3", "B07", ticket=2),
        moved(SignUpLeft, "s4", "a3", "B07"),
    ]


# --- which topics there are


@pytest.mark.parametrize(
    "topic", ["fair", "wall", "calls", "console", "gate/1", "booth/B07", "me/a1"]
)
def test_topic_of_the_fair_is_known(topic: str) -> None:
    assert views.known(fair_after(open_fair(), busy_hall()), topic)


@pytest.mark.parametrize(
    "topic",
    ["", "nothing", "wall/1", "fair/x", "gate", "gate/9", "booth/", "booth/B99", "me", "me/a99",
     "me/a1/x", "console/", "WALL"],
)  # fmt: skip
def test_topic_the_fair_has_not_is_unknown(topic: str) -> None:
    fair = fair_after(open_fair(), busy_hall())
    assert not views.known(fair, topic)


# --- names: who sees whose


@pytest.mark.parametrize("topic", ["fair", "wall", "calls"])
def test_public_topics_name_nobody(topic: str) -> None:
    shown = text_of(view(topic, busy_hall()))
    for attendee in ("a1", "a2", "a3", "a4"):
        assert name(attendee) not in shown
        assert wish(attendee) not in shown
        assert f'"{attendee}"' not in shown
        assert person(attendee) not in shown


def test_booth_sees_who_signed_up_with_it_and_nobody_else() -> None:
    """a4 only walked past; a3 withdrew; a2 is with another enterprise."""
    shown = text_of(view("booth/B07", busy_hall()))
    assert name("a1") in shown
    assert wish("a1") in shown
    for other in ("a2", "a3", "a4"):
        assert name(other) not in shown
        assert wish(other) not in shown


def test_booth_keeps_the_ticket_of_whoever_withdrew() -> None:
    row = view("booth/B07", busy_hall())["queue"]["s4"]
    assert (row["ticket"], row["state"], row["name"], row["looking_for"]) == (2, "left", "", "")


def test_booth_forgets_the_name_with_the_offer_of_whoever_withdrew() -> None:
    shown = view("booth/B07", busy_hall(), moved(SignUpLeft))
    assert name("a1") not in text_of(shown)
    assert shown["offers"]["o1"]["ticket"] == 1


def test_booth_does_not_see_that_somebody_it_is_through_with_is_busy() -> None:
    steps = [booth("B07"), booth("B08"), registered(), signed_up(), signed_up("s2", "a1", "B08")]
    waits = view("booth/B07", steps, called("s2", "a1", "B08"))["queue"]["s1"]
    done = view("booth/B07", steps, interviewed(), called("s2", "a1", "B08"))["queue"]["s1"]
    assert (waits["busy_elsewhere"], done["busy_elsewhere"]) == (True, False)


def test_seeker_sees_what_is_his() -> None:
    shown = view("me/a1", busy_hall())
    assert set(shown["sign_ups"]) == {"s1", "s2"}
    assert set(shown["offers"]) == {"o1"}
    assert set(shown["intentions"]) == {"i1"}
    for other in ("a2", "a3", "a4"):
        assert name(other) not in text_of(shown)
    assert view("me/a4", busy_hall())["sign_ups"] == {}


@pytest.mark.parametrize("topic", ["gate/1", "booth/B07", "wall", "me/a1", "console"])
def test_erased_person_is_named_nowhere(topic: str) -> None:
    lookalike = registered("a5", alike="a1")
    flagged = [CheckedOut(at=BEFORE, attendee="a1", gate="1", remarks=("not_live",), counted=False)]
    erased = AttendeeErased(at=NOW, attendee="a1")
    known_as = f"{name('a1')[0]}*" if topic == "wall" else name("a1")
    assert known_as in text_of(view(topic, busy_hall(), lookalike, flagged))
    assert known_as not in text_of(view(topic, busy_hall(), lookalike, flagged, erased))


# --- the fair, for everybody


def test_fair_says_where_when_and_whether_sign_up_is_open() -> None:
    assert view("fair")["fair"]["now"] == {
        "fair": "cuizhu-2026-11-23",
        "name": "翠竹街道秋季招聘会",
        "kind": "job_fair",
        "phase": "live",
        "venue_name": "翠竹街道",
        "starts_on": "2026-11-23",
        "ends_on": "2026-11-23",
        "starts_at": STARTS,
        "ends_at": ENDS,
        "sign_up_open": True,
    }
    assert view("fair", open_fair("closed")[-1:])["fair"]["now"]["sign_up_open"] is False


def test_fair_lists_positions_with_what_is_left_of_them() -> None:
    gone = PositionWithdrawn(at=NOW, position="p2")
    positions = view("fair", busy_hall(), offer_accepted(), gone)["positions"]
    assert set(positions) == {"p1"}
    assert (positions["p1"]["headcount"], positions["p1"]["left"]) == (2, 1)
    assert positions["p1"]["enterprise_name"] == f"企业{FIRM[-2:]}"


def test_fair_shows_the_texts_in_force() -> None:
    assert view("fair")["consents"]["sign_up"] == {"version": 1, "zh": "同意", "en": "I agree"}


def test_fair_says_how_many_wait_where() -> None:
    booths = view("fair", busy_hall())["booths"]
    assert (booths["B07"]["waiting"], booths["B08"]["waiting"]) == (0, 1)


# --- the gate


def test_gate_counts_the_hall_and_itself() -> None:
    steps = [registered("a1"), registered("a2"), checked_in("a1"), checked_in("a2", gate="2")]
    now = view("gate/1", open_fair(amber=2, red=3)[-2:], steps)["now"]["now"]
    assert (now["occupancy"], now["visitors"], now["entries"], now["exits"]) == (2, 2, 1, 0)
    assert (now["amber"], now["red"], now["level"]) == (2, 3, "amber")


def test_gate_shows_who_came_through_it_last() -> None:
    passages = [checked_in(), checked_out()] * PASSAGES_MAX
    recent = view("gate/1", registered(), passages)["recent"]
    assert len(recent) == PASSAGES_MAX
    assert recent[f"e{2 * PASSAGES_MAX}"] == {
        "at": BEFORE,
        "attendee": "a1",
        "name": name("a1"),
        "direction": "out",
        "remarks": [],
        "gate": "1",
    }
    assert view("gate/2", registered(), passages)["recent"] == {}


# --- the booth


def test_booth_line_is_the_calling_order() -> None:
    people = [registered(f"a{n}") for n in range(1, 6)]
    line = [signed_up(f"s{n}", f"a{n}") for n in range(1, 6)]
    back = [called(), moved(SignUpHeld), moved(QueueRejoined)]
    shown = view("booth/B07", booth(), people, line, back)
    assert shown["line"]["now"]["ids"] == ["s2", "s3", "s1", "s4", "s5"]
    assert list(shown["queue"]) == ["s1", "s2", "s3", "s4", "s5"]


def test_booth_counts_what_it_did() -> None:
    shown = view("booth/B07", busy_hall(), offer_accepted())
    assert shown["stats"]["now"] == {
        "waiting": 0,
        "sign_ups": 2,
        "done": 1,
        "offers": 1,
        "accepted": 1,
    }
    p1 = shown["positions"]["p1"]
    assert (p1["headcount"], p1["accepted"], p1["left"], p1["offered"]) == (2, 1, 1, 1)


# --- the hall


@pytest.mark.parametrize(("people", "shown"), [(4, None), (5, 5)])
def test_wall_shows_no_group_of_fewer_than_five(people: int, shown: int | None) -> None:
    steps: list[Steps] = [booth(), *(registered(f"a{n}") for n in range(1, people + 1))]
    steps += [signed_up(f"s{n}", f"a{n}") for n in range(1, people + 1)]
    assert view("wall", steps)["enterprises"]["B07"]["sign_ups"] == shown


def test_wall_shows_nothing_of_a_booth_that_did_not_come() -> None:
    shown = view("wall", booth(here=False), position())
    assert (shown["enterprises"], shown["positions"]) == ({}, {})
    assert shown["stats"]["now"]["headcount"] == 0


def test_wall_tells_what_happened_of_a_masked_surname() -> None:
    happenings = list(view("wall", busy_hall())["happenings"].values())
    assert [(h["what"], h["who"], h["booth"]) for h in happenings] == [
        *(("arrived", f"{name(f'a{n}')[0]}*", "") for n in range(1, 5)),
        ("signed_up", "钱*", "B07"),
        ("called", "钱*", "B07"),
        ("intention", "钱*", "B07"),
        ("offer_made", "钱*", "B07"),
        ("signed_up", "钱*", "B08"),
        ("signed_up", "孙*", "B08"),
        ("called", "孙*", "B08"),
        ("signed_up", "李*", "B07"),
    ]


def test_wall_remembers_the_latest_only() -> None:
    people = [registered(f"a{n}") for n in range(1, 41)]
    happenings = view("wall", people, [checked_in(f"a{n}") for n in range(1, 41)])["happenings"]
    assert list(happenings) == [f"h{n}" for n in range(41 - HAPPENINGS_MAX, 41)]


def test_wall_shows_arrivals_by_quarter() -> None:
    steps = [registered("a1"), registered("a2"), checked_in("a1", at=STARTS)]
    arrivals = view("wall", steps, checked_in("a2", at=STARTS + QUARTER_MS + 5))["arrivals"]
    assert sorted(arrivals.values(), key=lambda row: row["from_at"]) == [
        {"from_at": STARTS, "entries": 1},
        {"from_at": STARTS + QUARTER_MS, "entries": 1},
    ]


def test_calls_show_number_and_booth_while_somebody_is_called() -> None:
    people = [registered(f"a{n}") for n in range(1, 21)]
    line = [signed_up(f"s{n}", f"a{n}") for n in range(1, 21)]
    all_called = [called(f"s{n}", f"a{n}") for n in range(1, 21)]
    again = Recalled(at=NOW, sign_up="s15", attendee="a15", booth="B07")
    come = interviewing("s16", "a16")[1:]
    shown = view("calls", booth(), people, line, all_called, again, come)["calls"]
    assert list(shown) == [f"s{n}" for n in range(21 - CALLS_MAX, 21) if n not in (15, 16)] + [
        "s15"
    ]
    assert shown["s15"] == {
        "ticket": 15,
        "booth": "B07",
        "enterprise_name": f"企业{FIRM[-2:]}",
        "called_at": NOW,
        "recalls": 1,
    }


# --- the seeker


def test_seeker_sees_his_badge_until_it_is_revoked() -> None:
    me = view("me/a1", registered())["me"]["now"]
    assert (me["badge"], me["badge_revoked"], me["name"]) == (badge(1), False, name("a1"))
    revoked = BadgeRevoked(at=NOW, attendee="a1", badge=1, reason="")
    me = view("me/a1", registered(), revoked)["me"]["now"]
    assert (me["badge"], me["badge_revoked"]) == ("", True)


def test_seeker_sees_how_many_are_called_before_him() -> None:
    people = [registered(f"a{n}") for n in range(1, 4)]
    line = [signed_up(f"s{n}", f"a{n}") for n in range(1, 4)]
    assert view("me/a3", booth(), people, line)["sign_ups"]["s3"]["ahead"] == 2
    assert view("me/a3", booth(), people, line, called())["sign_ups"]["s3"]["ahead"] == 1
    assert view("me/a1", booth(), people, line, called())["sign_ups"]["s1"]["ahead"] == -1


def test_seeker_who_was_merged_is_where_the_other_is() -> None:
    both = [registered("a1"), registered("a2"), checked_in("a1")]
    assert view("me/a2", both)["me"]["now"]["inside"] is False
    assert view("me/a2", both, merged("a1", "a2"))["me"]["now"]["inside"] is True


# --- the console


def test_console_counts_registrations_as_the_report_does() -> None:
    steps = [registered("a1"), registered("a2"), registered("a3"), merged("a1", "a2")]
    assert view("console", steps)["figures"]["now"]["registered"] == 2


def test_console_shows_lookalikes_until_and_after_they_are_merged() -> None:
    steps = [registered("a1"), registered("a2", alike="a1"), registered("a3")]
    row = {"attendee": "a2", "name": name("a2"), "other": "a1", "other_name": name("a1")}
    assert view("console", steps)["suspicions"] == {"a2": row | {"merged": False}}
    assert view("console", steps, merged("a1", "a2"))["suspicions"] == {
        "a2": row | {"merged": True}
    }


def test_console_flags_what_needs_a_person() -> None:
    scan = ScanUnresolved(at=NOW, gate="1", reason="badge_unknown")
    assert view("console", scan)["flags"] == {
        "e1": {"at": NOW, "attendee": "", "name": "", "gate": "1", "remarks": ["badge_unknown"]}
    }


def test_console_shows_every_booth_and_gate() -> None:
    shown = view("console", busy_hall(), booth("B09", FIRM, here=False))
    assert {b: row["checked_in"] for b, row in shown["booths"].items()} == {
        "B07": True,
        "B08": True,
        "B09": False,
    }
    assert (shown["gates"]["1"]["entries"], shown["gates"]["2"]["entries"]) == (4, 0)
    figures = shown["figures"]["now"]
    assert (figures["booths"], figures["booths_checked_in"]) == (3, 2)


# --- rows that are asked for and are not there


@pytest.mark.parametrize(
    ("topic", "collection", "row_id"),
    [
        ("fair", "fair", "then"),
        ("fair", "booths", "B99"),
        ("fair", "positions", "p99"),
        ("fair", "consents", "sensitive"),
        ("wall", "enterprises", "B99"),
        ("wall", "positions", "p99"),
        ("wall", "happenings", "h99"),
        ("wall", "arrivals", "1"),
        ("calls", "calls", "s1"),
        ("calls", "calls", "s99"),
        ("gate/1", "recent", "e99"),
        ("booth/B07", "queue", "s2"),
        ("booth/B07", "positions", "p2"),
        ("booth/B08", "offers", "o1"),
        ("booth/B08", "intentions", "i1"),
        ("me/a2", "sign_ups", "s1"),
        ("me/a2", "offers", "o1"),
        ("me/a2", "intentions", "i1"),
        ("console", "booths", "B99"),
        ("console", "gates", "9"),
        ("console", "suspicions", "a1"),
        ("console", "flags", "e99"),
    ],
)
def test_row_of_another_or_of_none_is_none(topic: str, collection: str, row_id: str) -> None:
    fair = fair_after(open_fair(), busy_hall())
    assert views.row(fair, NAMES, topic, collection=collection, row_id=row_id) is None


def test_only_topics_that_are_watched_are_looked_into() -> None:
    before, after = fair_after(open_fair(), registered()), given(open_fair(), registered()).state
    event = checked_in()[0]
    touched = views.touched(before, after, (event,), lambda kind: kind == "wall")
    assert {topic for topic, _, _ in touched} == {"wall"}


def test_views_of_a_fair_nobody_set_up_are_there() -> None:
    for topic in ("fair", "wall", "calls", "console"):
        assert views.snapshot(Fair(), NAMES, topic)
