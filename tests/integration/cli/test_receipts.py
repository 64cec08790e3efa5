"""`receipts`: keys are listed and changed, old receipts keep holding, what was altered is found."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from config import Config
from journey.keys import keyring
from models.cases.intake import receive
from models.filings.tables import Filing
from models.people.actors import FILER
from tests.factories import NOW
from tests.support.cases import an_office
from tests.support.filings import a_submission


@pytest.fixture
def filing(app: Flask, session: Session) -> Filing:
    an_office(session)
    with app.app_context():
        keys = keyring()
    made = receive(session, submission=a_submission(), actor=FILER, now=NOW, keys=keys).filing
    session.commit()
    return made


def _run(app: Flask, *arguments: str, code: int = 0) -> Any:
    result = app.test_cli_runner().invoke(args=["receipts", *arguments, "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if code != 2 else None


def test_after_a_change_both_keys_are_published_and_old_receipts_hold(
    app: Flask, config: Config, filing: Filing
) -> None:
    assert filing.receipt
    path = config.data_dir / "keys" / "signing_key"
    before = path.read_text()
    changed = _run(app, "rotate")
    assert changed["retired"] == filing.receipt.key_id
    assert path.read_text() != before
    assert path.stat().st_mode & 0o777 == 0o600
    listed = _run(app, "keys")["keys"]
    assert [key["key_id"] for key in listed] == [changed["key_id"], changed["retired"]]
    assert [bool(key["retired_at"]) for key in listed] == [False, True]
    assert _run(app, "verify") == {"receipts": 1, "findings": []}


def test_a_given_key_is_changed_by_whoever_gave_it(app: Flask, config: Config, filing: Filing) -> None:
    (config.data_dir / "keys" / "signing_key").unlink()
    result = app.test_cli_runner().invoke(args=["receipts", "rotate"])
    assert result.exit_code == 2
    assert "HUHANG_SIGNING_KEY" in result.output


def test_a_filing_that_was_altered_is_a_finding(app: Flask, session: Session, filing: Filing) -> None:
    session.execute(update(Filing).values(facts="别的事"))
    session.commit()
    session.expire_all()
    findings = _run(app, "verify", code=1)["findings"]
    assert [finding["reference"] for finding in findings] == [filing.shown_reference]
