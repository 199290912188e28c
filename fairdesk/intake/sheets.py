"""Reading the file: Excel or CSV, whatever it really is, into rows of text with their addresses.

Bounds come first, since a file is the easiest way to hurt a server: bytes, rows, columns, and what
a packed workbook unfolds to.
"""

from __future__ import annotations

import codecs
import csv
import io
import warnings
import zipfile
from datetime import date, datetime
from typing import Any

import msgspec
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from fairdesk.domain.rejection import Rejection

BYTES_MAX = 20_000_000
UNFOLDED_BYTES_MAX = 300_000_000
ROWS_MAX = 50_000
COLUMNS_MAX = 200
CELL_MAX = 2_000

CSV_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Row(msgspec.Struct, frozen=True):
    """A row of text cells; `number` counts from 1 as Excel does."""

    sheet: str
    number: int
    cells: tuple[str, ...]

    def address(self, column: int) -> str:
        return f"{get_column_letter(column + 1)}{self.number}"


def read_rows(data: bytes) -> list[Row] | Rejection:
    """Every row that holds anything. Codes: list_too_large, list_unreadable (facts.reason: empty,
    old_excel, html, damaged, encoding)."""
    if len(data) > BYTES_MAX:
        return Rejection("list_too_large", {"bytes_max": BYTES_MAX})
    if not data.strip():
        return unreadable("empty")
    if data.startswith(OLD_EXCEL):
        return unreadable("old_excel")  # .xls, or an .xlsx with a password
    if data.startswith(b"PK"):
        return _read_workbook(data)
    opening = data.removeprefix(codecs.BOM_UTF8).lstrip()[:200].lower()
    if opening.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return unreadable("html")
    return _read_csv(data)


def unreadable(reason: str) -> Rejection:
    return Rejection("list_unreadable", {"reason": reason})


def _read_workbook(data: bytes) -> list[Row] | Rejection:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > UNFOLDED_BYTES_MAX:
                return Rejection("list_too_large", {"bytes_max": UNFOLDED_BYTES_MAX})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions we do not read
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return _book_rows(book)
    except Exception:  # noqa: BLE001  openpyxl raises whatever a damaged part leads it to
        return unreadable("damaged")


def _book_rows(book: Any) -> list[Row] | Rejection:
    rows: list[Row] = []
    seen = 0  # over all sheets: empty rows cost time too
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # The dimension a file claims may be wrong; count what is really there.
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = tuple(_text(value) for value in values[:COLUMNS_MAX])
            if any(cells):
                rows.append(Row(sheet.title, number, cells))
            seen += 1
            if len(rows) > ROWS_MAX or seen > 20 * ROWS_MAX:
                return Rejection("list_too_large", {"rows_max": ROWS_MAX})
    return rows


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float():
            return str(int(value)) if value == int(value) and abs(value) < 1e15 else str(value)
        case datetime() | date():
            return value.isoformat()
    return str(value)[:CELL_MAX].strip()


def _read_csv(data: bytes) -> list[Row] | Rejection:
    for encoding in CSV_ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return unreadable("encoding")
    if "\0" in text:
        return unreadable("encoding")
    first = "\n".join(text.splitlines()[:10])
    delimiter = max(",;\t，", key=first.count)
    rows: list[Row] = []
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for number, values in enumerate(lines, start=1):
            cells = tuple(value.strip()[:CELL_MAX] for value in values[:COLUMNS_MAX])
            if any(cells):
                rows.append(Row("", number, cells))
            if len(rows) > ROWS_MAX:
                return Rejection("list_too_large", {"rows_max": ROWS_MAX})
    except csv.Error:
        return unreadable("damaged")
    return rows
