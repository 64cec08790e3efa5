"""What stands beside a number while it is typed: the same as on sending, and never that a right holds."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.filings.tables import Draft, Filing
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.filings import Walker


@pytest.fixture
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


def _told(client: FlaskClient, name: str, value: str) -> str:
    answer = client.post("/file/look", data={"name": name, "value": value})
    return str(answer.json["sentence"])


@pytest.mark.parametrize(
    ("right", "number", "words"),
    [
        (
            "patent_passing_off",
            "ＺＬ２０１７１０６０１８６２．３",
            "2017 年申请的发明专利。格式正确，不等于权利有效。",
        ),
        ("patent_passing_off", "95115608.x", "1995 年申请的发明专利"),
        ("patent_infringement", "202310123456.7", "校验位不符"),
        ("trademark", "G1234567A", "格式正确，不等于权利有效。"),
        ("trademark", "第12345678901号", "与常见的写法不同"),
        ("copyright", "国作登字-2020-A-00000001", ""),
    ],
)
def test_a_right_number_is_told_by_its_kind(client: FlaskClient, right: str, number: str, words: str) -> None:
    walker = Walker(client)
    walker.send("", situation="report")
    walker.send("kind", right_type=right)
    told = _told(client, "right_number", number)
    assert words in told
    assert bool(told) == bool(words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("41900119900101001X", "格式正确"),  # 济源, before the code existed
        ("810000199001010018", "格式正确"),  # residence permits of Hong Kong,
        ("820000199001010012", "格式正确"),  # Macao
        ("830000199001010017", "格式正确"),  # and Taiwan
        ("110101209901010015", "出生日期不对"),
        ("110101199013010011", "出生日期不对"),
        ("41900119900101001", "18 位"),
        ("999999199001010010", "最后一位"),
    ],
)
def test_an_identity_number_is_judged_by_form_date_and_check(
    client: FlaskClient, number: str, words: str
) -> None:
    with time_machine.travel("2026-11-22T04:00:00+00:00"):
        assert words in _told(client, "id_number", _with_check(number) if "格式" in words else number)


def _with_check(number: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    return number[:17] + "10X98765432"[total % 11]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("respondent_uscc", "91110000600037341L", "不等于企业存在"),
        ("respondent_uscc", "91110000600037341M", "校验位不对"),
        ("nice_class", "25", "服装鞋帽"),
        ("nice_class", "46", "1 至 45"),
        ("nice_class", "²", "1 至 45"),
        ("facts", "什么都行", ""),
        ("right_number", " ", ""),
    ],
)
def test_other_numbers(client: FlaskClient, name: str, value: str, words: str) -> None:
    told = _told(client, name, value)
    assert words in told
    assert bool(told) == bool(words)


def test_looking_keeps_nothing(client: FlaskClient, session: Session) -> None:
    _told(client, "id_number", "110101199001010015")
    assert session.scalars(select(Draft)).all() == []


def test_staff_see_what_the_checklist_still_lacks(
    app: Flask, client: FlaskClient, session: Session, office: Office
) -> None:
    walker = Walker(client)
    walker.to_check()
    walker.submit()
    staff = app.test_client()
    with staff.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = office.intake.fs_uniquifier, True
    reference = session.scalars(select(Filing)).one().reference
    page = Pages(staff).get(f"/casework/cases/{reference}").text
    assert "材料清单里还缺" in page
    assert "购买凭证" in page
