"""Identifiers that must be right: parsed forgivingly, stored canonically, refused with a code.

Every parser is total: any text gives a value or a Rejection. Sources: GB 32100-2015 (unified social
credit code), GB 11714-1997 (organisation code inside it), GB 11643-1999 (resident identity
number), the numbering plans of mainland China and Hong Kong, the 2022 occupational classification.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from fairdesk.domain.rejection import Rejection

# --- forgiving input

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def fold(text: str) -> str:
    """Full-width to half-width, runs of blanks to one, nothing invisible (NUL, bidi overrides)."""
    folded = unicodedata.normalize("NFKC", text)
    spaced = "".join(" " if c in "\t\r\n" else c for c in folded)
    seen = "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE)
    return " ".join(seen.split())


def compact(text: str) -> str:
    """Folded, upper case, without blanks and dashes: for codes and numbers."""
    return re.sub(r"[\s\-‐-―_.]", "", fold(text)).upper()


# --- unified social credit code

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CREDIT_DEPARTMENTS = "123456789ANY"
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def parse_credit_code(text: str) -> str | Rejection:
    """18 characters: department, kind, six digits of place, organisation code with its own check,
    and the check over all. Codes: credit_code_length, _character, _department, _place, _check,
    _organisation."""
    code = compact(text)
    if len(code) != 18:
        return Rejection("credit_code_length", {"length": len(code)})
    for at, character in enumerate(code, start=1):
        if character not in CREDIT_ALPHABET:
            return Rejection("credit_code_character", {"at": at})
    if code[0] not in CREDIT_DEPARTMENTS:
        return Rejection("credit_code_department", {"department": code[0]})
    if not code[2:8].isdigit():
        return Rejection("credit_code_place", {})
    if code[17] != credit_check(code[:17]):
        return Rejection("credit_code_check", {})
    if code[16] != organisation_check(code[8:16]):
        return Rejection("credit_code_organisation", {})
    return code


def credit_check(first17: str) -> str:
    total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(first17, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def organisation_check(first8: str) -> str:
    pairs = zip(first8, ORGANISATION_WEIGHTS, strict=True)
    value = (11 - sum(ORGANISATION_ALPHABET.index(c) * w for c, w in pairs) % 11) % 11
    return "X" if value == 10 else str(value)


# --- resident identity number

IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
        "91",
    ]
)
_OLD_PERMANENT_CARD = re.compile(r"[A-Z]{3}[0-9]{12}")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_identity_number(text: str) -> str | Rejection:
    """18 characters, or the old 15 digits. 81, 82, 83 are residents from Hong Kong, Macau and
    Taiwan; a first 9 is the foreigners' permanent card, whose issues before December 2023 have
    three letters and 12 digits and stay valid. Codes: identity_length, _character, _place, _birth,
    _check."""
    number = compact(text)
    if len(number) not in (15, 18):
        return Rejection("identity_length", {"length": len(number)})
    if _OLD_PERMANENT_CARD.fullmatch(number):
        return number
    digits = number[:17] if len(number) == 18 else number
    if not (digits.isascii() and digits.isdigit()) or number[-1] not in "0123456789X":
        return Rejection("identity_character", {})
    if number[0] != "9" and number[:2] not in PROVINCES:
        return Rejection("identity_place", {"place": number[:2]})
    birth = number[6:14] if len(number) == 18 else "19" + number[6:12]
    if not _is_date(int(birth[:4]), int(birth[4:6]), int(birth[6:])):
        return Rejection("identity_birth", {})
    if len(number) == 18 and number[17] != identity_check(digits):
        return Rejection("identity_check", {})
    return number


def identity_check(first17: str) -> str:
    total = sum(int(c) * w for c, w in zip(first17, IDENTITY_WEIGHTS, strict=True))
    return IDENTITY_CHECKS[total % 11]


def _is_date(year: int, month: int, day: int) -> bool:
    if not (1850 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return not (month == 2 and day == 29) or leap


# --- mobile number

_MAINLAND = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})", re.ASCII)
_HONG_KONG = re.compile(r"(?:\+|00)852([4-9]\d{7})|852([4-9]\d{7})|([5-79]\d{7})", re.ASCII)
_FLOAT_TAIL = re.compile(r"\.0+$")


def parse_phone(text: str) -> str | Rejection:
    """`13800138000`, or `+85291234567` for Hong Kong. Also what Excel made of them
    (`13800138000.0`, `1.3800138E10`). Code: phone."""
    folded = fold(text)
    if re.fullmatch(r"\d(?:\.\d+)?[eE]\+?1[01]", folded, re.ASCII):
        folded = str(int(float(folded)))
    number = re.sub(r"[\s\-‐-―()./]", "", _FLOAT_TAIL.sub("", folded))
    if match := _MAINLAND.fullmatch(number):
        return match[1]
    if match := _HONG_KONG.fullmatch(number):
        return "+852" + (match[1] or match[2] or match[3])
    return Rejection("phone", {"length": len(number)})


# --- skill level

SKILL_LEVELS = (
    "学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师",
)  # fmt: skip
"""By ordinal: the printed number falls as skill rises, so levels are compared by this one."""

_SKILL_WORDS = {
    **{word: level for level, word in enumerate(SKILL_LEVELS)},
    "学徒": 0, "初级": 1, "中级": 2, "高级": 3,
    "五级": 1, "四级": 2, "三级": 3, "二级": 4, "一级": 5,
    "5级": 1, "4级": 2, "3级": 3, "2级": 4, "1级": 5,
    "五级工": 1, "四级工": 2, "三级工": 3,
    "apprentice": 0, "junior": 1, "intermediate": 2, "senior": 3, "technician": 4,
    "seniortechnician": 5, "mastertechnician": 6, "chieftechnician": 7,
}  # fmt: skip


def parse_skill_level(text: str) -> int | Rejection:
    """An ordinal 0–7 from its name, its grade, or both (`高级工(三级)`). Code: skill_level."""
    word = re.sub(r"[\s/、,-]", "", fold(text)).lower()
    if word in _SKILL_WORDS:
        return _SKILL_WORDS[word]
    if match := re.fullmatch(r"(.+?)\((.+?)\)", word):
        first, second = (_SKILL_WORDS.get(part) for part in match.groups())
        if first is not None and (second is None or first == second):
            return first
    for grade in ("五级", "四级", "三级", "二级", "一级"):
        rest = word.replace(grade, "", 1)
        if grade in word and _SKILL_WORDS.get(rest) == _SKILL_WORDS[grade]:
            return _SKILL_WORDS[grade]
    return Rejection("skill_level", {})


# --- occupation

_OCCUPATION = re.compile(r"(\d)(\d{2})(\d{2})(\d{2})", re.ASCII)
OCCUPATION_EDITION = "2022"


def parse_occupation_code(text: str) -> str | Rejection:
    """`a-bb-cc-dd` of the 2022 edition; majors 1–8. Code: occupation_code."""
    match = _OCCUPATION.fullmatch(compact(text))
    if match is None or match[1] in "09":
        return Rejection("occupation_code", {})
    return "-".join(match.groups())


# --- the short code of a badge

SHORT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 characters nobody mistakes for another: no 0 O, no 1 I L. 31 is prime, so the weighted check
finds every single wrong character and every pair swapped."""

