"""What is published about a decision that has ended may not name its party."""

from __future__ import annotations

from models.decisions.numbers import number_key
from models.decisions.tables import Decision
from models.errors import Invalid


def refuse_party(decision: Decision, text: str, field: str) -> None:
    """Invalid at `field` when `text` holds the party's name, code or representative, or the document number."""
    named = (
        decision.party_name,
        decision.served_party_name,
        decision.party_uscc,
        decision.legal_representative,
    )
    if any(name and name in text for name in named) or decision.number_key in number_key(text):
        raise Invalid(
            "这段文字会公开，不能写当事人。",
            {field: "这段文字会公开，请不要写当事人的名称、代码、姓名和决定书文号。"},
        )
