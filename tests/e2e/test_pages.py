"""Every page on the sizes it is used on, in both languages: no complaints, and nothing for axe."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from fairdesk.app import first_login
from tests.e2e.conftest import DESK, HALL, PHONE, TABLET
from tests.integration.conftest import FAIR, Hall

pytestmark = pytest.mark.e2e

AXE = Path(__file__).parents[2] / "kiosk_ui" / "node_modules" / "axe-core" / "axe.min.js"

NewPage = Callable[[tuple[int, int]], Awaitable[Page]]

PAGES = [
    ("/", DESK),
    ("/login", TABLET),
    ("/login?tab=pair", TABLET),
    (f"/me?fair={FAIR}", PHONE),
    (f"/gate?fair={FAIR}&gate=1", TABLET),
    (f"/wall?fair={FAIR}&theme=blue", HALL),
    (f"/wall?fair={FAIR}&theme=red", HALL),
    (f"/wall?fair={FAIR}&theme=dark", (3840, 1080)),
    ("/console", DESK),
    *[
        (f"/console?fair={FAIR}#{part}", DESK)
        for part in ("overview", "devices", "lists", "report", "attention")
    ],
]


async def as_organiser(page: Page, hall: Hall) -> None:
    login = first_login(hall.desk.config)
    assert login is not None
    answer = await page.context.request.post(
        f"{hall.url}/api/session", data={"login": login[0], "password": login[1]}
    )
    assert answer.ok


async def findings(page: Page) -> list[str]:
    """What axe has against the page as it stands, one line each."""
    # As a string in the page itself: its policy lets no other script in.
    await page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = await page.evaluate("axe.run()")
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


async def settled(page: Page) -> None:
    await expect(page.locator("#page h1").first).to_be_visible()
    await page.wait_for_load_state("networkidle")
    # A page still fading in has other colours than those it is meant to have.
    await page.evaluate(
        "Promise.all(document.getAnimations().map(a => a.effect.getTiming()"
        ".iterations === Infinity ? a.pause() : a.finished.catch(() => 0)))"
    )


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_pages_hold_up(hall: Hall, people: NewPage, language: str) -> None:
    booth, seeker = await hall.booth(), await hall.seeker()
    gate = await hall.gate()
    await hall.through_door(gate, seeker)
    await seeker.sign_up()
    await booth.command(FAIR, "call-next", booth="B01")
    found: dict[str, list[str]] = {}
    for path, size in PAGES:
        page = await people(size)
        if path.startswith(("/gate", "/console", "/wall")) or path == "/":
            await as_organiser(page, hall)
        mark = "&" if "?" in path else "?"
        address, hash_, part = path.partition("#")
        await page.goto(f"{hall.url}{address}{mark}lang={language}{hash_}{part}")
        await settled(page)
        found[path] = await findings(page)
        await page.context.close()
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_paired_and_linked_pages_hold_up(hall: Hall, people: NewPage, language: str) -> None:
    booth, seeker = await hall.booth(), await hall.seeker()
    await seeker.sign_up()
    found = {}
    tablet = await people(TABLET)
    token = booth.headers["Authorization"].removeprefix("Bearer ")
    await tablet.context.add_cookies([{"name": "fairdesk_device", "value": token, "url": hall.url}])
    await tablet.goto(f"{hall.url}/booth?lang={language}")
    await expect(tablet.get_by_text("王志刚").first).to_be_visible()
    await settled(tablet)
    found["booth"] = await findings(tablet)
    phone = await people(PHONE)
    await phone.goto(f"{hall.url}/b/{seeker.token}")
    await phone.goto(f"{hall.url}/me?fair={FAIR}&lang={language}")
    for step in range(3):
        tabs = phone.locator(".tab-bar button")
        await tabs.nth(step).click()
        await settled(phone)
        found[f"me {step}"] = await findings(phone)
    await phone.locator(".topbar .tools button").first.click()
    assert await phone.evaluate("document.documentElement.dataset.type") == "large"
    found["me large"] = await findings(phone)
    await booth.command(FAIR, "call-next", booth="B01")
    await expect(phone.get_by_role("alertdialog")).to_be_visible()
    await settled(phone)
    found["me called"] = await findings(phone)
    assert {page: lines for page, lines in found.items() if lines} == {}
