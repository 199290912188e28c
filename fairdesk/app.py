"""The composition root: the only place that wires things together.

`open_desk` gives everything but the sockets, for commands that work on the data directly;
`serve` puts it on a port, and takes it off again without losing an answer.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken

from fairdesk.clock import Clock, system_clock
from fairdesk.config import Config
from fairdesk.domain import decider, district, fair
from fairdesk.domain.district import DeviceRevoked, PasswordChanged, StaffRemoved
from fairdesk.domain.message import Command, Decision, Event
from fairdesk.domain.offers import ExpireOffers
from fairdesk.domain.registration import (
    AttendeeErased,
    AttendeeRegistered,
    AttendeesMerged,
    BadgeIssued,
    BadgeRevoked,
    MergeUndone,
)
from fairdesk.engine import Commit, Engine, Limits, Overloaded
from fairdesk.ids import new_id
from fairdesk.keys import KeyFileError, Keyring
from fairdesk.log.codec import Codec
from fairdesk.log.people import Vault
from fairdesk.log.sqlite import SqliteStore
from fairdesk.log.store import LogError, Store
from fairdesk.printing.token import BadgeKeys
from fairdesk.roster import Roster
from fairdesk.snapshot import Snapshots
from fairdesk.stream.hub import StreamCounters, StreamLimits
from fairdesk.web.attempts import Attempts, Throttle
from fairdesk.web.desk import DISTRICT, Desk
from fairdesk.web.devices import Devices
from fairdesk.web.metrics import Metrics
from fairdesk.web.offices import AddStaffRequest, perform, set_up_planned
from fairdesk.web.pages import pages_directory
from fairdesk.web.routes import make_web
from fairdesk.web.staff import StaffDirectory
from fairdesk.web.streams import Streams

log = logging.getLogger("fairdesk")

CHORES_S = 15.0
DATABASE = "fairdesk.db"
KEY_FILE = "keys.hex"
FIRST_LOGIN = "first-login.txt"


class NoData(Exception):
    """There is nothing to read at the place that was named."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A kind of stream, as the engine sees it."""

    codec: Codec
    initial: Callable[[], Any]
    decide: Callable[[Any, Any, int], Decision]
    evolve: Callable[[Any, Any], Any]


FAIR_RULES = Rules(Codec(decider.FAIR_EVENTS), fair.initial, decider.decide, decider.evolve)
DISTRICT_RULES = Rules(
    Codec(district.DISTRICT_EVENTS), district.initial, district.decide, district.evolve
)


def rules_of(stream: str) -> Rules:
    return DISTRICT_RULES if stream == DISTRICT else FAIR_RULES


def state_type(stream: str) -> type:
    return district.District if stream == DISTRICT else fair.Fair


def database(config: Config) -> Path:
    return Path(config.data.directory) / DATABASE


def keyring(config: Config) -> Keyring:
    """The installation's keys, made where there is no data yet. Raises KeyFileError."""
    path = Path(config.data.directory) / KEY_FILE
    if not database(config).exists():
        return Keyring.load_or_create(path)
    if not path.exists():
        raise KeyFileError(
            f"{path} is missing: put it back from its backup; no other key opens this"
        )
    return Keyring.load(path)


@asynccontextmanager
async def open_desk(
    config: Config,
    *,
    clock: Clock = system_clock,
    store: Store | None = None,
    read_only: bool = False,
) -> AsyncIterator[Desk]:
    """Open the data and everything that works on it; `read_only` beside a running server. Raises
    StoreInUse, StoreTooNew, KeyFileError."""
    if read_only and not database(config).exists():
        raise NoData(f"there is no {database(config)}")
    keys = keyring(config)
    own_store = store or await SqliteStore.open(database(config), read_only=read_only)
    try:
        desk = await make_desk(config, clock, keys, own_store)
        if not read_only:
            await ensure_admin(desk)
            await set_up_planned(desk)
        try:
            yield desk
        finally:
            await desk.engine.close(keep=not read_only)
    finally:
        await own_store.close()


async def make_desk(config: Config, clock: Clock, keys: Keyring, store: Store) -> Desk:
    vault = Vault(keys.derive("vault"), keys.derive("phone index"))
    fernet = Fernet(base64.urlsafe_b64encode(keys.derive("sessions")))
    counters = StreamCounters()
    roster = Roster(store, vault)
    settings, access = config.streams, config.access
    streams = Streams(
        roster,
        StreamLimits(
            tick_s=settings.tick_ms / 1000,
            ping_s=settings.ping_s,
            pong_timeout_s=settings.pong_timeout_s,
            head_s=settings.head_s,
            behind_bytes=settings.behind_bytes,
            cut_bytes=settings.cut_bytes,
        ),
        counters,
    )
    engine = Engine(
        store,
        rules_of,
        clock,
        limits=Limits(
            config.engine.group_max,
            config.engine.queue_max,
            config.engine.snapshot_every_events,
        ),
        snapshots=Snapshots(store, state_type),
    )
    window_ms = access.failed_attempts_window_minutes * 60_000
    metrics = Metrics(counters)
    desk = Desk(
        config=config,
        clock=clock,
        engine=engine,
        roster=roster,
        badge_keys=BadgeKeys(keys.derive),
        staff=StaffDirectory(store, vault),
        devices=Devices(),
        streams=streams,
        metrics=metrics,
        logins=Attempts(access.failed_attempts_max, window_ms),
        codes=Attempts(access.failed_attempts_max, window_ms),
        accepts=Throttle(settings.accept_per_second, time.monotonic),
        seal=lambda payload: fernet.encrypt(payload).decode(),
        unseal=lambda token, ttl_s: unseal(fernet, token, ttl_s),
        pages=pages_directory(),
    )
    engine.follow(lambda commit: follow(desk, commit))
    streams.log = await store.log_id()
    known = await desk.district()
    await desk.staff.load(known.staff)
    return desk


