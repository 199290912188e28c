"""Vectors marked "published" stand in public documents; the others were worked out by hand from the
standards' weights with a calculator of their own, below, not with the code under test."""

from __future__ import annotations

import string
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairdesk.domain import identifiers
from fairdesk.domain.identifiers import (
    CREDIT_ALPHABET,
    SHORT_ALPHABET,
    SKILL_LEVELS,
    compact,
    fold,
    mask_name,
    parse_credit_code,
    parse_identity_number,
    parse_name,
    parse_occupation_code,
    parse_phone,
    parse_short_code,
    parse_skill_level,
    printed,
    short_code,
)
from fairdesk.domain.rejection import Rejection

PUBLISHED = ("91350100M000100Y43", "91110000600037341L", "51420000MJH2003604")


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def code_of(result: object) -> str:
    assert isinstance(result, Rejection), result
    return result.code


# --- forgiving input


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("  王　志刚\t", "王 志刚"),
        ("ＡＢＣ１２３", "ABC123"),
        ("a\u200bb\u202ec\0d\ufeff", "abcd"),
        ("㈱", "(株)"),
        ("", ""),
    ],
)
def test_fold_keeps_what_can_be_seen(typed: str, seen: str) -> None:
    assert fold(typed) == seen


def test_compact_leaves_letters_and_digits() -> None:
    assert compact(" k7mq－3x_p. ") == "K7MQ3XP"


# --- unified social credit code


@pytest.mark.parametrize("code", PUBLISHED)
def test_credit_code_published_is_valid(code: str) -> None:
    assert parse_credit_code(code) == code


@pytest.mark.parametrize(
    "spelling",
    [str.lower, full_width, lambda c: f" {c[:2]} {c[2:8]}-{c[8:17]}-{c[17]}\u200b\n"],
)
def test_credit_code_is_read_in_any_spelling(spelling: Callable[[str], str]) -> None:
    for code in PUBLISHED:
        assert parse_credit_code(spelling(code)) == code


def credit_code(department: str) -> str:
    """One of this department, its two check characters worked out beside the code under test."""
    organisation = "MA5X0001"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    letters = string.digits + string.ascii_uppercase
    total = sum(letters.index(c) * w for c, w in zip(organisation, weights, strict=True))
    body = f"{department}1440300{organisation}" + "0123456789X0"[11 - total % 11]
    powers = [3**n % 31 for n in range(17)]
    total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(body, powers, strict=True))
    return body + CREDIT_ALPHABET[-total % 31]


def test_credit_weights_are_powers_of_three() -> None:
    assert tuple(3**n % 31 for n in range(17)) == identifiers.CREDIT_WEIGHTS


@pytest.mark.parametrize("department", "123456789ANY")
def test_credit_code_of_every_department_is_valid(department: str) -> None:
    code = credit_code(department)
    assert parse_credit_code(code) == code


@pytest.mark.parametrize("department", sorted(set(CREDIT_ALPHABET) - set("123456789ANY")))
def test_credit_code_of_no_department_is_refused(department: str) -> None:
    assert parse_credit_code(credit_code(department)) == Rejection(
        "credit_code_department", {"department": department}
    )


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("", "credit_code_length", {"length": 0}),
        ("91350100M000100Y4", "credit_code_length", {"length": 17}),
        ("91350100M000100Y433", "credit_code_length", {"length": 19}),
        ("91350100M00O100Y43", "credit_code_character", {"at": 12}),
        ("91350100M000100Y4十", "credit_code_character", {"at": 18}),
        ("913501A0M000100Y43", "credit_code_place", {}),
        ("91350100M000100Y44", "credit_code_check", {}),
        ("91350100M001000Y43", "credit_code_check", {}),
    ],
)
def test_credit_code_that_is_wrong_says_where(
    text: str, code: str, facts: dict[str, object]
) -> None:
    assert parse_credit_code(text) == Rejection(code, facts)


