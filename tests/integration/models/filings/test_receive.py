"""Taking a submission in: filing, case, code and clocks together or not at all, and once."""

from __future__ import annotations

import datetime as dt
import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adapters.files import FolderStore
from models.cases.intake import Received, receive
from models.cases.tables import Case
from models.clocks.queries import deadlines_of
from models.database import Database
from models.errors import Invalid, NotFound
from models.filings.content import content_sha256
from models.filings.drafts import answers_of, drop_stale_drafts, save_answers
from models.filings.errors import IdentityRequired, WrongReferenceOrCode
from models.filings.evidence import Allowance, attach, drop_unsent_evidence
from models.filings.operations import forget_held_codes, note_code
from models.filings.queries import filing_by_code, held_code, own_filing
from models.filings.references import code_hmac, is_reference
from models.filings.submissions import Person, Submission
from models.filings.tables import Draft, Evidence, Filing, HeldCode
from models.kinds import Track
from models.ledger.tables import LedgerEvent
from models.outbox import OutboxRow
from models.people.actors import FILER
from tests import factories
from tests.factories import AccountFactory
from tests.support.cases import Office, an_office
from tests.support.filings import JPEG, KEYS, PERSON, a_submission

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path)


def _receive(session: Session, submission: Submission | None = None, now: dt.datetime = NOW) -> Received:
    return receive(session, submission=submission or a_submission(), actor=FILER, now=now, keys=KEYS)


def _attach(session: Session, store: FolderStore, token: str, now: dt.datetime = NOW) -> Evidence:
    allowance = Allowance(file_bytes=10_000, filing_bytes=20_000, files=3)
    stream = io.BytesIO(JPEG)
    return attach(
        session, token=token, stream=stream, file_name="一.jpg", allowance=allowance, store=store, now=now
    )


def test_a_report_becomes_a_filing_with_its_case_and_clock(session: Session, office: Office) -> None:
    received = _receive(session)
    assert is_reference(received.filing.reference)
    assert received.case.reference == received.filing.reference
    assert received.case.unit is office.bureau
    assert "report_verify" in [
        clock.rule_id for clock in deadlines_of(session, [received.case])[received.case.id]
    ]


def test_only_the_hmac_of_the_code_is_kept(session: Session) -> None:
    received = _receive(session)
    assert received.code
    session.expire_all()
    expected = code_hmac(KEYS.code_key, received.filing.reference, received.code)
    assert received.filing.query_code_hmac == expected
    held = session.scalars(select(HeldCode)).one()
    assert received.code.encode() not in held.ciphertext


def test_the_same_token_is_the_same_filing_with_the_same_code(session: Session) -> None:
    submission = a_submission()
    first, second = _receive(session, submission), _receive(session, submission)
    assert (first.filing, first.case, first.code) == (second.filing, second.case, second.code)
    assert (first.is_new, second.is_new) == (True, False)
    session.commit()
    acts = session.scalars(select(LedgerEvent.act).order_by(LedgerEvent.id)).all()
    assert acts.count("register_filing") == acts.count("case.receive") == 1


def test_a_noted_code_is_not_told_again(session: Session) -> None:
    submission = a_submission()
    received = _receive(session, submission)
    note_code(session, filing=received.filing, actor=FILER, now=NOW)
    note_code(session, filing=received.filing, actor=FILER, now=NOW)
    assert _receive(session, submission).code is None
    session.commit()
    assert session.scalars(select(LedgerEvent.act)).all().count("note_code") == 1


def test_a_code_is_held_for_an_hour(session: Session) -> None:
    filing = _receive(session).filing
    assert held_code(session, filing, now=NOW + 0.99 * HOUR, keys=KEYS)
    assert held_code(session, filing, now=NOW + HOUR, keys=KEYS) is None
    assert forget_held_codes(session, NOW + 0.99 * HOUR) == 0
    assert forget_held_codes(session, NOW + HOUR) == 1


def test_reference_and_code_open_the_filing_however_they_are_typed(session: Session) -> None:
    received = _receive(session)
    code, reference = str(received.code), received.filing.shown_reference
    spaced = " ".join(code[start : start + 4].lower() for start in range(0, 16, 4))
    assert filing_by_code(session, reference=reference.lower(), code=spaced, keys=KEYS) is received.filing


@pytest.mark.parametrize("wrong", ["code", "reference", "both", "another's code", "nonsense"])
def test_what_is_wrong_is_never_said(session: Session, wrong: str) -> None:
    mine, other = _receive(session), _receive(session)
    reference, code = mine.filing.reference, str(mine.code)
    tried = {
        "code": (reference, "A" * 16),
        "reference": ("A" * 8, code),
        "both": ("A" * 8, "A" * 16),
        "another's code": (reference, str(other.code)),
        "nonsense": ("这" * 1000, "\x00'; --" * 1000),
    }[wrong]
    with pytest.raises(WrongReferenceOrCode) as refused:
        filing_by_code(session, reference=tried[0], code=tried[1], keys=KEYS)
    assert refused.value.sentence == WrongReferenceOrCode().sentence


