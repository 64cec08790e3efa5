"""The queue and the page of a case: what they show, to whom, and in how many queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.cases.counting import counts
from models.cases.queue import PAGE, sight_of
from models.cases.sight import View
from models.cases.terms import ENDED, State
from models.kinds import Track
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import AccountFactory, StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case, a_case_in, in_the_county

Browser = Callable[[Account], FlaskClient]
Counter = Callable[[], AbstractContextManager[list[str]]]
NOT_ENDED = len(set(State) - set(ENDED))
PREFIXES = pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])


@PREFIXES
def test_the_queue_keeps_the_house_style(
    session: Session, office: Office, browser: Browser, prefix: str
) -> None:
    for state in State:
        a_case_in(session, office, state)
    session.commit()
    soup = Pages(browser(office.intake)).get(f"{prefix}/casework/?view=open")
    assert len(soup.select("table tbody tr")) == NOT_ENDED


@pytest.mark.parametrize("prefix", ["", "/zh-hant"])
@pytest.mark.parametrize("state", list(State))
def test_a_case_in_every_state_keeps_the_house_style(
    session: Session, office: Office, browser: Browser, prefix: str, state: State
) -> None:
    case = a_case_in(session, office, state)
    session.commit()
    soup = Pages(browser(office.intake)).get(f"{prefix}/casework/cases/{case.shown_reference}")
    assert case.shown_reference in soup.select_one("h1").get_text()  # type: ignore[union-attr]


def test_late_cases_stand_on_top_and_say_by_how_much(
    session: Session, office: Office, browser: Browser
) -> None:
    a_case(session)
    late = a_case(session, Track.COMPLAINT, now=OPENED - dt.timedelta(days=20))
    session.commit()
    soup = Pages(browser(office.intake)).get("/casework/?view=new")
    first = soup.select("table tbody tr")[0]
    assert "is-late" in first["class"]
    assert late.shown_reference in first.get_text()
    assert "已超过" in first.get_text()


def test_a_page_of_the_queue_takes_few_queries_however_long_it_is(
    session: Session, office: Office, browser: Browser, count_queries: Counter
) -> None:
    client = browser(office.intake)
    for _case in range(PAGE + 1):  # a queue that fits on one page needs one query less
        a_case(session)
    session.commit()
    client.get("/casework/")
    with count_queries() as few:
        client.get("/casework/")
    for _case in range(60):
        a_case(session)
    session.commit()
    with count_queries() as many:
        client.get("/casework/")
    assert len(many) == len(few) <= 12, "\n".join(many)


def test_a_case_page_takes_few_queries_however_long_its_story(
    session: Session, office: Office, browser: Browser, count_queries: Counter
) -> None:
    case = in_the_county(session, office)
    session.commit()
    client, address = browser(office.county_handler), f"/casework/cases/{case.shown_reference}"
    with count_queries() as statements:
        assert client.get(address).status_code == 200
    assert len(statements) <= 12, "\n".join(statements)


def test_every_page_of_a_long_queue_follows_the_one_before(
    session: Session, office: Office, browser: Browser
) -> None:
    made = {a_case(session).shown_reference for _number in range(105)}
    session.commit()
    for order in ("due", "opened"):
        pages, address, seen = Pages(browser(office.intake)), f"/casework/?view=new&sort={order}", []
        while address:
            soup = pages.get(address)
            seen += [link.get_text() for link in soup.select(".queue__open")]
            following = soup.select_one("nav.next a.button")
            address = str(following["href"]) if following else ""
        assert len(seen) == 105
        assert set(seen) == made


def test_a_broken_page_address_is_told_and_not_guessed(office: Office, browser: Browser) -> None:
    response = browser(office.intake).get("/casework/?after=nonsense")
    assert response.status_code == 422
    assert "第一页" in response.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("light=late", 1),
        ("track=complaint", 1),
        ("right_type=trademark", 2),
        ("state=received", 2),
        ("q=演示百货店", 2),
        ("q=没有这家店", 0),
        ("q=50%25", 0),
        ("unit=bureau", 2),
        ("unit=county", 0),
        ("light=nonsense", 2),
    ],
)
def test_filters_stand_in_the_address(
    session: Session, office: Office, browser: Browser, query: str, found: int
) -> None:
    a_case(session)
    a_case(session, Track.COMPLAINT, now=OPENED - dt.timedelta(days=20))
    session.commit()
    soup = Pages(browser(office.intake)).get(f"/casework/?view=open&{query}")
    assert len(soup.select("table tbody tr")) == found


def test_a_whole_reference_leads_to_its_case(session: Session, office: Office, browser: Browser) -> None:
    case = a_case(session)
    session.commit()
    response = browser(office.intake).get(f"/casework/?q={case.shown_reference.lower()}")
    assert response.location == f"/casework/cases/{case.reference}"
    assert browser(office.sibling_handler).get(f"/casework/?q={case.reference}").status_code == 200


def test_each_role_begins_the_day_where_its_work_is(
    session: Session, office: Office, browser: Browser
) -> None:
    session.commit()
    for officer, view in [
        (office.intake, "待受理"),
        (office.county_handler, "我承办的"),
        (office.supervisor, "已逾期"),
    ]:
        soup = Pages(browser(officer)).get("/casework/")
        assert view in soup.select_one(".views a[aria-current]").get_text()  # type: ignore[union-attr]


def test_the_counts_are_those_of_the_views(session: Session, office: Office, browser: Browser) -> None:
    for state in State:
        a_case_in(session, office, state)
    in_the_county(session, office)
    session.commit()
    number_of = counts(session, sight_of(session, office.intake, OPENED.date()))
    assert number_of[View.OPEN] == NOT_ENDED + 1  # and the county's
    assert number_of[View.FOLLOWED] == 1
    for view, number in number_of.items():
        soup = Pages(browser(office.intake)).get(f"/casework/?view={view}")
        assert len(soup.select("table tbody tr")) == number, view


def test_what_is_closed_to_an_officer_says_why(session: Session, office: Office, browser: Browser) -> None:
    case = in_the_county(session, office)
    session.commit()
    text = Pages(browser(office.intake)).get(f"/casework/cases/{case.shown_reference}").get_text()
    assert f"由{office.county.name}办理" in text
    assert "只在“已答复”时可以办理" in text


def test_everybody_arrives_at_their_own_desk(session: Session, office: Office, browser: Browser) -> None:
    administrator = StaffFactory(role=Role.ADMINISTRATOR, unit=office.bureau)
    holder = AccountFactory()
    session.commit()
    for visitor, place in [(office.intake, "/casework/"), (administrator, "/admin/"), (holder, "/account/")]:
        assert browser(visitor).get("/after-sign-in").location == place
