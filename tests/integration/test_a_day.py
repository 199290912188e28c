"""One person's day over the public interface, as the screens do it."""

from __future__ import annotations

import pytest

from fairdesk.ids import new_id
from fairdesk.simulation.visitor import Refusal
from tests.integration.conftest import FAIR, Hall


async def test_day_ends_in_an_accepted_offer_and_in_the_report(hall: Hall) -> None:
    gate, booth = await hall.gate(), await hall.booth()
    seeker = await hall.seeker()
    entered = await hall.through_door(gate, seeker)
    assert entered["person"]["name"] == "王志刚"
    assert entered["events"][0]["remarks"] == []
    sign_up = await seeker.sign_up()
    called = await booth.command(FAIR, "call-next", booth="B01")
    assert called["events"][0]["sign_up"] == sign_up
    which = {"booth": "B01", "sign_up": sign_up}
    await booth.command(FAIR, "start-interview", **which)
    await booth.command(FAIR, "end-interview", **which)
    intended = await booth.command(FAIR, "record-intention", position="p1", **which)
    intention = intended["events"][0]["intention"]
    own = {"attendee": seeker.attendee}
    await seeker.phone.command(FAIR, "confirm-intention", intention=intention, **own)
    made = await booth.command(FAIR, "make-offer", position="p1", pay=6500, **which)
    offer = made["events"][0]["offer"]
    await seeker.phone.command(FAIR, "accept-offer", offer=offer, **own)
    await hall.organiser.command(FAIR, "record-start", offer=offer, started=True, on="2026-12-01")
    figures = await hall.organiser.report(FAIR)
    for key in (
        "enterprise_participations", "visits", "visitors", "sign_ups", "interviews",
        "intention_records", "offers_made", "offers_accepted", "started",
    ):  # fmt: skip
        assert figures[key] == 1, key


async def test_paper_badge_does_everything_a_phone_does(hall: Hall) -> None:
    gate, booth = await hall.gate(), await hall.booth()
    registered = await gate.command(
        FAIR,
        "register",
        person={"name": "李秀英", "phone": "13900139000", "looking_for": "护理"},
        consents=[{"purpose": "registration", "version": 1}],
        source="walk_in",
    )
    badge = registered["person"]["badge"]
    await gate.command(FAIR, "check-in", gate="1", badge=badge)
    signed = await booth.command(FAIR, "sign-up", booth="B01", badge=badge, consent_version=1)
    which = {"booth": "B01", "sign_up": signed["events"][0]["sign_up"]}
    await booth.command(FAIR, "call-next", booth="B01")
    await booth.command(FAIR, "start-interview", **which)
    made = await booth.command(FAIR, "make-offer", position="p1", pay=6000, **which)
    offer = made["events"][0]["offer"]
    accepted = await booth.command(FAIR, "accept-offer", offer=offer, badge=badge.lower())
    assert accepted["events"][0]["kind"] == "offer_accepted"


async def test_same_command_twice_is_one_fact(hall: Hall) -> None:
    gate, seeker = await hall.gate(), await hall.seeker()
    body = {"command_id": new_id(), "gate": "1", "badge": seeker.token}
    first = await gate.call("POST", f"/api/fairs/{FAIR}/check-in", body)
    second = await gate.call("POST", f"/api/fairs/{FAIR}/check-in", body)
    assert second["duplicate"]
    assert second["events"] == first["events"]
    assert (await gate.view(FAIR, "gate/1"))["now"]["now"]["entries"] == 1


async def test_reprinted_badge_turns_the_old_one_red(hall: Hall) -> None:
    gate, seeker = await hall.gate(), await hall.seeker()
    again = await gate.command(FAIR, "reissue-badge", attendee=seeker.attendee, reason="lost")
    with pytest.raises(Refusal) as refusal:
        await hall.through_door(gate, seeker)
    assert refusal.value.code == "badge_revoked"
    assert refusal.value.facts["reissued_at"] > 0
    entered = await gate.command(FAIR, "check-in", gate="1", badge=again["person"]["badge"])
    assert entered["events"][0]["remarks"] == []


