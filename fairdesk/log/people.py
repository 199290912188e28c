"""The vault: persons, sealed, in rows that can be deleted without touching the log.

Each row is sealed with AES-256-GCM under a key that is not in the database, bound to its person id,
so that rows can't be swapped. A keyed hash of the phone finds people who come again without the
phone standing anywhere in the clear.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import TypeAlias

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Unsealable(Exception):
    """A row that this key does not open: another key file, or a damaged row."""


class PutPerson(msgspec.Struct, frozen=True, gc=False):
    """Write (or write over) a person's row. `sealed`: nonce and ciphertext."""

    person: str
    sealed: bytes
    phone_hash: bytes | None = None


class ErasePerson(msgspec.Struct, frozen=True, gc=False):
    """Delete a person's row for good."""

    person: str


PersonChange: TypeAlias = PutPerson | ErasePerson
SealedPerson: TypeAlias = PutPerson
"""A row as it is read is the row as it was put."""


class Vault:
    def __init__(self, key: bytes, index_key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._index_key = index_key

    def seal(self, person: str, details: bytes, phone: str = "") -> PutPerson:
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, details, person.encode())
        return PutPerson(person, sealed, self.phone_hash(phone) if phone else None)

    def open(self, row: SealedPerson) -> bytes:
        """The details that were sealed. Raises Unsealable."""
        nonce, ciphertext = row.sealed[:NONCE_BYTES], row.sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, ciphertext, row.person.encode())
        except (InvalidTag, ValueError):
            raise Unsealable(row.person) from None

    def phone_hash(self, phone: str) -> bytes:
        """`phone` in its canonical form."""
        return hmac.new(self._index_key, phone.encode(), hashlib.sha256).digest()
