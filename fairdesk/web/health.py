"""Whether the server lives, whether it may be sent work, and its metrics."""

from __future__ import annotations

import hashlib

from aiohttp import web

from fairdesk import __version__
from fairdesk.log.store import LogError
from fairdesk.web.desk import DESK
from fairdesk.web.problem import Refused, as_json


def build_id(pages: bytes) -> str:
    return hashlib.sha256(pages).hexdigest()[:12]


async def get_health(request: web.Request) -> web.Response:
    """The process answers. `build` changes with the pages that are served."""
    wall = request.app[DESK].pages / "wall.html"
    pages = wall.read_bytes() if wall.is_file() else b""
    return as_json({"status": "ok", "version": __version__, "build": build_id(pages)})


async def get_ready(request: web.Request) -> web.Response:
    """The log can be read and the server is not stopping."""
    desk = request.app[DESK]
    if not desk.ready:
        raise Refused("come_back", retry_after_s=1)
    try:
        await desk.engine.store.log_id()
    except LogError:
        raise Refused("log_unavailable") from None
    return as_json({"status": "ready"})


async def get_metrics(request: web.Request) -> web.Response:
    return web.Response(
        body=request.app[DESK].metrics.render(),
        headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
    )