def test_credit_code_holds_an_organisation_code_with_its_own_check() -> None:
    """The outer check is right and the inner one is not."""
    body = "91350100M000100Y3"
    total = sum(CREDIT_ALPHABET.index(c) * 3**n for n, c in enumerate(body))
    assert code_of(parse_credit_code(body + CREDIT_ALPHABET[-total % 31])) == (
        "credit_code_organisation"
    )


@pytest.mark.parametrize("code", PUBLISHED)
def test_credit_code_with_one_wrong_character_is_refused(code: str) -> None:
    for at, right in enumerate(code):
        for wrong in set(CREDIT_ALPHABET) - {right}:
            assert isinstance(parse_credit_code(code[:at] + wrong + code[at + 1 :]), Rejection)


@pytest.mark.parametrize("code", PUBLISHED)
def test_credit_code_with_neighbours_swapped_is_refused(code: str) -> None:
    for at, (first, second) in enumerate(pairwise(code)):
        if first != second:
            swapped = code[:at] + second + first + code[at + 2 :]
            assert isinstance(parse_credit_code(swapped), Rejection)


# --- resident identity number


def identity(first17: str) -> str:
    """With its check: ISO 7064 MOD 11-2, worked out digit by digit."""
    remainder = 0
    for digit in first17:
        remainder = (remainder + int(digit)) * 2 % 11
    return first17 + "0123456789X"[(12 - remainder) % 11]


def test_identity_number_published_is_valid() -> None:
    assert identity("11010519491231002") == "11010519491231002X"
    assert parse_identity_number("11010519491231002X") == "11010519491231002X"


@pytest.mark.parametrize(
    "first17",
    [
        pytest.param("44030319900307451", id="mainland"),
        pytest.param("54010020000229001", id="29 February of a leap year"),
        pytest.param("71000019850101001", id="Taiwan, on paper"),
        pytest.param("81000019950615123", id="resident from Hong Kong"),
        pytest.param("82000019950615123", id="resident from Macau"),
        pytest.param("83000019950615123", id="resident from Taiwan"),
        pytest.param("91184019881231001", id="permanent resident: Beijing, USA"),
        pytest.param("94482619770704001", id="permanent resident: Guangdong, GBR"),
    ],
)
def test_identity_number_of_every_kind_is_valid(first17: str) -> None:
    number = identity(first17)
    assert parse_identity_number(number) == number
    assert parse_identity_number(full_width(number.lower())) == number
    assert parse_identity_number(f" {number[:6]} {number[6:14]} {number[14:]} ") == number


@pytest.mark.parametrize("number", ["110105491231002", "440303900307451"])
def test_identity_number_of_fifteen_digits_stays_valid(number: str) -> None:
    assert parse_identity_number(number) == number


@pytest.mark.parametrize("number", ["USA110088123100", "gbr440077070405", "CAN310090022811"])
def test_permanent_card_of_before_2023_stays_valid(number: str) -> None:
    assert parse_identity_number(number) == number.upper()


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("", "identity_length", {"length": 0}),
        ("1101051949123100", "identity_length", {"length": 16}),
        ("11010519491231002A", "identity_character", {}),
        ("1101051949123X002X", "identity_character", {}),
        ("11010549123100X", "identity_character", {}),
        ("US1110088123100", "identity_character", {}),
        ("USA11008812310X", "identity_character", {}),
        (identity("01010519491231002"), "identity_place", {"place": "01"}),
        (identity("84000019950615123"), "identity_place", {"place": "84"}),
        ("010105491231002", "identity_place", {"place": "01"}),
        (identity("44030319900231451"), "identity_birth", {}),
        (identity("44030319000229451"), "identity_birth", {}),
        (identity("44030319901301451"), "identity_birth", {}),
        (identity("44030318401201451"), "identity_birth", {}),
        ("440303901307451", "identity_birth", {}),
        ("110105194912310021", "identity_check", {}),
    ],
)
def test_identity_number_that_is_wrong_says_where(
    text: str, code: str, facts: dict[str, object]
) -> None:
    assert parse_identity_number(text) == Rejection(code, facts)


def test_identity_number_with_one_wrong_digit_is_refused() -> None:
    number = "11010519491231002X"
    for at, right in enumerate(number):
        for wrong in set("0123456789X") - {right}:
            assert isinstance(
                parse_identity_number(number[:at] + wrong + number[at + 1 :]), Rejection
            )


