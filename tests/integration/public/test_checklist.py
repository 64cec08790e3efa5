"""Per kind of right: its number by its name, its checklist, and what is still missing before and after sending."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.filings.right_numbers import NUMBER_NAME_LABELS
from models.filings.tables import Filing
from models.kinds import RightType
from tests.pages import Pages
from tests.support.cases import an_office
from tests.support.filings import FACTS, JPEG, Walker

NAMED = {"name": "测试甲某某", "phone": "13800001234", "email": "", "capacity": "self"}


@pytest.fixture(autouse=True)
def office(session: Session) -> None:
    an_office(session)
    session.commit()


@pytest.fixture
def walker(client: FlaskClient) -> Walker:
    return Walker(client)


def _walk(walker: Walker, right: RightType, number: str = "", situation: str = "owner") -> None:
    walker.send("", situation=situation)
    next_page = walker.send("kind", right_type=right.value).location
    if next_page.endswith("/wish"):
        next_page = walker.send("wish", situation="clue").location
    if next_page.endswith("/competent"):
        walker.send("competent")
    walker.send("facts", **{**FACTS, "right_number": number})
    walker.send("contact", **(NAMED if situation == "owner" else {"how": "anonymous"}))


def _missing(soup: BeautifulSoup) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in soup.select(".missing dt, .missing dd"):
        if tag.name == "dt":
            found[tag.text] = last = []
        else:
            last.append(tag.text)
    return found


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("right", RightType)
def test_each_kind_of_right_is_asked_in_its_own_words(
    walker: Walker, right: RightType, language: str
) -> None:
    _walk(walker, right)
    facts = Pages(walker.client).get(f"{language}/file/facts")
    assert bool(facts.select_one("[name=right_number]")) == (right in NUMBER_NAME_LABELS)
    evidence = Pages(walker.client).get(f"{language}/file/evidence")
    assert evidence.select("input[name=has]")
    assert _missing(Pages(walker.client).get(f"{language}/file/check"))


def test_what_is_ticked_is_missing_no_more_on_check_and_receipt(walker: Walker, session: Session) -> None:
    _walk(walker, RightType.TRADEMARK)
    before = _missing(BeautifulSoup(walker.client.get("/file/check").text, "html5lib"))
    assert list(before) == ["权属", "侵权证据", "主体", "授权"]
    ticks = ["trademark_certificate", "power_of_attorney", "purchase"]
    assert walker.send("evidence", has=ticks, act="continue").status_code == 303
    without_files = _missing(BeautifulSoup(walker.client.get("/file/check").text, "html5lib"))
    assert without_files == before, "what no file holds is missing, whatever is ticked"
    walker.upload((JPEG, "证书.jpg"))
    walker.send("evidence", has=ticks, act="continue")
    after = _missing(BeautifulSoup(walker.client.get("/file/check").text, "html5lib"))
    assert list(after) == ["侵权证据", "主体"]
    assert len(after["侵权证据"]) == len(before["侵权证据"]) - 1
    receipt = Pages(walker.client).get(walker.submit().location)
    assert _missing(receipt) == after
    filing = session.scalars(select(Filing)).one()
    assert filing.data["has"] == ticks


def test_ticks_are_there_when_one_comes_back(walker: Walker) -> None:
    _walk(walker, RightType.TRADEMARK)
    walker.send("evidence", has=["purchase"], act="continue")
    soup = BeautifulSoup(walker.client.get("/file/evidence").text, "html5lib")
    assert [tag["value"] for tag in soup.select("input[name=has][checked]")] == ["purchase"]


def test_an_anonymous_reporter_is_asked_for_what_they_saw_only(walker: Walker) -> None:
    _walk(walker, RightType.TRADEMARK, situation="report")
    assert list(_missing(BeautifulSoup(walker.client.get("/file/check").text, "html5lib"))) == ["侵权证据"]


def test_something_that_is_not_on_the_list_is_refused_in_words(walker: Walker) -> None:
    _walk(walker, RightType.TRADEMARK)
    page = Pages(walker.client).post("/file/evidence", {"has": "patent_certificate", "act": "continue"})
    assert page.select(".field__error")


@pytest.mark.parametrize(
    ("right", "number", "told"),
    [
        (RightType.PATENT_INFRINGEMENT, "ZL201710601862.3", "不等于权利有效"),
        (RightType.PATENT_PASSING_OFF, "202310123456.7", "校验位不符"),
        (RightType.TRADEMARK, "12345678901", "与常见的写法不同"),
    ],
)
def test_the_check_tells_what_the_form_of_a_number_tells(
    walker: Walker, right: RightType, number: str, told: str
) -> None:
    _walk(walker, right, number)
    page = walker.client.get("/file/check").text
    assert number in page
    assert told in page


def test_a_number_of_another_kind_does_not_travel_along(walker: Walker, session: Session) -> None:
    _walk(walker, RightType.TRADEMARK, "1234567")
    walker.send("kind", right_type="trade_secret")
    walker.submit()
    assert session.scalars(select(Filing)).one().right_number is None
