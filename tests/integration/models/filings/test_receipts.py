"""The receipt is signed in the transaction that files, names nobody, and outlives a change of key."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from adapters.files import FolderStore
from models.cases.intake import receive
from models.errors import NotFound
from models.filings import receipts, signing
from models.filings.evidence import Allowance, attach
from models.filings.sealing import Keyring
from models.filings.signing import Verdict
from models.filings.tables import Filing, Receipt
from models.people.actors import FILER
from tests.factories import NOW
from tests.support.cases import Office, an_office
from tests.support.filings import JPEG, KEYS, PERSON, a_submission

NEXT_KEYS = dataclasses.replace(KEYS, signing_key=b"\x07" * 32)


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    return an_office(session)


def _file(session: Session, keys: Keyring = KEYS, now: dt.datetime = NOW, token: str = "") -> Filing:
    changes = {"token": token} if token else {}
    submission = a_submission(person=PERSON, **changes)
    return receive(session, submission=submission, actor=FILER, now=now, keys=keys).filing


def _receipt(filing: Filing) -> Receipt:
    assert filing.receipt
    return filing.receipt


def _verdict(session: Session, receipt: Receipt) -> Verdict:
    return signing.check_file(receipts.file_of(receipt, verify_at=""), receipts.public_keys(session))[0]


def test_a_filing_has_a_signed_receipt_of_what_was_filed(
    session: Session, office: Office, tmp_path: Path
) -> None:
    store = FolderStore(tmp_path)
    file = attach(
        session,
        token="with a photo",
        stream=io.BytesIO(JPEG),
        file_name="一.jpg",
        allowance=Allowance(10_000, 10_000, 3),
        store=store,
        now=NOW,
    )
    filing = _file(session, token="with a photo")
    assert _verdict(session, _receipt(filing)) is Verdict.GENUINE
    content = json.loads(_receipt(filing).content)
    assert content["bureau"] == office.bureau.name
    assert content["received_at"] == "2026-03-02T09:00:00+08:00"
    assert content["matters"] == [
        {
            "reference": filing.shown_reference,
            "track": "report",
            "content_sha256": filing.content_sha256,
        }
    ]
    assert content["files"] == [{"sha256": file.sha256, "size": len(JPEG)}]


def test_it_names_neither_the_filer_nor_what_was_said(session: Session) -> None:
    filing = _file(session)
    content = _receipt(filing).content
    for private in (PERSON.name, PERSON.phone_digits, PERSON.email, filing.facts, filing.respondent_name):
        assert private not in content


def test_the_same_sending_has_one_receipt(session: Session) -> None:
    first, second = _file(session, token="twice"), _file(session, token="twice")
    assert _receipt(first) is _receipt(second)
    assert session.scalar(select(func.count()).select_from(Receipt)) == 1


def test_a_receipt_is_found_by_its_token_however_it_is_typed(session: Session) -> None:
    receipt = _receipt(_file(session))
    spoken = " ".join(receipt.token[start : start + 4].lower() for start in range(0, 20, 4))
    assert receipts.receipt_by_token(session, spoken) is receipt
    with pytest.raises(NotFound):
        receipts.receipt_by_token(session, "A" * 20)


def test_old_receipts_hold_after_a_change_of_key(session: Session) -> None:
    later = NOW + dt.timedelta(days=1)
    old = _receipt(_file(session))
    new = _receipt(_file(session, NEXT_KEYS, later))
    assert old.key_id != new.key_id
    assert _verdict(session, old) is _verdict(session, new) is Verdict.GENUINE
    newest, before = receipts.published_keys(session)
    assert (newest.key_id, newest.retired_at) == (new.key_id, None)
    assert (before.key_id, before.retired_at) == (old.key_id, later)


def test_what_lies_here_is_held_against_the_receipts(session: Session) -> None:
    whole, changed = _file(session), _file(session)
    assert list(receipts.damaged(session)) == []
    session.execute(update(Filing).where(Filing.id == changed.id).values(facts="别的事"))
    session.expire_all()
    reference = changed.shown_reference
    assert list(receipts.damaged(session)) == [(reference, "登记内容与回执上的校验码不一致")]
    forged = update(Receipt).where(Receipt.id == session.get_one(Filing, whole.id).receipt_id)
    session.execute(forged.values(signature="00" * 64))
    session.expire_all()
    assert ("回执的签名不成立") in [problem for _reference, problem in receipts.damaged(session)]