def test_identity_number_is_never_repeated_in_a_refusal() -> None:
    """Facts go to logs and screens."""
    facts = repr(parse_identity_number("110105194912310021"))
    assert "19491231" not in facts


# --- phones


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("(+86)13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("\u202d13800138000\u202c", "13800138000"),
        ("13800138000.0", "13800138000"),
        ("1.3800138E10", "13800138000"),
        ("1.3800138e+10", "13800138000"),
        ("19912345678", "19912345678"),
        ("+852 9123 4567", "+85291234567"),
        ("852-9123-4567", "+85291234567"),
        ("00852 6123 4567", "+85261234567"),
        ("9123 4567", "+85291234567"),
        ("51234567", "+85251234567"),
        ("+852 4612 3456", "+85246123456"),
    ],
)
def test_phone_is_read_in_any_spelling(typed: str, stored: str) -> None:
    assert parse_phone(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "", "12800138000", "1380013800", "138001380000", "23800138000", "+87 13800138000",
        "+852 1234 5678", "+852 9123 456", "12345678", "０１０-６２２８８３５０", "138001380OO",
        "abc", "13800138000/13900139000", "+8613800138000转1", "1e400",
    ],
)  # fmt: skip
def test_phone_that_is_none_is_refused(typed: str) -> None:
    assert code_of(parse_phone(typed)) == "phone"


# --- skill levels


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (0, ("学徒工", "学徒", "Apprentice")),
        (1, ("初级工", "初级", "五级", "5级", "五级工", "初级工（五级）", "五级/初级工", "junior")),
        (2, ("中级工", "中级", "四级", "4 级", "中级工(四级)", "四级、中级工", "Intermediate")),
        (3, ("高级工", "高级", "三级", "３级", "高级工 (三级)", "高级工/三级", "senior")),
        (4, ("技师", "二级", "2级", "技师（二级）", "二级技师", "Technician")),
        (5, ("高级技师", "一级", "1级", "高级技师（一级）", "一级/高级技师", "Senior Technician")),
        (6, ("特级技师", "Master Technician")),
        (7, ("首席技师", "chief technician")),
    ],
)
def test_skill_level_is_read_by_name_grade_or_both(level: int, words: tuple[str, ...]) -> None:
    assert {word: parse_skill_level(word) for word in words} == dict.fromkeys(words, level)


def test_skill_levels_rise_as_their_grades_fall() -> None:
    assert [parse_skill_level(word) for word in SKILL_LEVELS] == list(range(8))
    grades = [parse_skill_level(grade) for grade in ("五级", "四级", "三级", "二级", "一级")]
    assert grades == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "word", ["", "六级", "高级工（二级）", "三级初级工", "大师", "3", "()", "级", "不限"]
)
def test_skill_level_that_is_none_is_refused(word: str) -> None:
    assert code_of(parse_skill_level(word)) == "skill_level"


# --- occupations


@pytest.mark.parametrize("typed", ["6-31-01-03", "6310103", "６－３１－０１－０３", " 6.31.01.03 "])
def test_occupation_code_is_read_in_any_spelling(typed: str) -> None:
    assert parse_occupation_code(typed) == "6-31-01-03"


@pytest.mark.parametrize(
    "typed", ["", "0-31-01-03", "9-31-01-03", "6-31-01", "6-31-01-033", "电工"]
)
def test_occupation_code_that_is_none_is_refused(typed: str) -> None:
    assert code_of(parse_occupation_code(typed)) == "occupation_code"


# --- the short code of a badge

fairs = st.integers(1, 65_535)
serials = st.integers(1, 31**6 - 1)


@given(fair=fairs, serial=serials)
def test_short_code_says_its_serial(fair: int, serial: int) -> None:
    code = short_code(fair, serial)
    assert len(code) == 7
    assert set(code) <= set(SHORT_ALPHABET)
    for spelling in (code, code.lower(), printed(code), f" {full_width(printed(code))} "):
        assert parse_short_code(spelling, fair) == serial