def unseal(fernet: Fernet, token: str, ttl_s: int) -> bytes | None:
    try:
        return fernet.decrypt(token, ttl=ttl_s)
    except (InvalidToken, ValueError, TypeError):
        return None


ROSTER_EVENTS = (
    AttendeeRegistered,
    BadgeIssued,
    BadgeRevoked,
    AttendeesMerged,
    MergeUndone,
    AttendeeErased,
)


def follow(desk: Desk, commit: Commit) -> None:
    """What follows the log, in order: names first, since rows show them."""
    desk.metrics.commits.inc()
    desk.metrics.events.inc(len(commit.events))
    if commit.stream == DISTRICT:
        desk.staff.take(commit.people)
        for event in commit.events:
            if isinstance(event, PasswordChanged | StaffRemoved):
                desk.streams.revoke(event.staff)
            elif isinstance(event, DeviceRevoked):
                desk.streams.revoke(event.device)
        return
    desk.roster.take(commit.people)
    changed = set(attendees_of(commit.events))
    if changed:
        desk.roster.note(commit.stream, commit.after, changed)
    desk.streams.follow(commit)
    for event in commit.events:
        if isinstance(event, BadgeIssued | BadgeRevoked | AttendeeErased):
            # The link of the badge before is good for nothing now, nor is what it opened.
            desk.streams.revoke(f"{commit.after.setup.fair}/{event.attendee}")


def attendees_of(events: tuple[Event, ...]) -> list[str]:
    found = []
    for event in events:
        if isinstance(event, ROSTER_EVENTS):
            found += [getattr(event, "attendee", ""), getattr(event, "merged", "")]
    return [attendee for attendee in found if attendee]


async def ensure_admin(desk: Desk) -> None:
    """The first account, with a password of its own in a file only its owner may read."""
    if (await desk.district()).staff:
        return
    password = secrets.token_urlsafe(9)
    path = Path(desk.config.data.directory) / FIRST_LOGIN
    path.touch(mode=0o600)
    path.write_text(f"admin {password}\n")
    await perform(
        desk,
        "server",
        AddStaffRequest(
            command_id=new_id(), login="admin", name="Admin", password=password, role="admin"
        ),
    )


def first_login(config: Config) -> tuple[str, str] | None:
    """The first account's login and password, while their file has not been deleted."""
    path = Path(config.data.directory) / FIRST_LOGIN
    if not path.is_file():
        return None
    login, _, password = path.read_text().strip().partition(" ")
    return login, password


# --- on a port


@asynccontextmanager
async def serving(desk: Desk) -> AsyncIterator[str]:
    """Listen; gives the address. At the end: no new work, every answer given, streams closed with
    a code that tells clients to come back."""
    app = make_web(desk)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0, handle_signals=False)
    await runner.setup()
    server = desk.config.server
    site = web.TCPSite(runner, server.host, server.port, backlog=4096)
    try:
        await site.start()
        port = runner.addresses[0][1]
        desk.ready = True
        chores = asyncio.create_task(run_chores(desk), name="chores")
        try:
            yield f"http://localhost:{port}"
        finally:
            desk.ready = False
            chores.cancel()
            await asyncio.gather(chores, return_exceptions=True)
            await site.stop()
            await desk.streams.close(spread_ms=5000)
    finally:
        await runner.cleanup()


async def run_chores(desk: Desk) -> None:
    """What the clock brings: offers expire, snapshots are kept, idle fairs leave memory."""
    idle_ms = desk.config.engine.idle_unload_minutes * 60_000
    while True:
        await asyncio.sleep(CHORES_S)
        try:
            await expire_offers(desk)
            await desk.engine.keep_snapshots()
            for stream in await desk.engine.unload_idle(idle_ms, lambda s: pinned(desk, s)):
                desk.roster.unload(stream)
                await desk.streams.unload(stream)
        except (LogError, Overloaded) as error:
            log.warning("chores put off: %s", error)


def pinned(desk: Desk, stream: str) -> bool:
    """What stays in memory: the district, and every fair that a screen follows."""
    return stream == DISTRICT or desk.streams.watched(stream)


async def expire_offers(desk: Desk) -> None:
    now = desk.clock()
    for stream, writer in desk.engine.loaded().items():
        if stream == DISTRICT:
            continue
        offers = writer.state.recruiting.offers.values()
        if any(offer.state == "made" and offer.valid_until_at <= now for offer in offers):
            command: Command = ExpireOffers(command_id=new_id())
            await desk.engine.submit(stream, command, "server")
