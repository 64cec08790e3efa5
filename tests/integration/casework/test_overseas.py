"""The desk for disputes abroad: what hurries stands first, observers come and go, a warning reaches those of its country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from background.warnings import warn_observers
from background.work import Work
from models.aid.terms import Abroad, Application, DisputeKind
from models.bulletins.kinds import BulletinKind, BulletinText
from models.bulletins.operations import draft, publish, submit
from models.bulletins.tables import Bulletin
from models.cases.tables import Case
from models.errors import Conflict
from models.kinds import Track
from models.ledger.tables import LedgerEvent
from models.outbox import OutboxRow
from models.overseas.operations import Entry, amend
from models.overseas.tables import Observer
from models.overseas.terms import ObserverKind
from models.people.tables import Account
from tests.factories import AccountFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case

Browser = Callable[[Account], FlaskClient]
DESK = "/casework/overseas"
NEW = f"{DESK}/observers/new"
ENTRY = {
    "kind": "enterprise",
    "name": "示例灯具有限公司",
    "products": "灯具外观",
    "countries": ["US"],
    "contact": "联络员 0000",
    "email": "trade@lamps.example",
    "since_on": "2026-01-01",
}


def _dispute(session: Session, country: str, days: int | None) -> Case:
    due_on = OPENED.date() + dt.timedelta(days=days) if days is not None else None
    told = Application("company", ("overseas",), abroad=Abroad(country, DisputeKind.LAWSUIT, due_on))
    case: Case = a_case(session, track=Track.AID)
    case.filing.data = {**case.filing.data, "aid": told.as_data()}
    session.flush()
    return case


def _added(session: Session, desk: FlaskClient, **changes: Any) -> Observer:
    made = desk.post(NEW, data={**ENTRY, **changes})
    assert made.status_code == 303, made.text
    return session.scalars(select(Observer).order_by(Observer.id.desc())).first()  # type: ignore[return-value]


def _warn(session: Session, office: Office, country: str) -> Bulletin:
    writer, reviewer = AccountFactory(), AccountFactory()
    made = draft(
        session,
        kind=BulletinKind.WARNING,
        chinese=BulletinText("美国：应诉期限", "请当天着手准备。", "正文"),
        english=BulletinText("", "", ""),
        decision_numbers=[],
        unit=office.bureau,
        actor=writer,
        now=OPENED,
        country=country,
    )
    submit(session, made, actor=writer, now=OPENED)
    return publish(session, made, actor=reviewer, now=OPENED)


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_hurries_stands_first_and_can_be_narrowed_to_a_country(
    session: Session, office: Office, browser: Browser, language: str
) -> None:
    later, unknown, urgent, german = (
        _dispute(session, *one) for one in (("US", 40), ("US", None), ("US", 5), ("DE", 200))
    )
    session.commit()
    desk = browser(office.intake)
    page = Pages(desk).get(language + DESK)
    found = [one.text for one in page.select("td a.nb")]
    assert found == [one.shown_reference for one in (urgent, later, german, unknown)]
    narrowed = Pages(desk).get(f"{language}{DESK}?country=DE")
    assert [one.text for one in narrowed.select("td a.nb")] == [german.shown_reference]
    Pages(desk).get(f"{DESK}?country=XX")
    assert browser(office.county_handler).get(DESK).status_code == 200
    assert unknown.shown_reference not in browser(office.county_handler).get(DESK).text, "another unit's"
    assert browser(office.supervisor).get(DESK).status_code == 403


def test_an_observer_comes_is_mended_and_goes(session: Session, office: Office, browser: Browser) -> None:
    desk = browser(office.intake)
    wrong = Pages(desk).post(NEW, {**ENTRY, "name": "", "uscc": "1", "email": "nobody", "countries": ["XX"]})
    assert wrong.select_one("a[href='#name']")
    observer = _added(session, desk)
    assert "已经在名录里" in Pages(desk).post(NEW, ENTRY).text
    show = f"{DESK}/observers/{observer.id}"
    assert ENTRY["email"] in Pages(desk).get(f"/en{show}").text
    others = browser(office.county_handler)
    assert ENTRY["email"] not in Pages(others).get(show).text, "contacts are for those who keep the list"
    assert others.post(f"{show}/edit", data=ENTRY).status_code == 403
    assert desk.post(f"{show}/edit", data={**ENTRY, "products": "灯饰"}).status_code == 303
    assert "灯饰" in Pages(desk).get(DESK).text
    Pages(desk).post(f"{show}/let-go", {"reasons": ""})
    assert desk.post(f"{show}/let-go", data={"reasons": "不再出口"}).status_code == 303
    session.expire_all()
    assert (observer.email, observer.contact) == (None, None)
    assert ENTRY["name"] not in Pages(desk).get(DESK).text
    assert ENTRY["name"] in Pages(desk).get(f"{DESK}?past=1").text
    assert desk.post(f"{show}/edit", data=ENTRY).status_code == 409
    _added(session, desk)
    told = " ".join(str(one.data) for one in session.scalars(select(LedgerEvent)))
    assert ENTRY["email"] not in told


def test_a_change_between_reading_and_writing_is_a_conflict_that_accuses_nobody(
    session: Session, office: Office, browser: Browser
) -> None:
    observer = _added(session, browser(office.intake))
    assert observer.version  # loaded as it was read
    meanwhile = update(Observer).where(Observer.id == observer.id).values(version=Observer.version + 1)
    session.execute(meanwhile.execution_options(synchronize_session=False))
    entry = Entry(ObserverKind.ENTERPRISE, ENTRY["name"], "灯饰", OPENED.date())  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="又有了变化") as refused:
        amend(session, observer=observer, entry=entry, actor=office.intake, now=OPENED)
    assert "同事" not in refused.value.sentence, "it may be the reader's own second click"
    session.rollback()


def test_a_warning_reaches_the_observers_of_its_country_once(
    app: Flask, session: Session, office: Office, browser: Browser
) -> None:
    desk = browser(office.intake)
    _added(session, desk)
    _added(session, desk, name="示例协会", countries=[], email="club@example.org")
    _added(session, desk, name="只做欧洲的", countries=["DE"], email="europe@example.org")
    _added(session, desk, name="没有邮箱的", email="")
    warning = _warn(session, office, "US")
    session.commit()
    queued = session.scalars(select(OutboxRow).where(OutboxRow.kind == "warn-observers")).one()
    with app.app_context():
        for _time in range(2):
            warn_observers([Work(queued.kind, queued.key, queued.payload)])
    mails = [dict(one.payload) for one in session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail"))]
    assert sorted(one["to"] for one in mails) == ["club@example.org", ENTRY["email"]]
    assert all(f"/warnings/{warning.public_id}" in one["body"] for one in mails)
