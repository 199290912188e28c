"""One secret file: made once, never written over, read by nobody else."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fairdesk.keys import MASTER_BYTES, KeyFileError, Keyring


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "keys.hex"


def test_key_is_made_once_and_lasts(path: Path) -> None:
    first = Keyring.load_or_create(path)
    written = path.read_text()
    assert Keyring.load_or_create(path).derive("vault") == first.derive("vault")
    assert path.read_text() == written
    assert [file.name for file in path.parent.iterdir()] == [path.name], "nothing is left over"


def test_key_file_is_its_owners_alone_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        Keyring.load_or_create(path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_key_that_others_can_reach_is_refused_with_the_way_out(path: Path, mode: int) -> None:
    Keyring.load_or_create(path)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        Keyring.load_or_create(path)


@pytest.mark.parametrize(
    "text", ["", "00" * (MASTER_BYTES - 1), "00" * (MASTER_BYTES + 1), "zz" * MASTER_BYTES, "钥匙"]
)
def test_file_that_holds_no_key_is_refused_and_left_alone(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="does not hold a key"):
        Keyring.load_or_create(path)
    assert path.read_text() == text


def test_missing_key_is_not_made_where_there_must_be_one(path: Path) -> None:
    with pytest.raises(KeyFileError, match=r"keys\.hex"):
        Keyring.load(path)
    assert not path.parent.exists()


def test_all_who_start_at_once_get_the_same_key(path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keyrings = list(pool.map(Keyring.load_or_create, [path] * 64))
    assert len({keyring.derive("vault") for keyring in keyrings}) == 1


def test_each_purpose_has_a_key_of_its_own() -> None:
    keyring = Keyring(bytes(range(MASTER_BYTES)))
    vault, index = keyring.derive("vault"), keyring.derive("phone index")
    assert len(vault) == len(index) == 32
    assert vault != index
    # Whoever changes how keys are derived locks everybody out of what was sealed before.
    assert vault.hex() == "813404b9465c9f33c87127487f116fae3a9465f6468739f91571857e1eeeccc3"
