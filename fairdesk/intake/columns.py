"""What columns are called, by list and field: in Chinese or English, in any order."""

from __future__ import annotations

from typing import Literal

from fairdesk.domain.identifiers import fold

ListKind = Literal["enterprises", "positions", "attendees"]

COLUMNS: dict[ListKind, dict[str, tuple[str, ...]]] = {
    "enterprises": {
        "booth": ("展位号", "展位", "展位编号", "摊位号", "摊位", "booth", "boothno", "stand"),
        "name": (
            "企业名称", "单位名称", "公司名称", "用人单位", "企业", "单位", "公司",
            "enterprise", "company", "name", "employer",
        ),
        "credit_code": (
            "统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "税号",
            "creditcode", "uscc", "unifiedsocialcreditcode",
        ),
    },
    "positions": {
        "booth": ("展位号", "展位", "展位编号", "摊位号", "摊位", "booth", "boothno", "stand"),
        "name": (
            "企业名称", "单位名称", "公司名称", "用人单位", "企业", "单位", "公司",
            "enterprise", "company", "employer",
        ),
        "credit_code": (
            "统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码",
            "creditcode", "uscc", "unifiedsocialcreditcode",
        ),
        "title": ("岗位名称", "岗位", "职位", "职位名称", "招聘岗位", "position", "title", "job"),
        "headcount": (
            "招聘人数", "人数", "需求人数", "招聘数量", "数量", "名额",
            "headcount", "vacancies", "number", "openings",
        ),
        "pay": (
            "薪资", "工资", "薪酬", "月薪", "薪资待遇", "薪资范围", "待遇", "工资待遇", "月薪(元)",
            "pay", "salary", "wage",
        ),
        "kind": ("用工形式", "岗位性质", "工作性质", "性质", "类型", "kind", "type"),
        "place": ("工作地点", "地点", "工作地址", "place", "location", "workplace"),
        "level": ("技能等级", "技能要求", "等级", "等级要求", "level", "skilllevel"),
        "occupation": ("职业", "工种", "职业名称", "occupation", "trade"),
        "occupation_code": ("职业代码", "职业编码", "occupationcode"),
    },
    "attendees": {
        "name": ("姓名", "名字", "求职者", "name", "fullname"),
        "phone": (
            "手机号", "手机", "电话", "联系电话", "手机号码", "联系方式", "电话号码",
            "phone", "mobile", "tel",
        ),
        "looking_for": (
            "求职意向", "意向岗位", "应聘岗位", "意向工种", "想找什么工作", "工种",
            "lookingfor", "wants", "work",
        ),
        "role": ("角色", "身份", "类别", "人员类别", "role"),
        "id_number": ("身份证号", "身份证", "身份证号码", "证件号码", "idnumber", "id"),
    },
}  # fmt: skip

REQUIRED: dict[ListKind, tuple[frozenset[str], ...]] = {
    "enterprises": (frozenset({"name"}), frozenset({"credit_code"})),
    "positions": (frozenset({"title"}), frozenset({"booth", "credit_code", "name"})),
    "attendees": (frozenset({"name"}), frozenset({"phone"})),
}
"""Of each set, a header must name at least one."""


def plain(header: str) -> str:
    """A header without blanks, brackets' notes, stars and line breaks, in lower case."""
    text = fold(header).lower().replace(" ", "")
    for mark in "*:。.：_-/":
        text = text.replace(mark, "")
    head, bracket, _ = text.partition("(")
    return head if bracket and head else text


def fields_of(kind: ListKind, cells: tuple[str, ...]) -> dict[str, int]:
    """Field → column for the cells that are headers of this list; the first of each counts."""
    found: dict[str, int] = {}
    for column, cell in enumerate(cells):
        name = plain(cell)
        for field, names in COLUMNS[kind].items():
            if name in {plain(known) for known in names} and field not in found:
                found[field] = column
    return found


def is_header(kind: ListKind, fields: dict[str, int]) -> bool:
    return all(any(field in fields for field in needed) for needed in REQUIRED[kind])
