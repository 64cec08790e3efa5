"""A published decision as a record: what is committed to, and what stands in files. The public fields and nothing else."""

from __future__ import annotations

from typing import Any

from models.decisions.kinds import DecisionKind, PartyKind
from models.decisions.money import fen_to_yuan
from models.decisions.tables import Decision
from models.types import beijing_date


def record_of(decision: Decision) -> dict[str, Any]:
    """All that is public about it, in plain JSON values; amounts in yuan as text, so that no digit is lost."""
    published_on = beijing_date(decision.published_at) if decision.published_at else None
    is_organisation = decision.party_kind is PartyKind.ORGANISATION
    known = {
        **({} if decision.industry is None else {"industry": decision.industry}),
        **({} if decision.kind is DecisionKind.PENALTY else {"kind": decision.kind.value}),
        **({"performance": decision.performance} if decision.performance else {}),
    }
    return {
        "id": decision.public_id,
        "document_number": decision.document_number,
        "party": decision.party_name,
        "party_kind": decision.party_kind.value,
        "uscc": decision.party_uscc,
        "legal_representative": decision.legal_representative if is_organisation else None,
        "cause": decision.cause_name,
        "right_type": decision.right_type.value if decision.right_type else None,
        "facts": decision.facts,
        "evidence": decision.evidence_text,
        "basis": decision.basis,
        "penalty_kinds": list(decision.penalty_kinds),
        "penalty": decision.penalty,
        "remedy": decision.remedy,
        "full_text": decision.full_text,
        "fine_yuan": _yuan(decision.fine_fen),
        "confiscated_yuan": _yuan(decision.confiscated_fen),
        "decided_on": decision.decided_on.isoformat(),
        "published_on": published_on.isoformat() if published_on else None,
        "authority": decision.authority_name,
        "authority_uscc": decision.authority_uscc,
        **known,  # what says nothing is left out, as in records committed to before there were such fields
    }


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else f"{fen_to_yuan(fen):.2f}"
