"""The sample lists are read to the letter. `read/` holds a line for each row: its values, then its
problems (!) or the row it repeats (=)."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairdesk.intake.columns import ListKind
from fairdesk.intake.lists import Intake, ListRow, read_list

SAMPLES = Path(__file__).parents[3] / "docs/sample"
READ = Path(__file__).parent / "read"


def said(row: ListRow) -> str:
    parts = [str(row.row)]
    for value in row.values.values():
        if isinstance(value, tuple):
            parts.append("+".join(map(str, value)))
        else:
            parts.append("·" if value in ("", None) else str(value))
    parts += [f"! {p.cell} {p.column} {p.code} {p.value}" for p in row.problems]
    if row.repeats:
        parts.append(f"= {row.repeats}")
    return " | ".join(parts)


def read(name: str, kind: ListKind) -> Intake:
    intake = read_list(kind, (SAMPLES / name).read_bytes())
    assert isinstance(intake, Intake)
    return intake


@pytest.mark.parametrize(
    ("name", "kind", "unknown_columns"),
    [
        ("enterprises.xlsx", "enterprises", ("序号", "备注")),
        ("positions.xlsx", "positions", ()),
        ("attendees.csv", "attendees", ()),
        ("attendees-phone.xlsx", "attendees", ()),
    ],
)
def test_sample_list_is_read_to_the_letter(
    name: str, kind: ListKind, unknown_columns: tuple[str, ...]
) -> None:
    intake = read(name, kind)
    assert [said(row) for row in intake.rows] == (READ / f"{name}.txt").read_text().splitlines()
    assert intake.unknown_columns == unknown_columns


def test_sample_rows_have_labels_a_human_knows() -> None:
    assert read("positions.xlsx", "positions").rows[0].label == "数控车工"
    assert read("attendees.csv", "attendees").rows[-1].label == "缺号码"
