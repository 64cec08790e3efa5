import datetime as dt

import pytest

from models.clocks.deadlines import compute
from models.clocks.queries import light
from models.clocks.subjects import SubjectRef, ref
from models.clocks.tables import Deadline, SubjectKind, take_ends
from models.clocks.terms import Light
from models.types import BEIJING
from tests.support.clocks import calendar, day, rule_book


def deadline(rule_id: str, start: str) -> Deadline:
    rule = rule_book().pick(rule_id, day(start))
    row = Deadline(rule_id=rule.id, version=rule.version, started_on=day(start))
    take_ends(row, compute(rule, day(start), calendar()))
    return row


@pytest.mark.parametrize(
    ("today", "expected", "left"),
    [
        ("2026-04-30", Light.IN_TIME, 7),
        ("2026-05-05", Light.IN_TIME, 7),
        ("2026-05-08", Light.IN_TIME, 4),
        ("2026-05-09", Light.DUE_SOON, 3),  # a Saturday that is worked
        ("2026-05-13", Light.DUE_SOON, 0),
        ("2026-05-14", Light.LATE, -1),
        ("2026-05-16", Light.LATE, -2),
    ],
)
def test_the_light_follows_the_working_days_that_are_left(today: str, expected: Light, left: int) -> None:
    standing = light(deadline("complaint_accept", "2026-04-30"), day(today), calendar())
    assert (standing.light, standing.workdays_left) == (expected, left)


def test_after_the_alert_day_nothing_is_left_although_it_is_not_late_yet() -> None:
    rolling = deadline("mediation_limit", "2026-08-04")  # raw 3 October, legal 8 October, alert 30 September
    for today in ("2026-09-30", "2026-10-03", "2026-10-08"):
        standing = light(rolling, day(today), calendar())
        assert (standing.light, standing.workdays_left) == (Light.DUE_SOON, 0)
    assert light(rolling, day("2026-10-09"), calendar()).light is Light.LATE


def test_a_deadline_missed_before_a_holiday_is_late_during_it() -> None:
    ended = deadline("local_feedback", "2026-09-17")  # due on Wednesday 23 September, 25–27 off
    assert ended.legal_end == day("2026-09-23")
    assert light(ended, day("2026-09-27"), calendar()).workdays_left == -1
    eve = deadline("local_feedback", "2026-09-18")
    assert eve.legal_end == day("2026-09-24")
    standing = light(eve, day("2026-09-27"), calendar())
    assert (standing.light, standing.workdays_left) == (Light.LATE, -1)


def test_met_late_and_in_time_are_told_apart() -> None:
    row = deadline("complaint_accept", "2026-04-30")
    row.met_at = dt.datetime(2026, 5, 13, 23, 59, tzinfo=BEIJING)
    assert light(row, day("2026-06-01"), calendar()).light is Light.MET
    row.met_at = dt.datetime(2026, 5, 14, 0, 0, tzinfo=BEIJING)
    assert light(row, day("2026-06-01"), calendar()).light is Light.MET_LATE


def test_paused_and_cancelled_deadlines_are_never_late() -> None:
    row = deadline("report_verify", "2026-03-02")
    row.paused_from = day("2026-03-09")
    assert light(row, day("2026-08-03"), calendar()).light is Light.PAUSED
    row.cancelled_at = dt.datetime(2026, 3, 10, tzinfo=BEIJING)
    assert light(row, day("2026-08-03"), calendar()).light is Light.CANCELLED


def test_a_provisional_deadline_says_so_and_has_a_chinese_name() -> None:
    standing = light(deadline("report_verify", "2026-12-20"), day("2026-12-21"), calendar())
    assert standing.provisional
    assert standing.label == "正常"


def test_only_something_flushed_can_bear_a_deadline() -> None:
    class Unflushed:
        __tablename__ = "cases"
        id = None

    with pytest.raises(ValueError, match="flushed"):
        ref(Unflushed())  # type: ignore[arg-type]
    known = SubjectRef(SubjectKind.CASE, 7)
    assert ref(known) is known
