"""An office for tests of case work: units in a tree, people in them, and filings that became cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.aid.operations import decide_aid
from models.aid.rules import aid_rules
from models.cases.aftermath.operations import dispute
from models.cases.decisions import file_case, not_file, outcomes_for
from models.cases.designation import escalate
from models.cases.grounds import grounds_for
from models.cases.mediation.operations import begin, end_mediation, settle
from models.cases.mediation.terms import Writing
from models.cases.moves import move
from models.cases.operations import INTAKE_UNIT, accept, answer, assign, close, open_case, refuse, withdraw
from models.cases.shape import UNDECIDED
from models.cases.states import states_of
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.cases.transfers import acknowledge, transfer
from models.clocks.loading import load_calendar, load_rules
from models.clocks.tables import ClockRule
from models.filings.references import check_character
from models.filings.tables import Filing
from models.kinds import Channel, RightType, Track
from models.people.actors import FILER
from models.people.roles import Role, UnitKind
from models.people.tables import Account, Unit
from tests.factories import StaffFactory, UnitFactory
from tests.support.mediation import agreed, held

OPENED = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)  # Friday, 10:00 in Beijing, under Order 121
_numbers = count(1)
_DIGITS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


# How a case that was filed comes to the police, act by act; the referral itself is of `tests.support.referrals`.
TO_THE_POLICE = {
    State.REFERRING: (Act.PROPOSE_REFERRAL,),
    State.REFERRED: (Act.PROPOSE_REFERRAL, Act.APPROVE_REFERRAL, Act.REFER),
    State.POLICE_FILED: (
        *(Act.PROPOSE_REFERRAL, Act.APPROVE_REFERRAL, Act.REFER),
        *(Act.HEAR_POLICE, Act.CONCLUDE_REFERRAL),
    ),
}
DECIDED_BY = frozenset(
    {
        *(State.MEDIATING, State.MEDIATED, State.MEDIATION_ENDED, State.INVESTIGATING, State.NOT_FILED),
        *TO_THE_POLICE,
    }
)


@dataclass(frozen=True)
class Office:
    """A province over a bureau over two counties and an outside body, with people in the bureau and one county."""

    province: Unit
    bureau: Unit
    county: Unit
    sibling: Unit
    police: Unit
    intake: Account
    head: Account
    supervisor: Account
    province_head: Account
    county_intake: Account
    county_handler: Account
    sibling_handler: Account


def an_office(session: Session) -> Office:
    """Makes the office; the calendar and the rules as well, where a database of the test's own lacks them."""
    load_calendar(session)
    if session.scalar(select(ClockRule.id).limit(1)) is None:
        load_rules(session)
    province = UnitFactory(code="province", name="示例省市场监督管理局", kind=UnitKind.PROVINCE)
    bureau = UnitFactory(code=INTAKE_UNIT, name="示例市市场监督管理局", parent=province)
    county = UnitFactory(code="county", name="示例县市场监督管理局", kind=UnitKind.COUNTY, parent=bureau)
    sibling = UnitFactory(code="sibling", name="演示县市场监督管理局", kind=UnitKind.COUNTY, parent=bureau)
    police = UnitFactory(
        code="police", name="示例市公安局", kind=UnitKind.OUTSIDE, outside_kind="police", parent=bureau
    )
    return Office(
        province,
        bureau,
        county,
        sibling,
        police,
        intake=StaffFactory(role=Role.INTAKE, unit=bureau, display_name="受理员甲"),
        head=StaffFactory(role=Role.HEAD, unit=bureau, display_name="负责人乙"),
        supervisor=StaffFactory(role=Role.SUPERVISOR, unit=bureau, display_name="督办员丙"),
        province_head=StaffFactory(role=Role.HEAD, unit=province, display_name="省局负责人庚"),
        county_intake=StaffFactory(role=Role.INTAKE, unit=county, display_name="县受理员丁"),
        county_handler=StaffFactory(role=Role.HANDLER, unit=county, display_name="县承办人戊"),
        sibling_handler=StaffFactory(role=Role.HANDLER, unit=sibling, display_name="邻县承办人己"),
    )


