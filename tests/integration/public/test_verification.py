"""Anybody can check a receipt: by its token, by its file, and without the site at all."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.filings.tables import Filing
from tests.pages import Pages
from tests.support.cases import an_office
from tests.support.filings import JPEG, Walker
from tests.support.sources import ROOT

SCRIPT = ROOT / "docs" / "verify_receipt.py"


@pytest.fixture
def filing(session: Session, client: FlaskClient) -> Filing:
    an_office(session)
    session.commit()
    walker = Walker(client)
    walker.to_check()
    walker.upload((JPEG, "照片.jpg"))
    walker.submit()
    return session.scalars(select(Filing)).one()


@pytest.fixture
def document(client: FlaskClient, filing: Filing) -> dict[str, Any]:
    assert filing.receipt
    answer = client.get(f"/verify/{filing.receipt.token}/receipt.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    found: dict[str, Any] = answer.get_json()
    return found


def _upload(client: FlaskClient, content: bytes) -> tuple[int, BeautifulSoup]:
    answer = client.post("/verify", data={"file": (io.BytesIO(content), "receipt.json")})
    return answer.status_code, BeautifulSoup(answer.text, "html5lib")


def test_the_receipt_page_offers_proof(client: FlaskClient, filing: Filing) -> None:
    assert filing.receipt
    soup = Pages(client).get(f"/receipt/{filing.reference}")
    assert "".join(group.text for group in soup.select("#token span")) == filing.receipt.token
    assert soup.select_one(f"a[href='/verify/{filing.receipt.token}/receipt.json']")
    assert soup.select_one(".qr svg")


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
def test_the_token_shows_what_was_signed_to_anybody(
    filing: Filing, client: FlaskClient, language: str
) -> None:
    assert filing.receipt
    stranger = client.application.test_client()
    soup = Pages(stranger).get(f"{language}/verify/{filing.receipt.token.lower()}")
    assert filing.shown_reference in soup.text
    assert filing.content_sha256 in soup.text
    assert filing.facts not in soup.text


@pytest.mark.parametrize("token", ["A" * 20, "-", "甲", "x" * 300])
def test_an_unknown_token_is_a_404_that_explains(client: FlaskClient, token: str) -> None:
    soup = Pages(client).get(f"/verify/{token}", status=404)
    assert "本局没有出具过" in soup.text
    assert client.get(f"/verify/{token}/receipt.json").status_code == 404


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_form_leads_on_or_says_what_is_missing(client: FlaskClient, language: str) -> None:
    Pages(client).get(f"{language}/verify")
    Pages(client).post(f"{language}/verify", {"token": ""})
    assert client.post("/verify", data={"token": " abcd-2345 "}).location == "/verify/ABCD2345"


def test_a_genuine_file_is_told_to_be_so(client: FlaskClient, document: dict[str, Any]) -> None:
    status, soup = _upload(client, json.dumps(document).encode())
    assert status == 200
    assert "真实" in soup.h1.text  # type: ignore[union-attr]
    assert document["receipt"]["matters"][0]["reference"] in soup.text


def test_a_changed_file_is_told_to_be_so_and_not_repeated(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    document["receipt"]["bureau"] = "冒充的机构"
    status, soup = _upload(client, json.dumps(document).encode())
    assert status == 422
    assert "签名不成立" in soup.text
    assert "冒充的机构" not in soup.text


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"{}", b"[" * 50_000, b'"' + b"x" * 100_000 + b'"', b"%PDF-1.7"]
)
def test_what_is_no_receipt_gets_a_sentence(client: FlaskClient, content: bytes) -> None:
    status, soup = _upload(client, content)
    assert status == 422
    assert "不是回执文件" in soup.text


def test_the_public_keys_are_published_also_before_the_first_receipt(client: FlaskClient) -> None:
    listed = client.get("/verify/keys.json").get_json()
    assert [len(key["public_key"]) for key in listed["keys"]] == [64]


def test_the_content_that_was_signed_is_for_its_filer_only(client: FlaskClient, filing: Filing) -> None:
    address = f"/receipt/{filing.reference}/content.json"
    assert filing.facts in client.get(address).text
    assert client.application.test_client().get(address).status_code == 404


def test_checking_costs_few_queries(
    client: FlaskClient, filing: Filing, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    assert filing.receipt
    with count_queries() as statements:
        client.get(f"/verify/{filing.receipt.token}")
    assert len(statements) <= 6


def _run(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SCRIPT, folder / "receipt.json", "--keys", folder / "keys.json", *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_script_in_docs_checks_receipt_content_and_files_alone(
    client: FlaskClient, filing: Filing, document: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "receipt.json").write_text(json.dumps(document))
    (tmp_path / "keys.json").write_text(client.get("/verify/keys.json").text)
    (tmp_path / "content.json").write_bytes(client.get(f"/receipt/{filing.reference}/content.json").data)
    (tmp_path / "photo.jpg").write_bytes(JPEG)
    parts = ["--content", str(tmp_path / "content.json"), "--file", str(tmp_path / "photo.jpg")]
    checked = _run(tmp_path, *parts)
    assert (checked.returncode, checked.stderr) == (0, "")
    (tmp_path / "photo.jpg").write_bytes(JPEG + b"\x00")
    assert _run(tmp_path, *parts).returncode == 1
    document["receipt"]["received_at"] = "2020-01-01T00:00:00+08:00"
    (tmp_path / "receipt.json").write_text(json.dumps(document))
    assert _run(tmp_path).returncode == 1
    (tmp_path / "receipt.json").write_text("{")
    assert _run(tmp_path).returncode == 2