async def test_outbox_is_answered_one_by_one_and_one_refusal_stops_nothing(hall: Hall) -> None:
    gate, seeker, other = await hall.gate(), await hall.seeker(), await hall.seeker("周杰")
    commands = [
        {"command": "check-in", "command_id": new_id(), "gate": "1", "badge": seeker.token},
        {"command": "check-in", "command_id": new_id(), "gate": "1", "badge": "ZZZZZZZ"},
        {"command": "fly", "command_id": new_id()},
        {"command": "check-in", "command_id": "no id", "gate": "1"},
        {"command": "call-next", "command_id": new_id(), "booth": "B01"},
        {
            "command": "check-in",
            "command_id": new_id(),
            "gate": "1",
            "badge": other.token,
            "offline": True,
            "observed_at": 1_700_000_000_000,
        },
    ]
    answer = await gate.call("POST", f"/api/fairs/{FAIR}/commands", {"commands": commands})
    statuses = [result["status"] for result in answer["results"]]
    assert statuses == [200, 409, 404, 422, 403, 200]
    assert answer["results"][5]["events"][0]["at"] == 1_700_000_000_000
    again = await gate.call("POST", f"/api/fairs/{FAIR}/commands", {"commands": commands})
    assert [r.get("duplicate", False) for r in again["results"]] == [True] + [False] * 4 + [True]


async def test_withdrawn_sign_up_takes_the_name_from_the_booth(hall: Hall) -> None:
    booth, seeker = await hall.booth(), await hall.seeker()
    sign_up = await seeker.sign_up()
    assert (await booth.view(FAIR, "booth/B01"))["queue"][sign_up]["name"] == "王志刚"
    await seeker.phone.command(FAIR, "withdraw-sign-up", sign_up=sign_up, attendee=seeker.attendee)
    row = (await booth.view(FAIR, "booth/B01"))["queue"][sign_up]
    assert (row["name"], row["state"]) == ("", "left")


async def test_erased_person_is_gone_and_every_count_stays(hall: Hall) -> None:
    gate, seeker = await hall.gate(), await hall.seeker()
    await hall.through_door(gate, seeker)
    before = await hall.organiser.report(FAIR)
    await seeker.phone.command(FAIR, "erase-attendee", attendee=seeker.attendee)
    assert await hall.organiser.report(FAIR) == before
    found = await gate.call("GET", f"/api/fairs/{FAIR}/people?q=wzg")
    assert found["people"] == []
    with pytest.raises(Refusal):
        await seeker.phone.view(FAIR, f"me/{seeker.attendee}")


async def test_people_are_found_by_whatever_a_volunteer_remembers(hall: Hall) -> None:
    gate, seeker = await hall.gate(), await hall.seeker(phone="13800135678")
    await hall.seeker("欧阳娜", "13900001111")
    view = await seeker.phone.view(FAIR, f"me/{seeker.attendee}")
    code = view["me"]["now"]["badge"]
    for query in ("王志", "wangzhigang", "WZG", "５６７８", code, f"{code[:4]}-{code[4:]}".lower()):
        found = await gate.call("GET", f"/api/fairs/{FAIR}/people", None, params={"q": query})
        assert [p["attendee"] for p in found["people"]] == [seeker.attendee], query


async def test_restart_goes_on_with_the_same_data(hall: Hall) -> None:
    gate, seeker = await hall.gate(), await hall.seeker()
    await hall.through_door(gate, seeker)
    before = await gate.view(FAIR, "gate/1")
    await hall.desk.engine.unload(f"fair/{FAIR}")
    assert await gate.view(FAIR, "gate/1") == before


async def test_scan_let_in_offline_is_a_fact_whatever_it_was(hall: Hall) -> None:
    gate = await hall.gate()
    forged = "0" * 116
    for badge in (forged, "not a badge", "ZZZZZZZ"):
        recorded = await gate.command(FAIR, "check-in", gate="1", badge=badge, offline=True)
        assert recorded["events"][0]["kind"] == "scan_unresolved"
    flags = (await hall.organiser.view(FAIR, "console"))["flags"]
    assert len(flags) == 3
