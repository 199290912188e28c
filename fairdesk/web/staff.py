"""Staff accounts: logins and password hashes in the vault, in memory by login."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from fairdesk.log.people import ErasePerson, PersonChange, PutPerson, Vault
from fairdesk.log.store import Store

STAFF_PREFIX = "S"


class StaffDetails(msgspec.Struct, frozen=True):
    login: str
    name: str
    password_hash: str


class StaffDirectory:
    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault
        self._hasher = PasswordHasher()
        self._details: dict[str, StaffDetails] = {}
        # Verified for unknown logins too, so that the time taken does not tell which exist.
        self._nobody = self._hasher.hash("nobody")

    async def load(self, staff: Iterable[str]) -> None:
        self.take(await self._store.people(list(staff)))

    def take(self, changes: Iterable[PersonChange]) -> None:
        for change in changes:
            if not change.person.startswith(STAFF_PREFIX):
                continue
            match change:
                case PutPerson():
                    details = msgspec.json.decode(self._vault.open(change), type=StaffDetails)
                    self._details[change.person] = details
                case ErasePerson():
                    self._details.pop(change.person, None)

    def details(self, staff: str) -> StaffDetails | None:
        return self._details.get(staff)

    def by_login(self, login: str) -> str | None:
        wanted = login.strip().lower()
        for staff, details in self._details.items():
            if details.login == wanted:
                return staff
        return None

    async def verify(self, login: str, password: str) -> str | None:
        """The staff id where the password is right. Takes as long where the login is unknown."""
        staff = self.by_login(login)
        known = self._details[staff].password_hash if staff else self._nobody
        right = await asyncio.to_thread(self._matches, known, password)
        return staff if right else None

    def _matches(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False

    async def row(self, staff: str, login: str, name: str, password: str) -> PutPerson:
        """The vault's row for an account."""
        password_hash = await asyncio.to_thread(self._hasher.hash, password)
        details = StaffDetails(login.strip().lower(), name, password_hash)
        return self._vault.seal(staff, msgspec.json.encode(details))
