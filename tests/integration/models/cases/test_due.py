"""When a case is due, kept on the case: always what its clocks say, whatever moved them."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.cases.due import refresh, stale
from models.cases.operations import accept, answer
from models.cases.queue import Wanted, queue, sight_of
from models.cases.sight import View
from models.cases.tables import NEVER, Case
from models.cases.terms import State
from models.clocks.adjustments import extend, resume, suspend
from models.clocks.queries import deadlines_of
from models.clocks.recompute import recompute_open
from models.clocks.tables import Deadline
from models.clocks.terms import Reason
from models.kinds import Track
from models.wording import said
from tests.support.cases import OPENED, Office, a_case, a_case_in, decided, in_the_county

LATER = OPENED + dt.timedelta(days=4)


def _due(session: Session, case: Case) -> dt.date:
    session.flush()
    return session.scalars(select(Case.due_on).where(Case.id == case.id)).one()


def _clock(session: Session, case: Case, rule_id: str) -> Deadline:
    return next(one for one in deadlines_of(session, [case])[case.id] if one.rule_id == rule_id)


@pytest.mark.parametrize("track", list(Track))
@pytest.mark.parametrize("state", list(State))
def test_after_every_act_the_cache_is_what_the_clocks_say(
    session: Session, office: Office, state: State, track: Track
) -> None:
    a_case_in(session, office, state, track)
    session.flush()
    assert not list(stale(session))


def test_the_law_decides_before_a_promise_that_ends_earlier(session: Session, office: Office) -> None:
    case = a_case(session)
    promise, law = _clock(session, case, "local_transfer"), _clock(session, case, "report_verify")
    assert promise.legal_end < law.legal_end
    assert _due(session, case) == law.legal_end


def test_a_promise_decides_where_no_law_does(session: Session, office: Office) -> None:
    case = a_case(session, Track.CONSULTATION)
    assert _due(session, case) == _clock(session, case, "local_transfer").legal_end


def test_without_a_clock_a_case_is_never_due(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    decided(session, office, case, actor=office.county_handler, now=LATER)
    answer(session, case=case, body="已处理", actor=office.county_handler, now=LATER)
    assert _due(session, case) == NEVER


def test_a_paused_clock_is_due_again_when_it_goes_on(session: Session, office: Office) -> None:
    case = accept(session, case=a_case(session), actor=office.intake, now=OPENED)
    clock = _clock(session, case, "report_verify")
    end = clock.legal_end
    suspend(
        session,
        deadline=clock,
        reason=Reason.APPRAISAL,
        from_on=dt.date(2026, 11, 23),
        evidence="鉴定委托书",
        actor=office.intake,
        now=LATER,
    )
    assert _due(session, case) == NEVER
    resume(session, deadline=clock, on=dt.date(2026, 11, 24), actor=office.intake, now=LATER)
    assert _due(session, case) == clock.legal_end > end


def test_an_extension_moves_it(session: Session, office: Office) -> None:
    case = a_case(session)
    clock = _clock(session, case, "report_verify")
    before = _due(session, case)
    extend(session, deadline=clock, reason="情况特殊", approver=office.head, now=LATER)
    assert _due(session, case) == clock.legal_end > before


def test_a_recount_of_many_moves_it(session: Session, office: Office) -> None:
    case = a_case(session)
    session.flush()
    session.execute(update(Deadline.__table__).values(legal_end=dt.date(2027, 6, 1)))  # past the session
    assert list(stale(session)) == [case.id]
    session.expire_all()
    recompute_open(session, why=said("节假日安排调整"), since=dt.date(2026, 11, 1), now=LATER)
    assert not list(stale(session))


def test_what_is_stale_is_found_and_mended_without_a_new_version(session: Session, office: Office) -> None:
    case = a_case(session)
    session.flush()
    version = case.version
    session.execute(update(Case.__table__).values(due_on=dt.date(2020, 1, 1)))
    assert list(stale(session)) == [case.id]
    refresh(session, [case.id])
    assert not list(stale(session))
    session.refresh(case)
    assert case.version == version


def test_the_queue_comes_in_the_order_of_the_cache(session: Session, office: Office) -> None:
    cases = [a_case(session, track) for track in Track]
    rows = queue(session, sight_of(session, office.intake, OPENED.date()), Wanted(View.OPEN)).rows
    assert sorted(cases, key=lambda case: (_due(session, case), case.id)) == [row.case for row in rows]
    assert [row.deadline.legal_end if row.deadline else NEVER for row in rows] == [
        _due(session, row.case) for row in rows
    ]
