"""Numbers of persons that must never be published: found in a text, they block publication.

Identity numbers (also of 15 digits, and masked so that region and birth year still show), mobile phones and
bank cards. Masking stars don't make a number safe when enough of it is left (行政处罚信息公示规定 Art 6).
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.codes.uscc import is_valid_uscc


class IdentifierKind(enum.StrEnum):
    IDENTITY_NUMBER = "identity_number"
    MASKED_IDENTITY_NUMBER = "masked_identity_number"
    MOBILE_PHONE = "mobile_phone"
    BANK_CARD = "bank_card"


IDENTIFIER_LABELS = {
    IdentifierKind.IDENTITY_NUMBER: "身份证号码",
    IdentifierKind.MASKED_IDENTITY_NUMBER: "遮盖不全的证件号码",
    IdentifierKind.MOBILE_PHONE: "手机号码",
    IdentifierKind.BANK_CARD: "银行卡号",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A number found in a text: its kind and the half-open range of characters it fills."""

    kind: IdentifierKind
    start: int
    end: int


# Full-width digits and letters count like half-width ones; the table keeps every offset.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)} | {
    ord(star): ord("*") for star in "＊×"
}
_MASK = r"[*Xx■●]"
# Digits as people group them, by single spaces, dashes or dots in the middle: any neighbouring groups may be the number.
_RUN = re.compile(r"\d+(?:[ \-·•–—]\d+)*(?:[ \-]?[Xx](?![0-9A-Za-z]))?")
_GROUP = re.compile(r"\d+[Xx]?|[Xx]")
_LONGEST = 19
_MASKED_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9]\d{{5,13}}{_MASK}{{4,}}\d{{0,4}}{_MASK}?")
_MASKED_PHONE = re.compile(
    rf"(?<![0-9A-Za-z])1[3-9]\d(?:\d{{1,4}}{_MASK}{{3,}}\d{{0,4}}|{_MASK}{{3,4}}\d{{4}})(?!\d)"
)
_PHONE = re.compile(r"(?:86)?(1[3-9]\d{9})")
_CARD_ISSUERS = "3456"


def find_identifiers(text: str) -> list[Finding]:
    """All blocking numbers in `text`, in order, none overlapping another."""
    half = text.translate(_HALF_WIDTH)
    found = sorted([*_whole_numbers(half), *_masked_numbers(half)], key=lambda finding: finding.start)
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def _whole_numbers(text: str) -> Iterator[Finding]:
    for run in _RUN.finditer(text):
        groups = list(_GROUP.finditer(text, run.start(), run.end()))
        for first in range(len(groups)):
            digits = ""
            for group in groups[first:]:
                digits += group[0].upper()
                if len(digits) > _LONGEST:
                    break
                kind = _kind_of(digits)
                if kind is not None:
                    yield Finding(kind, groups[first].start(), group.end())


def _kind_of(digits: str) -> IdentifierKind | None:
    if len(digits) in (11, 13) and _PHONE.fullmatch(digits):
        return IdentifierKind.MOBILE_PHONE
    if len(digits) == 18 and not is_valid_uscc(digits) and _is_birthday(digits[6:14]):
        return IdentifierKind.IDENTITY_NUMBER
    if len(digits) == 15 and digits[0] in "12345678" and _is_birthday("19" + digits[6:12]):
        return IdentifierKind.IDENTITY_NUMBER
    if 16 <= len(digits) <= 19 and digits[0] in _CARD_ISSUERS and _passes_luhn(digits):
        return IdentifierKind.BANK_CARD
    return None


def _masked_numbers(text: str) -> Iterator[Finding]:
    for pattern, kind in (
        (_MASKED_PHONE, IdentifierKind.MOBILE_PHONE),
        (_MASKED_IDENTITY, IdentifierKind.MASKED_IDENTITY_NUMBER),
    ):
        for match in pattern.finditer(text):
            yield Finding(kind, match.start(), match.end())


def _is_birthday(digits: str) -> bool:
    try:
        born = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return born.year >= 1870


def _passes_luhn(digits: str) -> bool:
    if not digits.isdigit():
        return False
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