def a_filing(session: Session, track: Track = Track.REPORT, *, now: dt.datetime = OPENED) -> Filing:
    """A stored filing; a complaint is named, a report anonymous."""
    number = next(_numbers)
    body = "".join(_DIGITS[(number // 32**place) % 32] for place in range(7))
    filing = Filing(
        reference=body + check_character(body),
        track=track,
        channel=Channel.WEB,
        right_type=RightType.TRADEMARK,
        is_anonymous=track in (Track.REPORT, Track.CONSULTATION),
        submitted_at=now,
        respondent_name=f"示例县演示百货店{number}",
        region_code="410400",
        facts="店内出售假冒注册商标的演示商品。",
        data={},
        language="zh_Hans",
        content_sha256="0" * 64,
        submission_token=f"token-{number}",
        query_code_hmac="0" * 64,
    )
    session.add(filing)
    session.flush()
    filing.files_of_id = filing.id
    return filing


def a_case(session: Session, track: Track = Track.REPORT, *, now: dt.datetime = OPENED) -> Case:
    """A case just opened in the bureau's own unit."""
    return open_case(session, filing=a_filing(session, track, now=now), actor=FILER, now=now)


def a_case_in(session: Session, office: Office, state: State, track: Track = Track.COMPLAINT) -> Case:
    """A case led into `state` by the verbs themselves; transfers go to the county. A state that the track doesn't
    know is one of the first track that does.
    """
    case = a_case(session, next(one for one in (track, *Track) if state in states_of(one)))
    return brought_to(session, office, case, state)


def brought_to(session: Session, office: Office, case: Case, state: State) -> Case:
    """A case that was just received, led into a state that its track knows."""
    if state in UNDECIDED or state in (State.REFUSED, State.WITHDRAWN):
        return _not_taken_on(session, office, case, state)
    accept(session, case=case, actor=office.intake, now=OPENED)
    if state in DECIDED_BY:
        return led_to(session, office, case, state)
    if state is State.TRANSFERRED:
        transfer(session, case=case, to_unit=office.county, reasons="属地", actor=office.intake, now=OPENED)
    elif state is State.CONTESTED_ACCEPTED:
        escalate(session, case=case, reasons="管辖有争议", actor=office.intake, now=OPENED)
    elif state is State.HANDLING:
        assign(session, case=case, handler=office.intake, actor=office.intake, now=OPENED)
    elif state in (State.ANSWERED, State.CLOSED, State.DISPUTED):
        _answered(session, office, case, state)
    return case


def _not_taken_on(session: Session, office: Office, case: Case, state: State) -> Case:
    if state is State.REFUSED:
        ground = next(iter(grounds_for(case.track, OPENED.date())))
        refuse(session, case=case, ground=ground, reasons="理由", actor=office.intake, now=OPENED)
    elif state is State.WITHDRAWN:
        withdraw(session, case=case, now=OPENED)
    elif state is State.CONTESTED:
        escalate(session, case=case, reasons="管辖有争议", actor=office.intake, now=OPENED)
    elif state is State.FORWARDED:
        transfer(session, case=case, to_unit=office.county, reasons="属地", actor=office.intake, now=OPENED)
    return case


def _answered(session: Session, office: Office, case: Case, state: State) -> None:
    decided(session, office, case)
    answer(session, case=case, body="答复内容", actor=office.intake, now=OPENED)
    if state is not State.ANSWERED:
        outcome = outcomes_for(case)[0]
        close(session, case=case, outcome=outcome, reasons="理由", actor=office.intake, now=OPENED)
    if state is State.DISPUTED:
        dispute(session, case=case, grounds="没有到现场核查。", now=OPENED)


def decided(
    session: Session, office: Office, case: Case, *, actor: Account | None = None, now: dt.datetime = OPENED
) -> Case:
    """Mediated, or filed by the head, or aid given: whatever the track has to have before the filer is answered."""
    if case.track is Track.COMPLAINT:
        return led_to(session, office, case, State.MEDIATED, actor=actor, now=now)
    if case.track in (Track.REPORT, Track.CLUE):
        return led_to(session, office, case, State.INVESTIGATING, now=now)
    if case.track is Track.AID:
        told = {
            "case": case,
            "rules": aid_rules(""),
            "is_given": True,
            "helps": ["advice"],
            "reasons": "符合条件",
        }
        decide_aid(session, actor=office.head, now=now, **told)  # type: ignore[arg-type]
    return case


def led_to(
    session: Session,
    office: Office,
    case: Case,
    state: State,
    *,
    actor: Account | None = None,
    now: dt.datetime = OPENED,
) -> Case:
    """An accepted case, brought to one of the states in which it is decided."""
    filed_on, officer = case.filing.submitted_at.date(), actor or office.intake
    common = {"case": case, "now": now}
    if state in (State.MEDIATING, State.MEDIATED):
        agreed(session, case, officer, now)
        begin(session, mediator_name="调解员", is_entrusted=False, words="电话调解", actor=officer, **common)  # type: ignore[arg-type]
    if state is State.MEDIATED:
        held(session, case, officer, now)
        settle(session, terms="退一赔三", writing=Writing.PAPER, actor=officer, **common)  # type: ignore[arg-type]
    if state is State.MEDIATION_ENDED:
        ground = next(iter(grounds_for(case.track, filed_on, Act.END_MEDIATION)))
        end_mediation(session, ground=ground, reasons="和解", actor=officer, **common)  # type: ignore[arg-type]
    if state is State.INVESTIGATING or state in TO_THE_POLICE:
        file_case(session, reasons="符合条件", actor=office.head, **common)  # type: ignore[arg-type]
    if state is State.NOT_FILED:
        ground = next(iter(grounds_for(case.track, filed_on, Act.NOT_FILE)))
        not_file(session, ground=ground, reasons="不符合", actor=office.head, **common)  # type: ignore[arg-type]
    for act in TO_THE_POLICE.get(state, ()):
        move(session, act=act, actor=officer, **common)  # type: ignore[arg-type]
    return case


def handed_on(session: Session, office: Office, track: Track = Track.COMPLAINT) -> Case:
    """A case that the province took in, the county handed on, and the bureau above the county has acknowledged."""
    case = open_case(session, filing=a_filing(session, track), actor=FILER, now=OPENED, unit=office.province)
    for sender, receiver in ((office.province_head, office.county), (office.county_intake, office.bureau)):
        transfer(session, case=case, to_unit=receiver, reasons="属地", actor=sender, now=OPENED)
        acknowledge(session, case=case, actor=office.head, now=OPENED)
    return case


def in_the_county(session: Session, office: Office, track: Track = Track.REPORT) -> Case:
    """A case that the county has acknowledged and its handler taken on."""
    case = a_case_in(session, office, State.TRANSFERRED, track)
    return acknowledge(session, case=case, actor=office.county_handler, now=OPENED)
