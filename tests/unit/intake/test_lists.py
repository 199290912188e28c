from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fairdesk.domain.rejection import Rejection
from fairdesk.intake.columns import COLUMNS, REQUIRED, ListKind, fields_of, is_header, plain
from fairdesk.intake.lists import (
    NEEDED,
    PARSERS,
    CellProblem,
    Intake,
    parse_booth,
    parse_headcount,
    parse_level,
    parse_pay,
    parse_position_kind,
    parse_roles,
    read_list,
)
from tests.unit.intake.files import workbook, workbooks


def read(kind: ListKind, *rows: str) -> Intake:
    intake = read_list(kind, "\n".join(rows).encode())
    assert isinstance(intake, Intake), intake
    return intake


def values(kind: ListKind, *rows: str) -> list[dict[str, Any]]:
    return [row.values for row in read(kind, *rows).rows]


# --- headers


@pytest.mark.parametrize(
    "header",
    [
        "手机号", "*手机号", "手机号*", "手机 号", "手机号：", "手机号（必填）", "手机\n号",
        "Phone ", "ＰＨＯＮＥ",
    ],
)  # fmt: skip
def test_header_is_known_in_any_dress(header: str) -> None:
    assert fields_of("attendees", ("姓名", header)) == {"name": 0, "phone": 1}


@pytest.mark.parametrize("kind", COLUMNS)
def test_header_names_lead_to_one_field_only(kind: ListKind) -> None:
    fields: dict[str, set[str]] = {}
    for field, known in COLUMNS[kind].items():
        for name in known:
            fields.setdefault(plain(name), set()).add(field)
    assert {name: of for name, of in fields.items() if len(of) > 1} == {}


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_field_is_parsed(kind: ListKind) -> None:
    assert set(COLUMNS[kind]) <= set(PARSERS)
    assert {field for needed in REQUIRED[kind] for field in needed} <= set(COLUMNS[kind])
    assert {field for field, _ in NEEDED[kind]} <= set(COLUMNS[kind])


def test_first_of_two_columns_with_one_name_counts() -> None:
    assert fields_of("attendees", ("电话", "姓名", "手机")) == {"phone": 0, "name": 1}


@pytest.mark.parametrize(
    ("kind", "cells", "is_one"),
    [
        ("attendees", ("姓名", "电话"), True),
        ("attendees", ("姓名", "求职意向"), False),
        ("enterprises", ("单位名称", "信用代码"), True),
        ("enterprises", ("单位名称", "展位"), False),
        ("positions", ("展位", "岗位"), True),
        ("positions", ("企业", "岗位"), True),
        ("positions", ("信用代码", "岗位"), True),
        ("positions", ("岗位", "人数"), False),
    ],
)
def test_header_names_what_a_list_cannot_do_without(
    kind: ListKind, cells: tuple[str, ...], *, is_one: bool
) -> None:
    assert is_header(kind, fields_of(kind, cells)) is is_one


def test_list_may_begin_with_titles_and_have_its_columns_in_any_order() -> None:
    assert values("attendees", "报名表", "", "电话,备注,姓名", "13800138000,x,王志刚") == [
        {"phone": "13800138000", "name": "王志刚"}
    ]


def test_list_names_the_columns_it_leaves_out() -> None:
    assert read("attendees", "序号,姓名,电话,微信", "1,王,13800138000,w").unknown_columns == (
        "序号",
        "微信",
    )


def test_list_without_a_header_is_refused() -> None:
    assert read_list("attendees", b"a,b\nc,d") == Rejection("header_missing", {"list": "attendees"})
    late = "\n" + "标题\n" * 30 + "姓名,电话"
    assert read_list("attendees", late.encode()) == Rejection(
        "header_missing", {"list": "attendees"}
    )


def test_header_again_on_the_next_page_is_no_row() -> None:
    rows = ("姓名,电话", "王,13800138000", "姓名,电话", "李,13800138001")
    assert [row.row for row in read("attendees", *rows).rows] == [2, 4]


