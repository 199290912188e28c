"""The disk is full: 503 and nothing half-done; there is space again: it goes on as if nothing had
been, with the very commands that had failed."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import count, groupby
from pathlib import Path
from typing import Any

import pytest

from fairdesk.app import FAIR_RULES
from fairdesk.ids import new_id
from fairdesk.log.people import ErasePerson, PutPerson
from fairdesk.log.record import Broken, NewRecord
from fairdesk.log.sqlite import SqliteStore
from fairdesk.log.store import Unavailable
from tests.integration.conftest import FAIR, Hall, config_at, served, set_up

STREAM = f"fair/{FAIR}"
DISK_BYTES = 8_000_000
COMMANDS_MAX = 5_000
_numbers = count(1)

Body = dict[str, Any]
Turn = Callable[[], Awaitable[None]]


def registration() -> Body:
    number = next(_numbers)
    return {
        "command": "register",
        "command_id": new_id(),
        "person": {"name": f"王小{number}", "phone": f"139{number:08}"},
        "consents": [{"purpose": "registration", "version": 1}],
        "source": "walk_in",
    }


async def post(hall: Hall, name: str, body: Body) -> tuple[int, Body]:
    """One try, as it is answered."""
    url = f"{hall.url}/api/fairs/{FAIR}/{name}"
    async with hall.organiser.session.post(url, json=body) as response:
        if response.status == 503:
            assert response.headers["Retry-After"]
            assert response.content_type == "application/problem+json"
        answer: Body = await response.json(content_type=None)
        return response.status, answer


async def register_until_full(hall: Hall) -> tuple[list[Body], Body]:
    """Those acknowledged, and the first that was not."""
    taken: list[Body] = []
    for _ in range(COMMANDS_MAX):
        body = registration()
        status, answer = await post(hall, "register", body)
        if status == 503:
            assert answer["code"] == "log_unavailable"
            return taken, body
        assert status == 200, answer
        taken.append(body)
    pytest.fail("the disk never was full")


async def verify_log(hall: Hall, acknowledged: list[Body], failed: list[Body]) -> None:
    """The log holds what was acknowledged, once, nothing of what failed, and gives the state that
    is in memory."""
    store = hall.desk.engine.store
    assert [r async for r in store.verify() if isinstance(r, Broken)] == []
    records = await store.read(STREAM, 0, 100_000)
    runs = Counter(command_id for command_id, _ in groupby(r.command_id for r in records))
    assert [runs[body["command_id"]] for body in acknowledged] == [1] * len(acknowledged)
    assert [runs[body["command_id"]] for body in failed] == [0] * len(failed)
    state = FAIR_RULES.initial()
    for r in records:
        state = FAIR_RULES.evolve(state, FAIR_RULES.codec.decode(r.kind, r.version, r.body))
    assert await hall.desk.engine.position(STREAM) == (state, len(records))
    persons = [attendee.person for attendee in state.admission.attendees.values()]
    assert {row.person for row in await store.people(persons)} == set(persons)
    assert await store.people([f"P{body['command_id']}" for body in failed]) == []


async def fill_and_free(hall: Hall, fill: Turn, free: Turn) -> None:
    acknowledged = [registration() for _ in range(5)]
    for body in acknowledged:
        assert (await post(hall, "register", body))[0] == 200
    await fill()
    taken, failed = await register_until_full(hall)
    acknowledged += taken
    await verify_log(hall, acknowledged, [failed])

    more = [failed, *(registration() for _ in range(20))]
    answers = await asyncio.gather(*(post(hall, "register", body) for body in more))
    assert {(status, answer["code"]) for status, answer in answers} == {(503, "log_unavailable")}
    status, outbox = await post(hall, "commands", {"commands": more})
    assert status == 200
    assert {result["code"] for result in outbox["results"]} == {"log_unavailable"}
    status, known = await post(hall, "register", acknowledged[0])
    assert (status, known["duplicate"]) == (200, True)  # what is known needs no space
    figures = (await hall.organiser.view(FAIR, "console"))["figures"]["now"]
    assert figures["registered"] == len(acknowledged)
    await verify_log(hall, acknowledged, more)

    await free()
    answers = await asyncio.gather(*(post(hall, "register", body) for body in more))
    assert [(status, answer.get("duplicate")) for status, answer in answers] == [(200, None)] * 21
    acknowledged += more
    await verify_log(hall, acknowledged, [])
    figures = (await hall.organiser.view(FAIR, "console"))["figures"]["now"]
    assert figures["registered"] == len(acknowledged)


@asynccontextmanager
async def hall_at(data: Path) -> AsyncIterator[Hall]:
    async with served(config_at(data)) as hall:
        await set_up(hall)
        yield hall


@pytest.mark.crash
async def test_file_that_may_not_grow_takes_nothing_until_it_may(tmp_path: Path) -> None:
    async with hall_at(tmp_path) as hall:
        store = hall.desk.engine.store
        assert isinstance(store, SqliteStore)
        writer = store._writer

        async def fill() -> None:
            pages = await (await writer.execute("PRAGMA page_count")).fetchone()
            assert pages
            await writer.execute(f"PRAGMA max_page_count={pages[0] + 8}")

        async def free() -> None:
            await writer.execute("PRAGMA max_page_count=1073741823")

        await fill_and_free(hall, fill, free)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes, where we may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root may mount a small disk")
    options = ["-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(place)]
    mounted = subprocess.run([mount, *options], check=False, capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def write_until_full(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        block = bytes(1_000_000)
        while block:
            try:
                file.write(block)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                block = block[: len(block) // 2]


@pytest.mark.crash
async def test_full_disk_takes_nothing_until_there_is_space(small_disk: Path) -> None:
    ballast = small_disk / "ballast"

    async def fill() -> None:
        await asyncio.to_thread(write_until_full, ballast)

    async def free() -> None:
        ballast.unlink()

    async with hall_at(small_disk / "data") as hall:
        await fill_and_free(hall, fill, free)
    # And what is on that disk is a log that opens.
    async with served(config_at(small_disk / "data")) as again:
        await verify_log(again, [], [])


@pytest.mark.crash
async def test_store_on_a_full_disk_says_that_nothing_was_written(small_disk: Path) -> None:
    store = await SqliteStore.open(small_disk / "log.db")
    try:
        record = NewRecord("gate:1", "COMMAND", "happened", 1, "x" * 100, 1)
        await store.append(STREAM, 0, [record], [PutPerson("P1", b"sealed")])
        write_until_full(small_disk / "ballast")
        large = [record] * 1_000
        for _ in range(10):
            with pytest.raises(Unavailable, match="full"):
                await store.append(
                    STREAM, 1, large, [ErasePerson("P1"), PutPerson("PX", b"sealed")]
                )
        assert await store.streams() == {STREAM: 1}
        assert [row.person for row in await store.people(["P1", "PX"])] == ["P1"]

        (small_disk / "ballast").unlink()
        await store.append(STREAM, 1, large, [ErasePerson("P1"), PutPerson("PX", b"sealed")])
        assert [result async for result in store.verify()] == [(STREAM, 1_001)]
        assert [row.person for row in await store.people(["P1", "PX"])] == ["PX"]
    finally:
        await store.close()
