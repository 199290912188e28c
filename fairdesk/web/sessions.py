"""Signing in: staff by password, devices by a six-digit code, seekers by their own link."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

import msgspec
from aiohttp import web

from fairdesk.domain.district import DevicePaired, PairDevice
from fairdesk.domain.rejection import Rejection
from fairdesk.ids import new_id
from fairdesk.printing.qr import svg
from fairdesk.web.access import PUBLIC, Principal, may_use
from fairdesk.web.attempts import Attempts
from fairdesk.web.commands import decode
from fairdesk.web.desk import DESK, DISTRICT, Desk
from fairdesk.web.devices import PairingRequest
from fairdesk.web.identity import (
    BADGE_COOKIE,
    COOKIES,
    DEVICE_COOKIE,
    STAFF_COOKIE,
    StaffSession,
    badge_holder,
    first_allowed,
    principals,
    require_own_origin,
    token_hash,
)
from fairdesk.web.problem import Refused, as_json

YEAR_S = 365 * 24 * 3600


class Login(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    login: Annotated[str, msgspec.Meta(max_length=200)]
    password: Annotated[str, msgspec.Meta(max_length=200)]


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: Annotated[str, msgspec.Meta(max_length=20)]


_login_decoder = msgspec.json.Decoder(Login)
_pairing_decoder = msgspec.json.Decoder(PairingRequest)
_claim_decoder = msgspec.json.Decoder(Claim)


def caller(request: web.Request) -> str:
    """The address that failed attempts are counted for."""
    return request.remote or ""


def require_patience(attempts: Attempts, key: str, now: int) -> None:
    wait_ms = attempts.wait_ms(key, now)
    if wait_ms:
        raise Refused("too_many_attempts", retry_after_s=-(-wait_ms // 1000))


def set_cookie(
    request: web.Request, response: web.Response, name: str, value: str, *, max_age: int
) -> None:
    secure = request.app[DESK].base_url(request).startswith("https:")
    response.set_cookie(
        name, value, max_age=max_age, httponly=True, samesite="Lax", secure=secure, path="/"
    )


async def get_session(request: web.Request) -> web.Response:
    """Whom this browser speaks for, and the server's time."""
    desk = request.app[DESK]
    rows = [await principal_row(desk, p) for p in await principals(request) if p is not PUBLIC]
    return as_json({"principals": rows, "now": desk.clock()})


async def principal_row(desk: Desk, principal: Principal) -> dict[str, Any]:
    name = ""
    if principal.kind == "staff" and (details := desk.staff.details(principal.id)):
        name = details.name
    elif principal.kind == "device":
        name = (await desk.district()).devices[principal.id].name
    elif principal.kind == "badge":
        fair = await desk.fair(principal.fair)
        name = desk.roster.name(fair.admission.attendees[principal.attendee].person)
    return {**msgspec.structs.asdict(principal), "name": name}


async def post_session(request: web.Request) -> web.Response:
    """Sign in with a login and a password."""
    desk = request.app[DESK]
    require_own_origin(request)
    login: Login = decode(_login_decoder, await request.read())
    now = desk.clock()
    keys = (f"from {caller(request)}", f"as {login.login.strip().lower()}")
    for key in keys:
        require_patience(desk.logins, key, now)
    staff = await desk.staff.verify(login.login, login.password)
    known = (await desk.district()).staff.get(staff or "")
    if staff is None or known is None or known.removed:
        for key in keys:
            desk.logins.failed(key, now)
        raise Refused("wrong_login")
    for key in keys:
        desk.logins.succeeded(key)
    session = msgspec.json.encode(StaffSession(staff, known.epoch))
    principal = Principal("staff", staff, known.role)  # type: ignore[arg-type]
    response = as_json({"principals": [await principal_row(desk, principal)], "now": now})
    hours = desk.config.access.session_hours
    set_cookie(request, response, STAFF_COOKIE, desk.seal(session), max_age=hours * 3600)
    return response


async def delete_session(request: web.Request) -> web.Response:
    """Sign out: `?kind=staff`, `device` or `badge`."""
    require_own_origin(request)
    kind = request.query.get("kind", "staff")
    if kind not in COOKIES:
        raise Refused("invalid_input", path="kind", message="staff, device or badge")
    response = as_json({"principals": []})
    response.del_cookie(COOKIES[kind], path="/")
    return response


