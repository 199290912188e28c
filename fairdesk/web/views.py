"""Topics: as they are now, and live."""

from __future__ import annotations

import secrets

from aiohttp import web

from fairdesk.domain.fair import Fair
from fairdesk.domain.rejection import Rejection
from fairdesk.stream import views
from fairdesk.web.access import PUBLIC, Principal, may_follow
from fairdesk.web.desk import DESK, stream_of
from fairdesk.web.identity import first_allowed, principals, require_own_origin
from fairdesk.web.problem import Refused, as_json


async def get_view(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    fair, topic = request.match_info["fair"], request.match_info["topic"]
    who = await principals(request)
    first_allowed(who, lambda p: may_follow(p, fair, topic))
    state, seq = await desk.fair_at(fair)
    require_announced(state, who)
    if not views.known(state, topic):
        raise Refused("topic_unknown", topic=topic)
    return as_json(
        {
            "topic": topic,
            "log": desk.streams.log,
            "seq": seq,
            "snapshot": views.snapshot(state, desk.roster, topic),
        }
    )


async def get_stream(request: web.Request) -> web.StreamResponse:
    """A WebSocket that carries any number of the fair's topics."""
    desk = request.app[DESK]
    require_own_origin(request)
    who = await principals(request)
    fair = request.match_info["fair"]
    state, seq = await desk.fair_at(fair)
    require_announced(state, who)
    if not desk.accepts.take():
        raise Refused("come_back", retry_after_s=1 + secrets.randbelow(4))
    ws = web.WebSocketResponse(compress=False, autoping=False, max_msg_size=8192)
    await ws.prepare(request)
    hub = desk.streams.hub(stream_of(fair), state, seq)

    def allow(topic: str) -> Rejection | None:
        if any(may_follow(principal, fair, topic) for principal in who):
            return None
        return Rejection("not_allowed", {})

    await hub.serve(ws, request.transport, allow, who)
    return ws


def announced(phase: str, who: list[Principal]) -> bool:
    """Whether these people may know of a fair in this phase: a draft is for its staff."""
    return phase not in ("", "draft") or who != [PUBLIC]


def require_announced(fair: Fair, who: list[Principal]) -> None:
    if not announced(fair.setup.phase, who):
        raise Refused("fair_not_found", fair=fair.setup.fair)
