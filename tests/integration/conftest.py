"""A whole server on a port of its own, real store and all, with a fair that is live."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from fairdesk.app import first_login, open_desk, serving
from fairdesk.config import Config, Data, Server
from fairdesk.ids import new_id
from fairdesk.sample import VENUES, district, set_up_commands
from fairdesk.simulation.crowd import firm
from fairdesk.simulation.visitor import Client
from fairdesk.web.access import Principal
from fairdesk.web.commands import perform
from fairdesk.web.desk import Desk
from fairdesk.web.offices import PlanFairRequest

FAIR = "hall"
ORGANISER = Principal("staff", "test", "admin")


@dataclass(slots=True)
class Hall:
    """A served fair. `organiser` is signed in; `nobody` has no cookies."""

    desk: Desk
    url: str
    organiser: Client
    nobody: Client
    fair: str = FAIR

    @property
    def streams(self) -> str:
        return self.url.replace("http", "ws", 1) + f"/api/fairs/{self.fair}/streams"

    async def gate(self, gate: str = "1") -> Client:
        return await self.organiser.pair(role="gate", fair=self.fair, gate=gate, name="door")

    async def booth(self, booth: str = "B01", *, checked_in: bool = True) -> Client:
        client = await self.organiser.pair(role="booth", fair=self.fair, booth=booth, name=booth)
        if checked_in:
            await client.command(self.fair, "check-in-booth", booth=booth)
        return client

    async def seeker(self, name: str = "王志刚", phone: str = "13800138000") -> Seeker:
        answer = await self.nobody.command(
            self.fair,
            "register",
            person={"name": name, "phone": phone, "looking_for": "电工"},
            consents=[{"purpose": "registration", "version": 1}],
        )
        attendee = next(e["attendee"] for e in answer["events"] if "attendee" in e)
        token = answer["link"].removeprefix("/b/")
        return Seeker(attendee, token, self.nobody.with_token(token))

    async def through_door(self, gate: Client, seeker: Seeker) -> dict[str, Any]:
        return await gate.command(self.fair, "check-in", gate="1", badge=seeker.token)


@dataclass(slots=True)
class Seeker:
    attendee: str
    token: str
    phone: Client

    async def sign_up(self, booth: str = "B01", position: str = "p1") -> str:
        answer = await self.phone.command(
            FAIR,
            "sign-up",
            attendee=self.attendee,
            booth=booth,
            position=position,
            consent_version=1,
        )
        sign_up: str = answer["events"][0]["sign_up"]
        return sign_up


def config_at(data: Path, **server: Any) -> Config:
    return Config(data=Data(str(data)), server=replace(Server(host="127.0.0.1", port=0), **server))


@asynccontextmanager
async def served(config: Config) -> AsyncIterator[Hall]:
    """Serve the data at `config`; the organiser is signed in."""
    async with open_desk(config) as desk, serving(desk) as url, Client.connected(url) as organiser:
        login = first_login(config)
        assert login is not None
        await organiser.sign_in(*login)
        yield Hall(desk, url, organiser, Client(organiser.others, organiser.url))


async def set_up(hall: Hall, *, booths: int = 3) -> None:
    desk = hall.desk
    for venue, name, level, parent in VENUES:
        await hall.organiser.office("add-venue", venue=venue, name=name, level=level, parent=parent)
    plan = PlanFairRequest(
        command_id=new_id(),
        fair=FAIR,
        name="测试招聘会",
        kind="job_fair",
        venue="cuizhu-red",
        starts_on="2020-01-01",
        ends_on="2099-12-31",
    )
    await district(desk, plan)
    for command in set_up_commands():
        await perform(desk, [ORGANISER], FAIR, command)
    send = hall.organiser.command
    for number in range(1, booths + 1):
        code = firm(1, number)
        await send(FAIR, "add-enterprise", credit_code=code, name=f"企业{number}")
        await send(FAIR, "add-booth", booth=f"B{number:02}", enterprise=code)
        await send(
            FAIR,
            "add-position",
            booth=f"B{number:02}",
            title=f"岗位{number}",
            position_kind="full_time",
            headcount=2,
            pay_min=5000,
            pay_max=8000,
        )
    await send(FAIR, "change-phase", phase="live")


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    async with served(config_at(tmp_path)) as hall:
        await set_up(hall)
        yield hall
