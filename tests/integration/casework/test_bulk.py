"""Many cases at once: assigned or transferred each for itself, and none that nobody has opened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.cases.operations import assign
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act, State
from models.ledger.queries import latest, verify
from models.people.tables import Account
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case_in

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def accepted(session: Session, office: Office) -> list[Case]:
    """Three cases that were accepted, and so opened."""
    cases = [a_case_in(session, office, State.ACCEPTED) for _ in range(3)]
    session.commit()
    return cases


def picked(cases: list[Case]) -> dict[str, list[str]]:
    """What the form of the page sends."""
    return {
        "case": [f"{case.id}:{case.version}" for case in cases],
        "pick": [case.shown_reference for case in cases],
    }


def test_the_queue_offers_what_the_officer_may_do_to_many(
    office: Office, accepted: list[Case], browser: Browser
) -> None:
    for language in ("", "/en"):
        page = Pages(browser(office.intake)).get(f"{language}/casework/?view=open")
        assert {one["data-act"] for one in page.select("[data-act]")} == {"assign", "transfer"}
        assert len(page.select("input[name=pick]")) == 3
    assert not Pages(browser(office.supervisor)).get("/casework/?view=open").select("input[name=pick]")


def test_many_are_assigned_each_with_its_own_act_in_the_ledger(
    session: Session, office: Office, accepted: list[Case], browser: Browser
) -> None:
    client = browser(office.intake)
    address = "/casework/bulk/assign?" + "&".join(f"pick={case.reference}" for case in accepted)
    page = Pages(client).get(address)
    assert len(page.select("input[name=case][checked]")) == 3
    Pages(client).get("/en" + address)
    answer = Pages(client).post(
        "/casework/bulk/assign", {**picked(accepted), "handler": str(office.intake.id)}, status=200
    )
    assert "办理了 3 件，0 件没有办理" in answer.get_text()
    session.expire_all()
    assert {case.handler_id for case in accepted} == {office.intake.id}
    assert [event.act for event in latest(session)][:3] == ["case.assign"] * 3
    assert list(verify(session)) == []


def test_a_case_that_changed_meanwhile_stays_and_says_so_whoever_it_was(
    session: Session, office: Office, accepted: list[Case], browser: Browser
) -> None:
    sent = picked(accepted)
    assign(session, case=accepted[0], handler=office.intake, actor=office.intake, now=OPENED)
    session.commit()
    answer = Pages(browser(office.intake)).post(
        "/casework/bulk/assign", {**sent, "handler": str(office.intake.id)}, status=200
    )
    assert "办理了 2 件，1 件没有办理" in answer.get_text()
    assert "您打开页面以后，这个办件又有了变化" in answer.get_text()
    assert "同事" not in answer.select_one("main").get_text(), "it was this officer, elsewhere"
    done = select(func.count(CaseAct.id)).where(CaseAct.act == Act.ASSIGN, CaseAct.case_id == accepted[0].id)
    assert session.scalar(done) == 1


def test_nothing_that_nobody_has_opened_is_transferred(
    session: Session, office: Office, browser: Browser
) -> None:
    unread, read = (a_case_in(session, office, State.RECEIVED) for _ in range(2))
    session.commit()
    client = browser(office.intake)
    assert "未阅" in Pages(client).get("/casework/?view=new").get_text()
    assert client.post(f"/casework/cases/{read.reference}/seen").status_code == 303
    assert client.post(f"/casework/cases/{read.reference}/seen").status_code == 303
    session.expire_all()
    assert read.seen_at == OPENED
    assert [event.act for event in latest(session)].count("case.see") == 1
    form = {"unit": str(office.county.id), "reasons": "被举报人住所地在示例县"}
    answer = Pages(client).post("/casework/bulk/transfer", {**picked([unread, read]), **form}, status=200)
    assert "还没有人打开过这个办件" in answer.get_text()
    session.expire_all()
    assert (unread.state, read.state) == (State.RECEIVED, State.FORWARDED)


def test_the_page_marks_a_case_as_read_by_a_button_or_its_script(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.RECEIVED)
    session.commit()
    client = browser(office.intake)
    page = Pages(client).get(f"/casework/cases/{case.shown_reference}")
    assert page.select_one("[data-seen] form")["action"].endswith("/seen")
    session.expire_all()
    assert case.seen_at is None, "a GET writes nothing"
    client.post(f"/casework/cases/{case.reference}/seen")
    assert not Pages(client).get(f"/casework/cases/{case.shown_reference}").select("[data-seen]")


def test_cases_out_of_sight_are_left_out_and_nothing_is_said_of_them(
    session: Session, office: Office, accepted: list[Case], browser: Browser
) -> None:
    client = browser(office.sibling_handler)
    page = Pages(client).get(f"/casework/bulk/transfer?pick={accepted[0].reference}")
    assert "没有选中可以办理的办件" in page.get_text()
    form = {**picked(accepted), "unit": "1", "reasons": "一"}
    assert client.post("/casework/bulk/transfer", data=form).status_code == 422
    session.expire_all()
    assert {case.state for case in accepted} == {State.ACCEPTED}


def test_only_a_head_has_a_view_of_what_to_approve(office: Office, browser: Browser) -> None:
    assert "待我批准" in Pages(browser(office.head)).get("/casework/").get_text()
    assert "待我批准" not in Pages(browser(office.intake)).get("/casework/").get_text()


def test_closing_many_is_no_page(office: Office, browser: Browser) -> None:
    assert browser(office.intake).post("/casework/bulk/close").status_code == 404


@pytest.mark.parametrize("case", ["x", "1", "1:2:3"])
def test_a_broken_choice_is_a_sentence(
    office: Office, browser: Browser, accepted: list[Case], case: str
) -> None:
    sent = {"case": case, "pick": accepted[0].reference, "handler": str(office.intake.id)}
    page = Pages(browser(office.intake)).post("/casework/bulk/assign", sent, status=422)
    assert "请回到办件列表重新选择" in page.get_text()
