"""A penalty decision as a search document.

Where the public text is there in one piece, the parts are looked up in it and become ranges of it, so that no
sentence is indexed twice and none is lost between two parts. Parts that it does not contain as they stand, and
the columns that it may not repeat (number, party, cause, authority), follow behind, each for itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Protocol

from models.decisions.kinds import PartyKind
from search.documents import BORDER, Amount, Audience, Facet, Kind, SearchDocument, Zone
from search.fold import fold


class DecisionRecord(Protocol):
    """What search reads of a decision; money in fen, days in Beijing."""

    @property
    def id(self) -> int: ...
    @property
    def row_version(self) -> int: ...
    @property
    def document_number(self) -> str: ...
    @property
    def party_name(self) -> str: ...
    @property
    def party_kind(self) -> PartyKind: ...
    @property
    def party_uscc(self) -> str | None: ...
    @property
    def legal_representative(self) -> str | None: ...
    @property
    def cause_name(self) -> str: ...
    @property
    def right_type(self) -> str | None: ...
    @property
    def party_text(self) -> str: ...
    @property
    def facts(self) -> str: ...
    @property
    def evidence_text(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def penalty(self) -> str: ...
    @property
    def penalty_kinds(self) -> Sequence[str]: ...
    @property
    def remedy(self) -> str: ...
    @property
    def full_text(self) -> str: ...
    @property
    def licence(self) -> str | None: ...
    @property
    def authority_name(self) -> str: ...
    @property
    def fine_fen(self) -> int | None: ...
    @property
    def confiscated_fen(self) -> int | None: ...
    @property
    def decided_on(self) -> dt.date: ...
    @property
    def ends_on(self) -> dt.date | None: ...


def decision_document(
    decision: DecisionRecord, *, audience: Audience, published_on: dt.date | None
) -> SearchDocument:
    """The document of `decision` for `audience`: the public only once it is published."""
    return SearchDocument(
        id=decision.id,
        kind=Kind.DECISION,
        audience=audience,
        revision=decision.row_version,
        zones=tuple(_zones(decision)),
        facets=_facets(decision),
        amounts=_amounts(decision, published_on),
    )


def _zones(decision: DecisionRecord) -> Iterator[tuple[Zone, str]]:
    parts = [
        (Zone.PARTY, decision.party_text),
        (Zone.FACTS, decision.facts),
        (Zone.EVIDENCE, decision.evidence_text),
        (Zone.BASIS, decision.basis),
        (Zone.PENALTY, decision.penalty),
        (Zone.REMEDY, decision.remedy),
    ]
    columns = [
        (Zone.NUMBER, decision.document_number),
        (Zone.PARTY, decision.party_name),
        (Zone.PARTY, decision.party_uscc or ""),
        (Zone.PARTY, _legal_representative(decision)),
        (Zone.OTHER, decision.cause_name),
        (Zone.PENALTY, "、".join(decision.penalty_kinds)),
        (Zone.PENALTY, decision.licence or ""),
        (Zone.OTHER, decision.authority_name),
    ]
    if decision.full_text:
        yield from _cut(decision.full_text, parts)
        yield Zone.OTHER, BORDER
    whole = fold(decision.full_text).text
    for zone, text in (*columns, *parts):
        if text and fold(text).text not in whole:
            yield zone, text + BORDER


def _legal_representative(decision: DecisionRecord) -> str:
    """Named for organisations only: the operator of a sole trader is a natural person and not public."""
    public = decision.party_kind is PartyKind.ORGANISATION
    return (decision.legal_representative or "") if public else ""


def _cut(whole: str, parts: Sequence[tuple[Zone, str]]) -> Iterator[tuple[Zone, str]]:
    """`whole` as a row of zones: the parts found in it in their usual order, and what lies between."""
    end = 0
    for zone, text in parts:
        start = whole.find(text, end) if text else -1
        if start >= 0:
            if start > end:
                yield Zone.OTHER, whole[end:start]
            yield zone, text
            end = start + len(text)
    if end < len(whole):
        yield Zone.OTHER, whole[end:]


def _facets(decision: DecisionRecord) -> dict[Facet, tuple[str, ...]]:
    return {
        Facet.RIGHT_TYPE: (decision.right_type,) if decision.right_type else (),
        Facet.CAUSE: (decision.cause_name,) if decision.cause_name else (),
        Facet.PENALTY_KIND: tuple(dict.fromkeys(decision.penalty_kinds)),
        Facet.AUTHORITY: (decision.authority_name,),
        Facet.YEAR: (str(decision.decided_on.year),),
    }


def _amounts(decision: DecisionRecord, published_on: dt.date | None) -> dict[Amount, int]:
    days = {
        Amount.DECIDED_ON: decision.decided_on,
        Amount.PUBLISHED_ON: published_on,
        Amount.ENDS_ON: decision.ends_on,
    }
    money = {Amount.FINE: decision.fine_fen, Amount.CONFISCATED: decision.confiscated_fen}
    stated = [fen for fen in money.values() if fen is not None]
    return {
        **{amount: day.toordinal() for amount, day in days.items() if day is not None},
        **{amount: fen for amount, fen in money.items() if fen is not None},
        **({Amount.TOTAL: sum(stated)} if stated else {}),
    }
