"""Everybody has a name and a wish, made of his id, so that a test sees whose it is."""

from __future__ import annotations


class EverybodyNamed:
    def name(self, person: str) -> str:
        return f"名{person[-3:]}"

    def looking_for(self, person: str) -> str:
        return f"找{person[-3:]}"


NAMES = EverybodyNamed()
