"""What was scanned or typed, as the short code the domain knows badges by."""

from __future__ import annotations

from fairdesk.domain.fair import Fair
from fairdesk.domain.identifiers import SHORT_CODE_LENGTH, compact, short_code
from fairdesk.domain.rejection import Rejection
from fairdesk.printing.token import BadgeKeys, token_in


def badge_code(text: str, fair: Fair, keys: BadgeKeys) -> str | Rejection:
    """A genuine token of this fair, or a typed short code. Codes: other_fair, badge_forged,
    not_a_badge."""
    if len(text) == SHORT_CODE_LENGTH and text.isascii() and text.isalnum():
        return text.upper()
    token = token_in(text)
    if token is None:
        return compact(text)
    parsed = keys.parse(token)
    if isinstance(parsed, Rejection):
        return parsed
    if parsed.fair_number != fair.setup.number:
        return Rejection("other_fair", {"fair_number": parsed.fair_number})
    return short_code(fair.setup.number, parsed.badge)
