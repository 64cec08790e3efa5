"""Suspending, resuming and extending a deadline on the page of the case: who may, what is refused, who is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.deadline_events import deadline_steps
from models.cases.tables import Case
from models.clocks.queries import deadlines_of
from models.clocks.tables import Deadline, DeadlineExtension
from models.ledger.queries import latest
from models.outbox import OutboxRow
from models.people.tables import Account
from tests.pages import Pages
from tests.support.cases import Office, in_the_county

Browser = Callable[[Account], FlaskClient]
LATER = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    made = in_the_county(session, office)
    session.commit()
    return made


def limit(session: Session, case: Case) -> Deadline:
    """The limit set by law, as the database has it."""
    session.expire_all()
    return next(one for one in deadlines_of(session, [case])[case.id] if one.rule_id == "report_verify")


def path(case: Case, deadline: Deadline, act: str) -> str:
    return f"/casework/cases/{case.shown_reference}/deadlines/{deadline.id}/{act}"


SUSPENSION = {"reason": "testing", "from_on": "2026-11-23", "evidence": "检测委托书"}


def test_a_handler_suspends_and_resumes_and_the_filer_is_told_both_times(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    deadline = limit(session, case)
    end = deadline.legal_end
    with time_machine.travel(LATER, tick=False):
        client = browser(office.county_handler)
        sent = client.post(path(case, deadline, "suspend"), data=SUSPENSION)
        assert sent.status_code == 303
        assert limit(session, case).paused_from == dt.date(2026, 11, 23)
        assert client.post(path(case, deadline, "resume"), data={"on": "2026-11-24"}).status_code == 303
    assert limit(session, case).legal_end == end + dt.timedelta(days=3)  # Friday moves to Monday
    keys = [row.key for row in session.scalars(select(OutboxRow)) if "sus" in row.key or "res" in row.key]
    assert len(keys) == 2
    acts = [event.act for event in latest(session)]
    assert acts[:2] == ["deadline.resume", "deadline.suspend"]


def test_only_reasons_of_the_rule_are_offered(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    page = Pages(browser(office.county_handler)).get(path(case, limit(session, case), "suspend"))
    offered = {option["value"] for option in page.select("select[name=reason] option")}
    assert offered == {"", "testing", "inspection", "quarantine", "appraisal", "owner_identification"}


def test_a_head_extends_once_and_a_second_time_is_refused_with_the_article(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    client, deadline = browser(office.head), limit(session, case)
    assert client.post(path(case, deadline, "extend"), data={"reason": "案情复杂"}).status_code == 303
    assert limit(session, case).legal_end == dt.date(2027, 1, 4)
    assert session.scalars(select(DeadlineExtension)).one().filer_told_at is not None
    page = Pages(client).post(path(case, deadline, "extend"), {"reason": "再延长"}, status=409)
    assert "最多延长 1 次（程序规定 第18条" in page.get_text()


def test_a_handler_who_extends_is_refused_with_the_article(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    deadline = limit(session, case)
    refused = browser(office.county_handler).post(path(case, deadline, "extend"), data={"reason": "案情复杂"})
    assert refused.status_code == 403
    assert "部门负责人" in refused.text
    assert "程序规定 第18条" in refused.text
    assert limit(session, case).extended == 0


def test_an_officer_elsewhere_cannot_reach_the_deadline(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    deadline = limit(session, case)
    refused = browser(office.sibling_handler).post(path(case, deadline, "suspend"), data=SUSPENSION)
    assert refused.status_code == 404


def test_the_deadline_of_another_case_is_not_found(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    other = in_the_county(session, office)
    session.commit()
    address = path(case, limit(session, other), "suspend")
    assert browser(office.county_handler).get(address).status_code == 404


def test_the_page_of_the_case_tells_what_happened_and_offers_what_is_open(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    deadline = limit(session, case)
    with time_machine.travel(LATER, tick=False):
        client = browser(office.county_handler)
        client.post(path(case, deadline, "suspend"), data=SUSPENSION)
        page = Pages(client).get(f"/casework/cases/{case.shown_reference}")
        text = page.get_text()
        assert "举报线索核查并决定是否立案时限中止" in text
        assert "依据材料：检测委托书" in text
        assert page.select_one(f"a[href$='/deadlines/{deadline.id}/resume']")
        Pages(client).get(f"/en/casework/cases/{case.shown_reference}")


def test_the_filer_reads_that_it_was_suspended_but_not_the_document(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    deadline = limit(session, case)
    with time_machine.travel(LATER, tick=False):
        client = browser(office.county_handler)
        client.post(path(case, deadline, "suspend"), data=SUSPENSION)
    session.expire_all()
    with client.application.test_request_context():
        steps = deadline_steps(session, deadlines_of(session, [case])[case.id], for_staff=False)
    assert [step.title for step in steps] == ["举报线索核查并决定是否立案时限中止"]
    assert "检测委托书" not in steps[0].text


def test_programs_read_each_deadline_day_by_day(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    answer = browser(office.county_handler).get(f"/casework/cases/{case.shown_reference}/deadlines.json")
    found = {one["rule"]: one for one in answer.json["deadlines"]}["report_verify"]
    assert found["legal_end"] == "2026-12-11"
    assert sum(day["counted"] for day in found["days"]) == 15
    assert found["standing"] == "in_time"


def test_the_page_tells_apart_who_received_it_when(office: Office, case: Case, browser: Browser) -> None:
    text = Pages(browser(office.county_handler)).get(f"/casework/cases/{case.shown_reference}").get_text()
    assert text.index("首次收到（本站）") < text.index("接收机构登记") < text.index("现在的机构签收")
    Pages(browser(office.county_handler)).get(f"/en/casework/cases/{case.shown_reference}")
