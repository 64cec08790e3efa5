"""The fast lane by record: numbers shown to both sides, granted, used, withdrawn with notice, appealed to somebody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.response.operations import answer, invite
from models.cases.tables import Case
from models.cases.terms import Act, Outcome, State
from models.filings.likeness import marks_of, matter_of
from models.filings.tables import Filing, FilingMark
from models.holders.lane.operations import end_due_lanes, find_on_statement
from models.holders.lane.patterns import signals
from models.holders.lane.queries import is_in_lane, lane_of
from models.holders.lane.record import Record, Suggestion, record_of, suggested
from models.holders.lane.rules import read_lane_rules
from models.holders.lane.tables import ConductNote, FastLane, Pattern
from models.holders.tables import HeldFiling
from models.outbox import OutboxRow
from models.people.roles import Role
from models.people.tables import Account
from models.types import beijing_date
from shared.services import services
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case, an_office
from tests.support.filings import FACTS, Walker
from tests.support.holders import a_holder, a_right, organisation_id
from tests.support.visitors import sign_in

RULES = read_lane_rules()
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_opening() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def holder(session: Session, office: Office) -> Account:
    return a_holder(session, office.intake, now=OPENED)


@pytest.fixture
def head(session: Session, office: Office) -> Account:
    return office.head


def _ended(session: Session, holder: Account, office: Office, outcome: Outcome, many: int = 1) -> list[Case]:
    made = []
    for _one in range(many):
        case = a_case(session)
        session.add(HeldFiling(filing_id=case.filing_id, organisation_id=organisation_id(session, holder)))
        case.state, case.outcome, case.reasons = State.CLOSED, outcome, "已处理"
        case.accepted_at = case.answered_at = case.closed_at = OPENED
        case.last_act = Act.CLOSE
        made.append(case)
    session.flush()
    return made


def test_the_numbers_suggest_and_decide_nothing(session: Session, office: Office, holder: Account) -> None:
    number = organisation_id(session, holder)
    _ended(session, holder, office, Outcome.FILED, 10)
    found = record_of(session, number, RULES, now=OPENED)
    assert (found.good, found.bad, found.upheld, found.success) == (10, 0, 0, 1.0)
    assert suggested(found, RULES, has_lane=False) is Suggestion.GRANT
    assert lane_of(session, number) is None
    _ended(session, holder, office, Outcome.UNFOUNDED, 5)
    found = record_of(session, number, RULES, now=OPENED)
    assert suggested(found, RULES, has_lane=True) is Suggestion.WITHDRAW
    assert suggested(found, RULES, has_lane=False) is None
    long_after = OPENED + 200 * DAY
    assert record_of(session, number, RULES, now=long_after).judged == 0


@pytest.mark.parametrize(
    ("good", "bad", "upheld", "hint"),
    [
        (9, 0, 0, None),
        (10, 0, 0, Suggestion.GRANT),
        (18, 2, 1, Suggestion.GRANT),
        (18, 2, 2, None),
        (8, 2, 0, None),
    ],
)
def test_where_the_lines_are(good: int, bad: int, upheld: int, hint: Suggestion | None) -> None:
    record = Record(since=beijing_date(OPENED), ended=good + bad, good=good, bad=bad, upheld=upheld)
    assert suggested(record, RULES, has_lane=False) is hint


def test_an_upheld_statement_of_the_company_counts(session: Session, office: Office, holder: Account) -> None:
    case = _ended(session, holder, office, Outcome.FILED)[0]
    case.state, case.closed_at, case.outcome, case.answered_at = State.HANDLING, None, None, None
    asked = invite(
        session,
        case=case,
        company="示例店",
        words="请说明",
        files=[],
        days=5,
        actor=office.intake,
        now=OPENED,
    )
    said = answer(
        session, invitation=asked, signed_by="店长", represented_by="", body="有授权", files=[], now=OPENED
    )
    find_on_statement(
        session, statement=said, is_upheld=True, reasons="有授权书", actor=office.intake, now=OPENED
    )
    case.state, case.outcome, case.answered_at, case.closed_at = (
        State.CLOSED,
        Outcome.UNFOUNDED,
        OPENED,
        OPENED,
    )
    session.flush()
    found = record_of(session, organisation_id(session, holder), RULES, now=OPENED)
    assert (found.upheld, found.bad, found.upheld_share) == (1, 1, 1.0)


def test_granted_used_withdrawn_with_notice_and_appealed(
    app: Flask, session: Session, office: Office, holder: Account, head: Account
) -> None:
    number, store = organisation_id(session, holder), None
    with app.app_context():
        store = services().files
        right = a_right(session, holder, office.intake, store, now=OPENED)
    other_head = StaffFactory(role=Role.HEAD, unit=office.bureau)
    session.commit()
    desk, client = sign_in(app.test_client(), head), sign_in(app.test_client(), holder)
    at = f"/casework/holders/records/{number}"
    Pages(desk).get("/casework/holders/records/")
    assert "请写明理由" in Pages(desk).post(f"{at}/grant", {"reasons": ""}).text
    assert desk.post(f"{at}/grant", data={"reasons": "重点企业，记录良好"}).status_code == 303
    assert "重点企业" in Pages(client).get("/account/lane/").text
    assert desk.post(f"{at}/grant", data={"reasons": "再给"}).status_code == 409

    client.post(f"/account/rights/file/{right.id}")
    walker = Walker(client, "/account/file")
    walker.send("", right_type="trademark")
    walker.send("facts", **{**FACTS, "respondent_uscc": ""})
    walker.send("contact", name="测试乙", phone="13800001234", email="")
    assert "委托书" not in Pages(client).get("/account/file/check").text
    walker.submit()
    filing = session.scalars(select(Filing).where(Filing.is_fast)).one()
    assert filing.data["fast_lane"] is True
    queue = Pages(desk).get("/casework/?view=open&lane=fast_lane").text
    assert filing.shown_reference in queue
    assert "法定期限不变" in Pages(desk).get(f"/casework/cases/{filing.reference}").text

    lane = session.scalars(select(FastLane)).one()
    assert desk.post(f"{at}/withdraw/{lane.id}", data={"reasons": "查实率低"}).status_code == 303
    today = beijing_date(OPENED)
    session.expire_all()
    assert is_in_lane(session, number, today + 7 * DAY), "it goes on until its last day"
    assert not is_in_lane(session, number, today + 8 * DAY)
    page = Pages(client).get("/account/lane/").text
    assert "查实率低" in page
    Pages(client).get("/en/account/lane/")
    Pages(client).get(f"/account/lane/appeals/lane/{lane.id}")
    objection = {"appeal": "两件正在复议"}
    assert client.post(f"/account/lane/appeals/lane/{lane.id}", data=objection).status_code == 303
    assert client.post(f"/account/lane/appeals/lane/{lane.id}", data=objection).status_code == 409
    session.expire_all()
    assert is_in_lane(session, number, today + 30 * DAY), "nothing is taken while an appeal waits"
    assert end_due_lanes(session, OPENED + 30 * DAY) == 0
    decision = {"upheld": "no", "answer": "复议已经结束"}
    assert desk.post(f"/casework/holders/records/appeals/lane/{lane.id}", data=decision).status_code == 403
    second = sign_in(app.test_client(), other_head)
    Pages(second).get(f"/casework/holders/records/appeals/lane/{lane.id}")
    assert second.post(f"/casework/holders/records/appeals/lane/{lane.id}", data=decision).status_code == 303
    assert "申诉不成立" in Pages(client).get("/account/lane/").text
    session.expire_all()
    assert end_due_lanes(session, OPENED + 30 * DAY) == 1
    mails = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail")).all()
    assert sum(row.payload["subject"].startswith("直通车") for row in mails) == 3


def test_patterns_are_signals_and_notes_are_open_to_appeal(
    app: Flask, session: Session, office: Office, holder: Account, head: Account
) -> None:
    number = organisation_id(session, holder)
    for one in range(20):
        case = _ended(session, holder, office, Outcome.FILED)[0]
        filing = case.filing
        filing.respondent_name, filing.right_number = f"第 {one} 家店", "US 7,654,321" if one == 0 else "123"
        filing.facts = "被举报方在店里出售标有演示牌商标的水杯，与权利人的注册商标相同。"
        session.flush()
        mine = select(FilingMark).where(FilingMark.filing_id == filing.id)
        known = {(mark.kind, mark.value) for mark in session.scalars(mine)}
        session.add_all(
            FilingMark(filing_id=filing.id, kind=kind, value=value)
            for kind, value in marks_of(matter_of(filing)) - known
        )
        if one < 12:
            case.state, case.outcome = State.WITHDRAWN, None
    session.commit()
    found = {one.pattern for one in signals(session, number, RULES, now=OPENED)}
    assert found == {Pattern.SAME_TEXT, Pattern.SETTLED, Pattern.FOREIGN_RIGHT}
    desk, client = sign_in(app.test_client(), head), sign_in(app.test_client(), holder)
    assert "20 个不同的被举报方" in Pages(desk).get(f"/casework/holders/records/{number}").text
    Pages(desk).get(f"/en/casework/holders/records/{number}/notes")
    told = {"pattern": "settled", "reasons": "撤回的多是收钱以后"}
    assert desk.post(f"/casework/holders/records/{number}/notes", data=told).status_code == 303
    note = session.scalars(select(ConductNote)).one()
    case_page = Pages(desk).get(f"/casework/cases/{filing.reference}/response").text
    assert "受理以后大量撤回" in case_page
    assert "演示水杯有限公司" not in case_page, "who filed stays in the envelope"
    stranger = sign_in(app.test_client(), a_holder(session, office.intake, now=OPENED, name="别的公司"))
    session.commit()
    assert stranger.get(f"/account/lane/appeals/note/{note.id}").status_code == 404
    assert client.post(f"/account/lane/appeals/note/{note.id}", data={"appeal": "是和解"}).status_code == 303


def test_intake_sees_the_numbers_and_decides_nothing(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    session.commit()
    desk = sign_in(app.test_client(), office.intake)
    at = f"/casework/holders/records/{organisation_id(session, holder)}"
    assert "给予直通车" not in Pages(desk).get(at).text
    assert desk.post(f"{at}/grant", data={"reasons": "好"}).status_code == 403
