"""Whether two filings may be about the same thing: the same respondent, the same link or right, much the same words.

A likeness is a hint for people, never a verdict: whether something is a repeat that needs no further handling (Order 121
Art 35) or a sign of something else (Art 17) is decided by an officer. Nothing here looks at who filed.

**Words** are compared by their shingles, all runs of five characters of the folded text. How much two sets of shingles
have in common (their Jaccard index) is the similarity. To find candidates among very many filings each keeps the eight
smallest hashes of its shingles: texts that share at least half of their shingles almost surely share one of those.
"""

from __future__ import annotations

import hashlib
import heapq
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from models.codes.patents import normalise_patent_number
from models.codes.trademarks import normalise_trademark_number
from models.filings.kinds import Likeness
from models.filings.parties import more_respondents
from models.filings.submissions import Submission
from models.filings.tables import Filing
from models.kinds import RightType

SHINGLE = 5
KEPT_HASHES = 8
ALIKE = 0.5
_PATENTS = (RightType.PATENT_INFRINGEMENT, RightType.PATENT_PASSING_OFF)
_GOODS = frozenset({"id", "itemid", "item_id", "goods_id", "goodsid", "sku", "skuid", "pid", "productid"})
_DEVICES = ("www.", "m.", "h5.", "wap.", "item.m.", "detail.m.")


@dataclass(frozen=True)
class Matter:
    """A filing as far as it is compared."""

    respondents: frozenset[str]
    link: str
    right_number: str
    facts: str


def matter_of(filed: Filing | Submission) -> Matter:
    """What a filing, or one that is about to be sent, is about."""
    if isinstance(filed, Filing):
        first, code, link = filed.respondent_name, filed.respondent_uscc or "", filed.platform_link or ""
    else:
        first, code = filed.respondent.name, filed.respondent.uscc
        link = filed.respondent.platform_link
    return Matter(
        respondents=frozenset(_respondents(first, code, filed.data)),
        link=normalise_link(link),
        right_number=_number(filed.right_type, filed.right_number or ""),
        facts=folded(filed.facts),
    )


def alike(one: Matter, other: Matter) -> dict[Likeness, float]:
    """What both have in common, each with how much: 1.0 for the same, a similarity for words."""
    found: dict[Likeness, float] = {}
    if one.respondents & other.respondents:
        found[Likeness.RESPONDENT] = 1.0
    if one.link and one.link == other.link:
        found[Likeness.LINK] = 1.0
    if one.right_number and one.right_number == other.right_number:
        found[Likeness.RIGHT_NUMBER] = 1.0
    if (words := similarity(one.facts, other.facts)) >= ALIKE:
        found[Likeness.FACTS] = words
    return found


def marks_of(matter: Matter) -> set[tuple[Likeness, str]]:
    """By what a filing is found again: digests, so that long links and names fit an index."""
    found = {(Likeness.RESPONDENT, digest(name)) for name in matter.respondents}
    if matter.link:
        found.add((Likeness.LINK, digest(matter.link)))
    if matter.right_number:
        found.add((Likeness.RIGHT_NUMBER, digest(matter.right_number)))
    hashes = heapq.nsmallest(KEPT_HASHES, {digest(one) for one in shingles(matter.facts)})
    return found | {(Likeness.FACTS, one) for one in hashes}


def similarity(one: str, other: str) -> float:
    """How much of their shingles two folded texts share, 0 to 1."""
    first, second = shingles(one), shingles(other)
    together = len(first | second)
    return len(first & second) / together if together else 0.0


def shingles(text: str) -> set[str]:
    """All runs of five characters of a folded text; a shorter one is its own."""
    if len(text) <= SHINGLE:
        return {text} if text else set()
    return {text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)}


def folded(text: str) -> str:
    """Half width, small letters, nothing but letters and digits."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def normalise_link(link: str) -> str:
    """A link without what differs between devices and visits: scheme, mobile host, tracking parameters."""
    if not link.strip():
        return ""
    try:
        parts = urlsplit(link.strip() if "://" in link else f"//{link.strip()}")
    except ValueError:  # free text with brackets
        return folded(link)
    host = (parts.hostname or "").lower()
    for prefix in _DEVICES:
        host = host.removeprefix(prefix)
    goods = sorted((name.lower(), value) for name, value in _pairs(parts.query) if name.lower() in _GOODS)
    return f"{host}{parts.path.rstrip('/')}?{goods}" if goods else f"{host}{parts.path.rstrip('/')}"


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, max_num_fields=100)
    except ValueError:
        return []


def _respondents(name: str, code: str, data: Mapping[str, Any]) -> Iterator[str]:
    sides: Iterable[tuple[str, str]] = [
        (name, code),
        *((one.name, one.uscc) for one in more_respondents(data)),
    ]
    for called, uscc in sides:
        yield from (sign for sign in (folded(called), uscc) if sign)


def _number(right: RightType, number: str) -> str:
    if right in _PATENTS:
        return normalise_patent_number(number).removeprefix("ZL").removeprefix("CN")
    return normalise_trademark_number(number)


def digest(text: str) -> str:
    """What a mark keeps of a name, number or shingle: eight bytes that fit an index."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
