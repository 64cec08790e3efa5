"""Mediation from the offer to the agreement or the end, with its sixty days (Order 121 Art 18–25)."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.grounds import Ground
from models.cases.mediation.mediators import decide_objection, object_to_mediator
from models.cases.mediation.operations import Entrusting, begin, consent, end_mediation, offer, settle
from models.cases.mediation.queries import limit_of, open_mediation
from models.cases.mediation.sessions import arrange, hold
from models.cases.mediation.tables import Mediation
from models.cases.mediation.terms import Chosen, ConsentWay, ExamKind, SessionWay, Side, Writing
from models.cases.mediation.testing import send_to_test, take_finding
from models.cases.operations import accept
from models.cases.tables import Case
from models.cases.terms import State
from models.errors import ActRefused, Invalid
from models.kinds import Track
from models.types import BEIJING
from tests.support.cases import OPENED, Office, a_case, a_case_in
from tests.support.mediation import held

DAY = dt.timedelta(days=1)
ASSOCIATION = Entrusting("示例市消费者协会", "退货退款的争议")


def _offered(session: Session, case: Case, office: Office, entrusting: Entrusting | None = None) -> Mediation:
    return offer(
        session,
        case=case,
        words="就退货的争议电话调解。",
        company="演示店",
        company_words="消费者要求退货。",
        days=7,
        entrusting=entrusting,
        actor=office.intake,
        now=OPENED,
    )


def _say(session: Session, case: Case, side: Side, *, agrees: bool = True, entrusts: bool = False) -> None:
    consent(session, case=case, side=side, agrees=agrees, entrusts=entrusts, now=OPENED)


def _begin(session: Session, case: Case, office: Office, *, is_entrusted: bool = False) -> Mediation:
    return begin(
        session,
        case=case,
        mediator=office.intake,
        mediator_name=office.intake.display_name,
        is_entrusted=is_entrusted,
        words="电话调解",
        actor=office.intake,
        now=OPENED,
    )


def _settle(session: Session, case: Case, office: Office, now: dt.datetime = OPENED) -> Case:
    return settle(session, case=case, terms="退货退款", writing=Writing.RECORD, actor=office.intake, now=now)


def test_nothing_begins_before_both_sides_have_said_yes(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED)
    mediation = _offered(session, case, office)
    _say(session, case, Side.FILER)
    _say(session, case, Side.RESPONDENT, agrees=False)
    with pytest.raises(ActRefused, match="双方同意"):
        _begin(session, case, office)
    _say(session, case, Side.RESPONDENT)  # the last answer holds
    assert _begin(session, case, office).is_running
    assert [one.way for one in mediation.consents] == [ConsentWay.ONLINE] * 3
    with session.begin_nested() as attempt:
        mediation.respondent_agreed_at = None
        with pytest.raises(IntegrityError):
            session.flush()
        attempt.rollback()


def test_an_organisation_mediates_only_where_both_agree_to_that_too(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.ACCEPTED)
    _offered(session, case, office, ASSOCIATION)
    _say(session, case, Side.FILER, entrusts=True)
    _say(session, case, Side.RESPONDENT)
    with pytest.raises(Invalid, match="第19条"):
        _begin(session, case, office, is_entrusted=True)
    _say(session, case, Side.RESPONDENT, entrusts=True)
    mediation = _begin(session, case, office, is_entrusted=True)
    assert (mediation.is_entrusted, mediation.mediator_id) == (True, None)


def test_an_objection_rests_the_mediation_until_a_head_decides(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.MEDIATING)
    held(session, case, office.intake, OPENED)
    due = limit_of(session, case).due_at  # type: ignore[union-attr]
    object_to_mediator(session, case=case, side=Side.RESPONDENT, words="是投诉人的亲属", now=OPENED)
    with pytest.raises(ActRefused, match="中止调解"):
        _settle(session, case, office)
    with pytest.raises(Invalid, match="另选一位"):
        decide_objection(
            session,
            case=case,
            is_granted=True,
            reasons="属实",
            mediator_name="调解员",
            actor=office.head,
            now=OPENED,
        )
    decide_objection(
        session,
        case=case,
        is_granted=True,
        reasons="属实",
        mediator_name="另一位",
        actor=office.head,
        now=OPENED,
    )
    mediation = open_mediation(session, case.id)
    assert mediation is not None
    assert mediation.mediator_name == "另一位"
    assert limit_of(session, case).due_at == due  # type: ignore[union-attr]  # only tests are left out (Art 22)
    assert _settle(session, case, office).state is State.MEDIATED


def test_a_session_on_site_is_told_beforehand_and_wants_a_paper(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.MEDIATING)
    common = {"case": case, "actor": office.intake}
    what = {
        "filer_came": True,
        "respondent_came": True,
        "helpers": "",
        "record": "双方陈述。",
        "place": "本局",
    }
    with pytest.raises(Invalid, match="提前告知"):
        hold(session, arranged=None, way=SessionWay.ON_SITE, now=OPENED, **common, **what)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="以后的时间"):
        arrange(session, way=SessionWay.ON_SITE, planned_at=OPENED, place="本局", now=OPENED, **common)  # type: ignore[arg-type]
    planned = arrange(
        session, way=SessionWay.ON_SITE, planned_at=OPENED + DAY, place="本局", now=OPENED, **common
    )  # type: ignore[arg-type]
    hold(session, arranged=planned, way=planned.way, now=OPENED + DAY, **common, **what)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="应当制作调解书"):
        _settle(session, case, office, OPENED + DAY)


def test_what_was_never_mediated_is_no_settlement(session: Session, office: Office) -> None:
    case = a_case_in(session, office, State.MEDIATING)
    with pytest.raises(ActRefused, match="调解记录"):
        _settle(session, case, office)
    with pytest.raises(Invalid, match="没有届满"):
        _end(session, case, office, Ground.MEDIATION_TOO_LONG, OPENED)
    accepted = a_case_in(session, office, State.ACCEPTED)
    with pytest.raises(Invalid, match="选第2项"):
        _end(session, accepted, office, Ground.MEDIATION_NO_AGREEMENT, OPENED)


def _end(session: Session, case: Case, office: Office, ground: Ground, now: dt.datetime) -> Case:
    return end_mediation(
        session, case=case, ground=ground, reasons="六十日届满", actor=office.intake, now=now
    )


def _mediating_since(session: Session, office: Office, now: dt.datetime) -> Case:
    """Accepted and mediated on one day; the limit starts with the acceptance."""
    case = a_case(session, Track.COMPLAINT, now=now)
    accept(session, case=case, actor=office.intake, now=now)
    offer(
        session,
        case=case,
        words="电话调解",
        company="演示店",
        company_words="退货",
        days=7,
        agreed=(Side.FILER, Side.RESPONDENT),
        actor=office.intake,
        now=now,
    )
    begin(
        session,
        case=case,
        mediator_name="调解员",
        is_entrusted=False,
        words="电话调解",
        actor=office.intake,
        now=now,
    )
    held(session, case, office.intake, now)
    return case


def _noon(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("accepted", "last_day"),
    [
        ("2026-07-30", "2026-09-28"),  # a Monday: no roll
        ("2026-08-04", "2026-10-08"),  # sixty days end in the block of the National Day
        ("2026-07-28", "2026-09-28"),  # and in that of the Mid-Autumn Festival
    ],
)
def test_the_sixty_days_run_out_and_over_holidays(
    session: Session, office: Office, accepted: str, last_day: str
) -> None:
    case = _mediating_since(session, office, _noon(accepted))
    with session.begin_nested() as attempt:
        assert _settle(session, case, office, _noon(last_day)).state is State.MEDIATED
        attempt.rollback()
    session.expire_all()
    with pytest.raises(Invalid, match="没有届满"):
        _end(session, case, office, Ground.MEDIATION_TOO_LONG, _noon(last_day))
    after = _noon(last_day) + DAY
    with pytest.raises(ActRefused, match="期限已经届满"):
        _settle(session, case, office, after)
    _end(session, case, office, Ground.MEDIATION_TOO_LONG, after)
    assert (case.state, open_mediation(session, case.id)) == (State.MEDIATION_ENDED, None)


def test_the_days_of_a_test_are_left_out_of_the_sixty(session: Session, office: Office) -> None:
    case = _mediating_since(session, office, _noon("2026-07-30"))
    send_to_test(
        session,
        case=case,
        kind=ExamKind.TESTING,
        body="示例检测中心",
        chosen=Chosen.AGREED,
        costs="由经营者先垫付",
        from_on=dt.date(2026, 8, 10),
        actor=office.intake,
        now=_noon("2026-08-10"),
    )
    with pytest.raises(Invalid, match="正在鉴定"):
        _end(session, case, office, Ground.MEDIATION_TOO_LONG, _noon("2026-11-30"))
    take_finding(
        session,
        case=case,
        finding="不合格",
        to_on=dt.date(2026, 8, 20),
        actor=office.intake,
        now=_noon("2026-08-20"),
    )
    limit = limit_of(session, case)
    assert limit is not None
    assert limit.legal_end == dt.date(2026, 10, 8)
    with pytest.raises(ActRefused):
        take_finding(
            session,
            case=case,
            finding="",
            to_on=dt.date(2026, 8, 20),
            actor=office.intake,
            now=_noon("2026-08-20"),
        )
