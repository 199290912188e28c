"""Screens whose server or network goes away: they say so, and are right when it is back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import HALL, TABLET
from tests.integration.conftest import FAIR, Hall, config_at, served, set_up

pytestmark = pytest.mark.e2e

NewPage = Callable[[tuple[int, int]], Awaitable[Page]]

STALE = re.compile("截至|正在连接")


async def test_wall_comes_back_by_itself_and_shows_the_truth(
    tmp_path: Path, people: NewPage
) -> None:
    wall = await people(HALL)
    async with AsyncExitStack() as first:
        hall = await first.enter_async_context(served(config_at(tmp_path)))
        await set_up(hall)
        port = int(hall.url.rpartition(":")[2])
        gate, seeker = await hall.gate(), await hall.seeker()
        token = gate.headers["Authorization"]
        await wall.goto(f"{hall.url}/wall?fair={FAIR}")
        await expect(wall.locator(".main-figure .huge")).to_have_text("0")
    await expect(wall.locator(".time")).to_have_text(STALE)
    async with served(config_at(tmp_path, port=port)) as again:
        door = again.nobody.with_token(token.removeprefix("Bearer "))
        await door.command(FAIR, "check-in", gate="1", badge=seeker.token)
        await expect(wall.locator(".main-figure .huge")).to_have_text("1", timeout=40_000)
        await expect(wall.locator(".time .fresh")).to_be_visible()


async def test_scan_without_a_network_is_never_green(hall: Hall, people: NewPage) -> None:
    gate, seeker = await hall.gate(), await hall.seeker()
    door = await people(TABLET)
    token = gate.headers["Authorization"].removeprefix("Bearer ")
    await door.context.add_cookies([{"name": "fairdesk_device", "value": token, "url": hall.url}])
    await door.goto(f"{hall.url}/gate")
    await expect(door.get_by_text("请扫描胸卡").first).to_be_visible()
    view = await seeker.phone.view(FAIR, f"me/{seeker.attendee}")
    code: str = view["me"]["now"]["badge"]
    await door.context.set_offline(True)
    await door.keyboard.type(code)
    await door.keyboard.press("Enter")
    await expect(door.get_by_text("没有记上").first).to_be_visible(timeout=40_000)
    assert (await gate.view(FAIR, "gate/1"))["now"]["now"]["entries"] == 0
    await door.context.set_offline(False)
    await door.keyboard.type(code)
    await door.keyboard.press("Enter")
    await expect(door.get_by_text("请进", exact=True).first).to_be_visible(timeout=40_000)
    assert (await gate.view(FAIR, "gate/1"))["now"]["now"]["entries"] == 1
