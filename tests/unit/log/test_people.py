"""The vault opens for its own key and its own person, and for nothing else."""

from __future__ import annotations

import os

import pytest
from msgspec.structs import replace

from fairdesk.log.people import PutPerson, Unsealable, Vault

DETAILS = '{"name":"王志刚","phone":"13800138000"}'.encode()
KEY, INDEX_KEY = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture
def vault() -> Vault:
    return Vault(KEY, INDEX_KEY)


def test_sealed_details_come_back(vault: Vault) -> None:
    for details in (DETAILS, b"", b"x" * 100_000):
        assert vault.open(vault.seal("P1", details)) == details
    assert Vault(KEY, INDEX_KEY).open(vault.seal("P1", DETAILS)) == DETAILS


def test_row_tells_nothing_and_never_looks_the_same(vault: Vault) -> None:
    rows = [vault.seal("P1", DETAILS, "13800138000") for _ in range(20)]
    assert len({row.sealed for row in rows}) == 20
    for row in rows:
        stored = row.sealed + (row.phone_hash or b"")
        assert "王志刚".encode() not in stored
        assert b"138001" not in stored


def test_row_of_somebody_else_does_not_open(vault: Vault) -> None:
    row = vault.seal("P1", DETAILS)
    with pytest.raises(Unsealable):
        vault.open(replace(row, person="P2"))


def test_other_key_does_not_open(vault: Vault) -> None:
    row = vault.seal("P1", DETAILS)
    with pytest.raises(Unsealable):
        Vault(os.urandom(32), INDEX_KEY).open(row)


def test_damaged_row_does_not_open(vault: Vault) -> None:
    sealed = vault.seal("P1", DETAILS).sealed
    for place in range(len(sealed)):
        flipped = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Unsealable):
            vault.open(PutPerson("P1", flipped))
    for length in range(len(sealed)):
        with pytest.raises(Unsealable):
            vault.open(PutPerson("P1", sealed[:length]))


def test_phone_is_found_by_the_same_hash_and_only_under_its_key(vault: Vault) -> None:
    row = vault.seal("P1", DETAILS, "13800138000")
    assert row.phone_hash == vault.phone_hash("13800138000")
    assert row.phone_hash == Vault(os.urandom(32), INDEX_KEY).phone_hash("13800138000")
    assert vault.phone_hash("13800138001") != row.phone_hash
    assert Vault(KEY, os.urandom(32)).phone_hash("13800138000") != row.phone_hash
    assert vault.seal("P1", DETAILS).phone_hash is None


def test_phone_hash_stays_what_it_was(vault: Vault) -> None:
    # Rows in the field are found by it: another hash would forget every returning person.
    assert vault.phone_hash("13800138000").hex() == (
        "e38ddcdde7308149b12a24a923c1e63945fe4672efd8a0400583de565d1e8cfc"
    )
