"""What the page of a decision says about its term: every generation's date, which holds, and what may be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from casework.decisions.term_forms import FulfilmentForm, PostponeForm, RefusePostponementForm
from models.decisions.kinds import FULFILMENT_LABELS, DecisionKind
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.ending import End
from models.decisions.term.operations import PUBLIC_ONCE
from models.decisions.term.planning import STATED_END, Term, each_end, planned_term
from models.decisions.term.policies import GRAVITY_LABELS, START_LABELS
from models.decisions.term.queries import postponements_of
from models.decisions.term.tables import Postponement
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import beijing_date, now_utc
from shared.components import Row
from shared.database import session
from shared.formats import day
from shared.i18n import label


@dataclass(frozen=True)
class EndRow:
    """One date among those of which the earliest holds."""

    code: str
    ends_on: dt.date
    gravity: str
    start: str
    basis: str
    standing: str
    holds: bool


@dataclass(frozen=True)
class TermPage:
    """Everything about the term on the page."""

    ends: Sequence[EndRow]
    fulfilment: str
    waiting: Postponement | None
    past: Sequence[Postponement]
    may_ask: bool
    may_decide: bool
    may_end: bool
    may_note: bool
    postpone_form: PostponeForm
    refuse_form: RefusePostponementForm
    fulfilment_form: FulfilmentForm


def term_page(decision: Decision, officer: Account, forms: Mapping[str, Any]) -> TermPage:
    """The term as `officer` sees it; `forms` are those that were sent in and found wrong."""
    asked = postponements_of(session, decision) if decision.state in PUBLIC_ONCE else []
    waiting = next((one for one in asked if one.is_open), None)
    minds = can(officer, Permission.DECISION_WITHDRAW, decision)
    is_own = waiting is not None and waiting.asked_by_id == officer.id
    noted = forms.get("fulfilment_form") or FulfilmentForm(
        formdata=None, data={"fulfilment": decision.fulfilment.value, "fulfilled_on": decision.fulfilled_on}
    )
    noted.offer()
    return TermPage(
        ends=_ends(decision),
        fulfilment=label(FULFILMENT_LABELS[decision.fulfilment]),
        waiting=waiting,
        past=[one for one in asked if not one.is_open],
        may_ask=minds and waiting is None and decision.state in PUBLIC_ONCE,
        may_decide=waiting is not None
        and not is_own
        and can(officer, Permission.DECISION_POSTPONE, decision),
        may_end=minds and decision.state is State.EXPIRED_UNFULFILLED,
        may_note=minds and decision.state not in (State.ENDED, State.WITHDRAWN),
        postpone_form=forms.get("postpone_form") or PostponeForm(formdata=None),
        refuse_form=forms.get("refuse_form") or RefusePostponementForm(formdata=None),
        fulfilment_form=noted,
    )


def term_rows(decision: Decision) -> list[Row]:
    """The rows of the summary: class, last day, basis."""
    term = _term(decision)
    end, is_penalty = _each(decision)[-1], decision.kind is DecisionKind.PENALTY
    return [
        Row(_("失信程度"), label(GRAVITY_LABELS[end.gravity]) if is_penalty else ""),
        Row(_("公示至"), day(term.ends_on) if term else ""),
        Row(_("公示期依据"), label(term.basis) if term else ""),
    ]


def _term(decision: Decision) -> Term | None:
    """What is frozen on it once it is public, what is planned before."""
    if decision.ends_on is not None:
        return Term(decision.ends_on, decision.end_policy or "", decision.end_basis or "")
    today = beijing_date(now_utc())
    return planned_term(decision, published_on=today, today=today)


def _each(decision: Decision) -> list[End]:
    today = beijing_date(now_utc())
    published_on = beijing_date(decision.published_at) if decision.published_at else today
    return each_end(decision, published_on=published_on, today=today)


def _ends(decision: Decision) -> list[EndRow]:
    term = _term(decision)
    holding = term.code if term else ""
    rows = [
        EndRow(
            end.policy.code,
            end.ends_on,
            label(GRAVITY_LABELS[end.gravity]),
            label(START_LABELS[end.policy.start]),
            label(end.policy.basis),
            _("有效") if end.policy.code == holding else _("供对照") if end.governs else _("不适用"),
            end.policy.code == holding,
        )
        for end in _each(decision)
    ]
    if decision.stated_end_on:
        holds = holding == STATED_END
        standing = _("有效") if holds else _("供对照")
        stated = EndRow("–", decision.stated_end_on, "", "", _("作出机关载明的公示截止期"), standing, holds)
        rows.append(stated)
    if term and term.code == "postponed":
        rows.append(EndRow("–", term.ends_on, "", _("经批准延后"), term.basis, _("有效"), True))
    return rows
