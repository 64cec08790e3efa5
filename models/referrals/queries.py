"""Reading referrals: that of a case, its files and papers, and what a procuratorate may look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.cases.tables import Case
from models.clocks.queries import deadlines_of
from models.clocks.tables import Deadline, SubjectKind
from models.errors import NotFound
from models.filings.tables import Evidence
from models.people.tables import Account, Unit
from models.referrals.states import OVER
from models.referrals.tables import Referral

NONE_OPEN = "这个办件现在没有移送。"
# The clocks of a referral, in the order in which they come.
CLOCKS = (
    "crime_approve",
    "crime_transfer",
    "police_decide",
    "crime_papers",
    "crime_reconsider",
    "police_decide_reconsideration",
    "crime_supervision",
    "crime_hand_over",
)
THEIRS = frozenset({"police_decide", "police_decide_reconsideration"})


def referrals_of(session: Session, case: Case) -> Sequence[Referral]:
    """All of them, the newest first."""
    people = (Referral.first_handler, Referral.second_handler, Referral.decided_by)
    wanted = select(Referral).where(Referral.case_id == case.id).order_by(Referral.id.desc())
    options = [joinedload(one).lazyload(Account.assignments) for one in people]
    return session.scalars(wanted.options(*options)).all()


def open_referral(session: Session, case: Case) -> Referral:
    """The one that goes on; NotFound."""
    wanted = select(Referral).where(Referral.case_id == case.id, Referral.standing.not_in(OVER))
    found = session.scalar(wanted)
    if found is None:
        raise NotFound(NONE_OPEN)
    return found


def late_to_ask_again(session: Session, referral: Referral, at: dt.datetime) -> bool:
    """Whether the three days for 复议 (移送规定 Art 9(1)) were over at that time."""
    mine = (Deadline.subject_kind == SubjectKind.CASE, Deadline.subject_id == referral.case_id)
    newest = (
        select(Deadline).where(*mine, Deadline.rule_id == "crime_reconsider").order_by(Deadline.id.desc())
    )
    clock = session.scalars(newest.limit(1)).first()
    return clock is not None and at >= clock.due_at


def clocks_of(session: Session, referrals: Sequence[Referral]) -> dict[int, list[Deadline]]:
    """By case, the clocks of referring it that run or were met."""
    cases = {referral.case_id: referral.case for referral in referrals}
    found = deadlines_of(session, list(cases.values()))
    return {
        number: sorted(
            (clock for clock in clocks if clock.rule_id in CLOCKS),
            key=lambda clock: (clock.started_at, CLOCKS.index(clock.rule_id)),
        )
        for number, clocks in found.items()
    }


def files_to_send(session: Session, case: Case) -> Sequence[Evidence]:
    """What can go along: the files of the filing, and what outside bodies sent."""
    wanted = select(Evidence).where(Evidence.filing_id.in_({case.filing_id, case.filing.files_of_id}))
    return session.scalars(wanted.order_by(Evidence.id)).all()


def files_of(session: Session, referral: Referral) -> Sequence[Evidence]:
    """What goes along, in the order in which it came."""
    mine = Evidence.filing_id.in_({referral.case.filing_id, referral.case.filing.files_of_id})
    wanted = select(Evidence).where(Evidence.id.in_(referral.evidence_ids), mine)
    return session.scalars(wanted.order_by(Evidence.id)).all()


def bodies(session: Session, case: Case, kind: str) -> list[Unit]:
    """The outside bodies of a kind that the case is not about."""
    wanted = select(Unit).where(Unit.is_active, Unit.outside_kind == kind).order_by(Unit.id)
    return [unit for unit in session.scalars(wanted) if not case.bars_unit(unit)]
