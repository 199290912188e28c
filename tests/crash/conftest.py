"""A server in a process of its own, that can be killed."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fairdesk.app import FIRST_LOGIN
from fairdesk.simulation.visitor import Client


@dataclass(slots=True)
class Served:
    """A running server and the address it printed."""

    process: Process
    url: str

    @classmethod
    async def start(cls, data: Path, env: Mapping[str, str] | None = None) -> Served:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "fairdesk", "--data", str(data)),
            *("serve", "--sample", "--host", "127.0.0.1", "--port", "0"),
            cwd=Path(__file__).parents[2],
            env=env,
            stdout=PIPE,
        )
        assert process.stdout is not None
        async with asyncio.timeout(60):
            first = (await process.stdout.readline()).decode()
        assert first.startswith("fairdesk serves http://"), first
        port = first.strip().rpartition(":")[2]
        return cls(process, f"http://127.0.0.1:{port}")

    def kill(self) -> None:
        """SIGKILL: nothing of it runs any more, nothing is flushed."""
        if self.process.returncode is None:
            self.process.kill()

    async def gone(self) -> None:
        await self.process.communicate()


async def sign_in(client: Client, data: Path) -> None:
    login, _, password = (data / FIRST_LOGIN).read_text().strip().partition(" ")
    await client.sign_in(login, password)
