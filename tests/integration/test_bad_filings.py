"""What a filing can be loaded with: floods of text, bombs, files with two faces, every script. A sentence each, nothing lost."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.evidence import examine
from background.work import Work
from journey.keys import keyring
from models.filings.kinds import CopyState, OpeningReason
from models.filings.tables import Evidence, Filing
from models.filings.vault import open_identity
from models.people.tokens import Scope, make_token
from models.types import now_utc
from shared.services import services
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.documents import a_photo
from tests.support.filings import FACTS, Walker
from tests.support.visitors import sign_in

FLOOD = "字" * 10_000_000  # thirty million bytes
NAMES = {
    "Han beyond the first plane": "𠮷野家𪚥",
    "Uyghur": "ئابدۇللا ئەخمەت",
    "Tibetan": "བཀྲ་ཤིས་བདེ་ལེགས།",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
    "Arabic": "محمد بن عبد الله",
    "Hebrew": "יוסף כהן",
    "Devanagari": "क्षत्रिय",
    "Thai": "สมชาย ใจดี",
    "Korean": "홍길동",
    "Japanese": "髙橋﨑",
    "Vietnamese, in parts": "Nguye\u0302\u0303n",
    "Greek and Cyrillic": "Αθηνά Щукин",
    "many marks": "Z" + "\u0335\u0321" * 12,
    "emoji": "👩🏽‍⚖️🇨🇳",
    "dot": "阿不都·热合曼",
}
UNSEEN = {
    "turns the line": ("甲\u202e乙丙", "甲乙丙"),
    "isolates": ("\u2066甲\u2069", "甲"),
    "zero width": ("甲\u200b\u2060乙\ufeff", "甲乙"),
    "soft hyphen": ("甲\u00ad乙", "甲乙"),
}


@pytest.fixture
def office(session: Session) -> Office:
    made = an_office(session)
    session.commit()
    return made


@pytest.fixture
def walker(app: Flask, office: Office) -> Walker:
    made = Walker(app.test_client())
    made.to_check()
    return made


@pytest.fixture
def headers(session: Session, office: Office) -> dict[str, str]:
    _token, secret = make_token(
        session, name="t", scopes=[Scope.FILING_CREATE], expires_at=None, actor=office.intake, now=now_utc()
    )
    session.commit()
    return {"Authorization": f"Bearer {secret}", "Idempotency-Key": "1"}


def test_thirty_megabytes_of_text_are_refused_and_the_draft_stands(walker: Walker, session: Session) -> None:
    answer = walker.send("facts", **{**FACTS, "facts": FLOOD})
    assert answer.status_code == 303
    page = Pages(walker.client).get("/file/facts")
    assert "内容太大，没有收下" in page.get_text()
    assert FACTS["facts"] in page.get_text(), "what was there before is there still"
    assert walker.submit().status_code == 303


@pytest.mark.parametrize("is_form", [False, True], ids=["JSON", "form"])
def test_thirty_megabytes_are_refused_by_the_interface(
    client: FlaskClient, session: Session, headers: dict[str, str], is_form: bool
) -> None:
    text = json.dumps({"track": "report", "facts": FLOOD}, ensure_ascii=False)
    kind = (
        {"data": {"filing": text}} if is_form else {"data": text.encode(), "content_type": "application/json"}
    )
    answer = client.post("/api/v1/filings", headers=headers, **kind)  # type: ignore[arg-type]
    assert answer.status_code == 413
    assert answer.get_json()["detail"]
    assert session.scalars(select(Filing)).all() == []


def _bomb() -> bytes:
    """A document of 300 MB in 300 kB."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        with archive.open("word/document.xml", "w") as part:
            for _number in range(300):
                part.write(bytes(1024 * 1024))
    return content.getvalue()


def test_a_packed_bomb_stays_packed(walker: Walker, session: Session, app: Flask) -> None:
    bomb = _bomb()
    began = time.process_time()
    assert walker.upload((bomb, "合同.docx")).status_code == 303
    assert time.process_time() - began < 2, "nothing was unpacked"
    walker.submit()
    evidence = session.scalars(select(Evidence)).one()
    with app.app_context():
        examine([Work("examine-evidence", "1", {"evidence_id": evidence.id})])
    session.refresh(evidence)
    assert evidence.copy_state is CopyState.IMPOSSIBLE
    with app.app_context(), services().files.open(evidence.store_key) as file:
        assert file.read() == bomb, "and it is kept as it came"


TWO_FACES = {
    "a page behind a picture": a_photo() + b"<html><script>alert(1)</script></html>",
    "an archive behind a picture": a_photo() + b"PK\x03\x04" + b"evil.class" * 20,
    "a document behind a picture": a_photo() + b"%PDF-1.7 /JavaScript (alert)",
    "a picture that begins like a script": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//",
}


@pytest.mark.parametrize("content", TWO_FACES.values(), ids=TWO_FACES)
def test_of_a_file_with_two_faces_staff_see_the_picture_or_nothing(
    walker: Walker, session: Session, app: Flask, office: Office, content: bytes
) -> None:
    assert walker.upload((content, "照片.jpg")).status_code in (303, 422)
    walker.submit()
    officer = sign_in(app.test_client(), office.intake)
    for evidence in session.scalars(select(Evidence)):
        with app.app_context():
            examine([Work("examine-evidence", "1", {"evidence_id": evidence.id})])
        session.refresh(evidence)
        reference = evidence.filing.reference  # type: ignore[union-attr]
        with officer.post(f"/casework/cases/{reference}/evidence/{evidence.id}") as answer:
            assert b"alert" not in answer.data
            assert b"evil" not in answer.data
            if answer.status_code == 200:
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_any_script_is_kept_and_shown(
    app: Flask, session: Session, office: Office, name: str
) -> None:
    walker = Walker(app.test_client())
    walker.send("", situation="report")
    walker.send("kind", right_type="trademark")
    walker.send("facts", **{**FACTS, "respondent_name": name})
    walker.send("contact", how="named", name=name, phone="13800001234", email="")
    assert walker.submit().status_code == 303
    filing = session.scalars(select(Filing)).one()
    assert filing.respondent_name == name
    with app.app_context():
        person = open_identity(
            session,
            filing=filing,
            actor=office.intake,
            reason=OpeningReason.VERIFY,
            words="核对",
            now=now_utc(),
            keys=keyring(),
        )
    assert person.name == name
    session.commit()
    page = Pages(sign_in(app.test_client(), office.intake)).get(f"/casework/cases/{filing.reference}")
    assert name in page.get_text()


@pytest.mark.parametrize(("typed", "kept"), UNSEEN.values(), ids=UNSEEN)
def test_signs_that_nobody_sees_are_left_out(
    client: FlaskClient, session: Session, headers: dict[str, str], app: Flask, typed: str, kept: str
) -> None:
    matter: dict[str, Any] = {"track": "report", "facts": typed, "respondent": {"name": typed}}
    parts = {"filing": json.dumps(matter), "files": [(io.BytesIO(a_photo()), f"{typed}.jpg")]}
    assert client.post("/api/v1/filings", data=parts, headers=headers).status_code == 201
    filing = session.scalars(select(Filing)).one()
    assert (filing.respondent_name, filing.facts) == (kept, kept)
    assert filing.evidence[0].file_name == f"{kept}.jpg"
