"""The interface's own document, generated from the types that decode requests, and a page."""

from __future__ import annotations

import functools
import html
from typing import Any

import msgspec
from aiohttp import web

from fairdesk import __version__
from fairdesk.domain.decider import FAIR_EVENTS
from fairdesk.domain.message import Command, Event
from fairdesk.reports.figures import Report
from fairdesk.web import commands, offices, sessions
from fairdesk.web.devices import PairingRequest
from fairdesk.web.lists import ImportResult
from fairdesk.web.pages import SECURITY
from fairdesk.web.problem import Problem, as_json

REF = "#/components/schemas/{name}"
Json = dict[str, Any]

FAIR_PARAMETER: Json = {
    "name": "fair",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{1,39}$"},
}


def text_of(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split())


@functools.cache
def document() -> Json:
    """OpenAPI 3.1: the same types decode the requests, so it can't say anything else."""
    bodies = {**commands.REQUESTS, **offices.REQUESTS}
    types: list[Any] = [
        *bodies.values(),
        *FAIR_EVENTS,
        sessions.Login,
        sessions.Claim,
        PairingRequest,
        commands.PersonAnswer,
        Problem,
        Report,
        ImportResult,
    ]
    _, components = msgspec.json.schema_components(types, ref_template=REF)
    components["Answer"] = answer_schema()
    components["Batch"] = {
        "type": "object",
        "required": ["commands"],
        "additionalProperties": False,
        "properties": {
            "commands": {
                "type": "array",
                "maxItems": commands.BATCH_MAX,
                "items": {
                    "type": "object",
                    "required": ["command", "command_id"],
                    "properties": {"command": {"enum": sorted(commands.REQUESTS)}},
                },
            }
        },
    }
    paths: Json = {}
    for name, kind in commands.REQUESTS.items():
        paths[f"/api/fairs/{{fair}}/{name}"] = {"post": command_operation(name, kind, "fair")}
    paths["/api/fairs/{fair}/commands"] = {
        "post": operation(
            "A batch of commands, oldest first: a result for each, in order",
            body="Batch",
            parameters=[FAIR_PARAMETER],
            answer={"type": "object"},
        )
    }
    for name, kind in offices.REQUESTS.items():
        paths[f"/api/district/{name}"] = {"post": command_operation(name, kind, "district")}
    paths |= reading_paths()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "fairdesk",
            "version": __version__,
            "description": "Every change is a command with an id of the caller's making: sending "
            "it again is harmless. Every refusal is a problem with a code and facts.",
        },
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
        },
    }


def answer_schema() -> Json:
    kinds = [{"$ref": REF.format(name=event.__name__)} for event in FAIR_EVENTS]
    return {
        "type": "object",
        "required": ["command_id", "seq", "events"],
        "properties": {
            "command_id": {"type": "string"},
            "seq": {"type": "integer"},
            "duplicate": {"type": "boolean"},
            "events": {"type": "array", "items": {"anyOf": [*kinds, {"type": "object"}]}},
            "person": {"$ref": REF.format(name="PersonAnswer")},
            "link": {"type": "string"},
        },
    }


def command_operation(name: str, kind: type[Command], tag: str) -> Json:
    made = operation(
        text_of(kind) or name,
        body=kind.__name__,
        parameters=[FAIR_PARAMETER] if tag == "fair" else [],
        answer={"$ref": REF.format(name="Answer")},
    )
    return {"operationId": name, "tags": [tag], **made}


