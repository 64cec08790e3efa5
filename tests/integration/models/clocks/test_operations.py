import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.clocks.errors import NotInForce
from models.clocks.operations import cancel_deadline, meet_deadline, start_deadline
from models.clocks.tables import Deadline
from models.errors import ActRefused
from models.types import BEIJING
from tests.support.clocks import NOW, at, case, day, decision


def start(
    session: Session, rule_id: str = "report_verify", on: str = "2026-11-02", number: int = 1
) -> Deadline:
    deadline = start_deadline(session, rule_id=rule_id, subject=case(number), started_at=at(on), now=NOW)
    session.flush()
    return deadline


def test_a_started_deadline_keeps_its_rule_version_and_its_ends(loaded: Session) -> None:
    deadline = start(loaded)
    assert (deadline.rule_id, deadline.version) == ("report_verify", 1)
    assert (deadline.started_on, deadline.raw_end, deadline.legal_end) == (
        day("2026-11-02"),
        day("2026-11-23"),
        day("2026-11-23"),
    )
    assert deadline.due_at == dt.datetime(2026, 11, 24, tzinfo=BEIJING)
    assert (deadline.is_open, deadline.is_paused, deadline.provisional) == (True, False, False)


def test_the_version_follows_the_beijing_day_of_the_start(loaded: Session) -> None:
    before = dt.datetime(2026, 4, 14, 15, 59, tzinfo=dt.UTC)
    after = dt.datetime(2026, 4, 14, 16, 0, tzinfo=dt.UTC)
    for number, (instant, version) in enumerate(((before, 1), (after, 2))):
        deadline = start_deadline(
            loaded, rule_id="mediation_limit", subject=case(number), started_at=instant, now=NOW
        )
        assert deadline.version == version


def test_a_deadline_into_next_year_is_provisional(loaded: Session) -> None:
    assert start(loaded, rule_id="case_decision").provisional


def test_the_same_clock_does_not_run_twice_on_one_subject(loaded: Session) -> None:
    start(loaded)
    with pytest.raises(ActRefused, match="正在计算"):
        start(loaded)
    start(loaded, number=2)
    start(loaded, rule_id="jurisdiction_dispute")
    start_deadline(loaded, rule_id="report_verify", subject=decision(1), started_at=at("2026-11-02"), now=NOW)
    loaded.flush()


def test_the_database_too_refuses_a_second_open_deadline(loaded: Session) -> None:
    first = start(loaded)
    fields = {column.name: getattr(first, column.name) for column in Deadline.__table__.columns}
    loaded.add(Deadline(**{**fields, "id": None}))
    with pytest.raises(IntegrityError):
        loaded.flush()


def test_a_clock_that_was_met_or_cancelled_can_start_again(loaded: Session) -> None:
    start(loaded)
    meet_deadline(loaded, rule_id="report_verify", subject=case(1), now=NOW)
    start(loaded)
    cancel_deadline(loaded, rule_id="report_verify", subject=case(1), now=NOW)
    assert start(loaded).is_open


def test_meeting_stops_the_clock_once(loaded: Session) -> None:
    deadline = start(loaded)
    met = meet_deadline(loaded, rule_id="report_verify", subject=case(1), now=NOW)
    assert met is deadline
    assert deadline.met_at == NOW
    assert meet_deadline(loaded, rule_id="report_verify", subject=case(1), now=NOW) is None


def test_stopping_a_clock_that_does_not_run_is_nothing(loaded: Session) -> None:
    assert meet_deadline(loaded, rule_id="report_verify", subject=case(1), now=NOW) is None
    assert cancel_deadline(loaded, rule_id="report_verify", subject=case(1), now=NOW) is None


def test_an_event_in_the_future_starts_nothing(loaded: Session) -> None:
    with pytest.raises(ActRefused, match="不能晚于现在"):
        start(loaded, on="2026-11-23")


def test_a_start_under_no_version_starts_nothing(loaded: Session) -> None:
    with pytest.raises(NotInForce):
        start(loaded, rule_id="reporter_notice", on="2026-04-15")
