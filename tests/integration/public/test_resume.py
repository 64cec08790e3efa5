"""Putting a filing aside and taking it up again elsewhere: by code, for thirty days, with nothing lost and nobody named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from config import Config
from models.filings.evidence import drop_unsent_evidence
from models.filings.tables import Draft, Evidence, Filing
from models.types import now_utc
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.databases import SharedDatabase
from tests.support.filings import FACTS, JPEG, Walker

WRONG = "2" * 16
Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


@pytest.fixture
def walker(client: FlaskClient) -> Walker:
    return Walker(client)


def _code(walker: Walker) -> str:
    page = Pages(walker.client).post(f"{walker.base}/save", {}, status=200)
    return "".join(span.text for span in page.select("#code span"))


def _elsewhere(app: Flask) -> Walker:
    return Walker(app.test_client())


def _after(days: float) -> time_machine.travel:
    return time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=days))


def test_the_code_leads_back_on_another_device_with_answers_and_files(
    app: Flask, walker: Walker, session: Session
) -> None:
    walker.to_check()
    walker.upload((JPEG, "一.jpg"))
    Pages(walker.client).get("/file/save")
    code = _code(walker)
    other = _elsewhere(app)
    Pages(other.client).get("/file/resume")
    typed = " ".join([code[:4].lower(), code[4:8], code[8:]])
    assert other.send("resume", code=typed).location == "/file/check"
    page = Pages(other.client).get("/file/check").text
    assert FACTS["facts"] in page
    assert "一.jpg" in page
    other.submit()
    assert len(session.scalars(select(Filing)).one().evidence) == 1


def test_what_stands_in_an_unfinished_form_is_kept_and_counts_as_unanswered(
    app: Flask, walker: Walker
) -> None:
    walker.send("", situation="report")
    walker.send("kind", right_type="trademark")
    half = {**FACTS, "facts": "刚写了一半", "region_code": ""}
    assert walker.send("facts", **half, act="save").location == "/file/save"
    other = _elsewhere(app)
    assert other.send("resume", code=_code(walker)).location == "/file/facts"
    assert "刚写了一半" in other.client.get("/file/facts").text


def test_the_page_saves_by_itself_and_goes_on_from_there(walker: Walker) -> None:
    walker.send("", situation="report")
    walker.send("kind", right_type="trademark")
    assert walker.send("facts", facts="写到一半", act="autosave").status_code == 204
    assert "写到一半" in walker.client.get("/file/facts").text
    walker.send("facts", **FACTS)
    assert "写到一半" not in walker.client.get("/file/facts").text


def test_nothing_that_names_an_anonymous_filer_is_saved(walker: Walker) -> None:
    walker.to_check()
    walker.send("contact", how="anonymous", name="测试甲某某", phone="13800001234", act="autosave")
    assert "测试甲某某" not in walker.client.get("/file/contact").text


def test_a_wrong_code_an_ended_draft_and_a_code_replaced_are_one_answer(
    app: Flask, walker: Walker, count_queries: Counter
) -> None:
    walker.to_check()
    replaced, ended = _code(walker), _code(walker)
    answers = []
    for code, days in ((WRONG, 0.0), (replaced, 0.0), (ended, 30.1), ("不是续填码", 0.0)):
        client = app.test_client()
        with _after(days), count_queries() as statements:
            answer = client.post("/file/resume", data={"code": code})
        assert not client.get_cookie("session")
        answers.append((answer.status_code, "没有找到可以接着填的内容" in answer.text, len(statements)))
    assert answers == [(422, True, 1)] * 4


def test_only_a_digest_of_the_code_is_kept(walker: Walker, session: Session) -> None:
    walker.to_check()
    code = _code(walker)
    draft = session.scalars(select(Draft)).one()
    assert draft.resume_hmac
    assert code not in draft.resume_hmac
    assert code.encode() not in draft.ciphertext
    with walker.client.session_transaction() as cookie:
        assert code not in str(dict(cookie))


def test_going_on_keeps_it_for_thirty_more_days_with_its_files(
    app: Flask, walker: Walker, session: Session
) -> None:
    walker.to_check()
    walker.upload((JPEG, "一.jpg"))
    code = _code(walker)
    with _after(29):
        other = _elsewhere(app)
        other.send("resume", code=code)
    with _after(45):
        drop_unsent_evidence(session, now_utc())
        assert _elsewhere(app).send("resume", code=code).status_code == 303
    assert len(session.scalars(select(Evidence)).all()) == 1


def test_an_ended_draft_says_so(app: Flask, walker: Walker) -> None:
    walker.to_check()
    code = _code(walker)
    with _after(30.5):
        page = Pages(app.test_client()).post("/file/resume", {"code": code})
    assert "超过 30 天没有动过的已经删除" in page.text


def test_leaving_shows_nothing_on_this_computer_any_more(walker: Walker) -> None:
    walker.to_check()
    code = _code(walker)
    assert walker.client.post("/file/leave").location == "/file/resume"
    assert walker.client.get("/file/check").location == "/file"
    assert walker.send("resume", code=code).location == "/file/check"


def test_there_is_nothing_to_save_before_the_first_answer(walker: Walker) -> None:
    assert walker.client.get("/file/save").location == "/file"


def test_guesses_are_slowed_and_a_right_code_is_never_turned_away_by_others(
    config: Config, database: SharedDatabase
) -> None:
    policies = {**config.rate_policies, "resume": "1000 per minute", "resume_wrong": "3 per hour"}
    limited = create_app(replace(config, rate_limits=True, rate_policies=policies), database)
    limited.config["WTF_CSRF_ENABLED"] = False
    walker = Walker(limited.test_client())
    walker.to_check()
    code = _code(walker)
    client = limited.test_client()
    tried = [client.post("/file/resume", data={"code": WRONG}).status_code for _ in range(4)]
    assert tried == [422, 422, 422, 429]
    assert client.post("/file/resume", data={"code": code}).status_code == 303


@pytest.mark.parametrize("path", ["/file/resume", "/en/file/resume", "/zh-hant/file/resume"])
def test_the_pages_keep_the_house_style(walker: Walker, path: str) -> None:
    Pages(walker.client).get(path)
    Pages(walker.client).post(path, {"code": ""})
