"""The board, notices and the calendar feed: who sees what, and that a secret address can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.operations import accept, answer, close
from models.cases.recusal.operations import recuse
from models.cases.recusal.terms import RecusalReason
from models.cases.tables import Case
from models.cases.terms import Outcome, State
from models.cases.transfers import return_transfer, transfer
from models.ledger.queries import latest
from models.people.roles import Role
from models.people.tables import Account
from models.supervision.case_news import tell_units
from models.supervision.climbing import climb
from models.supervision.ladder import read_ladders
from models.supervision.tables import CalendarFeed, Talk
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case, handed_on, in_the_county, led_to

Browser = Callable[[Account], FlaskClient]
LATE = dt.datetime(2026, 12, 16, 2, 0, tzinfo=dt.UTC)  # three working days after the end


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    made = in_the_county(session, office)
    session.commit()
    return made


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
def test_the_board_shows_what_is_late_by_unit_and_handler(
    session: Session, office: Office, case: Case, browser: Browser, language: str
) -> None:
    climb(session, ladders=read_ladders(), profile="pingdingshan", now=LATE)
    session.commit()
    with time_machine.travel(LATE, tick=False):
        page = Pages(browser(office.supervisor)).get(f"{language}/casework/supervision")
    row = page.select_one("section#loads tbody tr")
    cells = [cell.get_text(strip=True) for cell in row.select("td")]
    assert cells[1:3] == ["县承办人戊", "1"]
    assert case.shown_reference in page.get_text()
    if not language:
        assert "督办" in page.select_one("section#late").get_text()
    with time_machine.travel(LATE, tick=False):
        behind = Pages(browser(office.supervisor)).get(row.select_one("td.late-number a")["href"])
        queue = Pages(browser(office.supervisor)).get(row.select("td")[1].a["href"])
    assert case.shown_reference in behind.select_one("main tbody").get_text()
    assert case.shown_reference in queue.select_one("main tbody").get_text()
    assert "县承办人戊" in queue.select_one("ul.chips").get_text()


def test_the_figures_of_the_board_open_to_what_they_count(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    statistician = StaffFactory(role=Role.STATISTICIAN, unit=office.bureau)
    session.commit()
    figure = f"/casework/supervision/limits/{office.county.id}/late"
    with time_machine.travel(LATE, tick=False):
        pages = Pages(browser(office.supervisor))
        assert len(pages.get(figure).select("main tbody tr")) == 1
        assert not pages.get(f"{figure}?holder=0").select("main tbody a"), "somebody has it"
        for other in ("missed", "today", "soon", "promises"):
            pages.get(figure.replace("late", other))
        pages.get(f"{figure}?holder=x")
        pages.get(figure.replace(str(office.county.id), "404404"), status=404)
        assert browser(office.county_handler).get(figure).status_code == 404, "no board of one's own"
        assert browser(statistician).get(figure).status_code == 403
        board = Pages(browser(statistician)).get("/casework/supervision")
        assert not board.select("section#loads a, section#late a"), "figures, but no cases"
        recuse(
            session, case=case, account=office.supervisor, reason=RecusalReason.INTEREST,
            words="亲属", actor=office.supervisor, now=OPENED,
        )  # fmt: skip
        session.commit()
        assert not pages.get(figure).select("main tbody a")
        board = pages.get("/casework/supervision")
        assert case.shown_reference not in board.get_text()
        assert not board.select("section#loads td.late-number"), "nor counted"


def test_the_board_of_a_county_head_does_not_show_the_sibling(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    with time_machine.travel(LATE, tick=False):
        refused = browser(office.sibling_handler).get("/casework/supervision")
    assert refused.status_code == 403


def test_bounced_transfers_are_counted_for_both_sides(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case(session)
    for _ in range(2):
        transfer(session, case=case, to_unit=office.county, reasons="属地", actor=office.intake, now=OPENED)
        return_transfer(session, case=case, reasons="不属本县", actor=office.county_intake, now=OPENED)
    session.commit()
    page = Pages(browser(office.supervisor)).get("/casework/supervision")
    section = page.select_one("section#bounces")
    rows = {cells[0].get_text(): [cell.get_text() for cell in cells[1:]] for cells in _rows(section)}
    assert rows[office.bureau.name] == ["2", "2", "0"]
    assert rows[office.county.name] == ["0", "0", "2"]
    assert case.shown_reference in section.get_text(), "returned twice: somebody has to designate"
    for link in section.select("tbody a"):
        rows = Pages(browser(office.supervisor)).get(f"/en{link['href']}").select("main tbody tr")
        assert [case.shown_reference in row.get_text() for row in rows] == [True] * int(link.get_text())


def _rows(section: object) -> list[list[object]]:
    return [row.select("td") for row in section.select("tbody tr")]  # type: ignore[attr-defined]


def test_a_talk_goes_on_record(session: Session, office: Office, case: Case, browser: Browser) -> None:
    client = browser(office.supervisor)
    words = {"matter": "连续逾期", "agreed": "本月底前清理完毕", "held_on": "2026-11-20"}
    sent = client.post(
        "/casework/supervision/talks/new",
        data={**words, "unit": str(office.county.id), "reference": case.shown_reference},
    )
    assert sent.status_code == 303
    talk = session.scalars(select(Talk)).one()
    assert (talk.unit_id, talk.case_id) == (office.county.id, case.id)
    assert latest(session)[0].act == "supervision.talk"
    assert "连续逾期" not in latest(session)[0].data
    assert "连续逾期" in Pages(client).get("/casework/supervision").get_text()
    Pages(client).post("/casework/supervision/talks/new", {**words, "held_on": "2027-01-01"})


def test_notices_are_listed_and_marked_as_read(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    climb(session, ladders=read_ladders(), profile="pingdingshan", now=LATE)
    session.commit()
    client = browser(office.county_handler)
    page = Pages(client).get("/casework/notices")
    assert case.shown_reference in page.get_text()
    newest = page.select_one("input[name=up_to]")["value"]
    assert client.post("/casework/notices/read", data={"up_to": newest}).status_code == 303
    assert not Pages(client).get("/en/casework/notices").select("input[name=up_to]")


def test_feedback_tells_a_unit_in_between_the_result_and_opens_nothing(
    session: Session, office: Office, browser: Browser
) -> None:
    passed = handed_on(session, office)
    accept(session, case=passed, actor=office.intake, now=OPENED)
    led_to(session, office, passed, State.MEDIATED)
    answer(session, case=passed, body="答复内容", actor=office.intake, now=OPENED)
    done = {"outcome": Outcome.MEDIATED, "reasons": "双方和解", "actor": office.intake, "now": OPENED}
    close(session, case=passed, **done)  # type: ignore[arg-type]
    tell_units(session, entry=passed.acts[-1], now=OPENED)
    session.commit()
    page = Pages(browser(office.county_intake)).get("/casework/notices")
    assert passed.shown_reference in page.get_text()
    assert "调解达成协议" in page.get_text()
    assert not page.select(f"a[href$='{passed.shown_reference}']")


def test_a_feed_holds_the_due_dates_and_no_name_and_can_be_revoked(
    session: Session, office: Office, case: Case, browser: Browser, app: Flask
) -> None:
    client, anyone = browser(office.county_handler), app.test_client()
    given = Pages(client).post("/casework/feed", {}, status=200)
    path = given.select_one("#feed-address")["value"].removeprefix("http://localhost")
    assert path.rsplit("/", 1)[1][:-4] not in [
        row.token_sha256 for row in session.scalars(select(CalendarFeed))
    ]
    answer = anyone.get(path)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert case.shown_reference in answer.text
    assert "DTSTART;VALUE=DATE:20261211" in answer.text
    assert case.filing.respondent_name not in answer.text
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    client.post("/casework/feed")
    assert anyone.get(path).status_code == 404, "a new address stops the old one"
    client.post("/casework/feed/revoke")
    assert session.scalars(select(CalendarFeed).where(CalendarFeed.revoked_at.is_(None))).all() == []