def test_short_codes_of_a_fair_are_all_different() -> None:
    codes = {short_code(7, serial) for serial in range(1, 20_001)}
    assert len(codes) == 20_000


def test_short_codes_are_what_they_were() -> None:
    """Badges in circulation: never change these."""
    codes = [short_code(7, serial) for serial in (1, 2, 812, 31**6 - 1)]
    assert codes == ["FJHN465", "W4296A6", "GB2GSTW", "KGHDXW5"]


@given(fair=fairs, serial=serials, at=st.integers(0, 6), other=st.sampled_from(SHORT_ALPHABET))
def test_short_code_with_one_wrong_character_is_none(
    fair: int, serial: int, at: int, other: str
) -> None:
    code = short_code(fair, serial)
    if code[at] != other:
        assert parse_short_code(code[:at] + other + code[at + 1 :], fair) is None


@given(fair=fairs, serial=serials)
def test_short_code_with_neighbours_swapped_is_none(fair: int, serial: int) -> None:
    code = short_code(fair, serial)
    for at, (first, second) in enumerate(pairwise(code)):
        if first != second:
            assert parse_short_code(code[:at] + second + first + code[at + 2 :], fair) is None


@given(fair=fairs, apart=st.integers(1, 30), serial=serials)
def test_short_code_of_a_fair_nearby_is_none(fair: int, apart: int, serial: int) -> None:
    assert parse_short_code(short_code(fair, serial), fair + apart) is None


@pytest.mark.parametrize(
    "text", ["", "0000000", "K7MQ3X", "K7MQ3XP2", "KIMQ3XP", "王志刚", "2" * 41]
)
def test_short_code_that_is_none_is_none(text: str) -> None:
    assert parse_short_code(text, 7) is None


def test_short_code_avoids_what_is_mistaken() -> None:
    assert not set("01OIL") & set(SHORT_ALPHABET)
    assert len(SHORT_ALPHABET) == 31


# --- names


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 王　志刚 ", "王 志刚"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("㛃敏仪", "㛃敏仪"),
        ("𠮷田惠", "𠮷田惠"),
        ("Maria Ferna\u0301ndez", "Maria Fernández"),
        ("王\u202e志\u200b刚\0", "王志刚"),
        ("ＡＢ", "ＡＢ"),
        ("李", "李"),
    ],
)
def test_name_stays_as_its_bearer_writes_it(typed: str, stored: str) -> None:
    assert parse_name(typed) == stored


@pytest.mark.parametrize("typed", ["", "  ", "\u202e", "123", "---", "王" * 201])
def test_name_that_is_none_is_refused(typed: str) -> None:
    assert code_of(parse_name(typed)) == "name"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王志刚", "王*"), ("李", "李*"), ("欧阳娜", "欧阳*"), ("欧阳", "欧*"),
        ("司马相如", "司马*"), ("John Smith", "J*"), ("𠮷田惠", "𠮷*"), (" 王 ", "王*"), ("", ""),
    ],
)  # fmt: skip
def test_mask_leaves_the_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked


# --- all of them


PARSERS: tuple[Callable[[str], object], ...] = (
    fold,
    compact,
    parse_credit_code,
    parse_identity_number,
    parse_phone,
    parse_skill_level,
    parse_occupation_code,
    parse_name,
    mask_name,
    lambda text: parse_short_code(text, 7),
)

near_misses = st.one_of(
    st.text(),
    st.text("0123456789０１２²³①٣X-. +86852eE人级()（）"),
    st.from_regex(r"[0-9A-Z０-９٠-٩]{15,18}", fullmatch=True),
)


@given(text=near_misses)
def test_parsers_take_any_text(text: str) -> None:
    for parse in PARSERS:
        parse(text)


@given(text=near_misses)
def test_what_a_parser_stores_it_reads_back(text: str) -> None:
    for parse in (parse_credit_code, parse_identity_number, parse_phone, parse_occupation_code):
        stored = parse(text)
        if not isinstance(stored, Rejection):
            assert parse(stored) == stored
            assert stored.isascii()
