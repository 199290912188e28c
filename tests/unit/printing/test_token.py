from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdesk.domain.rejection import Rejection
from fairdesk.printing.token import (
    DOMAIN,
    HEADER_BYTES,
    TOKEN_BYTES,
    TOKEN_CHARACTERS,
    BadgeKeys,
    BadgeToken,
    token_in,
)

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NOT_A_BADGE = Rejection("not_a_badge", {})
FORGED = Rejection("badge_forged", {})


def derived(purpose: str) -> bytes:
    return hashlib.sha256(f"one installation: {purpose}".encode()).digest()


def derived_elsewhere(purpose: str) -> bytes:
    return hashlib.sha256(f"another installation: {purpose}".encode()).digest()


KEYS = BadgeKeys(derived)
TOKEN = KEYS.sign(7, 812)

unhurried = settings(deadline=None, max_examples=50)


def raw_of(token: str) -> bytes:
    """Five bits a character, worked out beside the code under test."""
    number = 0
    for character in token:
        number = number * 32 + CROCKFORD.index(character)
    return (number >> (len(token) * 5 - TOKEN_BYTES * 8)).to_bytes(TOKEN_BYTES)


def token_of(raw: bytes) -> str:
    number = int.from_bytes(raw) << (TOKEN_CHARACTERS * 5 - len(raw) * 8)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(575, -1, -5))


@unhurried
@given(fair=st.integers(1, 65_535), badge=st.integers(1, 2**32 - 1))
def test_token_says_what_was_signed(fair: int, badge: int) -> None:
    assert KEYS.parse(KEYS.sign(fair, badge)) == BadgeToken(1, fair, badge)


def test_token_is_72_bytes_in_116_characters_of_the_small_alphabet() -> None:
    assert len(TOKEN) == TOKEN_CHARACTERS
    assert set(TOKEN) <= set(CROCKFORD)
    raw = raw_of(TOKEN)
    assert raw[:HEADER_BYTES] == bytes((1, 1, 0, 7, 0, 0, 3, 44))
    assert token_of(raw) == TOKEN


def test_token_is_checked_by_a_tablet_with_the_public_key_alone() -> None:
    raw = raw_of(TOKEN)
    tablet = Ed25519PublicKey.from_public_bytes(KEYS.public_key(7))
    tablet.verify(raw[HEADER_BYTES:], DOMAIN + raw[:HEADER_BYTES])


def test_token_is_the_same_however_often_it_is_printed() -> None:
    assert BadgeKeys(derived).sign(7, 812) == TOKEN
    assert KEYS.sign(7, 813) != TOKEN
    assert KEYS.public_key(7) != KEYS.public_key(8)


@pytest.mark.parametrize(
    "spelling",
    [str.lower, lambda t: f" {t}\n", lambda t: t.replace("0", "O").replace("1", "l")],
    ids=["lower case", "blanks", "mistaken letters"],
)
def test_token_is_read_in_any_spelling(spelling: object) -> None:
    assert callable(spelling)
    assert KEYS.parse(spelling(TOKEN)) == BadgeToken(1, 7, 812)


@pytest.mark.parametrize("at", range(HEADER_BYTES))
def test_token_with_another_header_is_no_genuine_one(at: int) -> None:
    raw = bytearray(raw_of(TOKEN))
    raw[at] ^= 1
    assert KEYS.parse(token_of(bytes(raw))) == (NOT_A_BADGE if at == 0 else FORGED)


@unhurried
@given(at=st.integers(HEADER_BYTES, TOKEN_BYTES - 1), bit=st.integers(0, 7))
def test_token_with_another_signature_is_forged(at: int, bit: int) -> None:
    raw = bytearray(raw_of(TOKEN))
    raw[at] ^= 1 << bit
    assert KEYS.parse(token_of(bytes(raw))) == FORGED


def test_token_of_another_installation_is_forged() -> None:
    assert KEYS.parse(BadgeKeys(derived_elsewhere).sign(7, 812)) == FORGED


def test_token_whose_signature_was_made_for_something_else_is_forged() -> None:
    """The same key over the same bytes, without the words that say what for."""
    header = raw_of(TOKEN)[:HEADER_BYTES]
    key = Ed25519PrivateKey.from_private_bytes(derived("badge 7 1"))
    assert KEYS.parse(token_of(header + key.sign(header))) == FORGED


@pytest.mark.parametrize("length", [0, 1, 20, 115, 117, 232])
def test_token_cut_off_or_doubled_is_none(length: int) -> None:
    assert KEYS.parse((TOKEN * 2)[:length]) == NOT_A_BADGE


@pytest.mark.parametrize("wrong", ["U", "!", "=", "王", "ß", "ı", "\0", " "])
@pytest.mark.parametrize("at", [0, 57, 115])
def test_token_with_a_foreign_character_is_none(wrong: str, at: int) -> None:
    """At the ends a blank is only a blank, and then a character is missing."""
    assert KEYS.parse(TOKEN[:at] + wrong + TOKEN[at + 1 :]) == NOT_A_BADGE


def test_token_has_one_spelling() -> None:
    last = CROCKFORD.index(TOKEN[-1])
    for bits in range(1, 16):
        assert KEYS.parse(TOKEN[:-1] + CROCKFORD[last | bits]) == NOT_A_BADGE


@unhurried
@given(
    text=st.one_of(
        st.text(max_size=130),
        st.text(CROCKFORD + "OILU", min_size=TOKEN_CHARACTERS, max_size=TOKEN_CHARACTERS),
        st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES).map(token_of),
    )
)
def test_any_text_is_answered(text: str) -> None:
    assert KEYS.parse(text) in (NOT_A_BADGE, FORGED)
    token_in(text)


# --- what a scanner reads


@pytest.mark.parametrize(
    "scanned",
    [
        "HTTPS://FAIR.EXAMPLE.CN/B/{}", "https://fair.example.cn/b/{}", "http://10.0.0.5:8080/b/{}",
        "/b/{}", " https://fair.example.cn/b/{}\r\n", "https://x.cn/fairs/b/b/{}", "{}", " {} ",
    ],
)  # fmt: skip
def test_token_is_found_in_what_was_scanned(scanned: str) -> None:
    assert token_in(scanned.format(TOKEN)) == TOKEN
    assert token_in(scanned.format(TOKEN.lower())) == TOKEN


@pytest.mark.parametrize(
    "scanned",
    [
        "", "K7MQ-3XP", "13800138000", "https://example.cn/", "WIFI:S:hall;;", TOKEN[:-1],
        f"x/{TOKEN}",
    ],
)  # fmt: skip
def test_token_is_not_found_where_there_is_none(scanned: str) -> None:
    assert token_in(scanned) is None


def test_base32_of_the_tests_is_that_of_the_standard_but_for_the_letters() -> None:
    standard = base64.b32encode(raw_of(TOKEN)).decode().rstrip("=")
    letters = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", CROCKFORD)
    assert standard.translate(letters) == TOKEN
