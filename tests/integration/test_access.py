"""The whole access table, tried: commands, topics, pages and resources with every role and none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
import pytest_asyncio

from fairdesk.domain.decider import FAIR_COMMANDS
from fairdesk.domain.district import DISTRICT_COMMANDS
from fairdesk.ids import new_id
from fairdesk.simulation.visitor import Client
from fairdesk.web import access, commands, offices
from fairdesk.web.access import COMMANDS, PAGES, RESOURCES, ROLES, TOPICS, Role
from tests.integration.conftest import FAIR, Hall, config_at, served, set_up

STAFF: tuple[Role, ...] = ("admin", "organiser", "door_lead", "door", "statistician")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def people(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Hall, dict[str, Client]]]:
    """One hall, and a client of every role."""
    data: Path = tmp_path_factory.mktemp("access")
    async with served(config_at(data)) as hall:
        await set_up(hall)
        clients: dict[str, Client] = {"public": hall.nobody, "admin": hall.organiser}
        jars = []
        for role in STAFF[1:]:
            await hall.organiser.office(
                "add-staff", login=role, name=role, password="long enough", role=role
            )
            jar = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
            jars.append(jar)
            clients[role] = Client(jar, hall.url)
            await clients[role].sign_in(role, "long enough")
        clients["gate"] = await hall.gate()
        clients["booth"] = await hall.booth()
        clients["wall"] = await hall.organiser.pair(role="wall", fair=FAIR, name="wall")
        seeker = await hall.seeker()
        clients["seeker"] = seeker.phone
        yield hall, clients
        for jar in jars:
            await jar.close()


def body_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The least a command of this kind may say: valid, and about things that do not exist."""
    body: dict[str, Any] = {"command_id": new_id()}
    for field in msgspec.structs.fields(kind):
        if field.required and field.name != "command_id":
            body[field.encode_name] = SAMPLES[field.encode_name]
    return body


SAMPLES: dict[str, Any] = {
    "phase": "live", "amber": 1, "red": 2, "purpose": "sensitive", "version": 9, "zh": "文",
    "en": "t",
    "gate": "1", "name": "名", "credit_code": "x", "booth": "B01", "enterprise": "x", "title": "岗",
    "position_kind": "full_time", "headcount": 1, "position": "p999", "attendee": "a999",
    "kept": "a998", "merged": "a999", "consent_version": 9, "sign_up": "s999", "intention": "i999",
    "offer": "o999", "started": True, "person": {"name": "", "phone": ""}, "venue": "v",
    "level": "site", "fair": "never", "kind": "job_fair", "starts_on": "no day 00", "ends_on": "x",
    "login": "x", "password": "12345678", "role": "door", "staff": "S" + "0" * 26,
    "device": "Dx",
}  # fmt: skip
SAMPLES["starts_on"] = SAMPLES["ends_on"] = "2026-99-99"


async def status(client: Client, method: str, path: str, body: object = None) -> tuple[int, str]:
    async with client.session.request(
        method, client.url + path, json=body, headers=client.headers, allow_redirects=False
    ) as answer:
        content = await answer.read()
        code = ""
        if answer.content_type == "application/problem+json":
            code = str(msgspec.json.decode(content)["code"])
        return answer.status, code


def denied(found: tuple[int, str]) -> bool:
    return found[1] in ("not_signed_in", "not_allowed")


def granted_command(kind: type, role: Role, body: dict[str, Any]) -> bool:
    """What the table says for a client that names its own gate and booth and nobody's attendee."""
    scope = COMMANDS[kind].get(role)
    if scope is None or scope is access.BADGE:
        return False
    return not (scope is access.OWN and role == "seeker")


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", ROLES)
async def test_commands_are_granted_as_the_table_says(
    people: tuple[Hall, dict[str, Client]], role: Role
) -> None:
    _, clients = people
    wrong = []
    for name, request in commands.REQUESTS.items():
        kind = next(k for k in COMMANDS if str(k.__struct_config__.tag) == name)
        body = body_of(request)
        found = await status(clients[role], "POST", f"/api/fairs/{FAIR}/{name}", body)
        if denied(found) == granted_command(kind, role, body):
            wrong.append((name, found))
    for name, request in offices.REQUESTS.items():
        kind = offices.RIGHTS.get(request, request)
        found = await status(clients[role], "POST", f"/api/district/{name}", body_of(request))
        if denied(found) == (role in COMMANDS[kind]):
            wrong.append((name, found))
    assert wrong == []


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", ROLES)
async def test_topics_are_granted_as_the_table_says(
    people: tuple[Hall, dict[str, Client]], role: Role
) -> None:
    _, clients = people
    others = {"gate": "gate/2", "booth": "booth/B02", "me": "me/a999"}
    own = {"gate": "gate/1", "booth": "booth/B01", "me": "me/a1"}
    for topic, granted in TOPICS.items():
        scope = granted.get(role)
        found = await status(
            clients[role], "GET", f"/api/fairs/{FAIR}/views/{own.get(topic, topic)}"
        )
        assert denied(found) == (scope is None), (topic, found)
        if topic in others:
            path = f"/api/fairs/{FAIR}/views/{others[topic]}"
            found = await status(clients[role], "GET", path)
            assert denied(found) == (scope is not access.ANY), (topic, found)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("role", ROLES)
