"""Finding people at the door, and the fairs there are."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from fairdesk.domain.district import District
from fairdesk.domain.fair import Fair
from fairdesk.domain.identifiers import short_code
from fairdesk.web.access import may_use
from fairdesk.web.desk import DESK, Desk, stream_of
from fairdesk.web.identity import first_allowed, principals
from fairdesk.web.problem import Refused, as_json
from fairdesk.web.views import announced

FOUND_MAX = 100


def number(request: web.Request, name: str, default: int, most: int) -> int:
    """A whole number of the query string. Refuses invalid_input."""
    text = request.query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused("invalid_input", path=name, message="expected a whole number")
    return min(int(text), most)


async def get_people(request: web.Request) -> web.Response:
    """By name, pinyin, initials, last four digits or short code; `after` people are skipped."""
    desk = request.app[DESK]
    fair_code = request.match_info["fair"]
    first_allowed(await principals(request), lambda p: may_use(p, "people", fair_code))
    fair = await desk.fair(fair_code)
    after = number(request, "after", 0, 1_000_000)
    limit = number(request, "limit", 20, FOUND_MAX)
    query = request.query.get("q", "")[:200]
    found, more = desk.roster.search(stream_of(fair_code), query, after=after, limit=limit)
    people = [person_row(desk, fair, attendee) for attendee in found]
    return as_json({"people": people, "more": more})


def person_row(desk: Desk, fair: Fair, attendee: str) -> dict[str, Any]:
    found = fair.admission.attendees[attendee]
    details = desk.roster.details(found.person)
    return {
        "attendee": attendee,
        "name": details.name if details else "",
        "phone_tail": details.phone[-4:] if details else "",
        "looking_for": details.looking_for if details else "",
        "roles": found.roles,
        "badge": short_code(fair.setup.number, found.badge) if found.badge else "",
        "inside": found.inside,
        "entered_at": found.entered_at,
        "alike": found.alike,
    }


async def get_fairs(request: web.Request) -> web.Response:
    """The fairs there are, next ones first; drafts for the office only."""
    desk = request.app[DESK]
    who = await principals(request)
    district = await desk.district()
    rows = []
    for planned in district.fairs.values():
        fair = await desk.fair(planned.fair)
        if announced(fair.setup.phase, who):
            rows.append(fair_row(district, fair))
    rows.sort(key=lambda row: row["starts_on"], reverse=True)
    return as_json({"fairs": rows})


def fair_row(district: District, fair: Fair) -> dict[str, Any]:
    setup = fair.setup
    venue = setup.venues[-1] if setup.venues else None
    return {
        "fair": setup.fair,
        "number": setup.number,
        "name": setup.name,
        "kind": setup.kind,
        "phase": setup.phase,
        "venue": venue.venue if venue else "",
        "venue_name": venue.name if venue else "",
        "starts_on": setup.starts_on,
        "ends_on": setup.ends_on,
    }