def test_files_go_with_the_filing_and_into_its_digest(session: Session, store: FolderStore) -> None:
    submission = a_submission()
    evidence = _attach(session, store, submission.token)
    filing = _receive(session, submission).filing
    assert filing.evidence == [evidence]
    assert evidence.submission_token is None
    assert filing.content_sha256 == content_sha256(filing)
    session.commit()
    session.expire_all()
    assert filing.content_sha256 == content_sha256(filing), "the digest can be made again from the rows"
    filing.facts += "。"
    assert filing.content_sha256 != content_sha256(filing)


@pytest.mark.parametrize(
    ("submission", "field"),
    [
        (a_submission(facts="  "), "facts"),
        (a_submission(facts="长" * 10_001), "facts"),
        (a_submission(Track.COMPLAINT, person=Person(name="甲", phone="13800000000")), "address"),
        (a_submission(person=Person(name="甲")), "phone"),
        (a_submission(person=Person(name="", phone="13800000000")), "name"),
    ],
)
def test_what_is_missing_is_named(session: Session, submission: Submission, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        _receive(session, submission)
    assert field in refused.value.errors
    assert session.scalar(select(func.count()).select_from(Filing)) == 0


def test_a_complaint_or_an_account_cannot_be_anonymous(session: Session) -> None:
    with pytest.raises(IdentityRequired):
        _receive(session, a_submission(Track.COMPLAINT))
    with pytest.raises(IdentityRequired):
        receive(session, submission=a_submission(), account=AccountFactory(), actor=FILER, now=NOW, keys=KEYS)


def test_a_filing_is_its_owners_only(session: Session) -> None:
    owner, stranger = AccountFactory(), AccountFactory()
    submission = a_submission(Track.CLUE, person=PERSON)
    filing = receive(session, submission=submission, account=owner, actor=owner, now=NOW, keys=KEYS).filing
    assert own_filing(session, account_id=owner.id, reference=filing.reference) is filing
    with pytest.raises(NotFound) as theirs:
        own_filing(session, account_id=stranger.id, reference=filing.reference)
    with pytest.raises(NotFound) as nobodys:
        own_filing(session, account_id=stranger.id, reference="AAAAAAAA")
    assert theirs.value.sentence == nobodys.value.sentence


def test_a_draft_is_kept_for_thirty_days_after_the_last_answer(session: Session) -> None:
    month = dt.timedelta(days=30)
    save_answers(session, token="t", answers={"facts": {"facts": "事"}}, now=NOW, keys=KEYS)
    save_answers(session, token="t", answers={"facts": {"facts": "事情"}}, now=NOW + HOUR, keys=KEYS)
    assert drop_stale_drafts(session, NOW + month) == 0
    assert answers_of(session, "t", now=NOW + HOUR, keys=KEYS) == {"facts": {"facts": "事情"}}
    assert answers_of(session, "another", now=NOW, keys=KEYS) is None
    assert drop_stale_drafts(session, NOW + month + HOUR) == 1
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_files_that_nobody_sent_are_removed_after_a_month(session: Session, store: FolderStore) -> None:
    submission = a_submission()
    sent = _attach(session, store, submission.token)
    _receive(session, submission)
    left = _attach(session, store, "left behind")
    key = left.store_key
    assert drop_unsent_evidence(session, NOW + dt.timedelta(days=30)) == 0
    assert drop_unsent_evidence(session, NOW + dt.timedelta(days=31)) == 1
    assert session.scalars(select(Evidence)).all() == [sent]
    removal = session.scalars(select(OutboxRow).where(OutboxRow.kind == "delete_file")).one()
    assert removal.payload == {"store_key": key}


def test_two_senders_at_the_same_instant_make_one_filing(real_database: Database) -> None:
    """A double click that reaches two web processes: real transactions, not those of the test."""
    with real_database.writing() as session, factories.using(session):
        an_office(session)
        session.commit()
    submission, start = a_submission(), threading.Barrier(4)
    found: list[tuple[str, str | None]] = []

    def click() -> None:
        with real_database.writing() as session:
            start.wait()
            received = _receive(session, submission)
            found.append((received.filing.reference, received.code))
            session.commit()

    _at_once([click] * 4)
    assert len(found) == 4
    assert len(set(found)) == 1
    with real_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Filing)) == 1
        assert session.scalar(select(func.count()).select_from(Case)) == 1


def _at_once(acts: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
