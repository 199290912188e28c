"""A file is read or refused, whatever it is; and so is a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdesk.domain.rejection import Rejection
from fairdesk.intake.columns import ListKind
from fairdesk.intake.lists import PARSERS, Intake, read_list

SAMPLES = Path(__file__).parents[2] / "docs/sample"
FILES: dict[str, ListKind] = {
    "enterprises.xlsx": "enterprises",
    "positions.xlsx": "positions",
    "attendees.csv": "attendees",
}
KINDS: tuple[ListKind, ...] = ("enterprises", "positions", "attendees")

unhurried = settings(deadline=None, max_examples=40)


def is_answered(kind: ListKind, data: bytes) -> None:
    answer = read_list(kind, data)
    assert isinstance(answer, Intake | Rejection)
    if isinstance(answer, Intake):
        for row in answer.rows:
            assert row.row > 0
            assert all(problem.code for problem in row.problems)


@unhurried
@given(data=st.binary(max_size=400), kind=st.sampled_from(KINDS))
def test_any_bytes_are_answered(data: bytes, kind: ListKind) -> None:
    for start in (b"", b"PK\x03\x04", "姓名,电话,岗位,企业,信用代码\n".encode()):
        is_answered(kind, start + data)


@pytest.mark.parametrize("name", FILES)
@unhurried
@given(damage=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_files_are_answered(name: str, damage: list[tuple[float, int]]) -> None:
    data = bytearray((SAMPLES / name).read_bytes())
    for at, byte in damage:
        data[int(at * (len(data) - 1))] = byte
    is_answered(FILES[name], bytes(data))


cells = st.one_of(
    st.text(max_size=40),
    st.text("0123456789０٣².,-~至到千万kKwW元/月以上起约 +eE", max_size=12),
    st.integers().map(str),
    st.floats().map(str),
)


@given(text=cells)
def test_any_cell_is_answered(text: str) -> None:
    for parse in PARSERS.values():
        parse(text)


@unhurried
@given(rows=st.lists(st.lists(cells, min_size=1, max_size=6), max_size=8))
def test_any_rows_are_answered(rows: list[list[str]]) -> None:
    header = "姓名,电话,岗位,企业,薪资,人数\n"
    text = header + "\n".join(",".join(row) for row in rows)
    for kind in KINDS:
        is_answered(kind, text.encode("utf-8", "replace"))