async def test_pages_and_resources_are_granted_as_the_table_says(
    people: tuple[Hall, dict[str, Client]], role: Role
) -> None:
    _, clients = people
    for page, granted in PAGES.items():
        code, _ = await status(clients[role], "GET", f"/{'' if page == 'index' else page}")
        assert (code == 302) == (role not in granted), page
    paths = {
        "people": f"/api/fairs/{FAIR}/people?q=w",
        "exports/attendees": f"/api/fairs/{FAIR}/exports/attendees.xlsx",
        "exports/sign-ups": f"/api/fairs/{FAIR}/exports/sign-ups.xlsx",
        "exports/offers": f"/api/fairs/{FAIR}/exports/offers.xlsx",
        "report": f"/api/fairs/{FAIR}/report",
        "devices": "/api/devices",
        "district": "/api/district",
        "badge": f"/api/fairs/{FAIR}/me/badge.svg",
    }
    assert set(paths) | {"imports", "pairings"} == set(RESOURCES)
    for resource, path in paths.items():
        found = await status(clients[role], "GET", path)
        assert denied(found) == (role not in RESOURCES[resource]), (resource, found)
    posts: dict[str, tuple[str, object]] = {
        "imports": (f"/api/fairs/{FAIR}/imports/attendees?dry_run=1", {}),
        "pairings": ("/api/pairings", {"role": "wall", "fair": FAIR, "name": "x"}),
    }
    for resource, (path, body) in posts.items():
        found = await status(clients[role], "POST", path, body)
        assert denied(found) == (role not in RESOURCES[resource]), (resource, found)


async def test_device_has_no_rights_at_another_fair(hall: Hall) -> None:
    gate = await hall.gate()
    await hall.organiser.office(
        "plan-fair",
        fair="other-fair",
        name="另一场",
        kind="job_fair",
        venue="cuizhu-red",
        starts_on="2026-01-01",
        ends_on="2026-12-31",
    )
    found = await status(
        gate,
        "POST",
        "/api/fairs/other-fair/check-in",
        {"command_id": new_id(), "gate": "1", "badge": "K7MQ3XP"},
    )
    assert found == (403, "not_allowed")


async def test_every_command_stands_in_the_table_or_is_the_servers_own() -> None:
    own = {"SetUpFair", "PairDevice", "ExpireOffers"}
    known = set(FAIR_COMMANDS) | set(DISTRICT_COMMANDS)
    assert {kind.__name__ for kind in known - set(COMMANDS)} == own


async def test_names_planted_in_the_vault_show_nowhere_public(hall: Hall, tmp_path: Path) -> None:
    name, phone = "泄漏测试者", "13712349876"
    gate, booth = await hall.gate(), await hall.booth()
    seeker = await hall.seeker(name, phone)
    await hall.through_door(gate, seeker)
    await seeker.sign_up()
    await booth.command(FAIR, "call-next", booth="B01")
    public = [f"/api/fairs/{FAIR}/views/{topic}" for topic in ("fair", "wall", "calls")] + [
        "/api/fairs",
        "/metrics",
        "/api/openapi.json",
        "/healthz",
        "/",
    ]
    for path in public:
        async with hall.nobody.session.get(hall.url + path) as answer:
            text = (await answer.read()).decode("utf-8", "replace")
        assert name not in text, path
        assert phone not in text, path
    for record in await hall.desk.engine.store.read(f"fair/{FAIR}", 0, 10_000):
        assert name not in record.body
        assert phone not in record.body
    for file, data in files_of(tmp_path).items():
        assert name.encode() not in data, file
        assert phone.encode() not in data, file


def files_of(directory: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in directory.iterdir()}