@pytest.mark.parametrize(
    "first", ["合计", "总计：2人", "填表人：王", "备注：略", "注: 略", "Total", "Total: 2"]
)
def test_totals_and_notes_are_no_rows(first: str) -> None:
    assert len(read("attendees", "姓名,电话", "王,13800138000", f"{first},").rows) == 1


def test_company_whose_name_begins_like_a_note_is_a_row() -> None:
    rows = ("企业,信用代码", "Total Energies,91350100M000100Y43", "备注科技,91350100M000100Y43")
    assert len(read("enterprises", *rows).rows) == 2


def test_every_sheet_with_a_header_is_read() -> None:
    sheets: dict[str, Any] = {
        "说明": [["请填写下一页"]],
        "甲": [["姓名", "电话"], ["王", 13800138000]],
        "乙": [["电话", "姓名"], [13800138001.0, "李"]],
    }
    intake = read_list("attendees", workbooks(sheets))
    assert isinstance(intake, Intake)
    assert [(r.sheet, r.row, r.values["name"]) for r in intake.rows] == [
        ("甲", 2, "王"),
        ("乙", 2, "李"),
    ]


# --- rows


def test_row_with_wrong_cells_says_which_and_the_others_are_read() -> None:
    rows = read("attendees", "姓名,手机号*", "王,1380013", ",13800138000", "李,13800138001").rows
    assert rows[0].problems == (CellProblem("B2", "手机号*", "phone", "1380013", {"length": 7}),)
    assert rows[1].problems == (CellProblem("A3", "姓名", "cell_empty", ""),)
    assert rows[2].problems == ()


def test_row_that_is_empty_where_it_must_not_be_is_told_once() -> None:
    (row,) = read("attendees", "姓名,电话,求职意向", ",,电工").rows
    assert [(p.cell, p.code) for p in row.problems] == [("A2", "cell_empty"), ("B2", "cell_empty")]


def test_row_that_repeats_another_is_marked() -> None:
    rows = read("attendees", "姓名,电话", "王,13800138000", "李,13800138000", "王,+8613800138000")
    assert [row.repeats for row in rows.rows] == [0, 0, 2]


def test_merged_cells_carry_the_enterprise_down() -> None:
    rows = ("展位,企业,岗位", "A01,甲,电工", ",,焊工", "A02,,车工", ",,钳工")
    assert [(v["booth"], v["name"], v["title"]) for v in values("positions", *rows)] == [
        ("A01", "甲", "电工"),
        ("A01", "甲", "焊工"),
        ("A02", "", "车工"),
        ("A02", "", "钳工"),
    ]


def test_people_are_not_carried_down() -> None:
    (_, second) = read("attendees", "姓名,电话,求职意向", "王,13800138000,电工", ",,焊工").rows
    assert [p.code for p in second.problems] == ["cell_empty", "cell_empty"]


def test_what_is_not_said_has_a_default() -> None:
    assert values("positions", "展位,岗位,人数,薪资,性质,等级", "A01,电工,,,,") == [
        {
            "booth": "A01",
            "title": "电工",
            "headcount": 1,
            "pay": (0, 0),
            "kind": "full_time",
            "level": None,
        }
    ]


