"""Signing in and out, pairing and revoking, and the limits on guessing."""

from __future__ import annotations

import aiohttp
import pytest

from fairdesk.simulation.visitor import Client, Refusal
from fairdesk.stream.follower import Follower
from tests.integration.conftest import FAIR, Hall


async def fresh(hall: Hall) -> tuple[aiohttp.ClientSession, Client]:
    session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
    return session, Client(session, hall.url)


async def post(session: aiohttp.ClientSession, url: str, **options: object) -> tuple[int, str]:
    async with session.post(url, **options) as answer:  # type: ignore[arg-type]
        body = await answer.json(content_type=None)
        return answer.status, body.get("code", "")


async def test_wrong_passwords_are_counted_and_then_wait(hall: Hall) -> None:
    session, _ = await fresh(hall)
    async with session:
        url = hall.url + "/api/session"
        for _ in range(5):
            wrong = {"login": "admin", "password": "wrong"}
            assert await post(session, url, json=wrong) == (401, "wrong_login")
        assert await post(session, url, json=wrong) == (429, "too_many_attempts")


async def test_pairing_codes_can_not_be_guessed_for_long(hall: Hall) -> None:
    session, _ = await fresh(hall)
    async with session:
        url = hall.url + "/api/pairings/claim"
        codes = [await post(session, url, json={"code": f"{n:06}"}) for n in range(7)]
    assert codes[0] == (401, "pairing_code_unknown")
    assert codes[-1] == (429, "too_many_attempts")


async def test_pairing_code_works_once(hall: Hall) -> None:
    pairing = {"role": "gate", "fair": FAIR, "gate": "1", "name": "tablet"}
    offered = await hall.organiser.call("POST", "/api/pairings", pairing)
    await hall.nobody.call("POST", "/api/pairings/claim", {"code": offered["code"]})
    with pytest.raises(Refusal):
        await hall.nobody.call("POST", "/api/pairings/claim", {"code": offered["code"]})


async def test_revoked_device_is_cut_off_at_once(hall: Hall) -> None:
    gate = await hall.gate()
    async with Follower(hall.streams, gate.headers) as follower:
        follower.subscribe("gate/1")
        await follower.until(lambda views: "now" in views["gate/1"])
        devices = (await hall.organiser.call("GET", "/api/devices"))["devices"]
        await hall.organiser.office("revoke-device", device=devices[0]["device"])
        with pytest.raises(Refusal) as refusal:
            await gate.view(FAIR, "gate/1")
        assert refusal.value.code == "not_signed_in"
        await follower.until(lambda views: "gate/1" in follower.problems)


async def test_session_ends_with_the_password_it_was_opened_with(hall: Hall) -> None:
    added = await hall.organiser.office(
        "add-staff", login="Door", name="门", password="first one", role="door"
    )
    session, client = await fresh(hall)
    async with session:
        await client.sign_in("door", "first one")
        await client.view(FAIR, "gate/1")
        staff = added["events"][0]["staff"]
        await hall.organiser.office("change-password", staff=staff, password="second one")
        with pytest.raises(Refusal) as refusal:
            await client.view(FAIR, "gate/1")
        assert refusal.value.code == "not_signed_in"
        await client.sign_in("door", "second one")
        await client.view(FAIR, "gate/1")


async def test_page_of_another_site_may_not_act_with_our_cookies(hall: Hall) -> None:
    url = f"{hall.url}/api/fairs/{FAIR}/change-phase"
    evil = {"Origin": "https://evil.example"}
    found = await post(hall.organiser.session, url, json={}, headers=evil)
    assert found[1] in ("bad_origin", "invalid_input")
    async with hall.organiser.session.get(hall.url + "/api/devices", headers=evil) as answer:
        assert (await answer.json(content_type=None))["code"] == "bad_origin"


async def test_cookies_are_out_of_reach_of_scripts(hall: Hall) -> None:
    seeker = await hall.seeker()
    async with hall.nobody.session.get(
        f"{hall.url}/b/{seeker.token.lower()}", allow_redirects=False
    ) as answer:
        assert answer.status == 302
        cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


async def test_link_of_a_revoked_badge_opens_nothing(hall: Hall) -> None:
    gate, seeker = await hall.gate(), await hall.seeker()
    await gate.command(FAIR, "reissue-badge", attendee=seeker.attendee)
    with pytest.raises(Refusal) as refusal:
        await seeker.phone.view(FAIR, f"me/{seeker.attendee}")
    assert refusal.value.code == "not_signed_in"


async def test_stream_ends_with_the_badge_it_was_opened_with(hall: Hall) -> None:
    gate, seeker = await hall.gate(), await hall.seeker()
    mine = f"me/{seeker.attendee}"
    async with Follower(hall.streams, seeker.phone.headers) as follower:
        follower.subscribe(mine)
        await follower.until(lambda views: "me" in views[mine])
        await gate.command(FAIR, "reissue-badge", attendee=seeker.attendee)
        await follower.until(lambda views: mine in follower.problems)


async def test_draft_is_for_its_staff(hall: Hall) -> None:
    await hall.organiser.office(
        "plan-fair",
        fair="draft",
        name="还没公布",
        kind="job_fair",
        venue="cuizhu-red",
        starts_on="2026-01-01",
        ends_on="2026-12-31",
    )
    assert (await hall.organiser.view("draft", "fair"))["fair"]["now"]["phase"] == "draft"
    for topic in ("fair", "wall", "calls"):
        with pytest.raises(Refusal) as refusal:
            await hall.nobody.view("draft", topic)
        assert refusal.value.code == "fair_not_found"
    listed = await hall.nobody.call("GET", "/api/fairs")
    assert [fair["fair"] for fair in listed["fairs"]] == [FAIR]
