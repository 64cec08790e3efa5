"""The administrator's other pages: overview, units, failed work, the ledger."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import LedgerEvent, record
from models.outbox import OutboxRow
from models.people.actors import COMMAND
from models.people.operations import install_profile
from models.people.profile_files import load_profile
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory
from tests.pages import Pages
from tests.support.visitors import sign_in

LANGUAGES = ["", "/en", "/zh-hant"]
UNKNOWN = "accounts%200%25_"


@pytest.fixture
def unit(session: Session) -> Unit:
    """The bureau's own unit, of the profile that the application runs with."""
    units = install_profile(session, load_profile("pingdingshan"), actor=COMMAND, now=NOW)
    session.commit()
    return next(unit for unit in units if unit.code == "bureau")


@pytest.fixture
def account(session: Session, unit: Unit) -> Account:
    made = StaffFactory(role=Role.ADMINISTRATOR, unit=unit)
    session.commit()
    return made


@pytest.fixture
def admin(app: Flask, account: Account) -> FlaskClient:
    return sign_in(app.test_client(), account)


def dead_letter(session: Session, number: int = 1) -> OutboxRow:
    row = OutboxRow(
        kind="mail", key=f"mail:{number}", payload={"to": "x@example.org"}, created_at=NOW, due_at=NOW
    )
    row.attempts, row.dead_at, row.last_error = (
        8,
        NOW + dt.timedelta(hours=number),
        "OSError at mail.py:33 in send",
    )
    session.add(row)
    session.commit()
    return row


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/admin/", "/admin/units/", "/admin/work/", "/admin/ledger/"])
@pytest.mark.parametrize("is_empty", [True, False])
def test_the_house_style(
    admin: FlaskClient, session: Session, language: str, path: str, is_empty: bool
) -> None:
    if not is_empty:
        for number in range(3):
            dead_letter(session, number)
    page = Pages(admin).get(language + path)
    assert page.select(".chips a")


class TestOverview:
    """What an administrator should know today."""

    def test_it_counts_what_waits_and_what_failed(self, admin: FlaskClient, session: Session) -> None:
        dead_letter(session)
        session.add(OutboxRow(kind="mail", key="waits", payload={}, created_at=NOW, due_at=NOW))
        session.commit()
        figures = [
            figure.get_text(strip=True) for figure in Pages(admin).get("/admin/").select(".figures dd")
        ]
        assert figures[:2] == ["1", "1"]

    def test_what_is_degraded_is_a_sentence_and_no_code(self, admin: FlaskClient) -> None:
        page = Pages(admin).get("/admin/").text
        assert "检索索引" in page
        assert "Shortcoming" not in page


class TestUnits:
    """The tree of the profile."""

    def test_every_unit_stands_below_its_own(self, admin: FlaskClient, unit: Unit, session: Session) -> None:
        rows = [row.td.get_text() for row in Pages(admin).get("/admin/units/").select("tbody tr")]
        assert len(rows) == len(load_profile("pingdingshan").units)
        depths = {row.strip("　 "): len(row) - len(row.lstrip("　")) for row in rows}
        assert depths[unit.name] == 1

    def test_it_counts_the_staff_of_each(self, admin: FlaskClient, unit: Unit, session: Session) -> None:
        StaffFactory(unit=unit)
        StaffFactory(unit=unit, active=False)
        session.commit()
        row = next(
            row for row in Pages(admin).get("/admin/units/").select("tbody tr") if unit.name in row.text
        )
        assert row.select("td")[-1].get_text(strip=True) == "2"


class TestWork:
    """Dead letters."""

    def test_a_dead_letter_says_what_failed_and_nothing_of_its_content(
        self, admin: FlaskClient, session: Session
    ) -> None:
        dead_letter(session)
        page = Pages(admin).get("/admin/work/").text
        assert "OSError at mail.py:33 in send" in page
        assert "x@example.org" not in page

    def test_it_gets_a_new_life_and_the_ledger_knows(
        self, admin: FlaskClient, session: Session, account: Account
    ) -> None:
        row = dead_letter(session)
        response = admin.post(f"/admin/work/{row.id}/revive")
        assert (response.status_code, response.location) == (303, "/admin/work/")
        session.refresh(row)
        assert (row.dead_at, row.attempts) == (None, 0)
        event = session.scalars(select(LedgerEvent).order_by(LedgerEvent.id.desc())).first()
        assert (event.act, event.actor) == ("outbox.revive", account.ledger_name)

    def test_what_is_not_dead_is_not_revived(self, admin: FlaskClient, session: Session) -> None:
        row = dead_letter(session)
        admin.post(f"/admin/work/{row.id}/revive")
        Pages(admin).post(f"/admin/work/{row.id}/revive", {}, status=404)
        Pages(admin).post("/admin/work/404404/revive", {}, status=404)


