"""The verbs 并案 and 分案: both cases keep their histories, and both filers read the same plain words."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.merging import members_of
from models.cases.moves import Notes, move, required
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import ActRefused, Invalid
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.wording import Sentence, said

# Said to both filers alike, so that neither learns of the other.
MERGED = "核查工作统一安排。您的办理期限不变，结果会单独答复您。"
SEPARATE = "核查工作恢复单独安排。您的办理期限不变，结果会单独答复您。"


def merge(
    session: Session, *, case: Case, lead: Case, reasons: str, actor: Account, now: dt.datetime
) -> Case:
    """并案 of `case` into `lead`, whose handler takes it on, unless kept out of it 回避."""
    require(case.track, case.state, Act.MERGE)
    sentence = _obstacle(session, case, lead, actor)
    if sentence:
        raise Invalid(sentence, {"lead": sentence})
    words = required(reasons, field="reasons", sentence="请写明并案的理由。")
    about_lead = f"→ {lead.shown_reference} · {words}"
    handler = (
        None if lead.handler and case.bars(lead.handler) else lead.handler
    )  # looked up before anything is set
    case.lead, case.handler = lead, handler
    move(
        session,
        case=case,
        act=Act.MERGE,
        actor=actor,
        now=now,
        notes=Notes(public=MERGED, internal=about_lead, data={"lead": lead.id}),
    )
    move(
        session,
        case=lead,
        act=Act.MERGE,
        actor=actor,
        now=now,
        notes=Notes(public=MERGED, internal=f"← {case.shown_reference} · {words}", data={"member": case.id}),
    )
    return case


def split(session: Session, *, case: Case, reasons: str, actor: Account, now: dt.datetime) -> Case:
    """分案: `case` is handled by itself again, from where it stands."""
    require(case.track, case.state, Act.SPLIT)
    lead = case.lead
    if lead is None:
        raise ActRefused("这个办件没有并入其他办件。")
    words = required(reasons, field="reasons", sentence="请写明分案的理由。")
    case.lead = None
    for one, inside in (
        (case, f"← {lead.shown_reference} · {words}"),
        (lead, f"→ {case.shown_reference} · {words}"),
    ):
        if one is case or not one.has_ended:
            notes = Notes(public=SEPARATE, internal=inside, data={"lead": lead.id, "member": case.id})
            move(session, case=one, act=Act.SPLIT, actor=actor, now=now, notes=notes)
    return case


def _obstacle(session: Session, case: Case, lead: Case, actor: Account) -> Sentence | str:
    """Why these two cannot be merged, or nothing."""
    if case.lead is not None:
        return said("已经并入别的办件；要换主办件的，请先分案。")
    if lead.id == case.id:
        return said("不能并入自己，请填写另一个办件的编号。")
    if not can(actor, Permission.CASE_ASSIGN, lead) or lead.acting_unit.id != case.acting_unit.id:
        return said("只能并入同一机构在办的办件。")
    if lead.lead_id is not None:
        return said("那个办件已经并入别的办件，请填写主办件的编号。")
    if members_of(session, case):
        return said("有其他办件并入这里，请反过来把它们并入那个办件，或者先分案。")
    require(lead.track, lead.state, Act.MERGE)
    return ""
