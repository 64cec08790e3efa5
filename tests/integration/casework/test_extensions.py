"""A longer limit is asked for by one person and granted by another; the filer learns what was granted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.cases.counting import counts
from models.cases.queue import Wanted, default_view, queue, sight_of
from models.cases.sight import View
from models.cases.tables import Case
from models.clocks.operations import start_deadline
from models.clocks.queries import deadlines_of
from models.clocks.request_tables import ExtensionRequest
from models.clocks.tables import Deadline, DeadlineExtension
from models.ledger.queries import latest
from models.outbox import OutboxRow
from models.people.tables import Account
from models.supervision.tables import StaffNotice
from models.supervision.terms import NoticeKind
from tests.pages import Pages
from tests.support.cases import OPENED, Office, in_the_county

Browser = Callable[[Account], FlaskClient]
TODAY = OPENED.date()


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    made = in_the_county(session, office)
    session.commit()
    return made


def limit(session: Session, case: Case, rule_id: str = "report_verify") -> Deadline:
    session.expire_all()
    return next(one for one in deadlines_of(session, [case])[case.id] if one.rule_id == rule_id)


def path(case: Case, deadline: Deadline, act: str) -> str:
    return f"/casework/cases/{case.shown_reference}/deadlines/{deadline.id}/{act}"


@pytest.fixture
def asked(session: Session, office: Office, case: Case, browser: Browser) -> Deadline:
    """The verification limit of the case, for which the handler has asked for more time."""
    deadline = limit(session, case)
    sent = browser(office.county_handler).post(
        path(case, deadline, "ask"), data={"reason": "案情复杂，需要外调"}
    )
    assert sent.status_code == 303
    return limit(session, case)


def test_what_was_asked_for_waits_in_the_queue_of_the_head(
    session: Session, office: Office, case: Case, asked: Deadline
) -> None:
    assert default_view(office.head) is View.TO_APPROVE
    for officer, number in ((office.head, 1), (office.county_handler, 0), (office.supervisor, 0)):
        assert counts(session, sight_of(session, officer, TODAY))[View.TO_APPROVE] == number
        page = queue(session, sight_of(session, officer, TODAY), Wanted(View.TO_APPROVE))
        assert [row.case.id for row in page.rows] == [case.id] * number
    (notice,) = session.scalars(select(StaffNotice).where(StaffNotice.kind == NoticeKind.EXTENSION))
    assert (notice.account_id, notice.data["what"]) == (office.head.id, "asked")
    assert asked.extended == 0, "nothing moves before it is granted"


def test_the_head_grants_it_and_filer_and_asker_are_told(
    session: Session, office: Office, case: Case, asked: Deadline, browser: Browser
) -> None:
    client = browser(office.head)
    text_of = Pages(client).get(path(case, asked, "decide")).get_text()
    assert "案情复杂，需要外调" in text_of
    assert office.county_handler.display_name in text_of
    Pages(client).get("/en" + path(case, asked, "decide"))
    assert client.post(path(case, asked, "decide"), data={"decision": "grant"}).status_code == 303
    assert limit(session, case).extended == 1
    assert session.scalars(select(DeadlineExtension)).one().filer_told_at is not None
    assert any(row.key.startswith("notify-filer:extension") for row in session.scalars(select(OutboxRow)))
    told = session.scalars(
        select(StaffNotice).where(StaffNotice.account_id == office.county_handler.id)
    ).all()
    assert [one.data["what"] for one in told if one.kind is NoticeKind.EXTENSION] == ["granted"]
    assert counts(session, sight_of(session, office.head, TODAY))[View.TO_APPROVE] == 0
    for language in ("", "/en", "/zh-hant"):
        Pages(browser(office.county_handler)).get(f"{language}/casework/notices")


def test_declining_takes_a_reason_and_moves_nothing(
    session: Session, office: Office, case: Case, asked: Deadline, browser: Browser
) -> None:
    client, end = browser(office.head), asked.legal_end
    page = Pages(client).post(path(case, asked, "decide"), {"decision": "decline", "answer": " "}, status=422)
    assert "请写明不批准的理由" in page.get_text()
    sent = client.post(path(case, asked, "decide"), data={"decision": "decline", "answer": "材料已经齐全"})
    assert sent.status_code == 303
    assert (limit(session, case).legal_end, limit(session, case).extended) == (end, 0)
    assert latest(session)[0].act == "deadline.decline_extension"
    again = browser(office.county_handler).post(path(case, asked, "ask"), data={"reason": "又有新情况"})
    assert again.status_code == 303, "after a refusal it may be asked for again"


def test_it_is_asked_for_once_at_a_time_and_not_by_others(
    session: Session, office: Office, case: Case, asked: Deadline, browser: Browser
) -> None:
    handler = browser(office.county_handler)
    assert handler.post(path(case, asked, "ask"), data={"reason": "再申请"}).status_code == 409
    assert handler.get(path(case, asked, "decide")).status_code == 403
    assert browser(office.sibling_handler).get(path(case, asked, "ask")).status_code == 404
    page = Pages(handler).get(f"/casework/cases/{case.shown_reference}")
    assert not page.select(f"a[href$='/deadlines/{asked.id}/ask']")
    head = Pages(browser(office.head)).get(f"/casework/cases/{case.shown_reference}")
    assert head.select_one(f"a[href$='/deadlines/{asked.id}/decide']")


def test_nobody_answers_their_own_request(session: Session, office: Office, asked: Deadline) -> None:
    request = session.scalars(select(ExtensionRequest)).one()
    request.decided_at, request.is_granted, request.decided_by_id = OPENED, True, request.asked_by_id
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_limit_that_cannot_be_extended_cannot_be_asked_for(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    promise = limit(session, case, "local_transfer")
    refused = Pages(browser(office.county_handler)).post(
        path(case, promise, "ask"), {"reason": "来不及"}, status=409
    )
    assert "时限不得延长" in refused.get_text()


def test_beyond_the_ordinary_extension_a_collective_discussion_fixes_the_length(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    start_deadline(
        session,
        rule_id="case_decision",
        subject=case,
        started_at=OPENED,
        now=OPENED,
        unit_id=office.county.id,
    )
    session.commit()
    deadline, head = limit(session, case, "case_decision"), browser(office.head)
    assert "集体讨论" not in Pages(head).get(path(case, deadline, "extend")).select_one("form").get_text()
    assert head.post(path(case, deadline, "extend"), data={"reason": "案情复杂"}).status_code == 303
    ordinary = limit(session, case, "case_decision").raw_end
    assert ordinary == TODAY + dt.timedelta(days=120)
    lacking = Pages(browser(office.county_handler)).post(
        path(case, deadline, "ask"), {"reason": "案情特别复杂"}, status=422
    )
    assert "请填写集体讨论记录的名称或者文号" in lacking.get_text()
    discussed = {"further_n": "45", "discussed_on": "2026-11-20", "minutes": "集体讨论记录〔2026〕3号"}
    with time_machine.travel(OPENED, tick=False):
        sent = browser(office.county_handler).post(
            path(case, deadline, "ask"), data={"reason": "案情特别复杂", **discussed}
        )
        assert sent.status_code == 303
        assert "集体讨论记录〔2026〕3号" in Pages(head).get(path(case, deadline, "decide")).get_text()
        assert head.post(path(case, deadline, "decide"), data={"decision": "grant"}).status_code == 303
    moved = limit(session, case, "case_decision")
    assert (moved.raw_end, moved.further_n, moved.extended) == (ordinary + dt.timedelta(days=45), 45, 1)
    granted = session.scalars(select(DeadlineExtension).order_by(DeadlineExtension.number)).all()
    assert [(one.number, one.further_n, one.minutes) for one in granted] == [
        (1, None, ""),
        (2, 45, "集体讨论记录〔2026〕3号"),
    ]
