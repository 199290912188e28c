"""Lists into values: each row with what it says, or with the cells that are wrong and why.

A row with a problem is not imported; the others are. Rows that say the same as one before are
marked as such. Nothing here knows the fair: what a row would change is found out against its state.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from fairdesk.domain.identifiers import (
    fold,
    parse_credit_code,
    parse_identity_number,
    parse_name,
    parse_occupation_code,
    parse_phone,
    parse_skill_level,
)
from fairdesk.domain.rejection import Rejection
from fairdesk.intake.columns import ListKind, fields_of, is_header
from fairdesk.intake.sheets import Row, read_rows

HEADER_WITHIN = 30
"""A header stands among the first rows; above it there are titles."""


class CellProblem(msgspec.Struct, frozen=True):
    """What is wrong with a cell: its address, its column's header, a code, the text as it is."""

    cell: str
    column: str
    code: str
    value: str
    facts: dict[str, Any] = {}


class ListRow(msgspec.Struct, frozen=True):
    """`values` are canonical; `label` names the row for a human; `repeats`: same as this row."""

    sheet: str
    row: int
    label: str
    values: dict[str, Any]
    problems: tuple[CellProblem, ...] = ()
    repeats: int = 0


class Intake(msgspec.Struct, frozen=True):
    """`unknown_columns`: headers that were not understood and are left out."""

    kind: ListKind
    rows: tuple[ListRow, ...]
    unknown_columns: tuple[str, ...]


def read_list(kind: ListKind, data: bytes) -> Intake | Rejection:
    """Read a whole file. Codes: those of read_rows, and header_missing."""
    rows = read_rows(data)
    if isinstance(rows, Rejection):
        return rows
    found: list[ListRow] = []
    unknown: list[str] = []
    headers = 0
    for sheet in dict.fromkeys(row.sheet for row in rows):
        of_sheet = [row for row in rows if row.sheet == sheet]
        header = _header(kind, of_sheet)
        if header is None:
            continue
        headers += 1
        fields = fields_of(kind, header.cells)
        named = set(fields.values())
        unknown += [fold(cell) for at, cell in enumerate(header.cells) if cell and at not in named]
        body = [row for row in of_sheet if row.number > header.number]
        found += _body(kind, header, fields, body)
    if not headers:
        return Rejection("header_missing", {"list": kind})
    return Intake(kind, tuple(_marked(found)), tuple(dict.fromkeys(unknown)))


def _header(kind: ListKind, rows: list[Row]) -> Row | None:
    for row in rows[:HEADER_WITHIN]:
        if is_header(kind, fields_of(kind, row.cells)):
            return row
    return None


def _body(kind: ListKind, header: Row, fields: dict[str, int], rows: list[Row]) -> list[ListRow]:
    found = []
    carried: dict[str, str] = {}
    for row in rows:
        if fields_of(kind, row.cells) == fields:
            continue  # the header again, at the top of the next printed page
        texts = {
            field: row.cells[at] if at < len(row.cells) else "" for field, at in fields.items()
        }
        if not any(texts.values()) or _is_total(row):
            continue
        if kind == "positions":
            # Merged cells: the enterprise stands in the first of its rows only.
            whose = [field for field in ("booth", "credit_code", "name") if field in fields]
            if any(texts[field] for field in whose):
                carried = {field: texts[field] for field in whose}
            texts |= carried
        found.append(_row(kind, header, fields, row, texts=texts))
    return found


NOTES = ("合计", "总计", "填表人", "备注:", "注:", "total:", "note:")


def _is_total(row: Row) -> bool:
    first = next(cell for cell in row.cells if cell)
    said = fold(first).replace(" ", "").lower()
    # Of the English word only: Total is a company, too.
    return said in ("total", "totals") or said.startswith(NOTES)


def _row(
    kind: ListKind, header: Row, fields: dict[str, int], row: Row, *, texts: dict[str, str]
) -> ListRow:
    values: dict[str, Any] = {}
    problems = []
    for field, text in texts.items():
        parsed = PARSERS[field](text)
        if isinstance(parsed, Rejection):
            at = fields[field]
            problems.append(
                CellProblem(
                    row.address(at), fold(header.cells[at]), parsed.code, text, parsed.facts
                )
            )
        else:
            values[field] = parsed
    for needed, code in NEEDED[kind]:
        if not values.get(needed) and needed in fields:
            at = fields[needed]
            if all(p.cell != row.address(at) for p in problems):
                problems.append(CellProblem(row.address(at), fold(header.cells[at]), code, ""))
    label = texts.get("title") or texts.get("name") or ""
    return ListRow(row.sheet, row.number, fold(label), values, tuple(problems))


def _marked(rows: list[ListRow]) -> list[ListRow]:
    seen: dict[bytes, int] = {}
    marked = []
    for row in rows:
        if not row.problems:
            said = msgspec.json.encode(row.values, order="sorted")
            first = seen.setdefault(said, row.row)
            if first != row.row:
                row = msgspec.structs.replace(row, repeats=first)
        marked.append(row)
    return marked


# --- cells

Parse = Callable[[str], Any]


def optional(parse: Parse, empty: object) -> Parse:
    return lambda text: parse(text) if fold(text) else empty


def line(text: str) -> str:
    return fold(text)[:200]


