"""旧制度存量清单: what became public under the older rules is told with every date, to those whom it concerns."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from models.decisions.kinds import PenaltyKind
from models.decisions.operations import approve, enter, submit_for_review
from models.decisions.publication import end_publication, publish
from models.decisions.redaction.operations import mask_all_blocking
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.operations import reconsider_term
from models.people.actors import COMMAND
from models.people.roles import Role
from models.people.tables import Unit
from tests.factories import StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.decisions import a_content
from tests.support.visitors import sign_in

LIST = "/casework/decisions/stock"
NOW = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def unit(session: Session) -> Unit:
    return UnitFactory(code="desk")


def published_on(session: Session, unit: Unit, day: str, number: int, **changes: object) -> Decision:
    """A decision made and published here on that day."""
    decided_on = dt.date.fromisoformat(day)
    then = dt.datetime.combine(decided_on, dt.time(2), tzinfo=dt.UTC)
    maker, reviewer = (
        StaffFactory(role=Role.PUBLISHER, unit=unit),
        StaffFactory(role=Role.REVIEWER, unit=unit),
    )
    content = a_content(document_number=f"测市监处罚〔2024〕{number:03d}号", decided_on=decided_on, **changes)
    made = enter(session, content=content, unit=unit, actor=maker, now=then)
    mask_all_blocking(session, made, actor=maker, now=then)
    submit_for_review(session, made, actor=maker, now=then)
    approve(session, made, revision=made.revision, actor=reviewer, now=then)
    return publish(session, made, actor=COMMAND, now=then)


def test_the_list_tells_each_date_and_what_newer_rules_have_ended(
    app: Flask, session: Session, unit: Unit
) -> None:
    old = published_on(session, unit, "2024-03-01", 1)
    closed = published_on(
        session, unit, "2024-03-04", 2, penalty_kinds=(PenaltyKind.REVOKE_LICENCE,), fine_fen=None
    )
    young = published_on(session, unit, "2025-06-02", 3)
    for one in (old, closed, young):
        assert one.end_policy == "R1"
        reconsider_term(session, one, actor=COMMAND, now=NOW)
    end_publication(session, old, actor=COMMAND, now=NOW)
    assert (old.state, old.end_policy, closed.state) == (State.ENDED, "R2", State.PUBLISHED)
    officer = StaffFactory(role=Role.REVIEWER, unit=unit)
    stranger = StaffFactory(role=Role.REVIEWER, unit=UnitFactory(code="elsewhere"))
    session.commit()
    with time_machine.travel(NOW, tick=False):
        desk = sign_in(app.test_client(), officer)
        page = Pages(desk).get(LIST)
        shown = [link.get_text() for link in page.select("tbody td:first-child a")]
        assert shown == [old.document_number, closed.document_number], "that of 2025 is not a year old"
        rows = list(csv.DictReader(io.StringIO(desk.post(f"{LIST}/list.csv").get_data(as_text=True))))
        assert [row["ends_on_R1"] for row in rows] == ["2027-03-01", "2027-03-04"]
        assert [row["ends_on_R3"] for row in rows] == ["2025-03-01", "2027-03-04"]
        assert [row["is_earlier"] for row in rows] == ["是", "否"]
        assert desk.post(f"{LIST}/list.xlsx").headers["X-Row-Count"] == "2"
        assert desk.get(f"{LIST}?after=no-day").status_code == 200
        theirs = sign_in(app.test_client(), stranger)
        assert old.document_number not in theirs.get(LIST).get_data(as_text=True)
    with time_machine.travel(dt.datetime(2025, 12, 24, 1, tzinfo=dt.UTC), tick=False):
        nothing = sign_in(app.test_client(), officer).get(LIST).get_data(as_text=True)
        assert "没有需要核对的记录" in nothing, "the newer rules were not in force yet"
