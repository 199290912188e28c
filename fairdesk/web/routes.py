"""Every route, and what can go wrong with a request as a problem."""

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
EVERYTHING_ELSE = "/{everything_else}"


def answered(handler: Handler) -> Handler:
    """The handler, with refusals, a broken log and bugs as problems; answers are counted.

    Around each handler and not a middleware: a tenth of a check-in goes into getting through one.
    """

    async def guarded(request: web.Request) -> web.StreamResponse:
        metrics = request.app[DESK].metrics
        try:
            response = await handler(request)
        except Refused as refused:
            response = answer(refused.rejection)
        except web.HTTPException as http:
            if http.status < 400:
                metrics.answered(http.status)
                raise
            response = answer(Rejection(HTTP_CODES.get(http.status, "bad_request"), {}))
        except LogError as error:
            log.error("the log is unavailable", extra={"reason": str(error)}, exc_info=error)
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

    return guarded


async def unmatched(request: web.Request) -> web.StreamResponse:
    """No such path, or not by that method."""
    methods: set[str] = set()
    for resource in request.app.router.resources():
        if resource.canonical != EVERYTHING_ELSE:
            methods |= (await resource.resolve(request))[1]
    if not methods:
        raise Refused("not_found")
    response = answer(Rejection("method_not_allowed", {}))
    response.headers["Allow"] = ", ".join(sorted(methods))
    return response


def make_web(desk: Desk) -> web.Application:
    app = web.Application(client_max_size=desk.config.server.body_bytes_max)
    app[DESK] = desk
    app.add_routes(
        [
            # The routes of the day first: they are looked up in this order.
            web.post(FAIR + "/{command:[a-z-]+}", answered(_command_or_batch)),
            web.get(FAIR + "/streams", answered(views.get_stream)),
            web.get(FAIR + "/views/{topic:.+}", answered(views.get_view)),
            web.get(FAIR + "/people", answered(people.get_people)),
            web.get(FAIR + "/me/badge.svg", answered(sessions.get_badge)),
            web.get(FAIR + "/booths/{booth}/qr.svg", answered(sessions.get_booth_qr)),
            web.post(
                FAIR + "/imports/{list:enterprises|positions|attendees}",
                answered(lists.post_import),
            ),
            web.get(
                FAIR + "/exports/{list:attendees|sign-ups|offers}.xlsx", answered(lists.get_export)
            ),
            web.get(FAIR + "/report", answered(lists.get_report)),
            web.get(FAIR + "/report.xlsx", answered(lists.get_report_workbook)),
            web.get("/api/fairs", answered(people.get_fairs)),
            web.get("/api/session", answered(sessions.get_session)),
            web.post("/api/session", answered(sessions.post_session)),
            web.delete("/api/session", answered(sessions.delete_session)),
            web.post("/api/pairings", answered(sessions.post_pairing)),
            web.post("/api/pairings/claim", answered(sessions.post_claim)),
            web.get("/api/devices", answered(sessions.get_devices)),
            web.get("/api/district", answered(offices.get_district)),
            web.post("/api/district/{command:[a-z-]+}", answered(offices.post_district)),
            web.get("/api/openapi.json", answered(openapi.get_document)),
            web.get("/api/docs", answered(openapi.get_page)),
            web.get("/healthz", answered(health.get_health)),
            web.get("/readyz", answered(health.get_ready)),
            web.get("/metrics", answered(health.get_metrics)),
            web.get("/b/{token}", answered(sessions.get_link)),
            web.get("/B/{token}", answered(sessions.get_link)),
            web.get("/assets/{name:.+}", answered(pages.get_asset)),
            web.get(
                r"/{file:[a-z0-9-]+\.(?:svg|png|ico|webmanifest)}", answered(pages.get_public_file)
            ),
            web.get("/{page:[a-z]*}", answered(pages.get_page)),
            web.route("*", "/{everything_else:.*}", answered(unmatched)),
        ]
    )
    return app


async def _command_or_batch(request: web.Request) -> web.Response:
    if request.match_info["command"] == "commands":
        return await commands.post_batch(request)
    return await commands.post_command(request)
