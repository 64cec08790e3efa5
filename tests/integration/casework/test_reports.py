"""A period is counted, opened, reported and frozen; what changes later is a correction; the province sees the sum."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.kinds import RightType
from models.people.roles import Role, UnitKind
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.office import opened_by_libreoffice
from tests.support.published import published
from tests.support.visitors import sign_in

REPORTS = "/casework/reports"


@dataclass
class Bureau:
    """A province with a city under it, the city's clerk, and a supervisor of the province."""

    province: Unit
    city: Unit
    clerk: Account
    reviewer: Account
    supervisor: Account
    decisions: list[Decision]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def bureau(session: Session) -> Bureau:
    province = UnitFactory(kind=UnitKind.PROVINCE, region_code="410000")
    city = UnitFactory(parent=province, region_code="410400", name="=平顶山市局")
    reviewer = StaffFactory(role=Role.REVIEWER, unit=city)
    made = [
        published(
            session, city, reviewer, document_number=f"测市监处罚〔2026〕{number}号", cause_code=cause,
            decided_on=dt.date(2026, 2, 20), right_type=RightType.PATENT_PASSING_OFF,
        )
        for number, cause in ((1, "PT-01"), (2, "PT-01"), (3, "TM-01"))
    ]  # fmt: skip
    return Bureau(
        province, city, StaffFactory(role=Role.STATISTICIAN, unit=city), reviewer,
        StaffFactory(role=Role.SUPERVISOR, unit=province), made,
    )  # fmt: skip


def words(page: bytes) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def three(bureau: Bureau) -> str:
    return f"{REPORTS}/credit-three/2026-02/{bureau.city.id}"


def sent(browser: FlaskClient, address: str) -> int:
    return browser.post(f"{address}/report", data={"checked_by": "审核员甲"}).status_code


def test_a_month_is_reported_frozen_and_corrected(app: Flask, session: Session, bureau: Bureau) -> None:
    clerk, address = sign_in(app.test_client(), bureau.clerk), three(bureau)
    page = BeautifulSoup(clerk.get(address).data, "html.parser")
    assert [cell.get_text(strip=True) for cell in page.select("td.number")] == [
        "0",
        "0",
        "2",
        "0.7",
        "0",
        "0",
    ]
    opened = words(clerk.get(f"{address}/passing.number").data)
    assert ("〔2026〕1号" in opened, "〔2026〕2号" in opened, "〔2026〕3号" in opened) == (True, True, False)
    assert clerk.post(f"{address}/report", data={"checked_by": ""}).status_code == 422
    assert sent(clerk, address) == 303
    assert sent(clerk, address) == 409, "a period is reported once"

    withdraw(session, bureau.decisions[0], reason="复议决定撤销了原处罚决定", actor=bureau.reviewer, now=NOW)
    session.commit()
    page_now = words(clerk.get(address).data)
    assert "报表上是 2，现在数是 1" in page_now
    assert "〔2026〕1号" in words(clerk.get(f"{address}/passing.number").data), "what stood behind it stays"
    wrong = {"cell": "passing.number", "value": "一", "reason": ""}
    assert clerk.post(f"{address}/correct", data=wrong).status_code == 422
    right = {"cell": "passing.number", "value": "1", "reason": "一份被复议撤销"}
    assert clerk.post(f"{address}/correct", data=right).status_code == 303
    assert "2 → 1" in words(clerk.get(address).data)
    rows = list(
        csv.DictReader(io.StringIO(clerk.post(f"{address}.csv").get_data(as_text=True).lstrip("\ufeff")))
    )
    assert [row["number"] for row in rows] == ["0", "1", "0"]


