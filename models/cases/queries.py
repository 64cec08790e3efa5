"""Reading one case: by its reference, its timeline, whom it can be given to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.cases.operations import can_handle
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act
from models.errors import NotFound
from models.filings.references import normalise
from models.filings.tables import Filing
from models.people.tables import Account, Assignment

NO_CASE = "没有找到这个办件，请核对登记编号。"

# Acts that are the bureau's own affair; the filer's timeline leaves them out.
INTERNAL_ACTS = frozenset(
    {
        *(Act.SORT, Act.ASSIGN, Act.TAKE_ON, Act.RECUSE, Act.ASK_OUTSIDE, Act.HEAR_OUTSIDE),
        *(
            Act.PROPOSE_REFERRAL,
            Act.APPROVE_REFERRAL,
            Act.DECLINE_REFERRAL,
            Act.HEAR_POLICE,
            Act.PURSUE_REFERRAL,
        ),
    }
)


def case_by_reference(session: Session, reference: str) -> Case:
    """The case of a reference, grouped or not; NotFound. Whether it may be seen is asked by the caller."""
    found = session.scalar(select(Case).where(Case.reference == normalise(reference)))
    if found is None:
        raise NotFound(NO_CASE)
    return found


def case_to_show(session: Session, reference: str) -> Case:
    """The same with what its page shows – files, acts, handler – in a fixed number of queries."""
    wanted = (
        select(Case)
        .where(Case.reference == normalise(reference))
        .options(
            joinedload(Case.origin_unit),
            joinedload(Case.designator_unit),
            joinedload(Case.handler).lazyload(Account.assignments),
            joinedload(Case.filing).selectinload(Filing.evidence),
            joinedload(Case.recusals),  # seldom one, nearly never two
            selectinload(Case.acts).options(
                joinedload(CaseAct.unit),
                joinedload(CaseAct.other_unit),
                joinedload(CaseAct.actor).lazyload(Account.assignments),
            ),
        )
    )
    found = session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise NotFound(NO_CASE)
    return found


def timeline(session: Session, case: Case) -> Sequence[CaseAct]:
    """Every act, oldest first, with the units."""
    wanted = (
        select(CaseAct)
        .where(CaseAct.case_id == case.id)
        .options(joinedload(CaseAct.unit), joinedload(CaseAct.other_unit))
        .order_by(CaseAct.id)
    )
    return session.scalars(wanted).all()


def last_act(session: Session, case: Case) -> CaseAct:
    """The newest act; every case has at least its opening."""
    wanted = select(CaseAct).where(CaseAct.case_id == case.id).order_by(CaseAct.id.desc()).limit(1)
    return session.scalars(wanted).one()


def filers_timeline(session: Session, case: Case) -> Sequence[CaseAct]:
    """What the filer reads: everything but internal acts. `internal_note` and `actor` are not for the filer."""
    return [entry for entry in timeline(session, case) if entry.act not in INTERNAL_ACTS]


def case_of_filing(session: Session, filing_id: int) -> Case:
    """The case that a filing became; NotFound when it has none."""
    found = session.scalar(select(Case).where(Case.filing_id == filing_id))
    if found is None:
        raise NotFound(NO_CASE)
    return found


def cases_of_filings(session: Session, filing_ids: Collection[int]) -> dict[int, Case]:
    """The cases that filings became, by the filing's number."""
    found = session.scalars(select(Case).where(Case.filing_id.in_(filing_ids)))
    return {case.filing_id: case for case in found}


def handlers_for(session: Session, case: Case) -> list[Account]:
    """The people on duty in the acting unit who can be made its handler, by name."""
    unit = case.acting_unit
    wanted = (
        select(Account)
        .where(Account.id.in_(select(Assignment.account_id).where(Assignment.unit_id == unit.id)))
        .order_by(Account.display_name, Account.id)
    )
    return [
        account for account in session.scalars(wanted) if can_handle(account, unit) and not case.bars(account)
    ]
