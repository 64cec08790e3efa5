"""What follows after a filing: word to the filer, files that nobody needs."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.filings import delete_files, notify_filers
from background.work import Work
from models.cases.tables import Case
from models.filings.tables import Filing
from models.outbox import OutboxRow
from shared.services import services
from tests.factories import AccountFactory
from tests.support.cases import a_case, an_office


@pytest.fixture
def case(session: Session) -> Case:
    an_office(session)
    made: Case = a_case(session)
    session.commit()
    return made


def _mails(session: Session) -> list[dict[str, str]]:
    return [dict(row.payload) for row in session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail"))]


def _news(case: Case) -> list[Work]:
    return [Work("notify-filer", "notify-filer:1", {"case_id": case.id, "act_id": 1})]


def test_a_rights_holder_is_told_where_the_news_is_and_not_what(
    app: Flask, session: Session, case: Case
) -> None:
    filing = session.get_one(Filing, case.filing_id)
    filing.is_anonymous, filing.account_id = False, AccountFactory(email="brand@example.org").id
    session.commit()
    with app.app_context():
        notify_filers(_news(case))
        notify_filers(_news(case))
    (mail,) = _mails(session)
    assert mail["to"] == "brand@example.org"
    assert filing.reference in mail["body"]
    assert filing.facts[:4] not in mail["body"]


def test_news_that_is_no_act_of_the_case_is_told_too(app: Flask, session: Session, case: Case) -> None:
    filing = session.get_one(Filing, case.filing_id)
    filing.is_anonymous, filing.account_id = False, AccountFactory(email="brand@example.org").id
    session.commit()
    with app.app_context():
        notify_filers([Work("notify-filer", "notify-filer:reward:1", {"case_id": case.id})])
    assert len(_mails(session)) == 1


def test_an_anonymous_filer_gets_no_mail(app: Flask, session: Session, case: Case) -> None:
    with app.app_context():
        notify_filers(_news(case))
    assert _mails(session) == []


def test_a_file_is_deleted_once_and_asking_again_does_no_harm(app: Flask) -> None:
    with app.app_context():
        stored = services().files.save(io.BytesIO(b"x"), limit=10)
        work = [Work("delete_file", "delete_file:1", {"store_key": stored.key})]
        delete_files(work)
        delete_files(work)
        with pytest.raises(FileNotFoundError):
            services().files.open(stored.key)