async def post_pairing(request: web.Request) -> web.Response:
    """A six-digit code with which one device may become what is asked for."""
    desk = request.app[DESK]
    pairing: PairingRequest = decode(_pairing_decoder, await request.read())
    first_allowed(await principals(request), lambda p: may_use(p, "pairings"))
    fair = await desk.fair(pairing.fair)
    if pairing.role == "gate" and pairing.gate not in fair.setup.gates:
        raise Refused("gate_unknown", gate=pairing.gate)
    if pairing.role == "booth" and pairing.booth not in fair.setup.booths:
        raise Refused("booth_unknown", booth=pairing.booth)
    now = desk.clock()
    expires_at = now + desk.config.access.pairing_code_minutes * 60_000
    return as_json({"code": desk.devices.offer(pairing, expires_at, now), "expires_at": expires_at})


async def post_claim(request: web.Request) -> web.Response:
    """Use up a code: the device gets its token, as a cookie and in the answer."""
    desk = request.app[DESK]
    require_own_origin(request)
    claim: Claim = decode(_claim_decoder, await request.read())
    now = desk.clock()
    require_patience(desk.codes, caller(request), now)
    pairing = desk.devices.claim(claim.code.strip().replace(" ", ""), now)
    if pairing is None:
        desk.codes.failed(caller(request), now)
        raise Refused("pairing_code_unknown")
    token = secrets.token_urlsafe(32)
    outcome = await desk.engine.submit(
        DISTRICT,
        PairDevice(
            command_id=new_id(),
            device=f"D{new_id()}",
            name=pairing.name,
            role=pairing.role,
            fair=pairing.fair,
            gate=pairing.gate,
            booth=pairing.booth,
            token_hash=token_hash(token),
        ),
        "public",
    )
    if isinstance(outcome, Rejection):
        raise Refused(outcome.code, **outcome.facts)
    paired = outcome.events[0]
    assert isinstance(paired, DevicePaired)
    response = as_json(
        {
            "token": token,
            "device": paired.device,
            "role": paired.role,
            "fair": paired.fair,
            "gate": paired.gate,
            "booth": paired.booth,
        }
    )
    set_cookie(request, response, DEVICE_COOKIE, token, max_age=YEAR_S)
    return response


async def get_devices(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    first_allowed(await principals(request), lambda p: may_use(p, "devices"))
    rows = []
    for device in (await desk.district()).devices.values():
        row = msgspec.structs.asdict(device)
        del row["token_hash"]
        rows.append({**row, "last_seen_at": desk.devices.last_seen.get(device.device, 0)})
    return as_json({"devices": rows})


async def get_link(request: web.Request) -> web.Response:
    """A badge's link, opened by its holder's phone: from now on this browser is his."""
    desk = request.app[DESK]
    parsed = desk.badge_keys.parse(request.match_info["token"])
    found = None if isinstance(parsed, Rejection) else await badge_holder(desk, parsed)
    if found is None:
        raise web.HTTPFound("/me?link=invalid")
    fair, _ = found
    response = web.HTTPFound(f"/me?fair={fair.setup.fair}")  # an answer and an exception at once
    token = request.match_info["token"].upper()
    set_cookie(request, response, BADGE_COOKIE, token, max_age=YEAR_S)
    raise response


async def get_badge(request: web.Request) -> web.Response:
    """The seeker's own badge as an SVG."""
    desk = request.app[DESK]
    fair_code = request.match_info["fair"]
    principal = first_allowed(
        await principals(request), lambda p: may_use(p, "badge", fair_code) and p.kind == "badge"
    )
    fair = await desk.fair(fair_code)
    attendee = fair.admission.attendees[principal.attendee]
    token = desk.badge_keys.sign(fair.setup.number, attendee.badge)
    return picture(f"{desk.base_url(request)}/b/{token}".upper(), cache="private, no-store")


async def get_booth_qr(request: web.Request) -> web.Response:
    """The QR code on a booth: any phone that reads it opens the sign-up."""
    desk = request.app[DESK]
    fair_code, booth = request.match_info["fair"], request.match_info["booth"]
    if booth not in (await desk.fair(fair_code)).setup.booths:
        raise Refused("booth_unknown", booth=booth)
    url = f"{desk.base_url(request)}/me?fair={fair_code}&booth={booth}"
    return picture(url, cache="max-age=300")


def picture(text: str, *, cache: str) -> web.Response:
    return web.Response(
        text=svg(text), content_type="image/svg+xml", headers={"Cache-Control": cache}
    )
