"""Public on-time rates: what is late stays late, whatever is done afterwards; the table and the data agree."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.pages import Pages
from tests.support.cases import Office, an_office, decided, in_the_county

NOW = dt.datetime(2026, 12, 20, 2, 0, tzinfo=dt.UTC)
IN_TIME = dt.datetime(2026, 11, 25, 2, 0, tzinfo=dt.UTC)
LATE = dt.datetime(2026, 12, 15, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def office(session: Session) -> Office:
    """One decision in time in November, one late and one still open in December."""
    made = an_office(session)
    for moment in (IN_TIME, LATE, None):
        case = in_the_county(session, made)
        if moment:
            decided(session, made, case, now=moment)
    session.commit()
    return made


def test_what_ran_out_counts_as_late_in_its_month(client: FlaskClient, office: Office) -> None:
    with time_machine.travel(NOW, tick=False):
        found = client.get("/statistics.json").json
    months = {month["month"]: month["answers"] for month in found["months"]}
    assert len(months) == 12
    assert months["2026-11"] == {"ended": 1, "in_time": 1, "rate": 1.0}
    assert months["2026-12"] == {"ended": 2, "in_time": 0, "rate": 0.0}
    assert months["2026-10"] == {"ended": 0, "in_time": 0, "rate": None}
    assert [(unit["unit"], unit["ended"]) for unit in found["units"]] == [(office.county.name, 3)]
    assert [rule["rule"] for rule in found["rules"]] == ["report_verify"]


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
def test_the_page_shows_the_same_figures(client: FlaskClient, office: Office, language: str) -> None:
    with time_machine.travel(NOW, tick=False):
        page = Pages(client).get(f"{language}/statistics")
    row = page.select_one("time[datetime='2026-12']").find_parent("tr")
    assert "0 / 2" in row.get_text()
