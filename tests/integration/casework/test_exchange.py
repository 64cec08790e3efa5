"""信用信息报送: the tables of a month open with the right types, and their checks lead to the decisions."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.decisions.challenges.kinds import ChallengeKind, Outcome
from models.decisions.challenges.operations import close_challenge, open_challenge
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.ledger.tables import LedgerEvent
from models.people.actors import COMMAND
from models.people.roles import Role
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.office import opened_by_libreoffice
from tests.support.published import published
from tests.support.visitors import sign_in

MONTH = "2026-02"


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def decision(client: FlaskClient, session: Session) -> Decision:
    """A public one of February, with a name that a spreadsheet would compute; a publisher of its unit is signed in."""
    unit = UnitFactory(code="desk")
    made = published(
        session,
        unit,
        StaffFactory(role=Role.REVIEWER, unit=unit),
        party_name="=1+1示例商行",
        fine_fen=200_000,
    )
    publisher = StaffFactory(role=Role.PUBLISHER, unit=unit)
    session.commit()
    sign_in(client, publisher)
    return made


def test_the_workbook_has_codes_as_text_and_amounts_as_numbers(
    client: FlaskClient, decision: Decision
) -> None:
    answer = client.post(f"/casework/decisions/exchange/double-publicity.xlsx?month={MONTH}")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    header, row = [list(cells) for cells in sheet.iter_rows()]
    by_title = {title.value: cell for title, cell in zip(header, row, strict=True)}
    assert (by_title["行政相对人名称"].data_type, by_title["行政相对人名称"].value) == (
        "s",
        decision.party_name,
    )
    assert by_title["行政相对人代码_1(统一社会信用代码)"].data_type == "s"
    assert (by_title["罚款金额(万元)"].data_type, by_title["罚款金额(万元)"].value) == ("n", 0.2)
    assert answer.headers["X-Row-Count"] == "1"


def test_taking_a_table_is_an_act_in_the_ledger(
    client: FlaskClient, session: Session, decision: Decision
) -> None:
    address = f"/casework/decisions/exchange/double-publicity.csv?month={MONTH}"
    assert client.get(address).status_code == 405, "a GET never writes"
    digest = client.post(address).headers["X-Content-SHA256"]
    event = session.scalars(select(LedgerEvent).where(LedgerEvent.act == "decisions.export")).one()
    assert digest in event.data
    assert decision.party_name not in event.data


def test_libreoffice_opens_the_workbook_with_its_types(
    client: FlaskClient, decision: Decision, tmp_path: Path
) -> None:
    answer = client.post(f"/casework/decisions/exchange/double-publicity.xlsx?month={MONTH}")
    opened = opened_by_libreoffice(answer.data, tmp_path)
    assert 'office:value-type="float" office:value="0.2"' in opened
    assert f"<text:p>{decision.party_uscc}</text:p>" in opened
    assert ("<text:p>=1+1示例商行</text:p>" in opened, "table:formula" in opened) == (True, False)


def test_what_has_been_withdrawn_is_not_sent_and_an_empty_month_is_a_zero_report(
    client: FlaskClient, session: Session, decision: Decision
) -> None:
    withdraw(session, decision, reason="决定已经变更。", actor=COMMAND, now=NOW)
    session.commit()
    answer = client.post(f"/casework/decisions/exchange/gsxt.csv?month={MONTH}")
    assert [len(row) for row in csv.reader(io.StringIO(answer.get_data(as_text=True)))] == [24]


def test_a_ruling_that_changes_a_decision_is_told_after_its_withdrawal(
    client: FlaskClient, session: Session, decision: Decision
) -> None:
    officer = StaffFactory(role=Role.PUBLISHER, unit=decision.unit)
    opened = open_challenge(
        session,
        decision,
        kind=ChallengeKind.RECONSIDERATION,
        authority_name="测试市人民政府",
        filed_on=NOW.date() - dt.timedelta(days=7),
        actor=officer,
        now=NOW,
    )
    session.commit()
    address = "/casework/decisions/exchange/gsxt-changes.csv?month=2026-03"
    assert client.post(address).headers["X-Row-Count"] == "0", "nothing is changed by being challenged"
    session.refresh(officer)
    close_challenge(
        session,
        opened,
        outcome=Outcome.ANNULLED,
        outcome_on=NOW.date(),
        served_on=None,
        document_number="",
        actor=officer,
        now=NOW,
    )
    withdraw(session, decision, reason="原处罚决定已被依法撤销。", actor=COMMAND, now=NOW)
    session.commit()
    told = client.post(address).get_data(as_text=True)
    _header, row = csv.reader(io.StringIO(told))
    assert row == [
        decision.party_uscc,
        decision.document_number,
        "测试市人民政府",
        "2026/03/02",
        "原决定已被依法撤销。",
    ]
    assert "示例商行" not in told
    assert client.post(address.replace("2026-03", MONTH)).headers["X-Row-Count"] == "0"
    page = Pages(client).get("/en/casework/decisions/exchange?month=2026-03")
    assert [p.get_text(strip=True) for p in page.select("section p.soft")][-1] == "1 row this month"


@pytest.mark.parametrize("language", ["", "/en"])
def test_remarks_lead_to_their_decision(
    client: FlaskClient, session: Session, decision: Decision, language: str
) -> None:
    decision.authority_uscc = None
    session.commit()
    page = Pages(client).get(f"{language}/casework/decisions/exchange?month={MONTH}")
    rows = page.select("tbody tr")
    assert {row.a["href"] for row in rows} == {f"{language}/casework/decisions/{decision.id}"}
    assert "CF_CFJGDM" in rows[0].get_text()


@pytest.mark.parametrize("month", ["", "2026-04", "2026-13", "9999-12", "0001-01", "二月"])
def test_a_month_that_is_none_is_this_one(client: FlaskClient, decision: Decision, month: str) -> None:
    assert (
        Pages(client).get(f"/casework/decisions/exchange?month={month}").select_one("strong").text
        == "2026-03"
    )


def test_other_units_are_out_of_reach(client: FlaskClient, session: Session, decision: Decision) -> None:
    elsewhere = StaffFactory(role=Role.PUBLISHER, unit=UnitFactory(code="elsewhere"))
    session.commit()
    sign_in(client, elsewhere)
    answer = client.post(f"/casework/decisions/exchange/double-publicity.csv?month={MONTH}")
    assert answer.headers["X-Row-Count"] == "0"
