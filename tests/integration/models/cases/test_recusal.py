"""回避: kept out at once and everywhere; no unit sees the case about itself."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.operations import assign, open_case
from models.cases.queries import handlers_for
from models.cases.queue import Wanted, queue, sight_of
from models.cases.recusal.operations import lift, recuse
from models.cases.recusal.queries import kept_out
from models.cases.recusal.terms import RecusalReason
from models.cases.sight import View
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.cases.transfers import transfer, transfer_targets
from models.errors import ActRefused, Invalid, NotAllowed
from models.filings.parties import respondents_data
from models.filings.submissions import Respondent
from models.kinds import Track
from models.ledger.queries import events_of
from models.people.actors import FILER
from models.people.permissions import Permission, can
from models.people.roles import Role
from models.people.tables import Account
from models.supervision.board import loads
from models.supervision.case_news import tell_units
from models.supervision.feeds import due_dates
from models.supervision.limits import Figure, limits
from models.types import beijing_midnight
from tests.factories import StaffFactory
from tests.support.cases import OPENED, Office, a_case_in, a_filing, in_the_county

LONG_AFTER = dt.date(2027, 3, 1)


def _recuse(session: Session, case: Case, account: Account, *, actor: Account | None = None) -> None:
    recuse(
        session,
        case=case,
        account=account,
        reason=RecusalReason.INTEREST,
        words="持有被举报企业的股份",
        actor=actor or account,
        now=OPENED,
    )


def _queue(session: Session, officer: Account) -> list[str]:
    return [
        row.case.reference
        for row in queue(session, sight_of(session, officer, OPENED.date()), Wanted(View.OPEN)).rows
    ]


def _about(session: Session, name: str, *others: str, **wanted: object) -> Case:
    filing = a_filing(session, Track.REPORT)
    filing.respondent_name = name
    filing.data = {"respondents": respondents_data([Respondent(name=one) for one in others])}
    return open_case(session, filing=filing, actor=FILER, now=OPENED, **wanted)  # type: ignore[arg-type]


def test_who_declares_a_conflict_is_out_at_once(session: Session, office: Office) -> None:
    case = in_the_county(session, office)
    assert _queue(session, office.county_handler)
    assert due_dates(session, office.county_handler)
    _recuse(session, case, office.county_handler)
    assert case.handler is None
    for permission in Permission:
        assert not can(office.county_handler, permission, case), permission
    assert not _queue(session, office.county_handler)
    assert not due_dates(session, office.county_handler)
    assert office.county_handler not in handlers_for(session, case)
    assert can(office.county_intake, Permission.CASE_VIEW, case)


def test_no_notice_reaches_who_is_kept_out(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.FORWARDED)
    entry = next(one for one in case.acts if one.act is Act.TRANSFER)
    _recuse(session, case, office.county_intake)
    assert kept_out(session, case.id, {office.county_intake.id, office.intake.id}) == {
        office.county_intake.id
    }
    assert office.county_intake.id not in tell_units(session, entry=entry, now=OPENED)


def test_supervision_does_not_show_what_one_keeps_out_of(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.RECEIVED)
    late = partial(
        limits, session, units=[office.bureau.id], figure=Figure.LATE, now=beijing_midnight(LONG_AFTER)
    )
    figures = partial(loads, session, units=[office.bureau.id], now=beijing_midnight(LONG_AFTER))
    assert len(late(officer=office.supervisor)) == sum(
        one.late for one in figures(officer=office.supervisor)
    ) > 0  # fmt: skip
    _recuse(session, case, office.supervisor)
    assert not late(officer=office.supervisor)
    assert not figures(officer=office.supervisor), "no figure counts it either"


def test_who_is_kept_out_cannot_be_assigned_or_recused_twice(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED)
    _recuse(session, case, office.head, actor=office.head)
    with pytest.raises(Invalid):
        assign(session, case=case, handler=office.head, actor=office.intake, now=OPENED)
    with pytest.raises(ActRefused, match="已经回避"):
        _recuse(session, case, office.head)


def test_lifting_is_for_somebody_else_with_reasons(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED)
    _recuse(session, case, office.intake)
    made = case.recusals[0]
    with pytest.raises(NotAllowed):
        lift(session, recusal=made, reasons="没关系", actor=office.intake, now=OPENED)
    with session.begin_nested() as attempt:
        made.lifted_by_id, made.lifted_at, made.lift_reasons = office.intake.id, OPENED, "没关系"
        with pytest.raises(IntegrityError):
            session.flush()
        attempt.rollback()
    session.refresh(made)
    lift(session, recusal=made, reasons="股份已经转让", actor=office.head, now=OPENED)
    assert can(office.intake, Permission.CASE_VIEW, case)
    with pytest.raises(ActRefused):
        lift(session, recusal=made, reasons="再来", actor=office.head, now=OPENED)


@pytest.mark.parametrize(
    "names",
    [
        ("示例县市场监督管理局",),
        ("示例县市场监督管理局执法人员某某",),
        ("示例县市场监管局",),
        ("示例县演示百货店", "示例县市场监督管理局"),
    ],
)
def test_no_unit_sees_the_case_about_itself(session: Session, office: Office, names: tuple[str, ...]) -> None:
    case = _about(session, *names)
    assert case.bars_unit(office.county)
    assert office.county not in [unit for _way, unit in transfer_targets(session, case)]
    with pytest.raises(Invalid, match="不得办理涉及自己"):
        transfer(session, case=case, to_unit=office.county, reasons="属地", actor=office.intake, now=OPENED)
    session.commit()
    event = events_of(session, subject_kind="case_recusals", subject_id=str(case.recusals[0].id))[0]
    assert (event.act, event.actor) == ("recusal.found", "system:recusal")


def test_a_case_about_the_bureau_opens_above_it_and_nobody_below_sees_it(
    session: Session, office: Office
) -> None:
    case = _about(session, office.bureau.name)
    assert (case.unit, case.origin_unit) == (office.province, office.province)
    for unit in (office.bureau, office.county, office.sibling):
        for role in Role:
            officer = StaffFactory(role=role, unit=unit)
            assert not any(can(officer, permission, case) for permission in Permission), (unit.code, role)
            assert case.reference not in _queue(session, officer)
    assert can(office.province_head, Permission.CASE_VIEW, case)


def test_a_county_taking_in_a_filing_about_itself_does_not_keep_it(session: Session, office: Office) -> None:
    case = _about(session, office.county.name, unit=office.county)
    assert case.unit is office.bureau
    assert not can(office.county_intake, Permission.CASE_VIEW, case)


def test_a_namesake_is_kept_out_until_a_head_says_otherwise(session: Session, office: Office) -> None:
    case = _about(session, office.county_handler.display_name)
    assert case.bars(office.county_handler)
    lift(session, recusal=case.recusals[0], reasons="只是同名", actor=office.head, now=OPENED)
    assert not case.bars(office.county_handler)


def test_an_ordinary_name_means_no_unit(session: Session, office: Office) -> None:
    for name in ("管理局", "市场", "示例县演示百货店", "市场监督管理局"):
        assert not _about(session, name).recusals
    assert session.scalars(select(Case)).all()
