"""The vault: the filer's identity lies nowhere in the clear, and opening it leaves a mark."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Base
from models.cases.intake import receive
from models.errors import Invalid
from models.filings.errors import IdentityAbsent, UnknownKey
from models.filings.kinds import OpeningReason
from models.filings.sealing import Keyring
from models.filings.submissions import Person
from models.filings.tables import Filing, Identity, IdentityOpening
from models.filings.vault import open_identity
from models.kinds import Track
from models.ledger.operations import matches_digest
from models.ledger.queries import events_of
from models.people.actors import FILER
from tests.support.cases import Office, an_office
from tests.support.filings import KEYS, PERSON, a_submission

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def filing(session: Session, office: Office) -> Filing:
    submission = a_submission(Track.COMPLAINT, person=PERSON)
    filing = receive(session, submission=submission, actor=FILER, now=NOW, keys=KEYS).filing
    session.commit()
    return filing


def _open(
    session: Session, filing: Filing, office: Office, keys: Keyring = KEYS, words: str = "核对购买凭证"
) -> Person:
    return open_identity(
        session,
        filing=filing,
        actor=office.intake,
        reason=OpeningReason.VERIFY,
        words=words,
        now=NOW,
        keys=keys,
    )


def test_an_envelope_opens_to_what_was_sealed(session: Session, filing: Filing, office: Office) -> None:
    assert _open(session, filing, office) == PERSON


def test_nothing_of_the_person_stands_in_any_table(session: Session, filing: Filing) -> None:
    wanted = [PERSON.name, PERSON.phone, PERSON.phone_digits, PERSON.email, PERSON.address]
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            shown = "\n".join(
                value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row
            )
            held = [text for text in wanted if text in shown or text.encode().decode("latin-1") in shown]
            assert not held, f"{table.name}: {held}"


def test_opening_is_kept_with_who_when_why_and_the_ledger_has_no_words(
    session: Session, filing: Filing, office: Office
) -> None:
    _open(session, filing, office, words="  核对购买凭证 ")
    session.commit()
    opening = session.scalars(select(IdentityOpening)).one()
    assert (opening.account_id, opening.words, opening.reason) == (
        office.intake.id,
        "核对购买凭证",
        OpeningReason.VERIFY,
    )
    event = next(
        event
        for event in events_of(session, subject_kind="filings", subject_id=str(filing.id))
        if event.act == "open_identity"
    )
    assert event.actor == f"account:{office.intake.id}"
    assert "核对" not in event.data
    assert str(opening.id) in event.data
    digest = event.data.split('"words":"')[1].split('"')[0]
    assert matches_digest("核对购买凭证", digest)


@pytest.mark.parametrize("words", ["", "   ", "长" * 501])
def test_without_a_reason_it_stays_closed(
    session: Session, filing: Filing, office: Office, words: str
) -> None:
    with pytest.raises(Invalid):
        _open(session, filing, office, words=words)
    assert session.scalars(select(IdentityOpening)).all() == []


def test_an_anonymous_report_has_no_envelope(session: Session, office: Office) -> None:
    anonymous = receive(session, submission=a_submission(), actor=FILER, now=NOW, keys=KEYS).filing
    with pytest.raises(IdentityAbsent):
        _open(session, anonymous, office)


def test_another_key_does_not_open_it(session: Session, filing: Filing, office: Office) -> None:
    with pytest.raises(UnknownKey):
        _open(
            session,
            filing,
            office,
            keys=Keyring.from_hex(code_key="ab" * 32, vault_key="ef" * 32, signing_key="ef" * 32),
        )


def test_an_envelope_put_on_another_filing_does_not_open(
    session: Session, filing: Filing, office: Office
) -> None:
    submission = a_submission(Track.COMPLAINT, person=Person("乙", "13900000000", address="他路"))
    other = receive(session, submission=submission, actor=FILER, now=NOW, keys=KEYS).filing
    session.flush()
    assert filing.identity is not None
    assert other.identity is not None
    other.identity.ciphertext, other.identity.wrapped_key = (
        filing.identity.ciphertext,
        filing.identity.wrapped_key,
    )
    with pytest.raises(InvalidTag):
        _open(session, other, office)


def test_the_same_phone_is_found_again_however_it_is_written(session: Session, filing: Filing) -> None:
    again = Person("别名", "+86-13800001234", address="别处")
    other = receive(
        session, submission=a_submission(Track.COMPLAINT, person=again), actor=FILER, now=NOW, keys=KEYS
    ).filing
    session.flush()
    found = session.scalars(
        select(Identity.filing_id).where(Identity.phone_index == KEYS.blind_index("phone", "13800001234"))
    ).all()
    assert sorted(found) == sorted([filing.id, other.id])
