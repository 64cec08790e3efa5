"""A decision entered from its served text: read, shown beside the form, kept only when a person sends that form."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks.loading import load_calendar, load_rules
from models.decisions.tables import Decision
from models.people.roles import Role
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.docx import docx_of
from tests.support.served import LABELLED_LIST, TWO_PARTIES
from tests.support.visitors import sign_in

READ = "/casework/decisions/new/from-text"


@pytest.fixture
def publisher(app: Flask, session: Session) -> Iterator[FlaskClient]:
    with time_machine.travel(NOW, tick=False):
        load_calendar(session, now=NOW)
        load_rules(session)
        account = StaffFactory(role=Role.PUBLISHER, unit=UnitFactory(code="desk"))
        session.commit()
        yield sign_in(app.test_client(), account)


def filled(page: BeautifulSoup) -> dict[str, Any]:
    """What the form on the page would send."""
    form = next(one for one in page.select("form") if one.select_one("[name=document_number]"))
    lines = form.select("input[name]:not([type=radio]):not([type=checkbox]), input[type=radio][checked]")
    sent: dict[str, Any] = {str(one["name"]): one.get("value", "") for one in lines}
    sent |= {str(one["name"]): one.get_text().removeprefix("\n") for one in form.select("textarea")}
    sent["penalty_kinds"] = [one["value"] for one in form.select("input[name=penalty_kinds][checked]")]
    sent |= {str(one.parent["name"]): one["value"] for one in form.select("option[selected]") if one.parent}
    return sent


@pytest.mark.parametrize("how", ["text", "file"])
def test_a_served_text_fills_the_form_and_nothing_is_kept_before_it_is_sent(
    publisher: FlaskClient, session: Session, how: str
) -> None:
    sent: dict[str, Any] = {"text": LABELLED_LIST}
    if how == "file":
        sent = {"file": (io.BytesIO(docx_of(LABELLED_LIST)), "决定书.docx")}
    page = Pages(publisher).post(READ, sent, status=200)
    assert session.scalars(select(Decision)).all() == []
    assert "平市监处罚〔2024〕049号" in page.select_one(".served").get_text()  # type: ignore[union-attr]
    typed = filled(page) | {"unit": "desk", "then": "submit"}
    assert typed["party_name"] == "平岭县护航示例商贸有限公司"
    assert publisher.post("/casework/decisions/new", data=typed).status_code == 303
    decision = session.scalars(select(Decision)).one()
    assert (decision.document_number, decision.fine_fen, decision.confiscated_fen) == (
        "平市监处罚〔2024〕049号",
        500_000,
        123_450,
    )
    assert decision.remedy.startswith("如你单位不服")


def test_the_text_stays_beside_a_form_that_has_to_be_mended(publisher: FlaskClient) -> None:
    page = Pages(publisher).post(READ, {"text": TWO_PARTIES}, status=200)
    assert "有 2 个当事人" in page.select_one(".beside__text").get_text()  # type: ignore[union-attr]
    again = Pages(publisher).post(
        "/casework/decisions/new", filled(page) | {"unit": "desk", "facts": ""}, status=422
    )
    assert "当事人二" in again.select_one(".served").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (dict, "请粘贴决定书全文，或者上传文件。"),
        # Made anew for each database: whoever sends a file closes it.
        (lambda: {"file": (io.BytesIO(b"%PDF-1.7"), "a.docx")}, "不是完整的 .docx 文档"),
        (lambda: {"text": "长" * 60_001}, "请删去"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(
    publisher: FlaskClient, sent: Callable[[], dict[str, Any]], words: str
) -> None:
    page = Pages(publisher).post(READ, sent(), status=422)
    assert words in page.get_text()
