from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from fairdesk.domain.fair import initial
from fairdesk.domain.queueing import SignUpLeft
from fairdesk.domain.registration import AttendeeErased
from fairdesk.reports.figures import report
from fairdesk.reports.workbook import (
    Contact,
    Moment,
    Sheet,
    attendee_sheet,
    offer_sheet,
    report_sheets,
    sign_up_sheet,
    workbook,
)
from tests.unit.domain.given import (
    BEFORE,
    NOW,
    badge,
    booth,
    fair_after,
    met,
    moved,
    offer,
    offer_accepted,
    person,
    registered,
    signed_up,
)

ZONE = "Asia/Shanghai"
TEXTS = (
    "=1+1", "+86 138", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "13800138000", "007",
    "http://example.cn", "mailto:a@b.cn", "1E5", "2026-11-23", "\t=1", "<b>&", "㛃𠮷",
)  # fmt: skip


def one(*row: Any) -> bytes:
    columns = tuple((f"列{n}", 10) for n in range(len(row)))
    return workbook([Sheet("表", columns, (row,))], ZONE)


def read(data: bytes, row: int = 2) -> list[Any]:
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return list(sheet[row])


@pytest.mark.parametrize("text", TEXTS)
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    (cell,) = read(one(text))
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.hyperlink is None


def test_workbook_holds_no_formula_and_no_link() -> None:
    with zipfile.ZipFile(io.BytesIO(one(*TEXTS))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
        parts = packed.namelist()
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet
    assert not [part for part in parts if "rels" in part and "sheet" in part]


def test_text_is_cut_to_what_a_cell_holds() -> None:
    (cell,) = read(one("长" * 40_000))
    assert len(cell.value) == 32_767


def test_numbers_and_times_are_numbers_and_times() -> None:
    at = 1_795_399_140_000
    values = [cell.value for cell in read(one(7500, Moment(at), Moment(0), None, 0))]
    assert values == [7500, datetime(2026, 11, 23, 9, 59), None, None, 0]


def test_times_are_those_of_the_fair() -> None:
    sheet = Sheet("表", (("时间", 20),), ((Moment(1_795_399_140_000),),))
    (cell,) = read(workbook([sheet], "Asia/Urumqi"))
    assert cell.value == datetime(2026, 11, 23, 7, 59)


def test_same_rows_give_the_same_bytes() -> None:
    """Whenever they are written: no part of the file knows what time it is."""
    data = one("王志刚", 1, Moment(NOW))
    assert data == one("王志刚", 1, Moment(NOW))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.read("docProps/core.xml").count(b">2020-01-01T00:00:00Z<") == 2


def test_sheet_has_a_frozen_header_and_a_filter() -> None:
    sheet = load_workbook(io.BytesIO(one("a", "b"))).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert [(cell.value, cell.font.bold) for cell in sheet[1]] == [("列0", True), ("列1", True)]


def test_sheet_without_rows_and_with_a_long_title_is_still_one() -> None:
    data = workbook([Sheet("标题" * 20, (("列", 5),), ())], ZONE)
    assert load_workbook(io.BytesIO(data)).sheetnames == [("标题" * 20)[:31]]


# --- what the lists say


def contacts(wanted: str) -> Contact:
    """Everybody is known but nobody by an empty id."""
    return Contact(f"名{wanted[-2:]}", "13800138000", "电工") if wanted else Contact()


def rows(sheet: Sheet) -> list[list[Any]]:
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    return [list(row) for row in sheet.rows]


def test_attendees_are_listed_with_their_badge() -> None:
    fair = fair_after(met(registered("a2")), AttendeeErased(at=NOW, attendee="a2"))
    first, second = rows(attendee_sheet(fair, contacts))
    assert first[:6] == [
        "a1",
        contacts(person("a1")).name,
        "13800138000",
        "电工",
        "seeker",
        badge(1),
    ]
    assert first[7:] == [Moment(BEFORE), Moment(BEFORE), ""]
    assert second[5] == ""
    assert second[8] == Moment(0)


def test_sign_ups_are_listed_without_the_names_of_those_who_withdrew() -> None:
    left = [registered("a2"), signed_up("s2", "a2"), moved(SignUpLeft, "s2", "a2")]
    listed = rows(sign_up_sheet(fair_after(met(left)), contacts))
    assert [(row[2], row[3], row[4], row[6]) for row in listed] == [
        (1, contacts(person("a1")).name, "13800138000", "done"),
        (2, "", "", "left"),
    ]


def test_booth_takes_away_its_own_rows_only() -> None:
    other = [booth("B08"), registered("a2"), signed_up("s2", "a2", "B08"), offer()]
    fair = fair_after(met(other))
    assert [row[0] for row in rows(sign_up_sheet(fair, contacts, "B08"))] == ["B08"]
    assert [row[0] for row in rows(sign_up_sheet(fair, contacts, "B07"))] == ["B07"]
    assert len(rows(sign_up_sheet(fair, contacts))) == 2
    assert rows(offer_sheet(fair, contacts, "B08")) == []


def test_offers_are_listed_without_the_names_of_those_who_withdrew() -> None:
    made = met(offer(terms="包住"), offer_accepted())
    (row,) = rows(offer_sheet(fair_after(made), contacts))
    assert row[4:9] == [contacts(person("a1")).name, "13800138000", 7000, "包住", "accepted"]
    (row,) = rows(offer_sheet(fair_after(made, moved(SignUpLeft)), contacts))
    assert row[4:9] == ["", "", 7000, "包住", "accepted"]


def test_report_is_a_workbook_of_figures_venues_and_sources() -> None:
    made = report({"cuizhu-2026-11-23": (fair_after(met()), 812)})
    book = load_workbook(io.BytesIO(workbook(report_sheets(made), ZONE)))
    figures, venues, sources = book.worksheets
    assert {row[1].value: row[2].value for row in figures.iter_rows(min_row=2)} == {
        figure.en: figure.value for figure in made.figures
    }
    assert [row[0].value for row in venues.iter_rows(min_row=2)] == ["清河区", "翠竹街道"]
    assert [[c.value for c in row] for row in sources.iter_rows(min_row=2)] == [
        ["cuizhu-2026-11-23", 812]
    ]


def test_lists_of_a_fair_nobody_came_to_are_empty() -> None:
    for sheet in (attendee_sheet, sign_up_sheet, offer_sheet):
        assert rows(sheet(initial(), contacts)) == []
