"""Who asks: a device's bearer token or cookie, a seeker's link, a staff session.

A browser may carry several at once (an organiser's laptop that was also paired as a gate): each
right is looked for with each of them, the most particular first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NoReturn
from urllib.parse import urlsplit

import msgspec
from aiohttp import web

from fairdesk.domain.fair import Fair
from fairdesk.domain.rejection import Rejection
from fairdesk.printing.token import BadgeToken
from fairdesk.web.access import PUBLIC, Principal, Role
from fairdesk.web.desk import DESK, Desk
from fairdesk.web.problem import Refused

STAFF_COOKIE = "fairdesk_staff"
DEVICE_COOKIE = "fairdesk_device"
BADGE_COOKIE = "fairdesk_badge"
COOKIES = {"staff": STAFF_COOKIE, "device": DEVICE_COOKIE, "badge": BADGE_COOKIE}


class StaffSession(msgspec.Struct, frozen=True):
    """What a staff cookie seals. `epoch`: the password it was opened under."""

    staff: str
    epoch: int


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def principals(request: web.Request) -> list[Principal]:
    """Everybody the request speaks for, the public last. Refuses a request of another origin."""
    desk = request.app[DESK]
    found: list[Principal] = []
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer "):
        token = bearer[7:]
        found += await _device(desk, token) or await _badge(desk, token)
    cookies = request.cookies
    if cookies:
        require_own_origin(request)
        if cookie := cookies.get(DEVICE_COOKIE):
            found += await _device(desk, cookie)
        if cookie := cookies.get(BADGE_COOKIE):
            found += await _badge(desk, cookie)
        if cookie := cookies.get(STAFF_COOKIE):
            found += await _staff(desk, cookie)
    found.append(PUBLIC)
    return found


def require_own_origin(request: web.Request) -> None:
    """A page of another site may not act, or listen, with our cookies."""
    origin = request.headers.get("Origin")
    if origin is None:
        return
    desk = request.app[DESK]
    own = {request.host, urlsplit(desk.config.server.public_url).netloc}
    if urlsplit(origin).netloc not in own - {""}:
        raise Refused("bad_origin")


async def _device(desk: Desk, token: str) -> list[Principal]:
    device = desk.devices.by_token((await desk.district()).devices, token_hash(token))
    if device is None:
        return []
    desk.devices.last_seen[device.device] = desk.clock()
    role: Role = device.role  # type: ignore[assignment]
    return [Principal("device", device.device, role, device.fair, device.gate, device.booth)]


async def _staff(desk: Desk, token: str) -> list[Principal]:
    payload = desk.unseal(token, desk.config.access.session_hours * 3600)
    if payload is None:
        return []
    session = msgspec.json.decode(payload, type=StaffSession)
    staff = (await desk.district()).staff.get(session.staff)
    if staff is None or staff.removed or staff.epoch != session.epoch:
        return []
    role: Role = staff.role  # type: ignore[assignment]
    return [Principal("staff", staff.staff, role)]


async def _badge(desk: Desk, token: str) -> list[Principal]:
    parsed = desk.badge_keys.parse(token)
    if isinstance(parsed, Rejection):
        return []
    found = await badge_holder(desk, parsed)
    if found is None:
        return []
    fair, attendee = found
    code = fair.setup.fair
    return [Principal("badge", f"{code}/{attendee}", "seeker", code, attendee=attendee)]


async def badge_holder(desk: Desk, token: BadgeToken) -> tuple[Fair, str] | None:
    """The fair and the attendee whose valid badge this is."""
    for planned in (await desk.district()).fairs.values():
        if planned.number == token.fair_number:
            fair = await desk.fair(planned.fair)
            attendee = fair.admission.badges.get(token.badge)
            if attendee and fair.admission.attendees[attendee].badge == token.badge:
                return fair, attendee
    return None


def first_allowed(who: list[Principal], allowed: Callable[[Principal], bool]) -> Principal:
    """The principal to act as. Refuses not_signed_in, not_allowed."""
    for principal in who:
        if allowed(principal):
            return principal
    refuse(who)


def refuse(who: list[Principal]) -> NoReturn:
    raise Refused("not_signed_in" if who == [PUBLIC] else "not_allowed")
