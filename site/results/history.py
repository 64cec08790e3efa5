"""The history of a published record as readers and programs see it: what was corrected, when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from models.decisions.content import FIELD_LABELS
from models.decisions.corrections.kinds import GROUND_LABELS, basis_of
from models.decisions.corrections.tables import Correction
from models.decisions.money import fen_to_yuan
from models.types import beijing_date
from shared.formats import day, yuan
from shared.i18n import label


@dataclass(frozen=True)
class Difference:
    """One place: its name, what stood there, what stands there now. `before` is None where it must not be told."""

    where: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Change:
    """One correction in the reader's words; `on` is empty while it is only proposed."""

    on: str
    ground: str
    basis: str
    differences: list[Difference]
    reason: str


def history(corrections: Sequence[Correction]) -> list[Change]:
    """The corrections that were made, in their order."""
    return [change(one) for one in corrections]


def change(correction: Correction) -> Change:
    """One of them, made or proposed; what had to be hidden is told only while it waits, so only to staff."""
    return Change(
        on=day(beijing_date(correction.confirmed_at)) if correction.confirmed_at else "",
        ground=label(GROUND_LABELS[correction.ground]),
        basis=label(basis_of(correction.ground, correction.decision.kind)),
        differences=[*_texts(correction), *_amounts(correction)],
        reason=correction.reason,
    )


def as_data(correction: Correction) -> dict[str, Any]:
    """As programs get it; `before` is null where it must not be told."""
    on = beijing_date(correction.confirmed_at) if correction.confirmed_at else None
    texts = [
        {"field": field, "before": correction.old_words, "after": correction.new_words}
        for field in map(_field_in_data, correction.fields)
    ]
    amounts = [
        {"field": f"{name.removesuffix('_fen')}_yuan", "before": _yuan(before), "after": _yuan(after)}
        for name, (before, after) in correction.amounts.items()
    ]
    return {
        "corrected_on": on.isoformat() if on else None,
        "ground": correction.ground.value,
        "changes": [*texts, *amounts],
        "reason": correction.reason,
    }


def _texts(correction: Correction) -> list[Difference]:
    if not correction.fields:
        return []
    where = "、".join(str(label(FIELD_LABELS[field])) for field in correction.fields)
    return [Difference(where, correction.old_words, correction.new_words or _("（删去）"))]


def _amounts(correction: Correction) -> list[Difference]:
    names = {"fine_fen": _("罚款金额"), "confiscated_fen": _("没收金额")}
    return [
        Difference(names[name], _said(before), _said(after))
        for name, (before, after) in correction.amounts.items()
    ]


def _said(fen: int | None) -> str:
    return _("（没有）") if fen is None else yuan(float(fen_to_yuan(fen)))


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else float(fen_to_yuan(fen))


def _field_in_data(field: str) -> str:
    """The name that a decision has for it as data."""
    return {"evidence_text": "evidence", "cause_name": "cause"}.get(field, field)