def parse_booth(text: str) -> str | Rejection:
    code = fold(text).replace(" ", "").upper().removesuffix("展位").removesuffix("号")
    if re.fullmatch(r"[A-Z0-9][A-Z0-9_-]{0,19}", code, re.ASCII):
        return code
    return Rejection("booth_code", {})


def parse_headcount(text: str) -> int | Rejection:
    match = re.fullmatch(r"(?:约|共)?(\d{1,6})(?:\.0+)?(?:人|名|个|位)?(?:以上|左右)?", fold(text))
    if match and 1 <= int(match[1]) <= 100_000:
        return int(match[1])
    return Rejection("headcount", {})


NOT_SAID = ("面议", "面谈", "待定", "negotiable", "电议", "薪资面议", "/", "-", "不限")
_AMOUNT = r"(\d{1,9}(?:\.\d{1,6})?)(千|k|万|w)?"
_SCALE = {"千": 1000, "k": 1000, "万": 10_000, "w": 10_000, None: 1}


def parse_pay(text: str) -> tuple[int, int] | Rejection:
    """Yuan a month, from and to: `5000-8000`, `5千-8千`, `8K`, `1.2万以上`, `面议` (0, 0)."""
    said = fold(text).lower().replace(" ", "").replace(",", "")
    if not said or said in NOT_SAID:
        return (0, 0)
    said = re.sub(r"(元)?/(月|人|每月)|每月|月薪|人民币|rmb|¥|￥|元|左右|约", "", said)
    open_ended = bool(re.search(r"以上|起|\+$", said))
    up_to = bool(re.search(r"以下|以内", said))
    said = re.sub(r"以上|起|\+$|以下|以内", "", said)
    if match := re.fullmatch(_AMOUNT + r"(?:-|~|—|–|至|到|–)" + _AMOUNT, said):
        low, low_scale, high, high_scale = match.groups()
        # `5-8K`: the scale at the end is meant for both. `5000-8K`: it can't be.
        from_, to = _yuan(low, low_scale or high_scale), _yuan(high, high_scale)
        if from_ > to and not low_scale:
            from_ = _yuan(low, None)
        return (from_, to) if 0 < from_ <= to <= 10_000_000 else Rejection("pay", {})
    if match := re.fullmatch(_AMOUNT, said):
        amount = _yuan(match[1], match[2])
        if not 0 < amount <= 10_000_000:
            return Rejection("pay", {})
        if up_to:
            return (0, amount)
        return (amount, 0) if open_ended else (amount, amount)
    return Rejection("pay", {})


def _yuan(amount: str, scale: str | None) -> int:
    return round(float(amount) * _SCALE[scale])


KIND_WORDS = {
    "full_time": ("全职", "全日制", "正式", "长期", "fulltime", "full-time", "full_time"),
    "part_time": (
        "兼职",
        "非全日制",
        "临时",
        "小时工",
        "短期",
        "parttime",
        "part-time",
        "part_time",
    ),
    "internship": ("实习", "见习", "实习生", "internship", "intern"),
    "order_class": ("订单班", "订单式", "orderclass", "order_class", "order-class"),
}


def parse_position_kind(text: str) -> str | Rejection:
    said = fold(text).lower().replace(" ", "")
    for kind, words in KIND_WORDS.items():
        if said in words:
            return kind
    return Rejection("position_kind", {})


ROLE_WORDS = {
    "seeker": ("求职者", "求职", "应聘者", "seeker", "群众", "劳动者"),
    "contestant": ("选手", "参赛选手", "参赛", "contestant"),
    "recruiter": ("招聘者", "企业代表", "招聘", "hr", "recruiter"),
    "judge": ("裁判", "评委", "judge"),
    "mentor": ("导师", "就业导师", "mentor"),
    "volunteer": ("志愿者", "工作人员", "义工", "volunteer"),
}


def parse_roles(text: str) -> tuple[str, ...] | Rejection:
    roles = []
    for part in re.split(r"[、,，;/\s]+", fold(text).lower()):
        role = next((role for role, words in ROLE_WORDS.items() if part in words), None)
        if role is None:
            return Rejection("role", {})
        roles.append(role)
    return tuple(dict.fromkeys(roles))


def parse_title(text: str) -> str | Rejection:
    title = line(text)
    return title or Rejection("cell_empty", {})


def parse_level(text: str) -> int | Rejection | None:
    return None if fold(text) in (*NOT_SAID, "无") else parse_skill_level(text)


PARSERS: dict[str, Parse] = {
    "booth": optional(parse_booth, ""),
    "name": optional(parse_name, ""),
    "credit_code": optional(parse_credit_code, ""),
    "title": optional(parse_title, ""),
    "headcount": optional(parse_headcount, 1),
    "pay": parse_pay,
    "kind": optional(parse_position_kind, "full_time"),
    "place": line,
    "level": optional(parse_level, None),
    "occupation": line,
    "occupation_code": optional(parse_occupation_code, ""),
    "phone": optional(parse_phone, ""),
    "looking_for": line,
    "role": optional(parse_roles, ("seeker",)),
    "id_number": optional(parse_identity_number, ""),
}  # fmt: skip

NEEDED: dict[ListKind, tuple[tuple[str, str], ...]] = {
    "enterprises": (("name", "cell_empty"), ("credit_code", "cell_empty")),
    "positions": (("title", "cell_empty"),),
    "attendees": (("name", "cell_empty"), ("phone", "cell_empty")),
}
"""Fields a row can't do without, and the code where one is empty."""
