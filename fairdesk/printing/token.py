"""The token in a badge's QR code: 72 bytes anyone can check offline with the fair's public key.

    version and kind 1 | key 1 | fair number 2 | badge serial 4 | Ed25519 signature 64

The signature covers a domain-separating prefix and the eight bytes before it. In a URL it stands in
Crockford's base32, upper case, so that the QR code's alphanumeric mode applies. Parsing is total:
any text gives a value or a Rejection.
"""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fairdesk.domain.rejection import Rejection

BADGE_V1 = 1
HEADER_BYTES = 8
TOKEN_BYTES = HEADER_BYTES + 64
TOKEN_CHARACTERS = 116
DOMAIN = b"fairdesk badge v1\0"

_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_CROCKFORD = str.maketrans(_RFC4648, _CROCKFORD)
_FROM_CROCKFORD = str.maketrans(_CROCKFORD + "OILU", _RFC4648 + "ABB!")  # U is none of them


class BadgeToken(msgspec.Struct, frozen=True):
    """What a genuine token says."""

    key: int
    fair_number: int
    badge: int


class BadgeKeys:
    """The key pairs of all fairs, derived from the installation's secret."""

    def __init__(self, derive: Callable[[str], bytes], key: int = 1) -> None:
        self._derive = derive
        self._key = key
        self._private = functools.lru_cache(maxsize=256)(self._make)
        self._public = functools.lru_cache(maxsize=256)(
            lambda number, key: self._private(number, key).public_key()
        )
        self._verified = functools.lru_cache(maxsize=65536)(self._parse)

    def _make(self, fair_number: int, key: int) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._derive(f"badge {fair_number} {key}"))

    def public_key(self, fair_number: int) -> bytes:
        """32 bytes, for tablets."""
        key: Ed25519PublicKey = self._public(fair_number, self._key)
        return key.public_bytes_raw()

    def sign(self, fair_number: int, badge: int) -> str:
        header = bytes((BADGE_V1, self._key)) + fair_number.to_bytes(2) + badge.to_bytes(4)
        signature = self._private(fair_number, self._key).sign(DOMAIN + header)
        return base64.b32encode(header + signature).decode().rstrip("=").translate(_TO_CROCKFORD)

    def parse(self, text: str) -> BadgeToken | Rejection:
        """Read and verify a token. Codes: not_a_badge, badge_forged."""
        return self._verified(text)

    def _parse(self, text: str) -> BadgeToken | Rejection:
        token = text.strip()
        if len(token) != TOKEN_CHARACTERS or not token.isascii():
            return Rejection("not_a_badge", {})
        padded = token.upper().translate(_FROM_CROCKFORD) + "===="
        try:
            raw = base64.b32decode(padded)
        except ValueError:
            return Rejection("not_a_badge", {})
        # Bits left over at the end are 0: a token has one spelling, but for case and O, I, L.
        if base64.b32encode(raw).decode() != padded or raw[0] != BADGE_V1:
            return Rejection("not_a_badge", {})
        key, fair_number, badge = raw[1], int.from_bytes(raw[2:4]), int.from_bytes(raw[4:8])
        header, signature = raw[:HEADER_BYTES], raw[HEADER_BYTES:]
        try:
            self._public(fair_number, key).verify(signature, DOMAIN + header)
        except InvalidSignature:
            return Rejection("badge_forged", {})
        return BadgeToken(key, fair_number, badge)


def token_in(text: str) -> str | None:
    """The token in a scanned text: a URL with `/B/…`, or the bare token. None for anything else."""
    scanned = text.strip()
    head, slash, tail = scanned.upper().rpartition("/B/")
    if slash and "/" not in tail:
        return tail
    return scanned.upper() if not head and len(scanned) == TOKEN_CHARACTERS else None
