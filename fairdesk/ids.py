"""New ids. ULIDs: 26 characters, sortable by time, made without asking anybody."""

from __future__ import annotations

from ulid import ULID


def new_id() -> str:
    return str(ULID())
