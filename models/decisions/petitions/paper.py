"""The answer to a petition as the paper that is served on the party. It is an official paper, so in Chinese."""

from __future__ import annotations

from models.decisions.kinds import DECISION_PAPER_LABELS
from models.decisions.petitions.kinds import (
    OUTCOME_LABELS,
    PETITION_KIND_LABELS,
    PetitionKind,
    PetitionOutcome,
)
from models.decisions.petitions.tables import Petition
from models.errors import NotFound
from models.types import beijing_date

_DONE = "本网站已经停止公示这条信息，并将在三个工作日内把修复结果告知“信用中国”。"
_REMEDY = "如不服本答复，可以依法申请行政复议或者提起行政诉讼。"


def answer_paper(petition: Petition) -> list[str]:
    """Its paragraphs, from the party's name to the date. NotFound while there is no answer."""
    if petition.outcome is None or petition.decided_at is None:
        raise NotFound("还没有答复。")
    decision = petition.decision
    received, decided = petition.received_on, beijing_date(petition.decided_at)
    asked = (
        f"你（单位）于{received.year}年{received.month}月{received.day}日就{decision.authority_name}"
        f"{decision.document_number}{DECISION_PAPER_LABELS[decision.kind]}的公示信息提出的{PETITION_KIND_LABELS[petition.kind]}，经审查："
    )
    after = []
    if petition.kind is PetitionKind.REPAIR and petition.outcome is PetitionOutcome.UPHELD:
        after = [f"依据：{decision.end_basis}。{_DONE}"]
    elif petition.outcome is PetitionOutcome.REJECTED:
        after = [_REMEDY]
    return [
        f"{decision.served_party_name}：",
        asked,
        f"{OUTCOME_LABELS[petition.kind][petition.outcome]}。",
        petition.answer or "",
        *after,
        decision.unit.name,
        f"{decided.year}年{decided.month}月{decided.day}日",
    ]
