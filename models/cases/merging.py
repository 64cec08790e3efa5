"""并案: reports that are verified and decided together, each still owed its own answer by its own limit.

One case leads. Who handles it, and whether a case is filed, is decided there and happens to the merged ones too, each in its
own history and with its own clocks (Order 121 Art 35(2) lets the limit start anew with the last report; here none does, so
that no filer waits longer for somebody else's sake). Messages, answers and closings stay each case's own: what one filer
reads says nothing of another. Complaints are not merged: each settles its own dispute (Art 12 asks for consent).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.cases.sight import Sight
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import ActRefused

REFERRAL_ACTS = frozenset(
    {
        *(Act.PROPOSE_REFERRAL, Act.APPROVE_REFERRAL, Act.DECLINE_REFERRAL, Act.REFER),
        *(Act.HEAR_POLICE, Act.PURSUE_REFERRAL, Act.CONCLUDE_REFERRAL, Act.RESUME),
    }
)
DECIDED_TOGETHER = frozenset({Act.ASSIGN, Act.TAKE_ON, Act.FILE, Act.NOT_FILE}) | REFERRAL_ACTS
_LEAVES = frozenset({Act.TRANSFER, Act.ESCALATE})
_LED = DECIDED_TOGETHER | _LEAVES
NOT_BY_MEMBERS = _LED | {Act.MERGE}


def members_of(session: Session, lead: Case) -> Sequence[Case]:
    """The cases that are merged into this one, in the order of their filing."""
    return session.scalars(select(Case).where(Case.lead_id == lead.id).order_by(Case.id)).all()


def references_of_group(session: Session, case: Case, sight: Sight) -> tuple[str, Sequence[str]]:
    """The reference of the lead ("" for none) and of those merged into this case, as far as they may be seen."""
    near = or_(Case.id == case.lead_id, Case.lead_id == case.id)
    found = session.execute(
        select(Case.id, Case.reference).where(near, sight.visible()).order_by(Case.id)
    ).all()
    leads = [reference for number, reference in found if number == case.lead_id]
    return "".join(leads), [reference for number, reference in found if number != case.lead_id]


def refuse_for_merged(session: Session, case: Case, act: Act) -> None:
    """ActRefused for what a merged case leaves to its lead, and for sending a lead away with others behind it."""
    if case.lead_id is not None and act in _LED:
        raise ActRefused("已经并案，由主办件统一办理；要单独办理的，请先分案。")
    if act in _LEAVES and session.scalar(select(Case.id).where(Case.lead_id == case.id).limit(1)):
        raise ActRefused("有其他办件并入这里；请先分案，再移交或者报请指定管辖。")