def _rows(pages: Pages, query: str) -> list[str]:
    """The acts of the ledger's page, as the address asks for them."""
    table = pages.get(f"/admin/ledger/{query}").select("tbody tr td[data-head='行为'] a")
    return [act.get_text(strip=True) for act in table]


class TestLedger:
    """Who did what and when."""

    @pytest.fixture
    def many(self, session: Session, unit: Unit) -> int:
        for number in range(120):
            record(session, act="unit.change", subject=unit, actor=COMMAND, now=NOW, data={"number": number})
        session.commit()
        return session.scalars(select(LedgerEvent.id).order_by(LedgerEvent.id.desc())).first() or 0

    def test_the_newest_come_first_and_every_one_comes_once(self, admin: FlaskClient, many: int) -> None:
        seen: list[int] = []
        path = "/admin/ledger/"
        while path:
            page = Pages(admin).get(path)
            seen += [int(row.td.get_text(strip=True)) for row in page.select("tbody tr")]
            older = page.select_one("nav.next a.button")
            path = str(older["href"]) if older else ""
        assert seen == list(range(many, 0, -1))

    def test_the_events_of_one_object_are_asked_for_by_its_name(
        self, admin: FlaskClient, session: Session, many: int, account: Account
    ) -> None:
        record(
            session, act="denied", subject=account, actor=account, now=NOW, data={"permission": "case:view"}
        )
        session.commit()
        link = Pages(admin).get("/admin/ledger/").select_one("tbody tr a[href*=object]")
        assert link is not None
        [row] = Pages(admin).get(str(link["href"])).select("tbody tr")
        assert "denied" in row.get_text()
        assert "case:view" in row.get_text()
        page = Pages(admin).get(f"/admin/ledger/?object={UNKNOWN}")
        assert "没有这样的记录。" in page.get_text()

    def test_they_are_asked_for_by_act_by_kind_and_by_who_acted_page_by_page(
        self, admin: FlaskClient, session: Session, many: int, account: Account, unit: Unit
    ) -> None:
        for act in ("open_identity", "identity.ask", "unit.close"):
            record(session, act=act, subject=unit, actor=account, now=NOW)
        session.commit()
        who = account.ledger_name
        rows = partial(_rows, Pages(admin))
        assert rows("?act=unit.close") == ["unit.close"]
        assert rows("?act=identity") == ["identity.ask", "open_identity"]
        assert rows("?act=unit.*")[:2] == ["unit.close", "unit.change"]
        assert rows(f"?act=unit.*&actor={who}") == ["unit.close"]
        assert rows(f"?actor={who}&object=units%20{unit.id}")[:3] == [
            "unit.close", "identity.ask", "open_identity",
        ]  # fmt: skip
        for unknown in ("?act=case.fly", "?act=*", "?act=case.*", "?actor=account:0"):
            assert rows(unknown) == []
        page = Pages(admin).get("/admin/ledger/?act=unit.change&actor=system:command")
        assert page.select_one("option[value='unit.change']").has_attr("selected")
        older = page.select_one("nav.next a.button")["href"]
        assert [part in older for part in ("act=unit.change", "actor=system", "before=")] == [True] * 3
        chips = Pages(admin).get("/en/admin/ledger/?act=denied&actor=filer").select("main ul.chips a")
        assert [chip["href"] for chip in chips] == [
            "/en/admin/ledger/?actor=filer", "/en/admin/ledger/?act=denied",
        ]  # fmt: skip

    @pytest.mark.parametrize("before", ["x", "-1", "0", "99999999999999999999", "1e9", "１２", ""])
    def test_a_place_that_is_none_is_the_beginning(self, admin: FlaskClient, many: int, before: str) -> None:
        page = Pages(admin).get(f"/admin/ledger/?before={before}")
        first = int(page.select_one("tbody td").get_text(strip=True))
        assert first == (11 if before == "１２" else many)
