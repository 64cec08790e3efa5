"""The language of questions, asked of bulletins: typical cases by what they tell and by the decisions behind them, guides, warnings."""

from __future__ import annotations

from collections.abc import Sequence

from models.bulletins.tables import Bulletin
from models.types import beijing_date
from results.one_by_one import answering
from search.documents import Amount, Audience, Facet, Kind, SearchDocument, Zone
from search.single import Single


def bulletins_answering(bulletins: Sequence[Bulletin], question: str) -> list[Bulletin]:
    """Those that answer it, in their order. Raises QueryError."""
    return answering(bulletins, question, _single)


def _single(one: Bulletin) -> Single:
    told = (one.title, one.summary, one.body, one.commentary)
    in_english = (one.english_title, one.english_summary, one.english_body, one.english_commentary)
    decisions = [
        part
        for decision in one.decisions
        for part in (
            (Zone.PARTY, decision.party_name),
            (Zone.PARTY, decision.party_uscc or ""),
            (Zone.NUMBER, decision.document_number),
        )
    ]
    document = SearchDocument(
        id=one.id,
        kind=Kind.TYPICAL_CASE,
        audience=Audience.PUBLIC,
        revision=one.row_version,
        zones=(
            *((Zone.FACTS, text) for text in told),
            *((Zone.OTHER, text) for text in in_english),
            *decisions,
        ),
        facets={
            Facet.AUTHORITY: (one.unit.name,),
            Facet.CAUSE: tuple(decision.cause_name for decision in one.decisions),
        },
        amounts={Amount.PUBLISHED_ON: beijing_date(one.published_at).toordinal()} if one.published_at else {},
    )
    return Single(document, "".join(decision.party_name for decision in one.decisions))
