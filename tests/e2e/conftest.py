"""A real browser on a served fair."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.integration.conftest import Hall, config_at, served, set_up

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--no-pings",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--metrics-recording-only",
    "--font-render-hinting=none",
    "--autoplay-policy=no-user-gesture-required",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

PHONE = (390, 844)
TABLET = (1280, 800)
DESK = (1440, 900)
HALL = (1920, 1080)

Open = Callable[[str, tuple[int, int]], Awaitable[Page]]


@pytest.fixture
async def empty_hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """A server that knows nothing but its first account."""
    async with served(config_at(tmp_path)) as hall:
        yield hall


@pytest.fixture
async def hall(empty_hall: Hall) -> Hall:
    """A fair that is live, with three booths."""
    await set_up(empty_hall)
    return empty_hall


@pytest.fixture
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=str(chromium), args=FLAGS)
        yield found
        await found.close()


@pytest.fixture
async def people(browser: Browser) -> AsyncIterator[Callable[..., Awaitable[Page]]]:
    """Opens a browser of somebody's own; what a page complains of fails the test at its end."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    async def open_page(size: tuple[int, int]) -> Page:
        context = await browser.new_context(viewport={"width": size[0], "height": size[1]})
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type == "error" else None,
        )
        return page

    yield open_page
    for context in contexts:
        await context.close()
    # A refusal or an outage that the test asked for is told by the browser too: no fault of ours.
    expected = ("Failed to load resource", "WebSocket connection to")
    assert [text for text in complaints if not text.startswith(expected)] == []
