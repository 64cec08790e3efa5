"""`evidence verify` says that all files are whole, or which are not, and ends with 1 then."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from config import Config
from models.filings.evidence import Allowance, attach
from models.filings.tables import Evidence
from shared.services import services
from tests.factories import NOW
from tests.support.filings import JPEG


@pytest.fixture
def evidence(app: Flask, session: Session) -> Evidence:
    with app.app_context():
        made = attach(
            session,
            token="t",
            stream=io.BytesIO(JPEG),
            file_name="一.jpg",
            allowance=Allowance(10_000, 20_000, 3),
            store=services().files,
            now=NOW,
        )
    session.commit()
    return made


def _verify(app: Flask, code: int) -> Any:
    result = app.test_cli_runner().invoke(args=["evidence", "verify", "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_whole_files_are_no_finding(app: Flask, evidence: Evidence) -> None:
    assert _verify(app, 0) == {"files": 1, "bytes": len(JPEG), "orphans": 0, "findings": []}


def test_a_damaged_file_is_named_by_its_number_alone(
    app: Flask, config: Config, session: Session, evidence: Evidence
) -> None:
    number, key = evidence.id, evidence.store_key
    (config.files_dir / key[:2] / key).write_bytes(b"another")
    findings = _verify(app, 1)["findings"]
    assert findings == [
        {"table": "evidence", "number": number, "file": "original", "reference": None, "damage": "altered"}
    ]
    said = app.test_cli_runner().invoke(args=["evidence", "verify"])
    assert "SHA-256" in said.output
    assert "一.jpg" not in said.output, "names of files may hold names of people"
