"""HTTP as anybody would use it: commands with ids, retried until they are answered."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from fairdesk.ids import new_id

RETRIES_MAX = 40
DELAY_MAX_S = 2.0


class Unanswered(Exception):
    """The server gave no answer in all that time."""


class Refusal(Exception):
    """The server said no to something the simulation needs."""

    def __init__(self, code: str, facts: Mapping[str, Any]) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


class Client:
    """One identity at one server. `headers` carry its token, if any."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        headers: Mapping[str, str] | None = None,
        others: aiohttp.ClientSession | None = None,
    ) -> None:
        self.session = session
        self.others = others or session
        self.url = url
        self.headers = dict(headers or {})

    @classmethod
    @asynccontextmanager
    async def connected(cls, url: str) -> AsyncIterator[Client]:
        """A client that is nobody yet. Cookies are its own; those made from it have none."""
        connector = aiohttp.TCPConnector(limit=0)
        own, none = aiohttp.CookieJar(unsafe=True), aiohttp.DummyCookieJar()
        async with (
            aiohttp.ClientSession(connector=connector, cookie_jar=own) as session,
            aiohttp.ClientSession(
                connector=connector, connector_owner=False, cookie_jar=none
            ) as others,
        ):
            yield cls(session, url.rstrip("/"), others=others)

    def with_token(self, token: str) -> Client:
        """Somebody else, known by a token."""
        return Client(self.others, self.url, {"Authorization": f"Bearer {token}"})

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        data: bytes | None = None,
        params: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """A JSON answer. Retried while the server can't be reached or says later; raises Refusal
        for any other refusal, Unanswered in the end."""
        for attempt in range(RETRIES_MAX):
            try:
                async with self.session.request(
                    method,
                    self.url + path,
                    json=body,
                    data=data,
                    params=params,
                    headers=self.headers,
                ) as response:
                    answer: dict[str, Any] = await response.json(content_type=None)
                    if response.status < 400:
                        return answer
                    if response.status not in (429, 503):
                        raise Refusal(answer["code"], answer["facts"])
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(random.uniform(0, min(DELAY_MAX_S, 0.05 * 2**attempt)))
        raise Unanswered(path)

    async def command(self, fair: str, command: str, /, **fields: object) -> dict[str, Any]:
        """Send one command; however often it takes, with the same id."""
        body = {"command_id": new_id(), **fields}
        return await self.call("POST", f"/api/fairs/{fair}/{command}", body)

    async def office(self, command: str, /, **fields: object) -> dict[str, Any]:
        """Send one command of the district."""
        body = {"command_id": new_id(), **fields}
        return await self.call("POST", f"/api/district/{command}", body)

    async def view(self, fair: str, topic: str) -> dict[str, Any]:
        answer = await self.call("GET", f"/api/fairs/{fair}/views/{topic}")
        snapshot: dict[str, Any] = answer["snapshot"]
        return snapshot

    async def report(self, fair: str) -> dict[str, int]:
        answer = await self.call("GET", f"/api/fairs/{fair}/report")
        return {figure["key"]: figure["value"] for figure in answer["figures"]}

    async def sign_in(self, login: str, password: str) -> None:
        """As staff: the session's cookie stays with the client session."""
        await self.call("POST", "/api/session", {"login": login, "password": password})

    async def pair(self, **pairing: str) -> Client:
        """A device of its own, paired by code as a tablet is."""
        offered = await self.call("POST", "/api/pairings", pairing)
        device = Client(self.others, self.url)
        claimed = await device.call("POST", "/api/pairings/claim", {"code": offered["code"]})
        return self.with_token(claimed["token"])
