"""What the page of a decision says about objections and credit repair, and what may be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.decisions.petition_forms import AnswerPetitionForm, CheckPetitionForm, NotePetitionForm
from models.decisions.petitions.kinds import OUTCOME_LABELS, PETITION_KIND_LABELS
from models.decisions.petitions.queries import petitions_of
from models.decisions.petitions.tables import Petition
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.repair import earliest_repair
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import beijing_date, now_utc
from shared.database import session
from shared.i18n import label


@dataclass(frozen=True)
class PetitionRow:
    """One petition; the forms are there where the officer may use them."""

    petition: Petition
    kind: str
    outcome: str
    check_form: CheckPetitionForm | None
    answer_form: AnswerPetitionForm | None
    waits_for_another: bool


@dataclass(frozen=True)
class PetitionPage:
    """The section."""

    rows: Sequence[PetitionRow]
    note_form: NotePetitionForm | None
    is_public: bool
    repair_from_on: dt.date | None
    may_open_files: bool


def petition_page(decision: Decision, officer: Account, forms: Mapping[str, Any]) -> PetitionPage:
    """As `officer` sees it; `forms` are those that were sent in and found wrong."""
    is_public = decision.state in (State.PUBLISHED, State.EXPIRED_UNFULFILLED)
    note_form = None
    if is_public and can(officer, Permission.DECISION_WITHDRAW, decision):
        note_form = forms.get("note_petition_form") or NotePetitionForm(formdata=None)
        note_form.offer()
    asked = petitions_of(session, decision) if decision.published_at else []
    return PetitionPage(
        rows=[_row(one, decision, officer, forms) for one in asked],
        note_form=note_form,
        is_public=is_public,
        repair_from_on=earliest_repair(decision, today=beijing_date(now_utc())) if is_public else None,
        may_open_files=can(officer, Permission.DECISION_WITHDRAW, decision),
    )


def _row(petition: Petition, decision: Decision, officer: Account, forms: Mapping[str, Any]) -> PetitionRow:
    may_check = petition.is_open and petition.checked_at is None and can(officer, Permission.DECISION_WITHDRAW, decision)  # fmt: skip
    may_answer = petition.is_open and can(officer, Permission.DECISION_REVIEW, decision)
    is_checker = petition.checked_by_id == officer.id
    answer_form = None
    if may_answer and not is_checker:
        answer_form = forms.get(f"answer_petition_form_{petition.id}") or AnswerPetitionForm(
            petition, formdata=None
        )
    return PetitionRow(
        petition=petition,
        kind=label(PETITION_KIND_LABELS[petition.kind]),
        outcome=label(OUTCOME_LABELS[petition.kind][petition.outcome]) if petition.outcome else "",
        check_form=CheckPetitionForm(formdata=None, prefix=f"check-{petition.id}-") if may_check else None,
        answer_form=answer_form,
        waits_for_another=petition.is_open and petition.checked_at is not None and answer_form is None,
    )
