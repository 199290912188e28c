from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest

from fairdesk.domain.rejection import Rejection
from fairdesk.intake import sheets
from fairdesk.intake.sheets import Row, read_rows
from tests.unit.intake.files import repacked, workbook, workbooks

TEXT = "姓名,电话\n王志刚,13800138000\n"
CELLS = [("姓名", "电话"), ("王志刚", "13800138000")]


def cells(data: bytes) -> list[tuple[str, ...]]:
    rows = read_rows(data)
    assert not isinstance(rows, Rejection), rows
    return [row.cells for row in rows]


def refused(data: bytes) -> Rejection:
    rows = read_rows(data)
    assert isinstance(rows, Rejection), rows
    return rows


def unreadable(reason: str) -> Rejection:
    return Rejection("list_unreadable", {"reason": reason})


# --- text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_is_read_in_every_encoding_offices_use(encoding: str) -> None:
    assert cells(TEXT.encode(encoding)) == CELLS


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_csv_in_utf_16_is_read_in_either_order(mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert cells(mark + TEXT.encode(order)) == CELLS


def test_csv_keeps_characters_beyond_gbk() -> None:
    assert cells("姓名\n㛃敏仪𠮷\n".encode("gb18030"))[1] == ("㛃敏仪𠮷",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_csv_is_read_with_any_delimiter(delimiter: str) -> None:
    assert cells(TEXT.replace(",", delimiter).encode()) == CELLS


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_csv_is_read_with_any_line_ending(ending: str) -> None:
    assert cells(TEXT.replace("\n", ending).encode()) == CELLS


def test_csv_cells_may_hold_delimiters_quotes_and_line_breaks() -> None:
    assert cells('"甲,乙","说 ""好""","两\n行"\n'.encode()) == [("甲,乙", '说 "好"', "两\n行")]


def test_rows_keep_their_numbers_past_empty_ones() -> None:
    assert read_rows(b"a,b\n\n , \nc,d\n") == [
        Row("", 1, ("a", "b")),
        Row("", 4, ("c", "d")),
    ]


def test_row_says_where_its_cells_are() -> None:
    row = Row("Sheet1", 12, ())
    assert [row.address(column) for column in (0, 2, 25, 26, 199)] == [
        "A12", "C12", "Z12", "AA12", "GR12",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\x80\xff\x00\x12", "encoding"),
        ("姓名,电话".encode("utf-16-le"), "encoding"),
        (b"name\0phone", "encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old_excel"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "html"),
        (b"\n  <!DOCTYPE html>\n<html></html>", "html"),
        (b"\xef\xbb\xbf<html></html>", "html"),
        (b"<TABLE border=1></TABLE>", "html"),
        (b'<?xml version="1.0"?><Workbook></Workbook>', "html"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b'a,"' + b"x" * 200_000 + b'"', "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:12]),
)
def test_file_that_is_no_list_says_why(data: bytes, reason: str) -> None:
    assert refused(data) == unreadable(reason)


# --- workbooks


def test_workbook_values_are_read_as_text() -> None:
    values = ["王 ", 13800138000, 13800138000.0, 4.5, True, False, date(2026, 11, 23), None, -3]
    values += [datetime(2026, 11, 23, 9, 30)]
    assert cells(workbook([values])) == [
        (
            "王", "13800138000", "13800138000", "4.5", "是", "否", "2026-11-23T00:00:00", "", "-3",
            "2026-11-23T09:30:00",
        )
    ]  # fmt: skip


def test_workbook_is_read_sheet_by_sheet_but_for_hidden_ones() -> None:
    data = workbooks({"一": [["a"]], "藏": [["b"]], "二": [[None], ["c"]]}, hidden=["藏"])
    assert read_rows(data) == [Row("一", 1, ("a",)), Row("二", 2, ("c",))]


def test_workbook_formulas_are_read_as_what_they_came_to() -> None:
    """Nobody computed these: they came to nothing."""
    assert cells(workbook([["a", "=1+1", '=HYPERLINK("http://x","y")']])) == [("a", "", "")]


def test_workbook_that_lies_about_its_size_is_read_whole() -> None:
    data = workbook([["a"], ["b"], ["c"]])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'<dimension ref="A1:A3"', b'<dimension ref="A1:A1"')
    assert lying != sheet
    assert cells(repacked(data, {"xl/worksheets/sheet1.xml": lying})) == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize("kept", [20, 300, 1000, -40])
def test_workbook_that_was_cut_off_is_damaged(kept: int) -> None:
    assert refused(workbook([["a"]])[:kept]) == unreadable("damaged")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("content", [b"", b"<", b"\0" * 40, b"<a/>"])
def test_workbook_with_a_broken_part_is_never_more_than_refused(part: str, content: bytes) -> None:
    read = read_rows(repacked(workbook([["a"]]), {part: content}))
    assert read in (unreadable("damaged"), [])


def test_archive_that_is_no_workbook_is_damaged() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert refused(target.getvalue()) == unreadable("damaged")


def test_workbook_that_names_files_of_ours_gets_none() -> None:
    """External entities are not followed."""
    evil = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>'
    )
    read = read_rows(repacked(workbook([["a"]]), {"xl/worksheets/sheet1.xml": evil}))
    assert "root" not in repr(read)


# --- bounds


def test_file_of_more_bytes_than_we_take_is_refused() -> None:
    assert refused(b"a" * (sheets.BYTES_MAX + 1)) == Rejection(
        "list_too_large", {"bytes_max": sheets.BYTES_MAX}
    )


def test_workbook_that_unfolds_without_end_is_refused() -> None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/sharedStrings.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(sheets.UNFOLDED_BYTES_MAX // 10_000_000 + 1):
            part.write(bytes(10_000_000))
    assert len(target.getvalue()) < 1_000_000
    assert refused(target.getvalue()) == Rejection(
        "list_too_large", {"bytes_max": sheets.UNFOLDED_BYTES_MAX}
    )


def test_list_of_more_rows_than_we_take_is_refused() -> None:
    data = b"a,b\n" * (sheets.ROWS_MAX + 1)
    assert refused(data) == Rejection("list_too_large", {"rows_max": sheets.ROWS_MAX})
    assert len(cells(data[4:])) == sheets.ROWS_MAX


def sheet_xml(rows: str) -> bytes:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def test_workbook_with_a_cell_far_below_is_refused() -> None:
    far = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'.format(20 * sheets.ROWS_MAX + 1)
    data = repacked(workbook([["a"]]), {"xl/worksheets/sheet1.xml": sheet_xml(far)})
    assert refused(data) == Rejection("list_too_large", {"rows_max": sheets.ROWS_MAX})


def test_empty_rows_are_bounded_over_all_sheets() -> None:
    """Each sheet alone would pass; together they would keep us for minutes."""
    far = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'.format(19 * sheets.ROWS_MAX)
    data = workbooks({f"S{n}": [["a"]] for n in range(1, 4)})
    parts = {f"xl/worksheets/sheet{n}.xml": sheet_xml(far) for n in range(1, 4)}
    assert refused(repacked(data, parts)) == Rejection(
        "list_too_large", {"rows_max": sheets.ROWS_MAX}
    )


def test_columns_and_cells_are_cut_to_what_we_take() -> None:
    wide = ",".join(["x" * (sheets.CELL_MAX + 1)] * 2 + ["y"] * sheets.COLUMNS_MAX).encode()
    book = workbook([["x" * (sheets.CELL_MAX + 1)] * 2 + ["y"] * sheets.COLUMNS_MAX])
    for data in (wide, book):
        (row,) = cells(data)
        assert (len(row), len(row[0])) == (sheets.COLUMNS_MAX, sheets.CELL_MAX)
