"""Excel workbooks: the report and the lists an office takes away.

Text is written as text: a name that begins with = is no formula, a phone number no float. The same
rows give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import xlsxwriter

from fairdesk.domain.fair import Fair, enterprise_of, in_order
from fairdesk.domain.identifiers import short_code
from fairdesk.reports.figures import Report

CREATED = datetime(2020, 1, 1)
EXCEL_ROWS_MAX = 1_048_575


class Contact(msgspec.Struct, frozen=True):
    """What a list says of a person; empty for whoever was erased."""

    name: str = ""
    phone: str = ""
    looking_for: str = ""


Contacts = Callable[[str], Contact]
"""By person id; an empty id gives an empty contact."""


class Moment(msgspec.Struct, frozen=True):
    """A time (ms) to be shown in the fair's own time; 0 is an empty cell."""

    at: int


class Sheet(msgspec.Struct, frozen=True):
    """`columns`: header and width in characters."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[Sequence[str | int | Moment | None], ...]


def workbook(sheets: Iterable[Sheet], zone: str) -> bytes:
    """An .xlsx file: frozen bold headers, a filter, one sheet each."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": CREATED})
    formats = {
        "header": book.add_format({"bold": True, "bg_color": "#E8EEF5", "bottom": 1}),
        "text": book.add_format({"num_format": "@"}),
        "number": book.add_format({"num_format": "#,##0"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    for sheet in sheets:
        page = book.add_worksheet(sheet.title[:31])
        for column, (header, width) in enumerate(sheet.columns):
            page.set_column(column, column, width)
            page.write_string(0, column, header, formats["header"])
        for number, row in enumerate(sheet.rows[:EXCEL_ROWS_MAX], start=1):
            for column, value in enumerate(row):
                _write(page, (number, column), value, formats=formats, zone=ZoneInfo(zone))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    book.close()
    return target.getvalue()


def _write(
    page: Any, at: tuple[int, int], value: object, *, formats: dict[str, Any], zone: ZoneInfo
) -> None:
    match value:
        case Moment(at=moment):
            if moment:
                local = datetime.fromtimestamp(moment // 1000, zone).replace(tzinfo=None)
                page.write_datetime(*at, local, formats["time"])
        case bool() | int():
            page.write_number(*at, int(value), formats["number"])
        case str():
            page.write_string(*at, value[:32767], formats["text"])


def report_sheets(made: Report) -> list[Sheet]:
    names = {figure.key: figure.zh for figure in made.figures}
    return [
        Sheet(
            "统计 Report",
            (("指标", 24), ("Figure", 28), ("数值", 12), ("口径", 60), ("Definition", 70)),
            tuple((f.zh, f.en, f.value, f.definition_zh, f.definition_en) for f in made.figures),
        ),
        Sheet(
            "按场所 By venue",
            (("场所", 28), ("层级", 12), *((zh, 18) for zh in names.values())),
            tuple(
                (venue.name, venue.level, *(venue.figures[key] for key in names))
                for venue in made.by_venue
            ),
        ),
        Sheet(
            "来源 Source",
            (("活动 Fair", 30), ("日志位置 Log position", 24)),
            tuple(made.fairs.items()),
        ),
    ]


def attendee_sheet(fair: Fair, contacts: Contacts) -> Sheet:
    def rows() -> Iterable[Sequence[str | int | Moment | None]]:
        for found in in_order(fair.admission.attendees):
            contact = contacts(found.person)
            code = short_code(fair.setup.number, found.badge) if found.badge else ""
            yield (
                found.attendee,
                contact.name,
                contact.phone,
                contact.looking_for,
                "、".join(found.roles),
                code,
                found.source,
                Moment(found.registered_at),
                Moment(found.entered_at),
                found.merged_into,
            )

    return Sheet(
        "参会人员 Attendees",
        (
            ("编号", 8), ("姓名", 18), ("手机", 16), ("求职意向", 20), ("角色", 14),
            ("证件短码", 12), ("来源", 10), ("登记时间", 20), ("首次入场", 20), ("并入", 8),
        ),
        tuple(rows()),
    )  # fmt: skip


def sign_up_sheet(fair: Fair, contacts: Contacts, booth: str = "") -> Sheet:
    """All sign-ups, or those of one booth. Whoever withdrew stands there without a name."""

    def rows() -> Iterable[Sequence[str | int | Moment | None]]:
        for sign_up in in_order(fair.recruiting.sign_ups):
            if booth and sign_up.booth != booth:
                continue
            person = fair.admission.attendees[sign_up.attendee].person
            contact = contacts("" if sign_up.state == "left" else person)
            title = fair.setup.positions[sign_up.position].title if sign_up.position else ""
            yield (
                sign_up.booth,
                enterprise_of(fair, sign_up.booth).name,
                sign_up.ticket,
                contact.name,
                contact.phone,
                title,
                sign_up.state,
                Moment(sign_up.signed_up_at),
            )

    return Sheet(
        "应聘登记 Sign-ups",
        (
            ("展位", 8), ("企业", 30), ("号", 6), ("姓名", 18), ("手机", 16), ("岗位", 24),
            ("状态", 12), ("时间", 20),
        ),
        tuple(rows()),
    )  # fmt: skip


def offer_sheet(fair: Fair, contacts: Contacts, booth: str = "") -> Sheet:
    """All offers, or those of one booth."""

    def rows() -> Iterable[Sequence[str | int | Moment | None]]:
        for offer in in_order(fair.recruiting.offers):
            if booth and offer.booth != booth:
                continue
            sign_up = fair.recruiting.sign_ups[offer.sign_up]
            person = fair.admission.attendees[offer.attendee].person
            contact = contacts("" if sign_up.state == "left" else person)
            yield (
                offer.offer,
                offer.booth,
                enterprise_of(fair, offer.booth).name,
                fair.setup.positions[offer.position].title,
                contact.name,
                contact.phone,
                offer.pay,
                offer.terms,
                offer.state,
                Moment(offer.made_at),
                Moment(offer.answered_at),
                offer.follow_up,
            )

    return Sheet(
        "录用 Offers",
        (
            ("编号", 8), ("展位", 8), ("企业", 30), ("岗位", 24), ("姓名", 18), ("手机", 16),
            ("月薪", 10), ("条件", 30), ("状态", 12), ("发出", 20), ("答复", 20), ("回访", 12),
        ),
        tuple(rows()),
    )  # fmt: skip
