"""Looking for cases: folded, exact, by any number – and never by who filed, nor out of sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.cases import mentions, queue
from models.cases.operations import open_case
from models.cases.queue import Sort, Wanted, sight_of
from models.cases.sight import View
from models.cases.tables import Case
from models.cases.texts import CaseText, pair_again
from models.people.actors import FILER
from models.people.tables import Account
from models.types import beijing_date
from search.cases import folded_text, keep_missing
from search.fold import fold
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_filing

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    """A case with words of every kind in it."""
    filing = a_filing(session)
    filing.respondent_name = "示例县龍門百货店（總店）"
    filing.facts = "该店在摊位出售假冒注册商标的ＡＢＣ牌水杯，每只售价１２元。"
    filing.right_number = "ZL201710601862.3"
    filing.data = {"line_number": "12345-20261120-0007"}
    made = open_case(session, filing=filing, actor=FILER, now=OPENED)
    other = a_filing(session)
    other.facts = "另一件事。"
    open_case(session, filing=other, actor=FILER, now=OPENED)
    session.commit()
    return made


def found(client: FlaskClient, words: str) -> list[str]:
    page = Pages(client).get(f"/casework/?view=open&q={words}")
    return [link.get_text() for link in page.select(".queue__open")]


@pytest.mark.parametrize(
    "words", ["龙门", "龍門", "水杯", "abc牌", "ＡＢＣ", "售价12元", "（总店）", "(總店)", "商标的ABC牌水"]
)
def test_any_two_signs_are_found_however_they_are_written(
    office: Office, case: Case, browser: Browser, words: str
) -> None:
    assert found(browser(office.intake), words) == [case.shown_reference]


def test_every_part_of_the_text_is_found_and_nothing_else(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    text, client = fold(case.filing.facts).text, browser(office.intake)
    for start in range(0, len(text) - 2, 3):
        assert found(client, text[start : start + 2 + start % 5]) == [case.shown_reference]
    assert found(client, "水杯假冒") == []
    assert found(client, '"水杯" OR 1') == []


def test_a_number_of_one_case_leads_straight_to_it(office: Office, case: Case, browser: Browser) -> None:
    client = browser(office.intake)
    for number in ("zl201710601862.3", "ZL 201710601862.3", "12345-20261120-0007"):
        answer = client.get(f"/casework/?q={number}")
        assert answer.status_code == 303, number
        assert str(answer.location).endswith(case.shown_reference)
    assert client.get("/casework/?q=99999999").status_code == 200


def test_who_may_not_see_a_case_does_not_find_it(office: Office, case: Case, browser: Browser) -> None:
    client = browser(office.sibling_handler)
    assert found(client, "水杯") == []
    assert client.get("/casework/?q=ZL201710601862.3").status_code == 200


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("looked_into", [1, 4, 7, 12, 100])
def test_pages_are_the_same_whoever_finds_the_words(
    session: Session, office: Office, monkeypatch: pytest.MonkeyPatch, looked_into: int, sort: Sort
) -> None:
    """The first cases are looked into one by one, the others are the index's to find: nothing twice, nothing left out."""
    monkeypatch.setattr(mentions, "LOOKED_INTO", (looked_into // 2 or 1, looked_into))
    monkeypatch.setattr(queue, "PAGE", 2)
    monkeypatch.setattr(queue, "MOST_COUNTED_WITH_TEXT", 7)
    numbers: dict[str, list[int]] = {"常见的字": [], "少见的字": [], "没有的字": []}
    for at in range(12):
        filing = a_filing(session)
        filing.facts = "常见的字，" if at % 3 else "常见的字，少见的字，"
        made = open_case(session, filing=filing, actor=FILER, now=OPENED - dt.timedelta(days=at % 5))
        for words, held in numbers.items():
            held += [made.id] * (words in filing.facts)
    session.commit()

    for words, held in numbers.items():
        seen: list[int] = []
        after = ""
        while True:
            wanted = Wanted(View.OPEN, text=words, folded=words, sort=sort, after=after)
            page = queue.queue(session, sight_of(session, office.intake, beijing_date(OPENED)), wanted)
            if page.is_counted:
                assert page.total == len(held) <= 7
            else:
                assert 2 < page.total <= len(held)
            assert page.is_counted or looked_into < 100 or len(held) > 7
            seen += [row.case.id for row in page.rows]
            if not (after := page.after):
                break
            assert len(page.rows) == 2
        due = {number: session.get_one(Case, number).due_on for number in held}
        by_due = sorted(held, key=lambda number: (due[number], number))
        assert seen == (by_due if sort is Sort.DUE else sorted(held, reverse=True))


def test_what_is_looked_for_twice_and_then_in_the_index_takes_no_more_queries_than_a_page_may(
    session: Session,
    office: Office,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    """The longest way: among the first cases the words seem likelier to fill a page than they are."""
    monkeypatch.setattr(mentions, "LOOKED_INTO", (2, 4))
    monkeypatch.setattr(queue, "PAGE", 2)
    for at in range(8):
        filing = a_filing(session)
        filing.facts = "常见的字，" if at in (0, 7) else "没有的字，"
        open_case(session, filing=filing, actor=FILER, now=OPENED)
    session.commit()
    client = browser(office.head)
    with count_queries() as statements:
        page = client.get("/casework/?view=open&sort=due&q=常见的字").text
    assert page.count('class="queue__open"') == 2  # the last is the index's to find
    assert sum("LEFT OUTER JOIN case_texts" in one for one in statements) == 2
    assert len(statements) <= 12, statements


def test_nothing_of_the_filer_is_in_the_text(session: Session, case: Case) -> None:
    text = session.scalars(select(CaseText.words).where(CaseText.case_id == case.id)).one()
    assert text == folded_text(case)
    assert case.filing.query_code_hmac not in text


def test_cases_from_before_get_their_text(
    session: Session, office: Office, case: Case, browser: Browser
) -> None:
    session.execute(delete(CaseText))
    pair_again(session)
    session.commit()
    assert found(browser(office.intake), "水杯") == []
    assert keep_missing(session) == 2
    session.commit()
    assert keep_missing(session) == 0
    assert found(browser(office.intake), "水杯") == [case.shown_reference]
