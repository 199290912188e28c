"""A refusal, as data: the reason's code and the facts it rests on. The words are the UI's."""

from __future__ import annotations

from typing import Any

import msgspec


class Rejection(msgspec.Struct, frozen=True):
    """`facts` are JSON values and never personal data."""

    code: str
    facts: dict[str, Any] = {}
