"""What is put into the index: a document of zones, with columns for filters, facets and order."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.fold_table import BORDER

__all__ = ["BORDER", "SEVERAL_WORDS", "Amount", "Audience", "Facet", "Key", "Kind", "SearchDocument", "Zone"]


class Kind(enum.StrEnum):
    """What a document is a record of. One question asks for one kind; ids are unique within a kind."""

    DECISION = "decision"
    LISTING = "listing"
    CASE = "case"
    TYPICAL_CASE = "typical_case"


class Audience(enum.IntEnum):
    """Who may see a document, and who asks: everyone sees what is public, staff see both."""

    PUBLIC = 0
    STAFF = 1


class Zone(enum.IntEnum):
    """The parts of a decision. The numbers stand in the index; new ones go at the end."""

    OTHER = 0
    NUMBER = 1  # 文号
    PARTY = 2  # 当事人
    FACTS = 3  # 违法事实
    EVIDENCE = 4  # 证据
    BASIS = 5  # 依据
    PENALTY = 6  # 处罚内容
    REMEDY = 7  # 救济
    PINYIN = 8  # the party's name read aloud; no part of the text, found by `Pinyin` alone


class Facet(enum.StrEnum):
    """Columns of words, to count and to filter by. A document may have several values in one."""

    RIGHT_TYPE = "right_type"
    CAUSE = "cause"
    PENALTY_KIND = "penalty_kind"
    AUTHORITY = "authority"
    YEAR = "year"
    MONTH = "month"
    DISTRICT = "district"
    AMOUNT_BAND = "amount_band"
    COMPANY = "company"
    INDUSTRY = "industry"  # section of GB/T 4754


# Columns in which a document may have several words: their counts can add up to more than the documents.
SEVERAL_WORDS = frozenset({Facet.PENALTY_KIND})


class Amount(enum.StrEnum):
    """Columns of numbers, to order and to filter by: days as proleptic ordinals, money in fen."""

    DECIDED_ON = "decided_on"
    PUBLISHED_ON = "published_on"
    ENDS_ON = "ends_on"
    FINE = "fine"
    CONFISCATED = "confiscated"
    TOTAL = "total"
    CHANGED_ON = "changed_on"  # published, or changed since


Key = tuple[Kind, int]


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """One record as search sees it.

    The text is the zones' texts in their order, one behind the other as they stand; where two of them do not
    touch in the record, the mapper ends the first with `BORDER`, and no phrase reaches over it. `revision`
    grows with every change of the record: an older one never overwrites a newer one.
    """

    id: int
    kind: Kind
    audience: Audience
    revision: int
    zones: tuple[tuple[Zone, str], ...]
    facets: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    amounts: Mapping[Amount, int] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.zones)
