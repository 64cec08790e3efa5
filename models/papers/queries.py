"""Reading papers: those of a case, those that the filer may fetch, those that wait for approval."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models.cases.recusal.queries import cases_kept_from
from models.errors import NotFound
from models.papers.tables import Paper
from models.papers.terms import PaperState
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit

NO_PAPER = "没有找到这份公文。"


def papers_of(session: Session, case_id: int) -> Sequence[Paper]:
    """Every paper of the case, newest first."""
    wanted = select(Paper).where(Paper.case_id == case_id).order_by(Paper.id.desc())
    return session.scalars(wanted.options(joinedload(Paper.drafted_by).lazyload(Account.assignments))).all()


def paper_of(session: Session, case_id: int, number: int) -> Paper:
    """One of them; NotFound."""
    found = session.scalar(select(Paper).where(Paper.id == number, Paper.case_id == case_id))
    if found is None:
        raise NotFound(NO_PAPER)
    return found


def papers_for_filer(session: Session, case_id: int) -> Sequence[Paper]:
    """What the filer may fetch: issued, in force, and addressed to them."""
    mine = (Paper.case_id == case_id, Paper.is_for_filer, Paper.state == PaperState.ISSUED)
    return session.scalars(select(Paper).where(*mine).order_by(Paper.id.desc())).all()


def papers_to_approve(session: Session, account: Account, *, most: int = 100) -> Sequence[Paper]:
    """What waits for the account's word: drafted by others, in its units, in cases that it is not kept out of."""
    own, prefixes = units_in_reach(account, Permission.PAPER_APPROVE)
    below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
    wanted = (
        select(Paper)
        .join(Unit, Unit.id == Paper.unit_id)
        .where(Paper.state == PaperState.SUBMITTED, Paper.drafted_by_id != account.id)
        .where(or_(Unit.id.in_(own), *below), Paper.case_id.not_in(cases_kept_from(account)))
        .options(joinedload(Paper.case), joinedload(Paper.drafted_by).lazyload(Account.assignments))
        .order_by(Paper.id)
        .limit(most)
    )
    return session.scalars(wanted).all()
