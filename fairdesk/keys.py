"""The secrets of an installation: one master key in a file of its own, others derived from it.

The file stands outside the database, so that a copy of the database alone tells nothing of persons.
Losing it loses every name in the vault and every badge in circulation: it is backed up apart.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MASTER_BYTES = 32


class KeyFileError(Exception):
    """The key file can't be used as it is; the message says why and what to do."""


class Keyring:
    def __init__(self, master: bytes) -> None:
        if len(master) != MASTER_BYTES:
            raise KeyFileError(f"the master key must be {MASTER_BYTES} bytes")
        self._master = master

    @classmethod
    def load_or_create(cls, path: Path) -> Keyring:
        """Read the key at `path`, or make one there (mode 0600)."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
                f.write(os.urandom(MASTER_BYTES).hex() + "\n")
                f.flush()
                os.fsync(f.fileno())
            fresh.rename(path)
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise KeyFileError(f"{path} can be read by others; run: chmod 600 {path}")
        try:
            return cls(bytes.fromhex(path.read_text().strip()))
        except ValueError:
            raise KeyFileError(f"{path} does not hold a key in hexadecimal") from None

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose (HKDF-SHA256); other purposes get other bytes."""
        return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(self._master)
