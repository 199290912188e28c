"""What goes into a decision and what comes out of it: commands, events, and the text they may hold.

A command is an imperative, carries an id of its own (so that a retry is harmless) and the time at
which the thing really happened. An event is a past tense and is never edited: a new meaning is a
new version, and old ones are upcast when they are read.
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, TypeAlias

import msgspec

from fairdesk.domain.rejection import Rejection

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")

# Text a person typed: no control characters (NUL among them) and no bidirectional overrides,
# which would let a name rewrite the line it is printed in.
PLAIN = r"^[^\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]*$"
FAIR_CODE = r"^[a-z0-9][a-z0-9-]{1,39}$"

CommandId = Annotated[str, msgspec.Meta(pattern=r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
Time = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_999)]
FairCode = Annotated[str, msgspec.Meta(pattern=FAIR_CODE)]
Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,19}$")]
Ref = Annotated[str, msgspec.Meta(pattern=r"^[a-z][1-9][0-9]{0,8}$")]
RefOrNone = Annotated[str, msgspec.Meta(pattern=r"^([a-z][1-9][0-9]{0,8})?$")]
Scanned = Annotated[str, msgspec.Meta(max_length=400)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=PLAIN)]
Line = Annotated[str, msgspec.Meta(max_length=200, pattern=PLAIN)]
Prose = Annotated[str, msgspec.Meta(max_length=4000)]
Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Yuan = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


def kebab(name: str) -> str:
    """`CheckIn` → `check-in`: the command's name in a route."""
    return _WORD_START.sub("-", name).lower()


def snake(name: str) -> str:
    """`CheckedIn` → `checked_in`: the event's kind in the log."""
    return _WORD_START.sub("_", name).lower()


class Command(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="command",
    tag=kebab,
    forbid_unknown_fields=True,
):
    """Something asked for. `command_id` is made by whoever asks, once; `observed_at` (ms) is when
    it really happened, 0 for now."""

    command_id: CommandId
    observed_at: Time = 0


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=snake, gc=False):
    """Something that happened, at `at` (ms)."""

    VERSION: ClassVar[int] = 1

    at: int


Decision: TypeAlias = tuple[Event, ...] | Rejection
"""Events that follow (none: nothing changes), or why not."""


def happened_at(command: Command, now: int) -> int:
    """When the thing happened: the time the device recorded, unless that lies in the future."""
    return command.observed_at if 0 < command.observed_at <= now else now
