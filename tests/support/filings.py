"""Submissions for tests, files of each kind, and a visitor who walks the journey."""

from __future__ import annotations

import io
import re
import secrets
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.filings.sealing import Keyring
from models.filings.submissions import Person, Respondent, Submission
from models.kinds import RightType, Track

KEYS = Keyring.from_hex(code_key="ab" * 32, vault_key="cd" * 32, signing_key="ef" * 32)
PERSON = Person(
    name="测试甲某某",
    phone="138 0000 1234",
    email="filer@example.org",
    address="演示路 987 号",
    id_number="x",
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 200
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
FACTS = {
    "respondent_name": "演示市场三排八号摊位",
    "region_code": "410421",
    "respondent_address": "演示路 1 号",
    "platform_link": "",
    "right_number": "",
    "facts": "摊位上摆着标有演示牌商标的水杯，价格只有正品的十分之一。",
    "request": "请查处",
}


def a_submission(track: Track = Track.REPORT, *, person: Person | None = None, **changes: Any) -> Submission:
    """An anonymous report, or what the changes make of it."""
    given = {
        "token": secrets.token_urlsafe(32),
        "track": track,
        "right_type": RightType.TRADEMARK,
        "respondent": Respondent(name="演示市场三排八号摊位", address="演示路 1 号"),
        "region_code": "410421",
        "facts": "摊位上摆着标有演示牌商标的水杯。",
        "person": person,
    }
    return Submission(**{**given, **changes})


class Walker:
    """A visitor of the journey. `base` is /file or /account/file."""

    def __init__(self, client: FlaskClient, base: str = "/file") -> None:
        self.client, self.base = client, base

    def send(self, step: str, **answers: Any) -> TestResponse:
        """Answers one step."""
        return self.client.post(f"{self.base}/{step}" if step else self.base, data=answers)

    def upload(self, *files: tuple[bytes, str], act: str = "upload") -> TestResponse:
        """Attaches files."""
        parts = [(io.BytesIO(content), name) for content, name in files]
        return self.client.post(f"{self.base}/evidence", data={"files": parts, "act": act})

    def to_check(self, situation: str = "report", **contact: str) -> None:
        """Answers everything up to the last page."""
        self.send("", situation=situation)
        self.send("kind", right_type="trademark")
        self.send("facts", **FACTS)
        self.send("contact", **(contact or {"how": "anonymous"}))

    def token(self) -> str:
        """The hidden field of the last page."""
        page = self.client.get(f"{self.base}/check").get_data(as_text=True)
        found = re.search(r'name="token"[^>]*value="([^"]+)"', page)
        assert found, page
        return found[1]

    def submit(self) -> TestResponse:
        """Sends the filing."""
        return self.send("check", token=self.token())


def codes_on(receipt: BeautifulSoup) -> tuple[str, str]:
    """Reference and query code as the receipt shows them, in groups."""
    reference, code = (
        "".join(group.text for group in receipt.select(f"#{name} span")) for name in ("reference", "code")
    )
    return reference, code
