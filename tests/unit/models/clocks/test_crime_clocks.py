"""The limits of a referral to the police over weekends, holidays and the years' end: natural days, and hours by the minute.

The start is a moment in Beijing. Of the days of next year nothing is published yet: such an answer says that it is provisional.
"""

from __future__ import annotations

import datetime as dt

import pytest

from models.clocks.deadlines import compute
from models.clocks.spans import Span
from models.clocks.terms import Reason
from models.types import BEIJING
from tests.support.clocks import calendar, day, rule_book

THREE_DAYS = (
    "crime_approve",
    "police_decide",
    "crime_papers",
    "crime_reconsider",
    "police_decide_reconsideration",
    "crime_supervision",
    "crime_hand_over",
)


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize("rule_id", THREE_DAYS)
@pytest.mark.parametrize(
    ("start", "raw_end", "legal_end", "alert_on", "provisional"),
    [
        ("2026-11-17 09:00", "2026-11-20", "2026-11-20", "2026-11-20", False),  # plain days
        ("2026-11-19 23:59", "2026-11-22", "2026-11-22", "2026-11-20", False),  # a plain Sunday does not roll
        ("2026-09-30 17:00", "2026-10-03", "2026-10-08", "2026-09-30", False),  # into the National Day
        ("2026-10-05 10:00", "2026-10-08", "2026-10-08", "2026-10-08", False),  # out of it
        (
            "2026-02-13 10:00",
            "2026-02-16",
            "2026-02-24",
            "2026-02-14",
            False,
        ),  # Spring Festival; 14 Feb is worked
        ("2026-12-29 10:00", "2027-01-01", "2027-01-04", "2026-12-31", True),  # New Year, not published yet
        ("2027-09-30 10:00", "2027-10-03", "2027-10-06", "2027-09-30", True),  # computed from the statute
    ],
)
def test_three_days_are_natural_days(
    rule_id: str, start: str, raw_end: str, legal_end: str, alert_on: str, provisional: bool
) -> None:
    begun = _at(start)
    found = compute(rule_book().pick(rule_id, begun.date()), begun, calendar())
    assert (found.raw_end, found.legal_end, found.alert_on) == (day(raw_end), day(legal_end), day(alert_on))
    assert found.provisional is provisional


@pytest.mark.parametrize(
    ("start", "late_from"),
    [
        ("2026-11-20 10:30", "2026-11-21 10:30"),  # a Friday: hours do not wait for Monday
        ("2026-09-30 23:15", "2026-10-01 23:15"),  # nor for the holiday to pass
        ("2026-12-31 18:00", "2027-01-01 18:00"),  # over the year's end
    ],
)
@pytest.mark.parametrize("rule_id", ["crime_transfer", "police_forward", "police_papers_notice"])
def test_twenty_four_hours_run_from_the_minute_and_on_every_day(
    rule_id: str, start: str, late_from: str
) -> None:
    begun = _at(start)
    found = compute(rule_book().pick(rule_id, begun.date()), begun, calendar())
    assert found.due_at == _at(late_from)


def test_reconsideration_is_three_days_to_ask_and_three_to_decide() -> None:
    refused = _at("2026-09-28 15:00")
    ask = compute(rule_book().pick("crime_reconsider", refused.date()), refused, calendar())
    assert (ask.raw_end, ask.legal_end) == (day("2026-10-01"), day("2026-10-08"))
    asked = _at("2026-10-08 09:00")  # the last day that is left
    decide = compute(rule_book().pick("police_decide_reconsideration", asked.date()), asked, calendar())
    assert (decide.raw_end, decide.legal_end, decide.alert_on) == (
        *(day("2026-10-11"), day("2026-10-11")),
        day("2026-10-10"),  # a Saturday that is worked
    )


@pytest.mark.parametrize(
    ("filed", "sent", "resumed", "raw_end", "legal_end", "provisional"),
    [
        ("2026-06-01", "2026-07-01", "2026-07-11", "2026-09-09", "2026-09-09", False),
        (
            "2026-06-01",
            "2026-08-25",
            "2026-09-30",
            "2026-10-05",
            "2026-10-08",
            False,
        ),  # five days left, into a holiday
        (
            "2026-10-09",
            "2026-10-10",
            "2027-01-04",
            "2027-04-03",
            "2027-04-06",
            True,
        ),  # all but nothing had run
    ],
)
def test_the_administrative_case_stands_still_while_the_police_have_it(
    filed: str, sent: str, resumed: str, raw_end: str, legal_end: str, provisional: bool
) -> None:
    away = [Span(day(sent), day(resumed), Reason.SUSPENSION)]
    found = compute(rule_book().pick("case_decision", day(filed)), day(filed), calendar(), away)
    whole = compute(rule_book().pick("case_decision", day(filed)), day(filed), calendar())
    assert found.raw_end - whole.raw_end == day(resumed) - day(sent)
    assert (found.raw_end, found.legal_end, found.provisional) == (day(raw_end), day(legal_end), provisional)


def test_no_limit_of_a_referral_can_be_suspended_or_extended() -> None:
    for rule_id in (*THREE_DAYS, "crime_transfer"):
        rule = rule_book().pick(rule_id, day("2026-11-20"))
        assert (rule.excluded, rule.extension) == ((), None), rule_id
