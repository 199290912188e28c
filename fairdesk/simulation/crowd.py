"""A day at a fair, by chance but the same chance for the same seed.

Seekers register, come in, sign up at a few booths and leave; recruiters watch their own queue live,
call, interview, agree on intentions and make offers. Time runs `speed` times as fast as in a hall,
or, with speed 0, as fast as the server goes.

One average activity, from the public figures of a year: 13.7 enterprises, 590 positions offered, 93
people with an intention.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from fairdesk.domain.identifiers import credit_check, organisation_check
from fairdesk.simulation.tally import Tally
from fairdesk.simulation.visitor import Client, Refusal
from fairdesk.stream.follower import Follower

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉建"
LOOK_AGAIN_S = 0.5
TRADES = ("电工", "焊工", "护理", "厨师", "司机", "客服", "文员", "软件开发", "保安", "仓管")


@dataclass(frozen=True, slots=True)
class Size:
    """How many, and for how long in the hall's time."""

    people: int = 400
    booths: int = 14
    positions: int = 3
    headcount: int = 14
    hours: float = 3.0
    speed: float = 60.0
    at_once: int = 64


@dataclass(frozen=True, slots=True)
class Booth:
    code: str
    client: Client
    positions: tuple[str, ...]


class Crowd:
    """`organiser` is signed in; `progress` is told of every person who is through."""

    def __init__(
        self,
        organiser: Client,
        fair: str,
        size: Size,
        *,
        seed: int,
        progress: Callable[[], None],
    ) -> None:
        self.organiser = organiser
        self.fair = fair
        self.size = size
        self.chance = random.Random(seed)
        self.seed = seed
        self.progress = progress
        self.tally = Tally()
        self.gates: list[Client] = []
        self.gate_codes: list[str] = []
        self.booths: list[Booth] = []
        self._people: dict[str, int] = {}
        self._phones: dict[int, tuple[str, Client]] = {}
        self._arrived = asyncio.Event()
        self._room = asyncio.Semaphore(size.at_once)

    async def run(self) -> None:
        """The whole day. Raises Refusal where the fair can't be used, Unanswered."""
        await self._take_places()
        recruiters = [asyncio.create_task(self._recruit(booth)) for booth in self.booths]
        try:
            await self._arrivals()
            self._arrived.set()
            await asyncio.gather(*recruiters)
        finally:
            for recruiter in recruiters:
                recruiter.cancel()

    async def pause(self, minutes: float) -> None:
        """Wait in the hall's time."""
        if self.size.speed:
            await asyncio.sleep(minutes * 60 / self.size.speed)

    # --- before the doors open

    async def _take_places(self) -> None:
        fair = await self.organiser.view(self.fair, "console")
        for gate in fair["gates"]:
            self.gate_codes.append(gate)
            self.gates.append(
                await self.organiser.pair(
                    role="gate", fair=self.fair, gate=gate, name=f"sim {gate}"
                )
            )
        for number in range(self.size.booths):
            self.booths.append(await self._exhibit(number))

    async def _exhibit(self, number: int) -> Booth:
        booth = f"S{self.seed % 1000:03}-{number + 1}"
        credit_code = firm(self.seed, number)
        send = self.organiser.command
        name = f"模拟企业{self.seed}-{number + 1}"
        await send(self.fair, "add-enterprise", credit_code=credit_code, name=name)
        await send(self.fair, "add-booth", booth=booth, enterprise=credit_code)
        positions = []
        for line in range(self.size.positions):
            trade = TRADES[(number + line) % len(TRADES)]
            pay = self.chance.randrange(45, 120) * 100
            answer = await send(
                self.fair,
                "add-position",
                booth=booth,
                title=f"{trade}{line + 1}",
                position_kind="full_time",
                headcount=self.size.headcount,
                pay_min=pay,
                pay_max=pay + 2000,
                occupation=trade,
            )
            positions.append(answer["events"][0]["position"])
        client = await self.organiser.pair(role="booth", fair=self.fair, booth=booth, name=booth)
        await client.command(self.fair, "check-in-booth", booth=booth)
        self.tally.booths[booth] = credit_code
        self.tally.positions += len(positions)
        self.tally.headcount += len(positions) * self.size.headcount
        return Booth(booth, client, tuple(positions))

    # --- seekers

    async def _arrivals(self) -> None:
        """Most come in the first hour; one task a person, so many at once as there is room."""
        hours = self.size.hours
        times = sorted(
            hours * 60 * self.chance.betavariate(1.5, 3.5) for _ in range(self.size.people)
        )
        clock, going = 0.0, set()
        for person, minute in enumerate(times):
            await self.pause(minute - clock)
            clock = minute
            await self._room.acquire()
            task = asyncio.create_task(self._come(person, random.Random(self.seed * 7 + person)))
            going.add(task)
            task.add_done_callback(going.discard)
        while going:
            await asyncio.gather(*going)

    async def _come(self, person: int, chance: random.Random) -> None:
        try:
            gate = chance.randrange(len(self.gates))
            registered = await self._register(person, gate, chance)
            attendee, token = registered["person"]["attendee"], registered["link"][3:]
            self._people[attendee] = person
            self.tally.registered += 1
            badge = token if chance.random() < 0.8 else registered["person"]["badge"]
            await self._through(gate, "check-in", badge)
            self.tally.visits.add(person)
            phone = self.organiser.with_token(token)
            self._phones[person] = attendee, phone
            wanted = chance.sample(self.booths, min(len(self.booths), chance.randint(1, 3)))
            for booth in wanted:
                await self.pause(chance.uniform(1, 8))
                await self._sign_up(person, booth, attendee, phone)
            if chance.random() < 0.3:
                await self.pause(chance.uniform(5, 20))
                await self._through(gate, "check-out", badge)
        finally:
            self._room.release()
            self.progress()

    async def _register(self, person: int, gate: int, chance: random.Random) -> dict[str, Any]:
        name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
        return await self.gates[gate].command(
            self.fair,
            "register",
            person={
                "name": name,
                "phone": f"19{self.seed % 100:02}{person:07}",
                "looking_for": chance.choice(TRADES),
            },
            consents=[{"purpose": "registration", "version": 1}],
            source="walk_in",
        )

    async def _through(self, gate: int, what: str, badge: str) -> None:
        code = self.gate_codes[gate]
        try:
            await self.gates[gate].command(self.fair, what, gate=code, badge=badge)
        except Refusal as refusal:
            if refusal.code != "hall_full":
                raise
            # The door lead lets them in: the count goes on, and the log keeps the reason.
            await self.organiser.command(
                self.fair, what, gate=code, badge=badge, override="simulation"
            )

    async def _sign_up(self, person: int, booth: Booth, attendee: str, phone: Client) -> None:
        position = booth.positions[person % len(booth.positions)]
        await phone.command(
            self.fair,
            "sign-up",
            booth=booth.code,
            position=position,
            attendee=attendee,
            consent_version=1,
        )
        self.tally.sign_ups.append(person)

    # --- recruiters

    async def _recruit(self, booth: Booth) -> None:
        """Follow the booth's own topic and serve its line until everybody has come and gone."""
        chance = random.Random(f"{self.seed} {booth.code}")
        url = self.organiser.url.replace("http", "ws", 1) + f"/api/fairs/{self.fair}/streams"
        topic = f"booth/{booth.code}"
        async with Follower(url, booth.client.headers) as follower:
            follower.subscribe(topic)
            while True:
                served = await self._serve_next(booth, chance)
                if served:
                    continue
                if self._arrived.is_set():
                    view = await booth.client.view(self.fair, topic)
                    if not view["line"]["now"]["ids"]:
                        return
                with suppress(TimeoutError):
                    await follower.until(
                        lambda views: bool(views[topic]["line"]["now"]["ids"]), LOOK_AGAIN_S
                    )
                # Somebody waits, but may be busy at another booth.
                await asyncio.sleep(LOOK_AGAIN_S / 10)

    async def _serve_next(self, booth: Booth, chance: random.Random) -> bool:
        """Call, talk, and what comes of it. False where nobody can be called now."""
        send = booth.client.command
        try:
            called = await send(self.fair, "call-next", booth=booth.code)
        except Refusal as refusal:
            if refusal.code in ("queue_empty", "all_busy_elsewhere"):
                return False
            raise
        event = called["events"][0]
        sign_up, person = event["sign_up"], self._people[event["attendee"]]
        which = {"booth": booth.code, "sign_up": sign_up}
        if chance.random() < 0.06:
            await send(self.fair, "recall", **which)
            await send(self.fair, "mark-no-show", **which)
            return True
        await send(self.fair, "start-interview", **which)
        self.tally.interviews += 1
        await self.pause(chance.uniform(3, 9))
        await send(self.fair, "end-interview", **which)
        luck = chance.random()
        if luck < 0.125:
            await self._agree(booth, which, person, offer=luck < 0.07)
        return True

    async def _agree(
        self, booth: Booth, which: dict[str, str], person: int, *, offer: bool
    ) -> None:
        position = booth.positions[person % len(booth.positions)]
        attendee, phone = self._phones[person]
        send = booth.client.command
        made = await send(self.fair, "record-intention", position=position, **which)
        intention = made["events"][0]["intention"]
        await phone.command(self.fair, "confirm-intention", intention=intention, attendee=attendee)
        self.tally.intentions.append(person)
        if not offer:
            return
        try:
            made = await send(self.fair, "make-offer", position=position, pay=6000, **which)
        except Refusal as refusal:
            if refusal.code == "headcount_filled":
                return
            raise
        self.tally.offers += 1
        answer = "accept-offer" if person % 4 else "decline-offer"
        offer_id = made["events"][0]["offer"]
        await phone.command(self.fair, answer, offer=offer_id, attendee=attendee)
        if answer == "accept-offer":
            self.tally.accepted.append(person)


def firm(seed: int, number: int) -> str:
    """A credit code with right check digits, of a firm that does not exist."""
    organisation = f"MB{seed % 1000:03}{number % 1000:03}"
    first17 = "91440300" + organisation + organisation_check(organisation)
    return first17 + credit_check(first17)
