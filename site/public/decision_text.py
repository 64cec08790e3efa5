"""How a decision reads: its summary, its text by zones in numbered paragraphs, and the words asked for marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from models.decisions.content import ZONE_LABELS, ZONES
from models.decisions.kinds import PARTY_KIND_LABELS, PartyKind
from models.decisions.money import fen_to_yuan
from models.decisions.tables import Decision
from search.errors import QueryError
from search.parse import parse
from search.query import All, Query
from search.snippets import Piece, highlight
from shared.components import Row
from shared.formats import day, yuan
from shared.i18n import label


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its anchor."""

    anchor: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Section:
    """A zone of the text."""

    anchor: str
    title: str
    paragraphs: Sequence[Paragraph]


@dataclass(frozen=True)
class Reading:
    """Everything that the page of a decision prints."""

    summary: list[Row]
    sections: list[Section]
    hits: int


def reading(decision: Decision, q: str) -> Reading:
    """The decision for a reader who came by the question `q`."""
    query = _question(q)
    zones = [(zone, label(ZONE_LABELS[zone]), getattr(decision, zone)) for zone in ZONES]
    zones.append(("full_text", _("决定书全文"), decision.full_text))
    sections = [
        _section(anchor.replace("_", "-"), title, text, query) for anchor, title, text in zones if text
    ]
    hits = sum(piece.hit for section in sections for one in section.paragraphs for piece in one.pieces)
    return Reading(_summary(decision), sections, hits)


def _question(q: str) -> Query:
    try:
        return parse(q)
    except QueryError:
        return All()


def _section(anchor: str, title: str, text: str, query: Query) -> Section:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    paragraphs = [
        Paragraph(f"{anchor}-{number}", highlight(line, query)) for number, line in enumerate(lines, 1)
    ]
    return Section(anchor, title, paragraphs)


def _summary(decision: Decision) -> list[Row]:
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
        Row(_("案由"), decision.cause_name),
        Row(_("处罚种类"), "、".join(label(kind) for kind in decision.penalty_kinds)),
        Row(_("罚款"), _amount(decision.fine_fen)),
        Row(_("没收金额"), _amount(decision.confiscated_fen)),
        Row(_("暂扣或者吊销的证照"), decision.licence or ""),
        Row(_("处罚机关"), decision.authority_name),
        Row(_("决定日期"), day(decision.decided_on)),
        Row(_("公示日期"), day(decision.published_at) if decision.published_at else ""),
        Row(_("公示至"), day(decision.ends_on) if decision.ends_on else ""),
    ]
    return [row for row in rows if row.value]


def _amount(fen: int | None) -> str:
    return yuan(float(fen_to_yuan(fen))) if fen else ""
