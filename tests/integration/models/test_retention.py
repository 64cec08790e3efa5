"""Retention: two people, holds that are kept to, and nothing left of what a person wrote once a case is destroyed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from sqlalchemy import Table, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from models.base import Base
from models.cases.decisions import outcomes_for
from models.cases.operations import add_supplement, close, send_message
from models.cases.response.tables import HANDLE_LENGTH, Invitation, Statement, StatementFile
from models.cases.tables import Case
from models.cases.terms import State
from models.cases.texts import forget, keep
from models.cases.texts import holds as text_holds
from models.errors import ActRefused, NotAllowed
from models.filings import signing
from models.filings.evidence import DELETE_FILE
from models.filings.kinds import OpeningReason
from models.filings.sealing import Keyring
from models.filings.submissions import Person
from models.filings.tables import Evidence, Identity
from models.filings.vault import open_identity, seal
from models.kinds import Track
from models.ledger.queries import verify
from models.outbox import OutboxRow
from models.people.actors import System
from models.people.roles import Role
from models.people.tables import Account
from models.retention import operations
from models.retention.queries import count_due
from models.retention.schedules import Schedule, read_schedules
from models.retention.tables import Disposal, DisposalState, Fate
from tests.factories import StaffFactory
from tests.support.cases import OPENED, Office, a_case_in, an_office

LATER = OPENED.replace(year=OPENED.year + 31, month=2)
WORKER = System("retention")
SECRET = "绝密标记字样"
KEYS = Keyring(bytes(32), bytes(range(32)), bytes(reversed(range(32))))


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def keeper(session: Session, office: Office) -> Account:
    return StaffFactory(role=Role.ADMINISTRATOR, unit=office.bureau)


@pytest.fixture
def schedule() -> Schedule:
    return dataclasses.replace(read_schedules().of("decided"), is_confirmed=True)


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    """Closed, with the secret word in everything that a person can write or hand in."""
    made = a_case_in(session, office, State.ANSWERED, Track.COMPLAINT)
    filing = made.filing
    filing.facts, filing.respondent_name, filing.data = SECRET, SECRET, {"note": SECRET}
    filing.right_number = filing.request = SECRET
    seal(session, filing=filing, person=Person(SECRET, "13900000000"), keys=KEYS, now=OPENED)
    session.flush()
    session.refresh(filing)
    open_identity(
        session,
        filing=filing,
        actor=office.intake,
        reason=OpeningReason.CONTACT,
        words=SECRET,
        now=OPENED,
        keys=KEYS,
    )
    add_supplement(session, case=made, body=SECRET, now=OPENED)
    send_message(session, case=made, body=SECRET, actor=office.intake, now=OPENED)
    session.add(
        Evidence(
            filing_id=filing.id,
            file_name=f"{SECRET}.jpg",
            media_type="image/jpeg",
            size=1,
            sha256="e" * 64,
            store_key="original",
            copy_state="made",
            copy_key="copy",
            copy_media_type="image/jpeg",
            copy_size=1,
            copy_sha256="f" * 64,
            received_at=OPENED,
        )
    )
    _answer_of_the_company(session, office, made)
    forget(session, made.id)
    keep(session, {made.id: SECRET})
    _close(session, office, made)
    return made


def _answer_of_the_company(session: Session, office: Office, case: Case) -> None:
    asked = Invitation(
        case_id=case.id,
        handle="h" * HANDLE_LENGTH,
        company=SECRET,
        words=SECRET,
        file_ids=[],
        invited_by_id=office.intake.id,
        invited_at=OPENED,
        due_on=OPENED.date(),
        expires_at=OPENED + dt.timedelta(days=1),
    )
    said = Statement(invitation=asked, signed=SECRET, body=SECRET, at=OPENED, is_late=False)
    file = StatementFile(
        file_name=SECRET,
        media_type="image/png",
        size=1,
        sha256="c" * 64,
        store_key="company",
        received_at=OPENED,
    )
    said.files.append(file)
    session.add(asked)
    session.flush()


def _close(session: Session, office: Office, case: Case) -> None:
    outcome = outcomes_for(case)[0]
    close(session, case=case, outcome=outcome, reasons=SECRET, actor=office.intake, now=OPENED)
    session.flush()


def _done(session: Session, office: Office, keeper: Account, schedule: Schedule) -> Disposal:
    made = operations.propose(session, schedule=schedule, actor=keeper, now=LATER)
    operations.approve(session, disposal=made, actor=office.head, now=LATER)
    for item in made.items:
        operations.destroy(session, item=item, schedule=schedule, actor=WORKER, now=LATER)
    operations.certify(
        session,
        disposal=made,
        schedules=dataclasses.replace(read_schedules(), schedules=(schedule,)),
        bureau="示例市市场监督管理局",
        actor=WORKER,
        now=LATER,
        keys=KEYS,
    )
    session.commit()
    return made


def _holding(session: Session, word: str) -> list[str]:
    """Every table that has the word anywhere."""
    return [
        table.name
        for table in Base.metadata.sorted_tables
        if session.scalar(select(func.count()).select_from(table).where(_has(table, word)))
    ]


def _has(table: Table, word: str) -> object:
    escaped = json.dumps(word)[1:-1].replace("\\", "_")
    either = [cast(column, Text).like(f"%{one}%") for column in table.columns for one in (word, escaped)]
    return or_(*either)


def test_nothing_that_a_person_wrote_is_left(
    session: Session, office: Office, keeper: Account, case: Case, schedule: Schedule
) -> None:
    assert _holding(session, SECRET), "the word has to be there first"
    _done(session, office, keeper, schedule)
    assert _holding(session, SECRET) == []
    assert session.scalar(select(func.count(Identity.id))) == 0
    assert session.scalars(select(Case.id).where(text_holds(session, SECRET))).all() == []
    deletions = session.scalars(select(OutboxRow).where(OutboxRow.kind == DELETE_FILE)).all()
    assert {one.payload["store_key"] for one in deletions} == {"original", "copy", "company"}
    assert list(verify(session)) == []


def test_the_certificate_is_signed_and_names_digests_only(
    session: Session, office: Office, keeper: Account, case: Case, schedule: Schedule
) -> None:
    done = _done(session, office, keeper, schedule)
    assert done.certificate is not None
    assert done.signature is not None
    public, signed = signing.public_key_of(KEYS.signing_key), done.certificate.encode()
    assert signing.is_signed_by(public, bytes.fromhex(done.signature), signed)
    content = json.loads(done.certificate)
    assert content["destroyed"] == [{"reference": case.reference, "sha256": ["0" * 64, "e" * 64, "c" * 64]}]
    assert SECRET not in done.certificate


def test_doing_it_twice_changes_nothing(
    session: Session, office: Office, keeper: Account, case: Case, schedule: Schedule
) -> None:
    done = _done(session, office, keeper, schedule)
    before = (done.items[0].hashes, case.destroyed_at)
    with pytest.raises(ActRefused, match="已经销毁"):
        operations.hold(session, case=case, words="行政诉讼", actor=keeper, now=LATER)
    with pytest.raises(ActRefused, match="处理过"):
        operations.reject(session, disposal=done, answer="不", actor=office.head, now=LATER)
    operations.destroy(
        session, item=done.items[0], schedule=schedule, actor=WORKER, now=LATER + dt.timedelta(1)
    )
    assert (done.items[0].hashes, case.destroyed_at) == before


def test_what_is_held_after_the_approval_is_kept(
    session: Session, office: Office, keeper: Account, case: Case, schedule: Schedule
) -> None:
    made = operations.propose(session, schedule=schedule, actor=keeper, now=LATER)
    operations.approve(session, disposal=made, actor=office.head, now=LATER)
    held = operations.hold(session, case=case, words="行政诉讼", actor=keeper, now=LATER)
    operations.destroy(session, item=made.items[0], schedule=schedule, actor=WORKER, now=LATER)
    assert (made.items[0].fate, case.destroyed_at) == (Fate.KEPT, None)
    assert count_due(session, schedule, LATER) == 0
    operations.release(session, hold=held, actor=keeper, now=LATER)
    assert count_due(session, schedule, LATER) == 1


def test_one_person_alone_destroys_nothing(
    session: Session, office: Office, keeper: Account, case: Case, schedule: Schedule
) -> None:
    made = operations.propose(session, schedule=schedule, actor=keeper, now=LATER)
    with pytest.raises(NotAllowed):
        operations.approve(session, disposal=made, actor=keeper, now=LATER)
    operations.destroy(session, item=made.items[0], schedule=schedule, actor=WORKER, now=LATER)
    assert (made.state, case.destroyed_at) == (DisposalState.PROPOSED, None)
    with pytest.raises(ActRefused):
        operations.propose(session, schedule=schedule, actor=keeper, now=LATER)


def test_what_is_not_confirmed_is_never_proposed(
    session: Session, keeper: Account, case: Case, schedule: Schedule
) -> None:
    with pytest.raises(ActRefused):
        operations.propose(
            session, schedule=dataclasses.replace(schedule, is_confirmed=False), actor=keeper, now=LATER
        )


def test_years_count_from_the_january_after_the_end(session: Session, case: Case, schedule: Schedule) -> None:
    last_day = dt.datetime(OPENED.year + 30, 12, 31, tzinfo=dt.UTC)
    assert count_due(session, schedule, last_day - dt.timedelta(days=1)) == 0
    assert count_due(session, schedule, last_day + dt.timedelta(days=1)) == 1
