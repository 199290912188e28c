"""The built pages, their assets, and the page to read the interface with."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from fairdesk.web.access import PAGES, may_open
from fairdesk.web.desk import DESK
from fairdesk.web.identity import principals
from fairdesk.web.problem import Refused

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
        "connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
IMMUTABLE = "public, max-age=31536000, immutable"


def pages_directory() -> Path:
    """Where the built pages are: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "ui"
    return installed if installed.is_dir() else package.parent / "kiosk_ui" / "dist"


async def get_page(request: web.Request) -> web.StreamResponse:
    """A page, or the way to sign in for who may not see it."""
    desk = request.app[DESK]
    page = request.match_info.get("page") or "index"
    if page not in PAGES:
        raise Refused("not_found")
    who = await principals(request)
    if not any(may_open(principal, page) for principal in who):
        raise web.HTTPFound(f"/login?next={quote(request.path_qs)}")
    return _file(desk.pages / f"{page}.html", "no-cache")


async def get_asset(request: web.Request) -> web.StreamResponse:
    desk = request.app[DESK]
    root = (desk.pages / "assets").resolve()
    path = (root / request.match_info["name"]).resolve()
    if not path.is_relative_to(root):
        raise Refused("not_found")
    return _file(path, IMMUTABLE)


async def get_public_file(request: web.Request) -> web.StreamResponse:
    """Icons and the like, by name."""
    desk = request.app[DESK]
    return _file(desk.pages / request.match_info["file"], "max-age=3600")


def _file(path: Path, cache: str) -> web.StreamResponse:
    if not path.is_file():
        raise Refused("not_found")
    return web.FileResponse(path, headers={"Cache-Control": cache, **SECURITY})
