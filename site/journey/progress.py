"""What a filer sees of a case: where it stands in one sentence, who has it, what was done, what comes, what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from journey.deadline_events import deadline_steps, merged
from journey.deadlines import CaseDeadline, filers_clocks, shown_clocks
from journey.notes import public_note
from journey.received import Receipts, receipts_of
from models.cases.aftermath.queries import Open, open_to_filer
from models.cases.grounds import GROUND_LABELS, NEXT_STEP_LABELS, REMEDY_LABELS, basis_of
from models.cases.mediation.terms import ANSWER_LABELS, SIDE_LABELS, Side
from models.cases.possible import filer_may
from models.cases.queries import filers_timeline
from models.cases.response.operations import RESPONDENT
from models.cases.states import transition
from models.cases.tables import Case, CaseAct
from models.cases.terms import DONE_LABELS, OUTCOME_LABELS, STATE_SENTENCE_LABELS, Act, State
from models.people.actors import FILER
from models.people.tables import Unit
from models.types import beijing_date
from shared.components import Step
from shared.i18n import in_script, label

_SAID = (Act.MESSAGE, Act.SUPPLEMENT)
_BY_A_SIDE = (Act.CONSENT, Act.OBJECT_MEDIATOR)
_ANSWERS = (ANSWER_LABELS[Side.FILER, True], ANSWER_LABELS[Side.FILER, False])
_MEDIATION = (Act.OFFER_MEDIATION, Act.MEDIATE)


@dataclass(frozen=True)
class Said:
    """A message in the talk between the filer and the unit."""

    is_mine: bool
    who: str
    at: dt.datetime
    body: str


@dataclass(frozen=True)
class Refusal:
    """Why a filing was not taken up, and what can be done instead."""

    label: str
    basis: str
    next_step: str


@dataclass(frozen=True)
class Rejection:
    """Why a dispute was not upheld, by whom, and which ways of the law stay open; `remedy` is empty where there is none."""

    at: dt.datetime
    unit: str
    reasons: str
    remedy: str


@dataclass(frozen=True)
class Progress:
    """Everything on the page, ready to be printed. `answer`, `outcome` and `refusal` are empty until there is one.

    `is_answered_anew`: a dispute was upheld, so that the answer holds no more and another one will come.
    """

    case: Case
    sentence: str
    who: str
    steps: Sequence[Step]
    deadlines: Sequence[CaseDeadline]
    talk: Sequence[Said]
    answer: str
    outcome: str
    refusal: Refusal | None
    rejection: Rejection | None
    can_supplement: bool
    can_withdraw: bool
    after: Open
    receipts: Receipts
    is_mediated: bool
    asks_consent: bool
    is_answered_anew: bool = False


def progress_of(session: Session, case: Case, now: dt.datetime) -> Progress:
    """The whole page in a fixed number of queries."""
    acts = filers_timeline(session, case)
    clocks = filers_clocks(session, case)
    deadlines = shown_clocks(session, clocks, now)
    return Progress(
        case=case,
        sentence=label(STATE_SENTENCE_LABELS[case.state]),
        who=_who(case),
        steps=[
            *merged(_done(acts, case), deadline_steps(session, clocks, for_staff=False)),
            *_now(case),
            *ahead(case, deadlines),
        ],
        deadlines=deadlines,
        talk=[_said(act) for act in acts if act.act in _SAID],
        answer=next((act.public_note or "" for act in reversed(acts) if act.act is Act.ANSWER), ""),
        outcome=label(OUTCOME_LABELS[case.outcome]) if case.outcome else "",
        refusal=_refusal(case),
        rejection=_rejection(case, acts),
        can_supplement=filer_may(case, Act.SUPPLEMENT),
        can_withdraw=filer_may(case, Act.WITHDRAW),
        after=open_to_filer(session, case, now),
        receipts=receipts_of(case),
        is_mediated=any(act.act in _MEDIATION for act in acts),
        asks_consent=_asks_consent(case, acts),
        is_answered_anew=_last(acts, Act.UPHOLD) > _last(acts, Act.ANSWER),
    )


def _last(acts: Sequence[CaseAct], act: Act) -> int:
    return max((n for n, one in enumerate(acts) if one.act is act), default=-1)


def _rejection(case: Case, acts: Sequence[CaseAct]) -> Rejection | None:
    """That of the closing which stands."""
    last = _last(acts, Act.REJECT)
    if case.state is not State.CLOSED or last < _last(acts, Act.CLOSE):
        return None
    act, remedy = acts[last], REMEDY_LABELS.get(case.track, "")
    return Rejection(act.at, in_script(act.unit.name), public_note(act), label(remedy) if remedy else "")


def _asks_consent(case: Case, acts: Sequence[CaseAct]) -> bool:
    """Whether the filer was asked to agree to mediation and has not said a word by itself since."""
    if transition(case.track, case.state, Act.CONSENT) is None:
        return False
    asked = [act for act in acts if act.act in (Act.OFFER_MEDIATION, Act.CONSENT)]
    mine = [act for act in asked if act.act is Act.CONSENT and act.public_note in _ANSWERS]
    return any(act.act is Act.OFFER_MEDIATION for act in asked) and not mine


def ahead(case: Case, deadlines: Sequence[CaseDeadline]) -> list[Step]:
    """What must come by when; nothing once the case is over."""
    if case.has_ended:
        return []
    provisional = _("最迟在这一天完成；日期为暂定，下一年度放假安排公布后会重新计算。")
    certain = _("最迟在这一天完成。")
    return [
        Step("ahead", limit.title, on=limit.due_on, text=provisional if limit.is_provisional else certain)
        for limit in deadlines
        if not limit.is_met
    ]


def _done(acts: Sequence[CaseAct], case: Case) -> list[Step]:
    """What was done. The words that hold stand above the timeline, in full; those that hold no more, here."""
    closing = (Act.CLOSE, Act.REJECT) if case.outcome else ()
    above = [_last(acts, act) for act in (Act.ANSWER, Act.REFUSE, *closing)]
    return [
        Step("done", _title(act), at=act.at, who=_unit(act), text="" if n in above else public_note(act))
        for n, act in enumerate(acts)
        if act.act not in _SAID
    ]


def _title(act: CaseAct) -> str:
    if act.act is Act.TRANSFER and act.other_unit:
        return _("已移交%(unit)s，等待签收", unit=in_script(act.other_unit.name))
    return label(DONE_LABELS[act.act])


def _unit(act: CaseAct) -> str:
    if act.act in (Act.WITHDRAW, Act.DISPUTE):
        return _("您")
    if act.act in _BY_A_SIDE and act.actor_name == FILER.ledger_name:
        return _("您")
    if act.actor_name == RESPONDENT.ledger_name:
        return label(SIDE_LABELS[Side.RESPONDENT])
    return in_script(act.unit.name)


def _now(case: Case) -> list[Step]:
    if case.has_ended:
        return []
    if case.state is State.RECEIVED:  # that it was received stands in the step before
        return [Step("now", _("等待工作人员审核"), who=_who(case))]
    return [Step("now", label(STATE_SENTENCE_LABELS[case.state]), who=_who(case))]


def unit_told(case: Case) -> Unit | None:
    """The unit that a filer is told to have it, or to have ended it.

    None while a dispute of its closing is decided: by people who have not handled the case.
    """
    if case.state is State.DISPUTED:
        return None
    waiting = case.open_transfer
    return waiting.to_unit if waiting else case.designator_unit or case.unit


def _who(case: Case) -> str:
    unit = unit_told(case)
    if unit is None:
        return ""
    if case.open_transfer:
        return _("%(unit)s（等待签收）", unit=in_script(unit.name))
    if case.designator_unit:
        return _("%(unit)s（等待指定管辖）", unit=in_script(unit.name))
    return in_script(unit.name)


def _said(act: CaseAct) -> Said:
    is_mine = act.act is Act.SUPPLEMENT
    return Said(is_mine, _("您") if is_mine else in_script(act.unit.name), act.at, act.public_note or "")


def _refusal(case: Case) -> Refusal | None:
    if case.ground is None:
        return None
    basis = basis_of(case.ground, beijing_date(case.filing.submitted_at))
    ways = [NEXT_STEP_LABELS[case.ground], REMEDY_LABELS.get(case.track, "")]
    return Refusal(label(GROUND_LABELS[case.ground]), label(basis), "".join(label(way) for way in ways))
