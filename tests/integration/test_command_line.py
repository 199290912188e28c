"""The verbs, as somebody types them: what they print, and their exit codes."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from click.testing import CliRunner, Result

from fairdesk.app import open_desk
from fairdesk.cli import main
from fairdesk.sample import set_up_sample
from tests.integration.conftest import config_at

SAMPLE = Path(__file__).parents[2] / "docs" / "sample"


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *arguments])


async def sample_at(data: Path) -> None:
    async with open_desk(config_at(data)) as desk:
        await set_up_sample(desk)


def test_backup_restored_elsewhere_gives_the_same_figures(tmp_path: Path) -> None:
    data, kept, other = tmp_path / "data", tmp_path / "kept", tmp_path / "other"
    asyncio.run(sample_at(data))
    assert run(data, "backup", str(kept)).exit_code == 0
    assert run(other, "restore", str(kept)).exit_code == 0
    assert run(other, "verify").exit_code == 0
    before = run(data, "report", "sample", "--json")
    assert before.exit_code == 0
    assert json.loads(run(other, "report", "sample", "--json").output) == json.loads(before.output)
    again = run(other, "restore", str(kept))
    assert again.exit_code == 2
    assert "--force" in again.output


def test_import_twice_changes_nothing(tmp_path: Path) -> None:
    asyncio.run(sample_at(tmp_path))
    file = str(SAMPLE / "enterprises.xlsx")
    done = run(tmp_path, "import", "sample", "enterprises", file)
    assert done.exit_code == 1, "a row of the sample is refused"
    assert "add 0, change 0, same 14, skip 1, refuse 1" in done.output


def test_what_can_not_be_tried_is_said_in_a_sentence(tmp_path: Path) -> None:
    for verb in (["report", "sample"], ["verify"], ["backup", str(tmp_path / "b")]):
        found = run(tmp_path / "nothing", *verb)
        assert (found.exit_code, "there is no" in found.output) == (2, True), verb
    assert not (tmp_path / "nothing" / "keys.hex").exists()
    asyncio.run(sample_at(tmp_path / "data"))
    assert run(tmp_path / "data", "report", "none").exit_code == 2
    (tmp_path / "data" / "keys.hex").rename(tmp_path / "lost")
    lost = run(tmp_path / "data", "report", "sample")
    assert lost.exit_code == 2
    assert "is missing" in lost.output


def test_tampering_shows(tmp_path: Path) -> None:
    asyncio.run(sample_at(tmp_path))
    path = tmp_path / "fairdesk.db"
    data = path.read_bytes()
    assert data.count("翠竹街道秋季招聘会".encode()) > 0
    path.write_bytes(data.replace("翠竹街道秋季招聘会".encode(), "翠竹街道冬季招聘会".encode()))
    found = run(tmp_path, "verify")
    assert found.exit_code == 1
    assert "changed at" in found.output