# --- cells


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("5000-8000", (5000, 8000)), ("5000～8000", (5000, 8000)), ("5000—8000", (5000, 8000)),
        ("5000至8000", (5000, 8000)), ("5,000 - 8,000 元", (5000, 8000)),
        ("５０００－８０００", (5000, 8000)), ("5000-8000元/月", (5000, 8000)),
        ("¥5000-8000", (5000, 8000)), ("月薪5000到8000元", (5000, 8000)),
        ("5千-8千", (5000, 8000)), ("5-8千", (5000, 8000)), ("5-8K", (5000, 8000)),
        ("5k~8k", (5000, 8000)), ("5K-1.2W", (5000, 12_000)), ("5000-8K", (5000, 8000)),
        ("1-1.5万", (10_000, 15_000)), ("0.8万-1.2万", (8000, 12_000)),
        ("2.01k-4.35k", (2010, 4350)), ("6000", (6000, 6000)), ("6000.0", (6000, 6000)),
        ("约6000元", (6000, 6000)), ("6K左右", (6000, 6000)), ("8000以上", (8000, 0)),
        ("8000元以上/月", (8000, 0)), ("8K起", (8000, 0)), ("1万+", (10_000, 0)),
        ("5000以下", (0, 5000)), ("5000以内", (0, 5000)),
        ("面议", (0, 0)), ("薪资面议", (0, 0)), ("Negotiable", (0, 0)), ("/", (0, 0)),
        ("-", (0, 0)), ("", (0, 0)), ("待定", (0, 0)), ("10000000", (10_000_000, 10_000_000)),
    ],
)  # fmt: skip
def test_pay_is_read_in_any_spelling(text: str, pay: tuple[int, int]) -> None:
    assert parse_pay(text) == pay


@pytest.mark.parametrize(
    "text",
    [
        "150元/天", "20/小时", "8000-5000", "高薪", "0", "5000-", "-5000", "5000-8000-9000",
        "10000001", "5000元+提成", "1e4", "9" * 400, "1-" + "9" * 400 + "万", "5..0",
    ],
)  # fmt: skip
def test_pay_that_is_not_by_the_month_is_left_to_a_person(text: str) -> None:
    assert parse_pay(text) == Rejection("pay", {})


Parse = Callable[[str], Any]


@pytest.mark.parametrize(
    ("parse", "texts", "value"),
    [
        (parse_booth, ("A01", "a01", "Ａ０１", " a 01 ", "A01号", "A01展位", "A01号展位"), "A01"),
        (parse_booth, ("B-07", "b-07"), "B-07"),
        (parse_headcount, ("5", "5人", "5名", "约5人", "5.0", "５", "5人以上", "共5个"), 5),
        (parse_position_kind, ("全职", "正式", "Full-Time", "全 职", "长期"), "full_time"),
        (parse_position_kind, ("兼职", "小时工", "part time"), "part_time"),
        (parse_position_kind, ("实习", "见习", "Intern"), "internship"),
        (parse_position_kind, ("订单班", "订单式"), "order_class"),
        (parse_roles, ("求职者", "群众", "Seeker", "求职者、求职"), ("seeker",)),
        (
            parse_roles,
            ("选手，志愿者", "参赛选手/义工", "参赛 志愿者"),
            ("contestant", "volunteer"),
        ),
        (parse_level, ("不限", "无", "/", "面议"), None),
        (parse_level, ("高级工", "三级", "高级工（三级）"), 3),
    ],
)
def test_cell_is_read_in_any_spelling(parse: Parse, texts: tuple[str, ...], value: Any) -> None:
    assert {text: parse(text) for text in texts} == dict.fromkeys(texts, value)


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (parse_booth, "A01/A02", "booth_code"),
        (parse_booth, "展位", "booth_code"),
        (parse_booth, "A" * 21, "booth_code"),
        (parse_headcount, "若干", "headcount"),
        (parse_headcount, "0", "headcount"),
        (parse_headcount, "100001", "headcount"),
        (parse_headcount, "3.5", "headcount"),
        (parse_position_kind, "灵活", "position_kind"),
        (parse_roles, "领导", "role"),
        (parse_roles, "求职者、领导", "role"),
        (parse_level, "大师", "skill_level"),
    ],
)
def test_cell_that_makes_no_sense_says_so(parse: Parse, text: str, code: str) -> None:
    assert parse(text) == Rejection(code, {})


def test_phone_that_excel_made_a_number_is_one_again() -> None:
    data = workbook([["姓名", "电话"], ["王", 13800138000.0], ["李", "1.3800138001E10"]])
    intake = read_list("attendees", data)
    assert isinstance(intake, Intake)
    assert [row.values["phone"] for row in intake.rows] == ["13800138000", "13800138001"]
