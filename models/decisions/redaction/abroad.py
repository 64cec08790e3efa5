"""People from Hong Kong, Macao, Taiwan and abroad: their papers, telephones and names in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.decisions.redaction.about import About
from models.decisions.redaction.kinds import MarkKind, Why
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.width import alike

_HONG_KONG = re.compile(r"(?<![0-9A-Za-z])(?P<letters>[A-Z]{1,2})(?P<digits>\d{6})\((?P<check>[0-9A])\)")
_TAIWAN = re.compile(r"(?<![0-9A-Za-z])(?P<letter>[A-Z])(?P<digits>[1289]\d{8})(?![0-9A-Za-z])")
_MACAO = re.compile(r"(?<![0-9A-Za-z])[157]/?\d{6}/?\(\d\)")
_PAPER = re.compile(
    r"(?:身份证|身份證|统一编号|居民证|护照|Passport|passport|PASSPORT|永居证|居留证)[^,;。\n()\d]{0,10}$"
)
# Telephones of Hong Kong, Macao and Taiwan begin 5 to 9, 6, and 9 where they are mobile ones; a plus stands before any country's.
_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][ \-])"
    r"(?:(?P<region>\(?(?:\+|00)?(?:852|853|886)\)?)[ \-]{0,2}|(?:\+|00)(?!86)[1-9]\d{0,2}[ \-]{1,2}|\+(?!86)[1-9]\d{0,2}(?=\d{7}))"
    r"\(?(?P<own>\d{1,4}\)?(?:[ \-]?\d{2,4}){1,3})(?![0-9A-Za-z])"
)
_MOBILE = {"852": "5679", "853": "6", "886": "9"}
_LETTERS = r"A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_WORD = rf"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ][{_LETTERS}'\-]*"
_LATIN = rf"{_WORD}(?:[ .·]{{1,2}}{_WORD}){{1,4}}"
_AFTER_ROLE = re.compile(
    r"(?:人|员|师|者|商|同事|助手|朋友|经理|总监|主管|主任|股东|董事|监事|代表|律师|顾问|客户|买家|卖家|翻译|外商|外籍人士|外教|姓名|姓名为|名叫|叫|由|向|与|询问|联系)"
    rf"\s*[:为]?\s*(?P<it>{_LATIN})(?![{_LETTERS}])"
)
_BEFORE_ORIGIN = re.compile(
    rf"(?<![{_LETTERS}])(?P<it>{_LATIN})(?=\s*[(,]\s*(?:[^(),;。\n]{{1,6}}(?:国籍|籍|国人|居民)|国籍|护照|男|女|持))"
)
_COMPANY = re.compile(
    r"\b(?:CO|COMPANY|CORP|CORPORATION|LTD|LIMITED|INC|LLC|GMBH|GROUP|HOLDINGS?|TRADING|INTERNATIONAL|S\.?A|B\.?V|A\.?G|PLC|PTY|KG)\b",
    re.IGNORECASE,
)
_COMPANY_GOES_ON = re.compile(r"\s*(?:株式会社|有限会社|[\u4e00-\u9fa5]{0,6}(?:公司|集团|协会|商会|大学))")
# The weights of the letter in the number of a Taiwan identity card, A to Z.
_TAIWAN_LETTERS = dict(
    zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True),
)


def find_foreigners(text: str, about: About) -> Iterator[Proposal]:
    """Papers, telephones and Latin names in `text`. A number that only might be one needs words before it."""
    half = alike(text)
    for pattern, is_valid in ((_HONG_KONG, _is_of_hong_kong), (_TAIWAN, _is_of_taiwan)):
        for match in pattern.finditer(half):
            if _PAPER.search(half[max(0, match.start() - 16) : match.start()]):
                yield Proposal(*match.span(), MarkKind.PASSPORT, Why.LEAD_WORDS)
            elif is_valid(match):
                yield Proposal(*match.span(), MarkKind.PASSPORT, Why.FORM_OF_NUMBER)
    for match in _MACAO.finditer(half):
        if _PAPER.search(half[max(0, match.start() - 16) : match.start()]):
            yield Proposal(*match.span(), MarkKind.PASSPORT, Why.LEAD_WORDS)
    for match in _TELEPHONE.finditer(half):
        yield Proposal(*match.span(), _kind_of_telephone(match), Why.FORM_OF_NUMBER)
    for pattern in (_AFTER_ROLE, _BEFORE_ORIGIN):
        for match in pattern.finditer(half):
            name = match["it"]
            if (
                not _COMPANY.search(name)
                and not _COMPANY_GOES_ON.match(half, match.end("it"))
                and name not in about.public_names
            ):
                yield Proposal(*match.span("it"), MarkKind.PERSON_NAME, Why.ROLE_OF_PERSON)


def _kind_of_telephone(match: re.Match[str]) -> MarkKind:
    region = re.sub(r"\D", "", match["region"] or "")[-3:]
    own = match["own"].lstrip("(0")
    is_landline = region in _MOBILE and own[:1] not in _MOBILE[region]
    return MarkKind.LANDLINE if is_landline else MarkKind.MOBILE_PHONE


def _is_of_hong_kong(match: re.Match[str]) -> bool:
    """The check digit of a Hong Kong identity card; one letter counts as if a blank stood before it."""
    letters = match["letters"].rjust(2)
    values = [36 if sign == " " else ord(sign) - ord("A") + 10 for sign in letters]
    values += [int(digit) for digit in match["digits"]]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    check = 10 if match["check"] == "A" else int(match["check"])
    return (total + check) % 11 == 0


def _is_of_taiwan(match: re.Match[str]) -> bool:
    """The check digit of a Taiwan identity card."""
    tens, ones = divmod(_TAIWAN_LETTERS[match["letter"]], 10)
    digits = [int(digit) for digit in match["digits"]]
    weights = (8, 7, 6, 5, 4, 3, 2, 1, 1)
    total = tens + ones * 9 + sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 10 == 0
