"""What the page of a decision says about reviews and lawsuits, and what may be noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.decisions.challenge_forms import ChallengeForm, OutcomeForm, ServiceForm
from models.decisions.challenges.finality import Remedy, remedies
from models.decisions.challenges.kinds import CHALLENGE_KIND_LABELS, OUTCOME_LABELS, REASON_LABELS
from models.decisions.challenges.queries import challenges_of
from models.decisions.challenges.tables import Challenge
from models.decisions.states import State
from models.decisions.tables import Decision
from models.people.permissions import Permission, can
from models.people.tables import Account
from shared.database import session
from shared.i18n import label


@dataclass(frozen=True)
class ChallengePage:
    """Everything about challenges on the page."""

    rows: Sequence[tuple[Challenge, str, str]]
    remedies: Sequence[Remedy]
    has_open: bool
    must_withdraw: bool
    may_note: bool
    service_form: ServiceForm
    challenge_form: ChallengeForm
    outcome_form: OutcomeForm


def challenge_page(decision: Decision, officer: Account, forms: Mapping[str, Any]) -> ChallengePage:
    """The section as `officer` sees it; `forms` are those that were sent in and found wrong."""
    found = challenges_of(session, decision)
    service = forms.get("service_form") or ServiceForm(formdata=None, data={"served_on": decision.served_on})
    challenge = forms.get("challenge_form") or ChallengeForm(formdata=None)
    outcome = forms.get("outcome_form") or OutcomeForm(formdata=None)
    challenge.offer()
    outcome.offer()
    return ChallengePage(
        rows=[
            (
                one,
                label(CHALLENGE_KIND_LABELS[one.kind]),
                label(OUTCOME_LABELS[one.outcome]) if one.outcome else "",
            )
            for one in found
        ],
        remedies=remedies(decision.kind),
        has_open=any(one.is_open for one in found),
        must_withdraw=decision.changed_on is not None
        and decision.state in (State.PUBLISHED, State.EXPIRED_UNFULFILLED),
        may_note=can(officer, Permission.DECISION_WITHDRAW, decision),
        service_form=service,
        challenge_form=challenge,
        outcome_form=outcome,
    )


def withdrawal_reason(decision: Decision) -> str:
    """The reason that the outcome suggests for the withdrawal; it is published as it stands, so in Chinese."""
    if decision.changed_on is None:
        return ""
    changing = [one for one in challenges_of(session, decision) if one.changes_decision]
    return REASON_LABELS[changing[-1].outcome] if changing and changing[-1].outcome else ""
