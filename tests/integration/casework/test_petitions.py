"""Objections and credit repair from request to effect: who may do what, what the public sees, what the party is told."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.handlers import HANDLERS
from background.worker import Worker
from models.clocks.tables import Deadline
from models.decisions.kinds import EndKind, Fulfilment
from models.decisions.operations import enter
from models.decisions.petitions.operations import TELL_PETITIONER
from models.decisions.petitions.tables import Petition
from models.decisions.publication import publish_standing
from models.decisions.states import State
from models.decisions.tables import Decision
from models.filings.examination import EXAMINE
from models.filings.kinds import CopyState
from models.outbox import OutboxRow
from models.people.actors import WORKER
from models.people.roles import Role
from models.people.tables import Account, Unit
from shared.database import database
from tests.factories import NOW, AccountFactory, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.decisions import a_content
from tests.support.documents import a_pdf
from tests.support.visitors import sign_in

REASON = "处罚决定的金额与公示的不一致，请核对。"


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unit(session: Session) -> Unit:
    made: Unit = UnitFactory(code="desk", region_code="410400")
    return made


@pytest.fixture
def reviewer(session: Session, unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=unit)
    session.commit()
    return made


@pytest.fixture
def publisher(session: Session, unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.PUBLISHER, unit=unit)
    session.commit()
    return made


def public(session: Session, unit: Unit, reviewer: Account, *, days_ago: int) -> Decision:
    """A decision that was made and published so many days ago."""
    then = NOW - dt.timedelta(days=days_ago)
    content = a_content(decided_on=then.date())
    decision = enter(session, content=content, unit=unit, actor=WORKER, now=then, source_sha256="0" * 64)
    publish_standing(session, decision, reviewer=reviewer, actor=WORKER, now=then)
    session.commit()
    return decision


def visit(app: Flask, account: Account) -> FlaskClient:
    return sign_in(app.test_client(), account)


def the_petition(session: Session) -> Petition:
    session.expire_all()
    return session.scalars(select(Petition)).one()


def noted(kind: str, **changes: str) -> dict[str, str]:
    today = NOW.date().isoformat()
    return {"petition": kind, "received_on": today, "statement": REASON, "promised": "y", **changes}


def test_an_objection_is_marked_in_public_while_it_is_open(
    app: Flask, client: FlaskClient, session: Session, unit: Unit, publisher: Account, reviewer: Account
) -> None:
    decision = public(session, unit, reviewer, days_ago=30)
    address, page = f"/decisions/{decision.public_id}", f"/casework/decisions/{decision.id}/petitions"
    staff, other = visit(app, publisher), visit(app, reviewer)
    assert staff.post(page, data=noted("objection")).status_code == 303
    marked = Pages(client).get(address).get_text()
    assert "提出了异议，正在处理" in marked
    assert "应在2026年3月5日前处理完" in " ".join(marked.split()), "three working days, in Henan"
    assert REASON not in marked
    petition = the_petition(session)
    form = f"petition-{petition.id}-"
    answer = {f"{form}outcome": "rejected", f"{form}answer": "公示的金额与决定书一致。"}
    assert staff.post(f"{page}/{petition.id}/answer", data=answer).status_code == 403, (
        "who checked does not answer"
    )
    assert other.post(f"{page}/{petition.id}/answer", data=answer).status_code == 303
    assert "正在处理" not in Pages(client).get(address).get_text()
    assert "公示的金额与决定书一致。" in Pages(staff).get(f"{page}/{petition.id}/paper").get_text()
    clock = session.scalars(select(Deadline).where(Deadline.rule_id == "objection_own")).one()
    assert clock.met_at is not None


def test_what_an_account_sends_has_no_effect_before_the_staff_knows_who_asks(
    app: Flask, client: FlaskClient, session: Session, unit: Unit, publisher: Account, reviewer: Account
) -> None:
    decision = public(session, unit, reviewer, days_ago=30)
    holder = AccountFactory()
    session.commit()
    asking = visit(app, holder)
    ask = f"/account/petitions/new?decision={decision.public_id}"
    Pages(asking).get(ask)
    assert asking.post(ask, data={"petition": "objection", "statement": REASON}).status_code == 303
    assert "等待核对身份" in Pages(asking).get("/account/petitions").get_text()
    assert "异议，正在" not in Pages(client).get(f"/decisions/{decision.public_id}").get_text()
    petition = the_petition(session)
    page = f"/casework/decisions/{decision.id}/petitions/{petition.id}"
    form = f"petition-{petition.id}-"
    upheld = {f"{form}outcome": "upheld", f"{form}answer": "成立。"}
    assert visit(app, reviewer).post(f"{page}/answer", data=upheld).status_code == 422, "unchecked"
    assert visit(app, publisher).post(f"{page}/check", data={}).status_code == 303
    assert visit(app, reviewer).post(f"{page}/answer", data=upheld).status_code == 303
    answered = Pages(asking).get("/account/petitions").get_text()
    assert "异议成立" in answered


def test_files_come_with_it_and_its_account_is_told_by_mail(
    app: Flask, client: FlaskClient, session: Session, unit: Unit, publisher: Account, reviewer: Account
) -> None:
    decision = public(session, unit, reviewer, days_ago=30)
    holder = AccountFactory(email="asks@example.org")
    session.commit()
    asking, staff = visit(app, holder), visit(app, publisher)
    paper = a_pdf()
    files = [(io.BytesIO(paper), "营业执照.pdf"), (io.BytesIO(b"MZ\x90\x00"), "证明.exe")]
    sent = {"petition": "objection", "statement": REASON, "files": files}
    answer = asking.post(f"/account/petitions/new?decision={decision.public_id}", data=sent)
    assert answer.status_code == 303
    told = Pages(asking).get("/account/petitions").get_text()
    assert "营业执照.pdf" in told
    assert "没有收下“证明.exe”" in told
    petition = the_petition(session)
    (file,) = petition.files
    page = f"/casework/decisions/{decision.id}"
    assert "营业执照.pdf" in Pages(staff).get(page).get_text()
    original = f"{page}/petitions/{petition.id}/files/{file.id}/original"
    with staff.post(original) as handed_out:
        assert handed_out.data == paper
    assert visit(app, AccountFactory()).get(original).status_code in (302, 303, 403, 404)
    assert "营业执照.pdf" not in client.get(f"/decisions/{decision.public_id}").get_data(as_text=True)

    form, act = f"petition-{petition.id}-", f"{page}/petitions/{petition.id}"
    staff.post(f"{act}/check", data={})
    rejected = {f"{form}outcome": "rejected", f"{form}answer": "核对无误，金额就是三千元。"}
    assert visit(app, reviewer).post(f"{act}/answer", data=rejected).status_code == 303
    with app.app_context():
        only = {
            kind: HANDLERS[kind] for kind in (TELL_PETITIONER, EXAMINE)
        }  # what mail went out is forgotten
        Worker(database(), only).run(until_idle=True)
    session.expire_all()
    mails = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail")).all()
    assert [mail.payload["to"] for mail in mails] == ["asks@example.org"] * 2
    assert all(decision.document_number in mail.payload["body"] for mail in mails)
    assert not any("三千元" in mail.payload["body"] for mail in mails), "what the news is stands on the page"
    session.refresh(file)
    assert file.copy_state is not CopyState.PENDING, "examined as evidence is"


def test_credit_repair_ends_publication_once_its_conditions_are_met(
    app: Flask, client: FlaskClient, session: Session, unit: Unit, publisher: Account, reviewer: Account
) -> None:
    decision = public(session, unit, reviewer, days_ago=60)
    page = f"/casework/decisions/{decision.id}/petitions"
    staff, other = visit(app, publisher), visit(app, reviewer)
    assert staff.post(page, data=noted("repair", promised="")).status_code == 422, "the promise is asked for"
    assert staff.post(page, data=noted("repair")).status_code == 303
    petition = the_petition(session)
    form = f"petition-{petition.id}-"
    granted = {f"{form}outcome": "upheld", f"{form}answer": "符合条件，准予修复。"}
    answer = f"{page}/{petition.id}/answer"
    assert "已经履行" in other.post(answer, data=granted).get_data(as_text=True), "not fulfilled yet"
    decision.fulfilment, decision.fulfilled_on = Fulfilment.FULFILLED, NOW.date()
    session.commit()
    assert "最短公示期" in other.post(answer, data=granted).get_data(as_text=True), "three months at least"
    with time_machine.travel(NOW + dt.timedelta(days=32), tick=False):
        assert visit(app, reviewer).post(answer, data=granted).status_code == 303
        gone = client.get(f"/decisions/{decision.public_id}")
        assert gone.status_code == 410
        assert "信用修复，提前停止公示" in gone.get_data(as_text=True)
        assert decision.party_name not in gone.get_data(as_text=True)
    session.expire_all()
    assert (decision.state, decision.end_kind) == (State.ENDED, EndKind.REPAIRED)
    rules = set(session.scalars(select(Deadline.rule_id).where(Deadline.met_at.is_(None))))
    assert "repair_sync" in rules, "the national platform has to be told"


def test_the_same_is_not_asked_twice_at_once(
    app: Flask, session: Session, unit: Unit, publisher: Account, reviewer: Account
) -> None:
    decision = public(session, unit, reviewer, days_ago=30)
    page = f"/casework/decisions/{decision.id}/petitions"
    staff = visit(app, publisher)
    assert staff.post(page, data=noted("objection")).status_code == 303
    assert staff.post(page, data=noted("objection")).status_code == 409
