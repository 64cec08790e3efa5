"""The filing journey: an anonymous report to its receipt, and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.filings.tables import Draft, Evidence, Filing, HeldCode
from models.kinds import Track
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.filings import FACTS, HTML, JPEG, Walker, codes_on


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


@pytest.fixture
def walker(client: FlaskClient) -> Walker:
    return Walker(client)


def test_an_anonymous_report_with_a_photo_gets_a_receipt(walker: Walker, session: Session) -> None:
    walker.to_check()
    walker.upload((JPEG, "照片.jpg"))
    sent = walker.submit()
    assert sent.status_code == 303
    filing = session.scalars(select(Filing)).one()
    assert sent.location == f"/receipt/{filing.reference}"
    assert (filing.track, filing.is_anonymous, filing.identity) == (Track.REPORT, True, None)
    assert [file.file_name for file in filing.evidence] == ["照片.jpg"]
    assert session.scalars(select(Case)).one().filing_id == filing.id
    reference, code = codes_on(Pages(walker.client).get(sent.location))
    assert reference == filing.reference
    assert len(code) == 16
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
