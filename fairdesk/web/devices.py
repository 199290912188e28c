"""Paired devices: found by the hash of their token, and the codes they are paired with."""

from __future__ import annotations

import secrets

import msgspec
from immutables import Map

from fairdesk.domain.district import CodeOrNone, Device, DeviceRole
from fairdesk.domain.message import FairCode, Name

CODES_MAX = 200


class PairingRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a device shall be: asked for on the console, claimed on the device."""

    role: DeviceRole
    fair: FairCode
    name: Name
    gate: CodeOrNone = ""
    booth: CodeOrNone = ""


class Devices:
    """`last_seen`: ms by device, kept in memory only."""

    def __init__(self) -> None:
        self.last_seen: dict[str, int] = {}
        self._known: Map[str, Device] | None = None
        self._by_token: dict[str, Device] = {}
        self._codes: dict[str, tuple[PairingRequest, int]] = {}

    def by_token(self, devices: Map[str, Device], token_hash: str) -> Device | None:
        """The device with this token, unless it was revoked."""
        if devices is not self._known:
            self._by_token = {d.token_hash: d for d in devices.values() if not d.revoked_at}
            self._known = devices
        return self._by_token.get(token_hash)

    def offer(self, request: PairingRequest, expires_at: int, now: int) -> str:
        """A six-digit code for one device, good until `expires_at` (ms)."""
        self._codes = {c: kept for c, kept in self._codes.items() if kept[1] > now}
        while len(self._codes) >= CODES_MAX:
            del self._codes[next(iter(self._codes))]
        code = f"{secrets.randbelow(1_000_000):06}"
        while code in self._codes:
            code = f"{secrets.randbelow(1_000_000):06}"
        self._codes[code] = (request, expires_at)
        return code

    def claim(self, code: str, now: int) -> PairingRequest | None:
        """What the code was offered for; it is used up."""
        request, expires_at = self._codes.pop(code, (None, 0))
        return request if expires_at > now else None
