"""What keeps a decision from being published, looked for in everything that would be public."""

from __future__ import annotations

from dataclasses import dataclass

from models.decisions.content import FIELD_LABELS, DecisionContent
from models.decisions.identifiers import IDENTIFIER_LABELS, Finding, find_identifiers
from models.decisions.kinds import PenaltyKind
from models.decisions.tables import Decision
from models.errors import ActRefused

PUBLIC_FIELDS = (
    "party_name",
    "party_text",
    "facts",
    "evidence_text",
    "basis",
    "penalty",
    "remedy",
    "full_text",
    "cause_name",
    "licence",
)


@dataclass(frozen=True, slots=True)
class FieldFinding:
    """A blocking number and the public field that holds it."""

    field: str
    finding: Finding

    @property
    def sentence(self) -> str:
        return f"“{FIELD_LABELS[self.field]}”第 {self.finding.start + 1} 个字起有{self.kind_label}"

    @property
    def kind_label(self) -> str:
        return IDENTIFIER_LABELS[self.finding.kind]


def blocking_numbers(decision: Decision | DecisionContent) -> list[FieldFinding]:
    """Every number of a person in the texts that are public, or would be."""
    return [
        FieldFinding(field, finding)
        for field in PUBLIC_FIELDS
        for finding in find_identifiers(getattr(decision, field) or "")
    ]


def refuse_blocking_numbers(decision: Decision) -> None:
    """ActRefused with where the first numbers stand, when there is one."""
    found = blocking_numbers(decision)
    if found:
        places = "；".join(finding.sentence for finding in found[:5])
        more = f"；另有 {len(found) - 5} 处" if len(found) > 5 else ""
        raise ActRefused(f"公示文本里还有不能公开的号码，请遮去后再公示：{places}{more}。")


def refuse_warning_only(decision: Decision) -> None:
    """公示规定 Art 2(2): a decision that only warns is not published."""
    if decision.kinds and all(kind is PenaltyKind.WARNING for kind in decision.kinds):
        raise ActRefused("仅受到警告的行政处罚不予公示（《市场监督管理行政处罚信息公示规定》第二条第二款）。")
