"""What the page of a decision says about corrections, and what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.decisions.correction_forms import CorrectionForm
from models.decisions.corrections.queries import corrections_of, open_correction
from models.decisions.corrections.tables import Correction
from models.decisions.states import Act, acts_from
from models.decisions.tables import Decision
from models.people.permissions import Permission, can
from models.people.tables import Account
from results.history import Change, change, history
from shared.database import session


@dataclass(frozen=True)
class CorrectionPage:
    """The section: what was corrected, what waits, and the form where the officer may propose."""

    history: list[Change]
    waiting: Correction | None
    proposed: Change | None
    may_confirm: bool
    may_drop: bool
    form: CorrectionForm | None


def correction_page(decision: Decision, officer: Account, forms: Mapping[str, Any]) -> CorrectionPage:
    """As `officer` sees it; `forms` has the form that was sent in and found wrong."""
    if decision.published_at is None:
        return CorrectionPage([], None, None, may_confirm=False, may_drop=False, form=None)
    waiting = open_correction(session, decision)
    is_possible = Act.CORRECT in acts_from(decision.state)
    reviews = can(officer, Permission.DECISION_REVIEW, decision)
    is_own = waiting is not None and waiting.proposed_by_id == officer.id
    form = None
    if is_possible and waiting is None and can(officer, Permission.DECISION_ENTER, decision):
        form = forms.get("correction_form") or CorrectionForm(formdata=None)
        form.offer()
    return CorrectionPage(
        history=history(corrections_of(session, decision)),
        waiting=waiting,
        proposed=change(waiting) if waiting else None,
        may_confirm=waiting is not None and is_possible and reviews and not is_own,
        may_drop=waiting is not None and (reviews or is_own),
        form=form,
    )