SHORT_CODE_LENGTH = 7
_SHORT_SPACE = 31**6
_SCRAMBLE = 387_420_489  # 3^18: shares no factor with 31, and neighbours look nothing alike
_UNSCRAMBLE = pow(_SCRAMBLE, -1, _SHORT_SPACE)
_SHORT_READ = {**{c: c for c in SHORT_ALPHABET}}


@functools.lru_cache(maxsize=1 << 17)
def short_code(fair_number: int, serial: int) -> str:
    """Seven characters for badge `serial` (1 … 31^6 - 1) of a fair: six, and a check that depends
    on the fair, so that most codes of another fair are told apart."""
    value = serial * _SCRAMBLE % _SHORT_SPACE
    body = ""
    for _ in range(6):
        value, digit = divmod(value, 31)
        body = SHORT_ALPHABET[digit] + body
    return body + _short_check(fair_number, body)


@functools.lru_cache(maxsize=1 << 17)
def parse_short_code(text: str, fair_number: int) -> int | None:
    """The serial, or None where this is no code of this fair."""
    if len(text) > 40:
        return None
    code = text if len(text) == 7 and text.isascii() else compact(text)
    code = code.upper()
    if len(code) != 7 or any(c not in _SHORT_READ for c in code):
        return None
    if code[6] != _short_check(fair_number, code[:6]):
        return None
    value = 0
    for character in code[:6]:
        value = value * 31 + SHORT_ALPHABET.index(character)
    serial = value * _UNSCRAMBLE % _SHORT_SPACE
    return serial or None


def _short_check(fair_number: int, body: str) -> str:
    total = fair_number + sum(
        weight * SHORT_ALPHABET.index(c) for weight, c in enumerate(body, start=2)
    )
    return SHORT_ALPHABET[-total % 31]


def printed(code: str) -> str:
    """`K7MQ3XP` → `K7MQ-3XP`."""
    return f"{code[:4]}-{code[4:]}"


# --- names

_COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "令狐",
        "呼延",
        "拓跋",
        "西门",
        "百里",
        "东郭",
    ]
)


def parse_name(text: str) -> str | Rejection:
    """A person's name, 1 to 200 characters, at least one of them a letter. Code: name."""
    # Folded for blanks and what can't be seen, but not NFKC: 㛃 and 𠮷 stay who they are.
    kept = "".join(" " if c in "\t\r\n\u3000" else c for c in text)
    seen = "".join(c for c in kept if unicodedata.category(c) not in _INVISIBLE)
    name = unicodedata.normalize("NFC", " ".join(seen.split()))
    if not 1 <= len(name) <= 200 or not any(c.isalpha() for c in name):
        return Rejection("name", {"length": len(name)})
    return name


def mask_name(name: str) -> str:
    """A surname where a name is unavoidable in public: 王志刚 → 王*, 欧阳娜 → 欧阳*, John → J*."""
    name = name.strip()
    if not name:
        return ""
    if len(name) > 2 and name[:2] in _COMPOUND_SURNAMES:
        return name[:2] + "*"
    return name[0] + "*"
