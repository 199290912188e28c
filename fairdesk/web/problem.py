"""Refusals on the wire: RFC 9457 `application/problem+json` with a code and facts, never words.

Handlers raise Refused for what the caller got wrong; the middleware in routes.py turns it, and
every other way a request can fail, into a problem.
"""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from fairdesk.domain.rejection import Rejection

CONTENT_TYPE = "application/problem+json"
PREFIX = "urn:fairdesk:problem:"

STATUS = {
    "bad_json": 400,
    "bad_request": 400,
    "not_signed_in": 401,
    "wrong_login": 401,
    "pairing_code_unknown": 401,
    "link_not_valid": 401,
    "not_allowed": 403,
    "bad_origin": 403,
    "not_found": 404,
    "fair_not_found": 404,
    "topic_unknown": 404,
    "command_unknown": 404,
    "method_not_allowed": 405,
    "body_too_large": 413,
    "list_too_large": 413,
    "invalid_input": 422,
    "list_unreadable": 422,
    "too_many_attempts": 429,
    "internal": 500,
    "log_unavailable": 503,
    "overloaded": 503,
    "come_back": 503,
}
"""HTTP status by code; everything the domain refuses is a 409."""


class Problem(msgspec.Struct, frozen=True):
    """The body of a refusal."""

    type: str
    title: str
    status: int
    code: str
    facts: dict[str, Any] = {}


class Refused(Exception):
    """Leave the handler with a problem."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.rejection = Rejection(code, facts)


def problem_of(rejection: Rejection) -> Problem:
    code = rejection.code
    return Problem(PREFIX + code, code, STATUS.get(code, 409), code, rejection.facts)


def answer(rejection: Rejection) -> web.Response:
    problem = problem_of(rejection)
    headers = {}
    if problem.status in (429, 503):
        headers["Retry-After"] = str(problem.facts.get("retry_after_s", 1))
    return web.Response(
        body=msgspec.json.encode(problem),
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers=headers,
    )


def as_json(value: object, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(value), status=status, content_type="application/json"
    )
