"""`papers verify` says that all issued papers are whole, or which are not, and ends with 1 then."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from config import Config
from models.cases.terms import State
from models.kinds import Track
from models.papers.issuing import issue
from models.papers.kinds import paper_kind
from models.papers.operations import draft
from models.papers.tables import Paper
from shared.services import services
from tests.support.cases import OPENED, a_case_in, an_office
from tests.support.papers import an_issuing_office, confirm_prefix


def _issued(app: Flask, session: Session, config: Config) -> Paper:
    office = an_office(session)
    confirm_prefix(session, office.head)
    case = a_case_in(session, office, State.INVESTIGATING, Track.REPORT)
    with app.app_context():
        issuing = dataclasses.replace(an_issuing_office(config.files_dir), files=services().files)
        common = {"actor": office.intake, "now": OPENED}
        kind = paper_kind("report_register")
        paper = draft(session, case=case, kind=kind, fields={}, to_unit=None, **common)  # type: ignore[arg-type]
        issue(session, paper=paper, office=issuing, **common)  # type: ignore[arg-type]
    session.commit()
    return paper


def _verify(app: Flask, code: int) -> Any:
    result = app.test_cli_runner().invoke(args=["papers", "verify", "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_a_damaged_paper_is_named_by_its_number(app: Flask, config: Config, session: Session) -> None:
    paper = _issued(app, session, config)
    number, key, size = paper.document_number, paper.docx_key, paper.docx_size
    assert key
    assert _verify(app, 0) == {"files": 1, "bytes": size, "findings": []}
    (config.files_dir / key[:2] / key).write_bytes(b"another")
    (finding,) = _verify(app, 1)["findings"]
    assert finding == {"paper": paper.id, "number": number, "file": "docx", "damage": "altered"}
    (config.files_dir / key[:2] / key).unlink()
    assert _verify(app, 1)["findings"][0]["damage"] == "missing"
