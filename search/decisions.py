"""A penalty decision as a search document.

Where the public text is there in one piece, the parts are looked up in it and become ranges of it, so that no
sentence is indexed twice and none is lost between two parts. Parts that it does not contain as they stand, and
the columns that do not stand in their zone of it (number, party, cause, authority), follow behind, each for itself;
last, how the party's name is read aloud.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from models.decisions.kinds import PartyKind
from search.decision_columns import amounts, facets, kinds_of
from search.documents import BORDER, Audience, Kind, SearchDocument, Zone
from search.fold import fold
from search.readings import readings
from search.records import DecisionRecord


def decision_document(
    decision: DecisionRecord,
    *,
    audience: Audience,
    published_on: dt.date | None,
    changed_on: dt.date | None = None,
) -> SearchDocument:
    """The document of `decision` for `audience`: the public only once it is published. `changed_on` is the day of the last
    change that readers may want to hear of, at the earliest the day of publication."""
    return SearchDocument(
        id=decision.id,
        kind=Kind.DECISION,
        audience=audience,
        revision=decision.row_version,
        zones=shown_zones(decision) + tuple(_read_aloud(decision)),
        facets=facets(decision),
        amounts=amounts(decision, published_on, changed_on or published_on),
    )


def shown_zones(decision: DecisionRecord) -> tuple[tuple[Zone, str], ...]:
    """The text by zones, as snippets show it: all but how the party's name is read."""
    return tuple(_zones(decision))


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
        (Zone.PENALTY, "、".join(kinds_of(decision))),
        (Zone.PENALTY, decision.licence or ""),
        (Zone.PENALTY, decision.performance if decision.performance not in decision.penalty else ""),
        (Zone.OTHER, decision.authority_name),
    ]
    whole = list(_cut(decision.full_text, parts)) if decision.full_text else []
    yield from whole
    if whole:
        yield Zone.OTHER, BORDER
    told = dict.fromkeys(Zone, "")
    for zone, text in whole:
        told[zone] += fold(text).text + BORDER
    told[Zone.OTHER] += fold(decision.full_text).text
    for zone, text in (*columns, *parts):
        if text and fold(text).text not in told[zone]:
            yield zone, text + BORDER


def _read_aloud(decision: DecisionRecord) -> Iterator[tuple[Zone, str]]:
    return ((Zone.PINYIN, letters + BORDER) for letters in readings(decision.party_name))


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
