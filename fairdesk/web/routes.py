"""Every route, and the one middleware: what can go wrong with a request becomes a problem."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from fairdesk.domain.rejection import Rejection
from fairdesk.engine import Overloaded
from fairdesk.log.store import LogError
from fairdesk.web import (
    commands,
    health,
    lists,
    offices,
    openapi,
    pages,
    people,
    sessions,
    views,
)
from fairdesk.web.desk import DESK, Desk
from fairdesk.web.problem import Refused, answer

log = logging.getLogger("fairdesk.web")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}

FAIR = "/api/fairs/{fair}"


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals, a broken log and bugs into problems, and count what was answered."""
    metrics = request.app[DESK].metrics
    try:
        response: web.StreamResponse = await handler(request)
    except Refused as refused:
        response = answer(refused.rejection)
    except web.HTTPException as http:
        if http.status < 400:
            metrics.answered(http.status)
            raise
        response = answer(Rejection(HTTP_CODES.get(http.status, "bad_request"), {}))
        if "Allow" in http.headers:
            response.headers["Allow"] = http.headers["Allow"]
    except LogError as error:
        log.error("the log is unavailable", exc_info=error)
        response = answer(Rejection("log_unavailable", {"retry_after_s": 1}))
    except Overloaded:
        response = answer(Rejection("overloaded", {"retry_after_s": 1}))
    except ConnectionResetError:
        raise
    except Exception:
        log.exception("a request failed", extra={"path": request.match_info.route.name or ""})
        response = answer(Rejection("internal", {}))
    metrics.answered(response.status)
    return response


def make_web(desk: Desk) -> web.Application:
    app = web.Application(middlewares=[problems], client_max_size=desk.config.server.body_bytes_max)
    app[DESK] = desk
    app.add_routes(
        [
            # The routes of the day first: they are looked up in this order.
            web.post(FAIR + "/{command:[a-z-]+}", _command_or_batch),
            web.get(FAIR + "/streams", views.get_stream),
            web.get(FAIR + "/views/{topic:.+}", views.get_view),
            web.get(FAIR + "/people", people.get_people),
            web.get(FAIR + "/me/badge.svg", sessions.get_badge),
            web.get(FAIR + "/booths/{booth}/qr.svg", sessions.get_booth_qr),
            web.post(FAIR + "/imports/{list:enterprises|positions|attendees}", lists.post_import),
            web.get(FAIR + "/exports/{list:attendees|sign-ups|offers}.xlsx", lists.get_export),
            web.get(FAIR + "/report", lists.get_report),
            web.get(FAIR + "/report.xlsx", lists.get_report_workbook),
            web.get("/api/fairs", people.get_fairs),
            web.get("/api/session", sessions.get_session),
            web.post("/api/session", sessions.post_session),
            web.delete("/api/session", sessions.delete_session),
            web.post("/api/pairings", sessions.post_pairing),
            web.post("/api/pairings/claim", sessions.post_claim),
            web.get("/api/devices", sessions.get_devices),
            web.get("/api/district", offices.get_district),
            web.post("/api/district/{command:[a-z-]+}", offices.post_district),
            web.get("/api/openapi.json", openapi.get_document),
            web.get("/api/docs", openapi.get_page),
            web.get("/healthz", health.get_health),
            web.get("/readyz", health.get_ready),
            web.get("/metrics", health.get_metrics),
            web.get("/b/{token}", sessions.get_link),
            web.get("/B/{token}", sessions.get_link),
            web.get("/assets/{name:.+}", pages.get_asset),
            web.get(r"/{file:[a-z0-9-]+\.(?:svg|png|ico|webmanifest)}", pages.get_public_file),
            web.get("/{page:[a-z]*}", pages.get_page),
        ]
    )
    return app


async def _command_or_batch(request: web.Request) -> web.Response:
    if request.match_info["command"] == "commands":
        return await commands.post_batch(request)
    return await commands.post_command(request)
