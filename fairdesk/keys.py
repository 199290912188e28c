"""The secrets of an installation: one master key in a file of its own, others derived from it.

The file stands outside the database, so that a copy of the database alone tells nothing of persons.
Losing it loses every name in the vault and every badge in circulation: it is backed up apart.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
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
        """Read the key at `path`, or make one there (mode 0600). Raises KeyFileError."""
        if not path.exists():
            _create(path)
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> Keyring:
        """Read the key at `path`. Raises KeyFileError."""
        try:
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                raise KeyFileError(f"{path} can be read by others; run: chmod 600 {path}")
            text = path.read_text("ascii")
        except OSError as error:
            raise KeyFileError(f"{path} can't be read: {error.strerror}") from None
        except ValueError:
            text = ""
        try:
            master = bytes.fromhex(text.strip())
        except ValueError:
            master = b""
        if len(master) != MASTER_BYTES:
            raise KeyFileError(f"{path} does not hold a key: {2 * MASTER_BYTES} hexadecimal digits")
        return cls(master)

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose (HKDF-SHA256); other purposes get other bytes."""
        return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(self._master)


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(os.urandom(MASTER_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        # Not a rename: whoever made a key in the meantime may have sealed something with it.
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        os.unlink(fresh)
    # On disk before anything is sealed with it.
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