def operation(
    summary: str,
    *,
    answer: Json,
    body: str = "",
    parameters: list[Json] | None = None,
) -> Json:
    problem = {"application/problem+json": {"schema": {"$ref": REF.format(name="Problem")}}}
    made: Json = {
        "summary": summary,
        "responses": {
            "200": {"description": "Done", "content": {"application/json": {"schema": answer}}},
            "4XX": {"description": "Refused: see the code and facts", "content": problem},
            "503": {"description": "Not now; nothing was changed", "content": problem},
        },
    }
    if parameters:
        made["parameters"] = parameters
    if body:
        schema = {"$ref": REF.format(name=body)}
        made["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        }
    return made


def query(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "schema": schema}


def reading_paths() -> Json:
    fair = [FAIR_PARAMETER]
    topic = {
        "name": "topic",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "examples": ["wall", "booth/B07"]},
    }
    anything: Json = {"type": "object"}
    pages = [
        query("q", {"type": "string", "maxLength": 200}),
        query("after", {"type": "integer", "minimum": 0, "maximum": 999_999}),
        query("limit", {"type": "integer", "minimum": 0, "maximum": 100}),
    ]
    return {
        "/api/fairs": {"get": operation("The fairs there are", answer=anything)},
        "/api/fairs/{fair}/views/{topic}": {
            "get": operation("A topic as it is now", parameters=[*fair, topic], answer=anything)
        },
        "/api/fairs/{fair}/people": {
            "get": operation(
                "Find people by name, pinyin, initials, last four digits or short code",
                parameters=[*fair, *pages],
                answer=anything,
            )
        },
        "/api/fairs/{fair}/report": {
            "get": operation(
                "The report", parameters=fair, answer={"$ref": REF.format(name="Report")}
            )
        },
        "/api/session": {
            "get": operation("Whom this client speaks for", answer=anything),
            "post": operation("Sign in", body="Login", answer=anything),
        },
        "/api/pairings": {
            "post": operation("A code for a device", body="PairingRequest", answer=anything)
        },
        "/api/pairings/claim": {
            "post": operation("Pair this device", body="Claim", answer=anything)
        },
        "/api/devices": {"get": operation("Paired devices", answer=anything)},
        "/api/district": {"get": operation("Venues, fairs, staff", answer=anything)},
        "/healthz": {"get": operation("The server lives", answer=anything)},
        "/readyz": {"get": operation("The server may be sent work", answer=anything)},
    }


async def get_document(request: web.Request) -> web.Response:
    return as_json(document())


async def get_page(request: web.Request) -> web.Response:
    """The document as a page to read: no script, nothing from elsewhere."""
    return web.Response(text=page(), content_type="text/html", headers=SECURITY)


@functools.cache
def page() -> str:
    doc = document()
    schemas = doc["components"]["schemas"]
    sections = []
    for path, methods in doc["paths"].items():
        for method, made in methods.items():
            body = made.get("requestBody", {})
            name = ""
            if body:
                name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            sections.append(section(path, method, made["summary"], schemas.get(name)))
    return PAGE.format(version=doc["info"]["version"], sections="".join(sections))


def section(path: str, method: str, summary: str, schema: Json | None) -> str:
    rows = "".join(
        f"<tr><td><code>{html.escape(field)}</code></td><td>{html.escape(shape(of))}</td>"
        f"<td>{'needed' if field in (schema or {}).get('required', ()) else ''}</td></tr>"
        for field, of in (schema or {}).get("properties", {}).items()
    )
    table = f"<table><tr><th>field</th><th>shape</th><th></th></tr>{rows}</table>" if rows else ""
    return (
        f"<section><h2><b>{method.upper()}</b> <code>{html.escape(path)}</code></h2>"
        f"<p>{html.escape(summary)}</p>{table}</section>"
    )


def shape(schema: Json) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(shape(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {shape(schema.get('items', {}))}"
    bounds = [
        f"{word} {schema[key]}"
        for key, word in {
            "minimum": "≥", "maximum": "≤", "minLength": "length ≥", "maxLength": "length ≤",
            "pattern": "like",
        }.items()
        if key in schema
    ]  # fmt: skip
    return " ".join([str(schema.get("type", "any")), *bounds])


PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>fairdesk: interface</title>
<meta name="viewport" content="width=device-width">
<style>
body{{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;color:#1b2733;background:#fff}}
section{{border-top:1px solid #d5dde5;padding:.5rem 0}}h2{{font-size:1rem;font-weight:400}}
h2 b{{display:inline-block;min-width:4rem;color:#0b5cad}}code{{font-size:.95em}}
table{{border-collapse:collapse;width:100%}}
td,th{{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #eef2f6;vertical-align:top}}
</style>
<h1>fairdesk {version}</h1>
<p>The machine-readable document is at <a href="/api/openapi.json">/api/openapi.json</a>. Every
change is a command with a <code>command_id</code> (a ULID) of the caller's making; sending it again
is harmless. Refusals are <code>application/problem+json</code> with a code and facts. Live topics:
a WebSocket at <code>/api/fairs/{{fair}}/streams</code>.</p>
{sections}</html>"""


def event_kinds() -> list[str]:
    """Every kind of event there is, for the documentation's own test."""
    return [str(event.__struct_config__.tag) for event in FAIR_EVENTS if issubclass(event, Event)]
