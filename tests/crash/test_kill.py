"""kill -9 under load: what was acknowledged is there, once, and the state replays equal.

One data directory lives through all the kills, so that each restart stands on what the kills before
it left behind.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from fairdesk.app import DATABASE, FAIR_RULES, rules_of, state_type
from fairdesk.clock import system_clock
from fairdesk.domain.fair import Fair
from fairdesk.engine import Engine
from fairdesk.ids import new_id
from fairdesk.log.record import Broken, Record
from fairdesk.log.sqlite import SqliteStore
from fairdesk.sample import SAMPLE_FAIR
from fairdesk.simulation.visitor import Client
from fairdesk.snapshot import Snapshots
from tests.crash.conftest import Served, sign_in

STREAM = f"fair/{SAMPLE_FAIR}"
KILLS = 20
CLIENTS = 8
OUTBOXES = 2
OUTBOX_COMMANDS = 25
BATCH_MAX = 500

Body = dict[str, Any]


@dataclass(slots=True)
class Ledger:
    """What the clients know: commands sent and not answered, and those acknowledged, with the
    events they were told."""

    rng: random.Random
    doubtful: dict[str, Body] = field(default_factory=dict)
    acknowledged: dict[str, tuple[Body, list[Body]]] = field(default_factory=dict)
    attendees: list[str] = field(default_factory=list)
    persons: int = 0

    def draw(self) -> Body:
        """A registration or a check-in, as doubtful as any command until it is answered."""
        body: Body = {"command_id": new_id()}
        if not self.attendees or self.rng.random() < 0.5:
            self.persons += 1
            body |= {
                "command": "register",
                "person": {"name": f"王小{self.persons}", "phone": f"139{self.persons:08}"},
                "consents": [{"purpose": "registration", "version": 1}],
                "source": "walk_in",
            }
        else:
            attendee = self.rng.choice(self.attendees)
            body |= {"command": "check-in", "gate": "1", "attendee": attendee}
        self.doubtful[body["command_id"]] = body
        return body

    def note(self, answer: Body) -> None:
        command_id = answer["command_id"]
        body = self.doubtful.pop(command_id)
        self.acknowledged[command_id] = body, answer["events"]
        if body["command"] == "register":
            self.attendees.append(answer["events"][0]["attendee"])


@dataclass(slots=True)
class Assault:
    """Clients that send as fast as they are answered, until the server is gone."""

    client: Client
    ledger: Ledger
    served: Served
    kill_after: int
    answers: int = 0

    async def run(self) -> None:
        alone = [self._send_one_by_one() for _ in range(CLIENTS)]
        outboxes = [self._send_outboxes() for _ in range(OUTBOXES)]
        await asyncio.gather(*alone, *outboxes)

    def _answered(self, answer: Body) -> None:
        self.ledger.note(answer)
        self.answers += 1
        if self.answers == self.kill_after:
            # Not at the answer itself: anywhere in the groups that follow it.
            delay_s = self.ledger.rng.uniform(0, 0.03)
            asyncio.get_running_loop().call_later(delay_s, self.served.kill)

    async def _send_one_by_one(self) -> None:
        while True:
            body = self.ledger.draw()
            answer = await self._post(body["command"], body)
            if answer is None:
                return
            self._answered(answer)

    async def _send_outboxes(self) -> None:
        while True:
            bodies = [self.ledger.draw() for _ in range(OUTBOX_COMMANDS)]
            answer = await self._post("commands", {"commands": bodies})
            if answer is None:
                return
            for result in answer["results"]:
                assert result["status"] == 200, result
                self._answered(result)

    async def _post(self, name: str, body: Body) -> Body | None:
        """None once the server is gone."""
        url = f"{self.client.url}/api/fairs/{SAMPLE_FAIR}/{name}"
        try:
            async with self.client.session.post(url, json=body) as response:
                assert response.status == 200, await response.text()
                answer: Body = await response.json()
                return answer
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError):
            return None


async def send_again(client: Client, ledger: Ledger, command_ids: list[str]) -> None:
    """What was acknowledged answers as a repeat, with the same events; what was not is accepted,
    whether it had become durable or not."""
    known = [ledger.acknowledged[i][0] for i in command_ids]
    bodies = known + list(ledger.doubtful.values())
    for start in range(0, len(bodies), BATCH_MAX):
        batch = {"commands": bodies[start : start + BATCH_MAX]}
        answer = await client.call("POST", f"/api/fairs/{SAMPLE_FAIR}/commands", batch)
        for result in answer["results"]:
            assert result["status"] == 200, result
            command_id = result["command_id"]
            if command_id in ledger.acknowledged:
                assert result.get("duplicate") is True, result
                assert result["events"] == ledger.acknowledged[command_id][1]
            else:
                ledger.note(result)
    assert not ledger.doubtful


@asynccontextmanager
async def log_at(data: Path) -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(data / DATABASE)
    try:
        yield store
    finally:
        await store.close()


async def all_records(store: SqliteStore) -> list[Record]:
    records: list[Record] = []
    while page := await store.read(STREAM, records[-1].seq if records else 0, 5_000):
        records += page
    return records


def replay(records: list[Record]) -> Fair:
    state: Fair = FAIR_RULES.initial()
    for record in records:
        event = FAIR_RULES.codec.decode(record.kind, record.version, record.body)
        state = FAIR_RULES.evolve(state, event)
    return state


async def verify_log(data: Path, ledger: Ledger) -> int:
    """All that must hold of the file a killed server left. Keeps a snapshot of it, which is what
    the next call (and the next server) starts from. Returns the head."""
    async with log_at(data) as store:
        assert [r async for r in store.verify() if isinstance(r, Broken)] == []
        records = await all_records(store)
        runs = Counter(command_id for command_id, _ in groupby(r.command_id for r in records))
        missing = ledger.acknowledged.keys() - runs.keys()
        assert missing == set()
        assert {command_id for command_id, times in runs.items() if times > 1} == set()
        logged = {
            command_id: [msgspec.json.decode(r.body) for r in rows]
            for command_id, rows in groupby(records, key=lambda r: r.command_id)
        }
        assert all(logged[i] == events for i, (_, events) in ledger.acknowledged.items())
        once, twice = replay(records), replay(records)
        assert once == twice
        assert len(once.admission.attendees) >= len(ledger.attendees)
        engine = Engine(store, rules_of, system_clock, snapshots=Snapshots(store, state_type))
        loaded = await engine.position(STREAM)
        await engine.close()
        assert loaded == (once, len(records))
        kept = await store.load_snapshot(STREAM)
        assert kept is not None
        assert kept.seq == len(records)
        return len(records)


@pytest.mark.crash
async def test_killed_server_keeps_every_acknowledged_command_once(
    tmp_path: Path, seed: int
) -> None:
    ledger = Ledger(random.Random(seed))
    served = await Served.start(tmp_path)
    outcomes: list[tuple[int, int, int]] = []
    try:
        async with Client.connected(served.url) as client:
            await sign_in(client, tmp_path)
            await client.command(SAMPLE_FAIR, "set-occupancy-limits", amber=0, red=0)
            for _ in range(KILLS):
                client.url = served.url
                assault = Assault(client, ledger, served, ledger.rng.randrange(1, 400))
                await assault.run()
                await served.gone()
                head = await verify_log(tmp_path, ledger)
                outcomes.append((assault.answers, len(ledger.doubtful), head))
                served = await Served.start(tmp_path)
                client.url = served.url
                recent = list(ledger.acknowledged)[-assault.answers :]
                await send_again(client, ledger, recent)
            await send_again(client, ledger, list(ledger.acknowledged))
    finally:
        served.kill()
        await served.gone()
    head = await verify_log(tmp_path, ledger)
    print(f"kills: {KILLS}, acknowledged: {len(ledger.acknowledged)}, events: {head}")  # noqa: T201
    assert all(answers for answers, _, _ in outcomes)
    assert any(doubtful for _, doubtful, _ in outcomes), "no kill fell into a command"
