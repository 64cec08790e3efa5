"""No page asks the database more than twelve times, and none asks more because there is more to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.indexing import rebuild
from journey.keys import keyring
from models.cases import operations
from models.cases.intake import receive
from models.cases.tables import Case
from models.cases.terms import State
from models.decisions.operations import enter, submit_for_review
from models.decisions.tables import Decision
from models.filings.tables import Filing
from models.kinds import Track
from models.people.actors import FILER
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import AccountFactory, StaffFactory
from tests.support.cases import OPENED, Office, a_case_in, an_office
from tests.support.decisions import a_content
from tests.support.filings import JPEG, PERSON, Walker, a_submission
from tests.support.published import published
from tests.support.visitors import sign_in

MOST = 12
Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def _friday_morning() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@dataclass
class Town:
    """An office with people of every kind, and the means to give it more to do."""

    app: Flask
    session: Session
    office: Office
    holder: Account
    publisher: Account
    reviewer: Account
    admin: Account
    case: Case
    decision: Decision
    in_review: Decision
    size: int = 0

    def grow(self, times: int) -> None:
        """More cases in every state, more that happened in the one case, more decisions, filings and people."""
        for _ in range(times):
            self.size += 1
            for state in State:
                a_case_in(self.session, self.office, state)
            StaffFactory(role=Role.HANDLER, unit=self.office.bureau)
            published(
                self.session, self.office.bureau, self.reviewer, document_number=f"测〔2026〕{self.size}号"
            )
            self._file_for(self.holder)
            for words in ("说明一", "说明二"):
                operations.add_supplement(self.session, case=self.case, body=words, now=OPENED)
                operations.send_message(
                    self.session, case=self.case, body=words, actor=self.office.intake, now=OPENED
                )
        self.session.commit()
        with self.app.app_context():
            rebuild()

    def _file_for(self, account: Account) -> None:
        with self.app.app_context():
            keys = keyring()
        submission = a_submission(Track.CLUE, person=PERSON)
        receive(self.session, submission=submission, actor=FILER, account=account, now=OPENED, keys=keys)

    def browser(self, account: Account | None = None) -> FlaskClient:
        client = self.app.test_client()
        return sign_in(client, account) if account else client


@pytest.fixture
def town(app: Flask, session: Session) -> Town:
    office = an_office(session)
    bureau = office.bureau
    reviewer = StaffFactory(role=Role.REVIEWER, unit=bureau)
    publisher = StaffFactory(role=Role.PUBLISHER, unit=bureau)
    content = a_content(document_number="测〔2026〕第0002号")
    in_review = enter(session, content=content, unit=bureau, actor=publisher, now=OPENED)
    submit_for_review(session, in_review, actor=publisher, now=OPENED)
    walker = Walker(app.test_client())
    walker.to_check()
    walker.upload((JPEG, "照片.jpg"))
    walker.submit()
    case = session.scalars(select(Case)).one()
    made = Town(
        app,
        session,
        office,
        holder=AccountFactory(),
        publisher=publisher,
        reviewer=reviewer,
        admin=StaffFactory(role=Role.ADMINISTRATOR, unit=bureau),
        case=case,
        decision=published(session, bureau, reviewer, document_number="测〔2026〕第0001号"),
        in_review=in_review,
    )
    made.grow(1)
    return made


def _addresses(town: Town) -> Iterator[tuple[FlaskClient, str]]:
    """Every kind of page that shows records, with who looks at it."""
    anybody, case = town.browser(), town.case
    for path in (
        "/",
        "/guides",
        "/decisions",
        "/decisions?q=专利",
        "/decisions?q=测〔2026〕第0001号",
        "/readyz",
    ):
        yield anybody, path
    yield anybody, "/decisions.json?q=专利"
    yield anybody, f"/decisions/{town.decision.public_id}"
    yield anybody, f"/decisions/{town.decision.public_id}.json"
    filer = town.browser()
    with filer.session_transaction() as cookie:
        cookie["filings"] = {case.reference: dt.datetime.now(dt.UTC).timestamp()}
    for path in (
        f"/track/{case.reference}",
        f"/track/{case.reference}/withdraw",
        f"/receipt/{case.reference}",
    ):
        yield filer, path
    holder = town.browser(town.holder)
    own = town.session.scalars(select(Filing.reference).where(Filing.account_id == town.holder.id)).first()
    for path in ("/account/", f"/account/filings/{own}", "/account/file"):
        yield holder, path
    for officer in (town.office.intake, town.office.county_handler, town.office.head):
        for view in ("new", "waiting", "mine", "open", "late", "followed", "done"):
            yield town.browser(officer), f"/casework/?view={view}"
    intake = town.browser(town.office.intake)
    for path in ("/casework/?view=open&q=示例", "/casework/?view=open&light=late"):
        yield intake, path
    for act in ("", "/transfer", "/refuse", "/message"):
        yield intake, f"/casework/cases/{case.reference}{act}"
    for path in ("", "?state=published", "/new", f"/{town.in_review.id}/edit", f"/{town.in_review.id}"):
        yield town.browser(town.publisher), f"/casework/decisions{path}"
    yield town.browser(town.reviewer), f"/casework/decisions/{town.in_review.id}"
    for path in ("", "accounts/", f"accounts/{town.office.intake.id}", "units/", "work/", "ledger/"):
        yield town.browser(town.admin), f"/admin/{path}"


def _count(town: Town, count_queries: Counter) -> dict[str, list[str]]:
    counted: dict[str, list[str]] = {}
    for number, (client, path) in enumerate(_addresses(town)):
        with count_queries() as statements:
            answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        counted[f"{number} {path}"] = list(statements)
    return counted


def test_no_page_asks_much_and_none_asks_more_for_more(town: Town, count_queries: Counter) -> None:
    town.grow(6)  # more than a page already: a list that has a second page asks how long it is
    little = _count(town, count_queries)
    town.grow(3)
    much = _count(town, count_queries)
    too_many = {path: len(asked) for path, asked in much.items() if len(asked) > MOST}
    assert not too_many, f"more than {MOST} queries: {too_many}"
    growing = {
        path: (len(little[path]), len(asked))
        for path, asked in much.items()
        if len(asked) > len(little[path])
    }
    assert not growing, f"queries that grow with the data, before and after: {growing}"
