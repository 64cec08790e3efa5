"""Handing out evidence: as it came, as an attachment, and never as a page of ours."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from journey.evidence import send_original
from models.filings.evidence import Allowance, attach
from models.filings.tables import Evidence
from shared.services import services
from tests.support.filings import JPEG

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def evidence(app: Flask, session: Session) -> Evidence:
    with app.app_context():
        return attach(
            session,
            token="t",
            stream=io.BytesIO(JPEG),
            file_name='现场"照片\r\n.jpg',
            allowance=Allowance(10_000, 20_000, 3),
            store=services().files,
            now=NOW,
        )


def test_a_file_comes_as_it_was_handed_in_and_sealed_off(app: Flask, evidence: Evidence) -> None:
    with app.test_request_context():
        response = send_original(evidence)
        response.direct_passthrough = False
        assert response.get_data() == JPEG
        response.close()
    assert response.content_length == len(JPEG)
    assert response.mimetype == "image/jpeg"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert "%E7%8E%B0%E5%9C%BA" in response.headers["Content-Disposition"], "the name, encoded"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_file_that_the_store_has_lost_is_a_404(app: Flask, evidence: Evidence) -> None:
    with app.test_request_context():
        services().files.delete(evidence.store_key)
        with pytest.raises(NotFound):
            send_original(evidence)
