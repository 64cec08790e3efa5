"""What keeps a decision from being published, looked for in everything that would be public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.decisions.content import FIELD_LABELS, DecisionContent
from models.decisions.kinds import PenaltyKind
from models.decisions.redaction.detect import propose
from models.decisions.redaction.kinds import MARK_KIND_LABELS, Risk
from models.decisions.redaction.marking import about_content, about_decision
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.queries import MARKED_FIELDS, kept_texts
from models.decisions.tables import Decision
from models.errors import ActRefused
from models.wording import Sentence, as_clauses, said

SHOWN = 5  # places that a refusal names; the others are counted


@dataclass(frozen=True, slots=True)
class FieldFinding:
    """Something of a person that blocks publication, and the public field that holds it."""

    field: str
    finding: Proposal

    @property
    def sentence(self) -> Sentence:
        return said(
            "“%(field)s”第 %(place)s 个字起有%(kind)s",
            field=FIELD_LABELS[self.field],
            place=self.finding.begin + 1,
            kind=self.kind_label,
        )

    @property
    def kind_label(self) -> str:
        return MARK_KIND_LABELS[self.finding.kind]


def blocking_numbers(
    decision: Decision | DecisionContent, *, kept: Mapping[str, frozenset[str]] | None = None
) -> list[FieldFinding]:
    """All that blocks in the texts that are public, or would be, but for the stretches `kept` with a reason."""
    about = about_decision(decision) if isinstance(decision, Decision) else about_content(decision)
    texts = {field: getattr(decision, field) or "" for field in ("party_name", *MARKED_FIELDS)}
    kept = kept or {}
    return [
        FieldFinding(field, found)
        for field, proposals in propose(texts, about).items()
        for found in proposals
        if found.risk is Risk.BLOCKING
        and texts[field][found.begin : found.end] not in kept.get(field, frozenset())
    ]


def refuse_blocking_numbers(session: Session, decision: Decision) -> None:
    """ActRefused with where the first ones stand, when there is one."""
    found = blocking_numbers(decision)
    if found:  # only then is it worth asking what somebody has decided to keep
        found = blocking_numbers(decision, kept=kept_texts(session, decision))
    if found:
        places = [finding.sentence for finding in found[:SHOWN]]
        if len(found) > SHOWN:
            places.append(said("另有 %(count)s 处", count=len(found) - SHOWN))
        raise ActRefused(
            said("公示文本里还有不能公开的内容，请遮去后再公示：%(places)s。", places=as_clauses(places))
        )


def refuse_changed(decision: Decision) -> None:
    """What a review or a court has changed, annulled or found void is not published (行政处罚法 Art 48(2))."""
    if decision.changed_on is not None:
        raise ActRefused("这份决定书已经被变更、撤销、确认违法或者无效，不能公示。")


def refuse_warning_only(decision: Decision) -> None:
    """公示规定 Art 2(2): a decision that only warns is not published."""
    if decision.kinds and all(kind is PenaltyKind.WARNING for kind in decision.kinds):
        raise ActRefused("仅受到警告的行政处罚不予公示（《市场监督管理行政处罚信息公示规定》第二条第二款）。")
