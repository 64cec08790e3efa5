"""Destruction through the pages: proposed by one, approved by another, carried out by the worker, certified."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

import admin.retention as pages
import background.retention as worker
from background.work import Work
from models.cases.recusal.tables import CaseRecusal
from models.cases.recusal.terms import RecusalReason
from models.cases.tables import Case
from models.cases.terms import State
from models.kinds import Track
from models.ledger.queries import events_of
from models.outbox import OutboxRow
from models.people.roles import Role
from models.people.tables import Account, Assignment
from models.retention.operations import CERTIFY, DISPOSE
from models.retention.schedules import read_schedules
from models.retention.tables import Disposal, RetentionHold
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case_in, an_office
from tests.support.visitors import sign_in

LATER = OPENED.replace(year=OPENED.year + 31, month=2)
LANGUAGES = pytest.mark.parametrize("language", ["", "/en"])


@pytest.fixture(autouse=True)
def _much_later(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    found = read_schedules()
    schedules = tuple(dataclasses.replace(one, is_confirmed=True) for one in found.schedules)
    confirmed = dataclasses.replace(found, schedules=schedules)
    monkeypatch.setattr(pages, "read_schedules", lambda: confirmed)
    monkeypatch.setattr(worker, "schedules", lambda: confirmed)
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    made = a_case_in(session, office, State.CLOSED)
    session.commit()
    return made


@pytest.fixture
def keeper(app: Flask, session: Session, office: Office) -> FlaskClient:
    account: Account = StaffFactory(role=Role.ADMINISTRATOR, unit=office.bureau)
    session.commit()
    return sign_in(app.test_client(), account)


@pytest.fixture
def head(app: Flask, office: Office, case: Case) -> FlaskClient:
    return sign_in(app.test_client(), office.head)


def _listed(session: Session) -> Disposal:
    return session.scalars(select(Disposal)).one()


def _held(session: Session) -> int:
    return session.scalars(select(RetentionHold.id)).one()


def _work(app: Flask, session: Session, kind: str) -> None:
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == kind)).all()
    works = [Work(row.kind, row.key, row.payload) for row in rows]
    with app.app_context():
        {DISPOSE: worker.destroy_cases, CERTIFY: worker.certify_lists}[kind](works)
    session.expire_all()


@LANGUAGES
def test_a_case_is_destroyed_and_certified(
    app: Flask,
    session: Session,
    office: Office,
    case: Case,
    keeper: FlaskClient,
    head: FlaskClient,
    language: str,
) -> None:
    Pages(keeper).get(f"{language}/admin/retention/")
    assert keeper.post("/admin/retention/propose/decided").status_code == 303
    address = f"/admin/retention/{_listed(session).id}"
    assert not Pages(keeper).get(language + address).select(f"form[action$='{address}/approve']")
    Pages(head).get(f"{language}/admin/retention/")
    assert Pages(head).get(language + address).select(f"form[action$='{address}/approve']")
    assert head.get(f"{address}/certificate.json").status_code == 404
    assert head.post(f"{address}/approve").status_code == 303
    _work(app, session, DISPOSE)
    _work(app, session, CERTIFY)
    Pages(keeper).get(language + address)
    document = keeper.get(f"{address}/certificate.json").get_json()
    assert [one["reference"] for one in document["certificate"]["destroyed"]] == [case.reference]
    staff = sign_in(app.test_client(), office.intake)
    Pages(staff).get(f"{language}/casework/cases/{case.shown_reference}", status=410)
    assert case.shown_reference not in staff.get("/casework/?view=done").text


def test_a_list_is_rejected_with_a_reason(
    session: Session, case: Case, keeper: FlaskClient, head: FlaskClient
) -> None:
    keeper.post("/admin/retention/propose/decided")
    address = f"/admin/retention/{_listed(session).id}"
    Pages(head).post(f"{address}/reject", {"answer": ""})
    assert head.post(f"{address}/reject", data={"answer": "还有诉讼"}).status_code == 303
    assert "还有诉讼" in Pages(keeper).get(address).get_text()
    assert keeper.post("/admin/retention/propose/decided").status_code == 303, "it can be proposed again"


def test_a_case_that_was_held_after_it_was_listed_is_named_so_and_not_counted(
    app: Flask, session: Session, case: Case, keeper: FlaskClient, head: FlaskClient
) -> None:
    keeper.post("/admin/retention/propose/decided")
    address = f"/admin/retention/{_listed(session).id}"
    assert "1 个办件的内容" in Pages(head).get(address).get_text()
    keeper.post("/admin/retention/holds/new", data={"reference": case.shown_reference, "words": "行政诉讼"})
    before = Pages(head).get(address).get_text()
    assert "0 个办件的内容" in before
    assert "暂缓销毁：行政诉讼" in before
    assert head.post(f"{address}/approve").status_code == 303
    _work(app, session, DISPOSE)
    _work(app, session, CERTIFY)
    assert keeper.post(f"/admin/retention/holds/{_held(session)}/release").status_code == 303
    after = Pages(head).get(address).get_text()
    assert "没有销毁" in after
    assert "暂缓销毁：行政诉讼" in after, "why it was kept is still told when the hold is lifted"


def test_a_head_decides_about_the_files_of_their_own_reach(
    app: Flask, session: Session, office: Office, case: Case, keeper: FlaskClient
) -> None:
    below = sign_in(app.test_client(), StaffFactory(role=Role.HEAD, unit=office.county))
    kept_out, above = StaffFactory(role=Role.HEAD, unit=office.bureau), office.province_head
    made = CaseRecusal(
        account=kept_out, reason=RecusalReason.RELATIVE, words="亲属", made_by="filer", made_at=case.opened_at
    )
    case.recusals.append(made)
    session.commit()
    keeper.post("/admin/retention/holds/new", data={"reference": case.shown_reference, "words": "诉讼"})
    for reader, is_shown in ((below, False), (sign_in(app.test_client(), kept_out), False), (keeper, True)):
        page = Pages(reader).get("/admin/retention/").get_text()
        assert (case.shown_reference in page) is is_shown
    release = keeper.post(f"/admin/retention/holds/{_held(session)}/release")
    assert release.status_code == 303
    keeper.post("/admin/retention/propose/decided")
    address = f"/admin/retention/{_listed(session).id}"
    for reader in (below, sign_in(app.test_client(), kept_out)):
        assert address not in reader.get("/admin/retention/").text
        assert reader.get(address).status_code == 404
        assert reader.post(f"{address}/approve").status_code == 403
        assert reader.post(f"{address}/reject", data={"answer": "不"}).status_code == 403
    assert sign_in(app.test_client(), above).post(f"{address}/approve").status_code == 303


def test_a_list_holds_the_files_of_one_unit(
    session: Session, office: Office, case: Case, keeper: FlaskClient
) -> None:
    other = a_case_in(session, office, State.CLOSED, Track.REPORT)
    other.closed_at, other.unit, other.origin_unit = case.closed_at, office.county, office.county
    session.commit()
    for _number in range(2):
        assert keeper.post("/admin/retention/propose/decided").status_code == 303
    lists = [
        [item.case for item in one.items] for one in session.scalars(select(Disposal).order_by(Disposal.id))
    ]
    assert lists == [[case], [other]]


def test_who_proposes_does_not_approve(session: Session, case: Case, keeper: FlaskClient) -> None:
    keeper.post("/admin/retention/propose/decided")
    assert keeper.post(f"/admin/retention/{_listed(session).id}/approve").status_code == 403


def test_what_a_verb_refuses_to_somebody_is_an_event_too(
    app: Flask, session: Session, office: Office, case: Case
) -> None:
    both = StaffFactory(role=Role.ADMINISTRATOR, unit=office.bureau)
    session.add(Assignment(account=both, unit=office.bureau, role=Role.HEAD))
    session.commit()
    client = sign_in(app.test_client(), both)
    client.post("/admin/retention/propose/decided")
    assert client.post(f"/admin/retention/{_listed(session).id}/approve").status_code == 403
    last = events_of(session, subject_kind="accounts", subject_id=str(both.id))[-1]
    assert (last.act, last.actor) == ("denied", both.ledger_name)
    assert "approve" in last.data


@LANGUAGES
def test_a_case_is_held_back(session: Session, case: Case, keeper: FlaskClient, language: str) -> None:
    Pages(keeper).get(f"{language}/admin/retention/holds/new")
    Pages(keeper).post("/admin/retention/holds/new", {"reference": "AAAA-AAAA", "words": "诉讼"})
    held = {"reference": case.shown_reference, "words": "诉讼"}
    assert keeper.post("/admin/retention/holds/new", data=held).status_code == 303
    again = Pages(keeper).post(f"{language}/admin/retention/holds/new", held)
    assert again.select_one("textarea").get_text().strip() == "诉讼", "what was written stays"
    assert case.shown_reference in Pages(keeper).get(f"{language}/admin/retention/").get_text()
    assert keeper.post("/admin/retention/propose/decided").status_code == 409
