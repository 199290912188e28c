"""The parts a request may use, made once by the composition root, and how fairs are reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from fairdesk.clock import Clock
from fairdesk.config import Config
from fairdesk.domain.district import District
from fairdesk.domain.fair import Fair
from fairdesk.engine import Engine
from fairdesk.printing.token import BadgeKeys
from fairdesk.roster import Roster
from fairdesk.web.attempts import Attempts, Throttle
from fairdesk.web.devices import Devices
from fairdesk.web.metrics import Metrics
from fairdesk.web.problem import Refused
from fairdesk.web.staff import StaffDirectory
from fairdesk.web.streams import Streams

DISTRICT = "district"


def stream_of(fair: str) -> str:
    return f"fair/{fair}"


@dataclass(slots=True)
class Desk:
    config: Config
    clock: Clock
    engine: Engine
    roster: Roster
    badge_keys: BadgeKeys
    staff: StaffDirectory
    devices: Devices
    streams: Streams
    metrics: Metrics
    logins: Attempts
    codes: Attempts
    accepts: Throttle
    seal: Callable[[bytes], str]
    unseal: Callable[[str, int], bytes | None]
    pages: Path
    ready: bool = False

    async def district(self) -> District:
        district: District | None = self.engine.peek(DISTRICT)
        return district if district is not None else await self.engine.state(DISTRICT)

    async def fair(self, fair: str) -> Fair:
        """The committed state of a fair, its names at hand. Refuses fair_not_found."""
        stream = stream_of(fair)
        if self.roster.has(stream):
            state: Fair | None = self.engine.peek(stream)
            if state is not None:
                return state
        return (await self.fair_at(fair))[0]

    async def fair_at(self, fair: str) -> tuple[Fair, int]:
        """The state and the position it stands at."""
        if fair not in (await self.district()).fairs:
            raise Refused("fair_not_found", fair=fair)
        stream = stream_of(fair)
        while True:
            state, seq = await self.engine.position(stream)
            if self.roster.has(stream):
                return state, seq
            # While names are read the fair goes on: take its state again afterwards.
            await self.roster.load(stream, state)

    def base_url(self, request: web.Request) -> str:
        """How the outside reaches us: as configured, or as it just did."""
        return self.config.server.public_url.rstrip("/") or f"{request.scheme}://{request.host}"


DESK = web.AppKey("desk", Desk)
