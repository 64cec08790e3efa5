"""The export of online selling: what the officer may see, row by row, in both forms, nothing of the filer, noted."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commerce.exchange import COLUMNS, FORM
from models.commerce.operations import Row, add_links, send_links
from models.ledger import LedgerEvent
from models.types import beijing_date, now_utc
from tests.pages import Pages
from tests.support.cases import a_case, an_office
from tests.support.visitors import sign_in

ITEM = "https://item.taobao.com/item.htm?id=610947572360"
DOCUMENT = Path(__file__).parents[3] / "docs" / "e-commerce-exchange.md"


def test_both_forms_hold_the_links_and_are_noted(app: Flask, session: Session) -> None:
    office, now = an_office(session), now_utc()
    case = a_case(session, now=now)
    add_links(
        session,
        token="t",
        rows=[Row(ITEM), Row("https://shop.example/1")],
        account=None,
        today=beijing_date(now),
    )
    send_links(session, token="t", filing=case.filing, again=False)
    session.commit()
    client = sign_in(app.test_client(), office.intake)
    Pages(client).get("/en/casework/commerce")
    today = beijing_date(now).isoformat()
    asked = {"since": today, "until": today, "ending": "json"}
    answer = client.post("/casework/commerce", data=asked)
    told = answer.get_json()
    assert (told["form"], told["rows"]) == (FORM, 2)
    assert [one["platform"] for one in told["items"]] == ["taobao", "unknown"]
    assert told["items"][0]["item"] == "610947572360"
    assert set(told["items"][0]) == set(COLUMNS)
    book = client.post("/casework/commerce", data={**asked, "ending": "xlsx"}).data
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS.values())
    assert sheet.max_row == 3
    events = session.scalars(select(LedgerEvent).where(LedgerEvent.act == "commerce.export")).all()
    assert len(events) == 2
    backwards = {**asked, "since": today, "until": "2026-01-01"}
    assert "不晚于" in Pages(client).post("/casework/commerce", backwards).text
    elsewhere = sign_in(app.test_client(), office.sibling_handler)
    assert elsewhere.post("/casework/commerce", data=asked).get_json()["rows"] == 0


def test_every_name_is_documented() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in text] == []