def test_who_has_not_reported_is_shown_with_the_clock_and_the_sum_is_of_the_others(
    app: Flask, bureau: Bureau, clock: time_machine.Traveller
) -> None:
    supervisor = sign_in(app.test_client(), bureau.supervisor)
    overview = f"{REPORTS}?report=credit-three&period=2026-02"
    assert words(supervisor.get(overview).data).count("还没有报") == 2
    assert sent(sign_in(app.test_client(), bureau.clerk), three(bureau)) == 303
    assert sent(supervisor, three(bureau)) == 403, "who supervises reports for nobody"
    page = words(supervisor.get(overview).data)
    assert ("2026年3月2日 报出" in page, page.count("还没有报"), "已逾期" in page) == (True, 1, False)
    clock.move_to(NOW + dt.timedelta(days=14))
    supervisor = sign_in(app.test_client(), bureau.supervisor)
    assert "已逾期" in words(supervisor.get(overview).data)
    total = supervisor.post(f"{REPORTS}/credit-three/2026-02/sum.xlsx")
    book = load_workbook(io.BytesIO(total.data))
    table = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert table[2] == ["passing", "假冒专利行为处罚信息", 2, 0.7]
    note = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows(max_col=2)}
    assert (note["已报送（家）"], note["未报送"]) == ("1", bureau.province.name)


def test_a_quarter_with_figures_by_hand_and_a_zero_report(
    app: Flask, bureau: Bureau, clock: time_machine.Traveller
) -> None:
    clerk = sign_in(app.test_client(), bureau.clerk)
    address = f"{REPORTS}/samr-actions/2026-Q1/{bureau.city.id}"
    assert sent(clerk, address) in (409, 422), "the quarter has not ended"
    clock.move_to(dt.datetime(2026, 4, 3, 1, tzinfo=dt.UTC))
    clerk = sign_in(app.test_client(), bureau.clerk)
    hands = {f"hand_{number}": "0" for number in range(5)}
    assert (
        clerk.post(f"{address}/report", data={**hands, "hand_1": "几个", "checked_by": "甲"}).status_code
        == 422
    )
    assert clerk.post(f"{address}/report", data={**hands, "checked_by": "甲"}).status_code == 303
    assert "零报告" in words(clerk.get(address).data)
    assert clerk.get(f"{REPORTS}/samr-ip/2026-Q2/{bureau.city.id}").status_code == 200
    for missing in ("samr-ip/2026-Q3", "samr-ip/2026-02", "wine/2026-Q1", "credit-three/2026-13"):
        assert clerk.get(f"{REPORTS}/{missing}/{bureau.city.id}").status_code == 404


def test_others_see_and_report_nothing(app: Flask, bureau: Bureau) -> None:
    stranger = sign_in(app.test_client(), StaffFactory(role=Role.STATISTICIAN, unit=UnitFactory()))
    assert stranger.get(three(bureau)).status_code == 404
    assert sent(stranger, three(bureau)) == 404
    publisher = sign_in(app.test_client(), StaffFactory(role=Role.PUBLISHER, unit=bureau.city))
    assert publisher.get(REPORTS).status_code == 403
    supervisor = sign_in(app.test_client(), bureau.supervisor)
    assert "〔2026〕2号" in words(supervisor.get(f"{three(bureau)}/passing.number").data)


def test_the_workbook_opens_in_libreoffice_with_its_types(app: Flask, bureau: Bureau, tmp_path: Path) -> None:
    clerk = sign_in(app.test_client(), bureau.clerk)
    opened = opened_by_libreoffice(clerk.post(f"{three(bureau)}.xlsx").data, tmp_path)
    assert 'office:value-type="float" office:value="0.7"' in opened
    assert ("=平顶山市局" in opened, "table:formula" in opened) == (True, False)


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_house_style(app: Flask, bureau: Bureau, prefix: str) -> None:
    pages = Pages(sign_in(app.test_client(), bureau.clerk))
    pages.get(prefix + REPORTS)
    pages.get(f"{prefix}{REPORTS}?report=henan-action")
    pages.get(prefix + three(bureau))
    pages.get(f"{prefix}{three(bureau)}/passing.number")
    pages.get(f"{prefix}{REPORTS}/samr-ip/2025-Q4/{bureau.city.id}")
    pages.post(f"{prefix}{three(bureau)}/report", {"checked_by": ""})
    sent(pages.client, three(bureau))
    pages.get(prefix + three(bureau))
