"""One file for each version of each event that was ever written, and it is still read.

`written` is the row's body as it stands in logs; `reads` is the event it is read as today. When an
event changes its shape: raise its VERSION, add an upcast, add the file of the new version, and
leave those of the old versions alone but for `reads`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from fairdesk.app import DISTRICT_RULES, FAIR_RULES
from fairdesk.domain.decider import FAIR_EVENTS
from fairdesk.domain.district import DISTRICT_EVENTS
from fairdesk.log.codec import kind_of, version_of

HERE = Path(__file__).parent / "events"
FILES = sorted(HERE.glob("*.json"))
KINDS = {kind_of(event): event for event in (*FAIR_EVENTS, *DISTRICT_EVENTS)}
CODECS = {
    **{kind_of(event): FAIR_RULES.codec for event in FAIR_EVENTS},
    **{kind_of(event): DISTRICT_RULES.codec for event in DISTRICT_EVENTS},
}


class Golden(msgspec.Struct):
    written: str
    reads: dict[str, Any]


def name_of(path: Path) -> str:
    return path.name


def opened(path: Path) -> tuple[str, int, Golden]:
    kind, version, _ = path.name.split(".")
    return kind, int(version[1:]), msgspec.json.decode(path.read_bytes(), type=Golden)


def test_every_event_of_every_version_has_its_file() -> None:
    wanted = {
        f"{kind}.v{version}.json"
        for kind, event in KINDS.items()
        for version in range(1, version_of(event) + 1)
    }
    assert {path.name for path in FILES} >= wanted


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_event_is_read_as_what_it_says(path: Path) -> None:
    kind, version, golden = opened(path)
    codec = CODECS[golden.reads["kind"]]
    event = codec.decode(kind, version, golden.written)
    assert msgspec.json.decode(msgspec.json.encode(event)) == golden.reads
    assert type(event) is KINDS[golden.reads["kind"]]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_event_of_today_s_version_is_written_as_before(path: Path) -> None:
    """Another shape under the same version would be a log no older program can read."""
    kind, version, golden = opened(path)
    if kind in KINDS and version == version_of(KINDS[kind]):
        event = CODECS[kind].decode(kind, version, golden.written)
        assert CODECS[kind].encode(event) == (kind, version, golden.written)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_golden_event_leaves_no_field_at_its_default(path: Path) -> None:
    """Or a field that is no longer written would go unnoticed."""
    kind, version, golden = opened(path)
    if kind in KINDS and version == version_of(KINDS[kind]):
        event = CODECS[kind].decode(kind, version, golden.written)
        for field in msgspec.structs.fields(KINDS[kind]):
            assert field.required or getattr(event, field.name) != field.default
