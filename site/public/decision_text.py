"""How a decision reads: its summary, its text by zones in numbered paragraphs, and the words asked for marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from models.decisions.content import ZONES, zone_labels
from models.decisions.kinds import DECISION_TITLE_LABELS, PARTY_KIND_LABELS, DecisionKind, PartyKind
from models.decisions.money import fen_to_yuan
from models.decisions.tables import Decision
from results.words import industry_words
from search.documents import Zone
from search.errors import QueryError
from search.parse import parse
from search.query import All, Query
from search.snippets import highlight
from shared.components import Row
from shared.formats import day, yuan
from shared.i18n import label

_ZONES = {
    "party_text": Zone.PARTY,
    "facts": Zone.FACTS,
    "evidence_text": Zone.EVIDENCE,
    "basis": Zone.BASIS,
    "penalty": Zone.PENALTY,
    "remedy": Zone.REMEDY,
}


@dataclass(frozen=True)
class Part:
    """A stretch of text; `hit` is its number among all hits of the page, 0 for what is none."""

    text: str
    hit: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, with its anchor within its zone and its number within the page (#p12)."""

    anchor: str
    number: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Section:
    """A zone of the text, or the whole text, which is folded away where its zones have been read already."""

    anchor: str
    title: str
    paragraphs: Sequence[Paragraph]
    is_folded: bool = False


@dataclass(frozen=True)
class Reading:
    """Everything that the page of a decision prints."""

    kind: str
    summary: list[Row]
    sections: list[Section]
    hits: int


def reading(decision: Decision, q: str) -> Reading:
    """The decision for a reader who came by the question `q`."""
    query, names = _question(q), zone_labels(decision.kind)
    numbers, hits = itertools.count(1), itertools.count(1)
    sections = [
        Section(zone.replace("_", "-"), label(names[zone]), list(paragraphs))
        for zone in ZONES
        if (paragraphs := tuple(_paragraphs(zone, getattr(decision, zone), query, numbers, hits)))
    ]
    if decision.full_text:
        # What the zones show marked is not marked again; a find over two zones stands in the whole text only.
        is_marked = any(part.hit for section in sections for one in section.paragraphs for part in one.parts)
        rest = All() if is_marked else query
        whole = list(_paragraphs("full_text", decision.full_text, rest, numbers, hits))
        has_hits = any(part.hit for one in whole for part in one.parts)
        sections.append(Section("full-text", _("决定书全文"), whole, bool(sections) and not has_hits))
    return Reading(label(DECISION_TITLE_LABELS[decision.kind]), _summary(decision), sections, next(hits) - 1)


def _question(q: str) -> Query:
    try:
        return parse(q)
    except QueryError:
        return All()


def _paragraphs(
    name: str, text: str, query: Query, numbers: Iterator[int], hits: Iterator[int]
) -> Iterator[Paragraph]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for place, line in enumerate(lines, 1):
        pieces = highlight(line, query, _ZONES.get(name))
        parts = tuple(Part(piece.text, next(hits) if piece.hit else 0) for piece in pieces)
        yield Paragraph(f"{name.replace('_', '-')}-{place}", next(numbers), parts)


def _summary(decision: Decision) -> list[Row]:
    is_penalty = decision.kind is DecisionKind.PENALTY
    rows = [
        Row(_("文号"), decision.document_number),
        Row(_("当事人"), decision.party_name),
        Row(_("当事人类别"), label(PARTY_KIND_LABELS[decision.party_kind])),
        Row(_("统一社会信用代码"), decision.party_uscc or ""),
        # The operator of a sole trader is a natural person whose name the policy keeps back.
        Row(
            _("法定代表人"),
            (decision.legal_representative or "") if decision.party_kind is PartyKind.ORGANISATION else "",
        ),
        Row(_("所属行业"), industry_words(decision.industry)),
        Row(_("案由"), decision.cause_name),
        Row(_("处罚种类"), "、".join(label(kind) for kind in decision.penalty_kinds)),
        Row(_("罚款"), _amount(decision.fine_fen)),
        Row(_("没收金额"), _amount(decision.confiscated_fen)),
        Row(_("暂扣或者吊销的证照"), decision.licence or ""),
        Row(_("履行方式和期限"), decision.performance),
        Row(_("处罚机关") if is_penalty else _("决定机关"), decision.authority_name),
        Row(_("决定日期"), day(decision.decided_on)),
        Row(_("公示日期"), day(decision.published_at) if decision.published_at else ""),
        Row(_("公示至"), day(decision.ends_on) if decision.ends_on else ""),
        Row(_("公示期依据"), label(decision.end_basis) if decision.ends_on and decision.end_basis else ""),
    ]
    return [row for row in rows if row.value]


def _amount(fen: int | None) -> str:
    return yuan(float(fen_to_yuan(fen))) if fen else ""
