import datetime as dt

import pytest

from models.clocks.deadlines import compute
from models.clocks.errors import ExtensionRefused, SuspensionRefused
from models.clocks.rules import Extension
from models.clocks.spans import Span
from models.clocks.terms import Reason, Unit
from models.errors import Invalid
from models.types import BEIJING
from tests.support.clocks import calendar, day, plain_rule, rule_book


def span(from_on: str, to_on: str, reason: Reason = Reason.APPRAISAL) -> Span:
    return Span(day(from_on), day(to_on), reason)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-02-09", 7, "2026-02-25"),  # Saturday 14 February works; 15–23 off
        ("2026-02-13", 7, "2026-03-02"),  # 14 and 28 February work
        ("2026-02-14", 7, "2026-03-03"),  # received on a Saturday that is worked
        ("2026-04-30", 7, "2026-05-13"),  # Saturday 9 May works
        ("2026-09-18", 15, "2026-10-15"),  # Sunday 20 September and Saturday 10 October work
        ("2026-09-24", 5, "2026-10-09"),  # 25–27 September and 1–7 October off
        ("2026-11-20", 15, "2026-12-11"),
        ("2026-12-21", 8, "2026-12-31"),  # the last working day of the published year
    ],
)
def test_working_days_end_where_the_lawyers_table_says(start: str, n: int, end: str) -> None:
    found = compute(plain_rule(n, Unit.WORKING_DAYS), day(start), calendar())
    assert (found.raw_end, found.legal_end, found.alert_on) == (day(end), day(end), day(end))
    assert not found.provisional


def test_a_count_into_the_unpublished_year_is_provisional() -> None:
    found = compute(plain_rule(30, Unit.WORKING_DAYS), day("2026-11-22"), calendar())
    assert (found.legal_end, found.provisional) == (day("2027-01-04"), True)


@pytest.mark.parametrize(
    ("start", "raw", "legal", "alert"),
    [
        ("2026-08-04", "2026-10-03", "2026-10-08", "2026-09-30"),  # ends on 国庆
        ("2026-07-30", "2026-09-28", "2026-09-28", "2026-09-28"),
        ("2026-07-28", "2026-09-26", "2026-09-28", "2026-09-24"),  # a Saturday inside the 中秋 block
        ("2026-07-21", "2026-09-19", "2026-09-19", "2026-09-18"),  # a plain Saturday does not roll
        ("2026-07-22", "2026-09-20", "2026-09-20", "2026-09-20"),  # a Sunday that is worked
        ("2026-11-02", "2027-01-01", "2027-01-04", "2026-12-31"),  # the year's end: New Year and its weekend
    ],
)
def test_calendar_days_roll_past_a_holiday_block_only(start: str, raw: str, legal: str, alert: str) -> None:
    found = compute(plain_rule(60, Unit.CALENDAR_DAYS), day(start), calendar())
    assert (found.raw_end, found.legal_end, found.alert_on) == (day(raw), day(legal), day(alert))


@pytest.mark.parametrize(
    ("start", "n", "raw"),
    [
        ("2026-01-31", 1, "2026-02-28"),  # no corresponding day: the month's last
        ("2024-01-31", 1, "2024-02-29"),  # leap year
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-03-15", 3, "2026-06-15"),
        ("2026-10-15", 3, "2027-01-15"),
    ],
)
def test_months_end_on_the_corresponding_day(start: str, n: int, raw: str) -> None:
    assert compute(plain_rule(n, Unit.MONTHS), day(start), calendar()).raw_end == day(raw)


def test_months_roll_like_calendar_days() -> None:
    found = compute(plain_rule(3, Unit.MONTHS), day("2026-07-02"), calendar())
    assert (found.raw_end, found.legal_end, found.alert_on) == (
        day("2026-10-02"),
        day("2026-10-08"),
        day("2026-09-30"),
    )


def test_the_leap_day_counts_as_a_calendar_day() -> None:
    assert compute(plain_rule(1, Unit.CALENDAR_DAYS), day("2024-02-28"), calendar()).raw_end == day(
        "2024-02-29"
    )
    assert compute(plain_rule(1, Unit.CALENDAR_DAYS), day("2026-02-28"), calendar()).raw_end == day(
        "2026-03-01"
    )


def test_hours_run_from_instant_to_instant_and_never_roll() -> None:
    start = dt.datetime(2026, 10, 1, 18, 30, tzinfo=BEIJING)
    found = compute(plain_rule(24, Unit.HOURS), start, calendar())
    assert found.due_at == start + dt.timedelta(hours=24)
    assert (found.legal_end, found.alert_on) == (day("2026-10-02"), day("2026-09-30"))


def test_hours_from_a_bare_day_end_on_a_later_day() -> None:
    rule = rule_book().pick("crime_transfer", day("2026-03-02"))
    assert compute(rule, day("2026-03-02"), calendar()).legal_end == day("2026-03-03")
    assert compute(plain_rule(36, Unit.HOURS), day("2026-03-02"), calendar()).legal_end == day("2026-03-04")


@pytest.mark.parametrize(
    ("instant", "started_on"),
    [
        ("2026-09-17T16:00:00+00:00", "2026-09-18"),  # midnight in Beijing
        ("2026-09-17T23:59:59+00:00", "2026-09-18"),  # 7:59 in Beijing, still the day before in UTC
        ("2026-09-17T15:59:59+00:00", "2026-09-17"),
        ("2026-09-18T07:30:00+08:00", "2026-09-18"),
    ],
)
def test_the_start_day_is_the_day_in_beijing(instant: str, started_on: str) -> None:
    found = compute(plain_rule(7, Unit.WORKING_DAYS), dt.datetime.fromisoformat(instant), calendar())
    assert found.started_on == day(started_on)


def test_a_deadline_is_late_from_the_midnight_after_its_end_in_beijing() -> None:
    found = compute(plain_rule(7, Unit.WORKING_DAYS), day("2026-02-09"), calendar())
    assert found.due_at == dt.datetime(2026, 2, 26, tzinfo=BEIJING)


def test_suspension_pauses_and_resumes_with_what_was_left() -> None:
    rule = rule_book().pick("report_verify", day("2026-03-02"))
    plain = compute(rule, day("2026-03-02"), calendar())
    paused = compute(rule, day("2026-03-02"), calendar(), [span("2026-03-09", "2026-03-16")])
    assert plain.legal_end == day("2026-03-23")
    assert paused.legal_end == day("2026-03-30")


def test_suspensions_that_overlap_are_left_out_once() -> None:
    rule = rule_book().pick("report_verify", day("2026-03-02"))
    apart = [span("2026-03-09", "2026-03-12"), span("2026-03-11", "2026-03-16", Reason.TESTING)]
    whole = [span("2026-03-09", "2026-03-16")]
    one, other = (compute(rule, day("2026-03-02"), calendar(), spans) for spans in (apart, whole))
    assert one.legal_end == other.legal_end


def test_a_suspension_before_the_start_or_after_the_end_changes_nothing() -> None:
    rule = rule_book().pick("report_verify", day("2026-03-02"))
    plain = compute(rule, day("2026-03-02"), calendar())
    for idle in (span("2026-02-02", "2026-03-03"), span("2026-03-24", "2026-04-10")):
        assert compute(rule, day("2026-03-02"), calendar(), [idle]).legal_end == plain.legal_end


def test_months_are_moved_by_the_suspended_days() -> None:
    rule = rule_book().pick("patent_adjudicate", day("2026-03-02"))
    paused = compute(rule, day("2026-03-02"), calendar(), [span("2026-04-01", "2026-04-11")])
    assert paused.raw_end == day("2026-06-12")


def test_a_reason_that_the_rule_does_not_list_is_refused_with_the_article() -> None:
    rule = rule_book().pick("complaint_accept", day("2026-05-06"))
    with pytest.raises(SuspensionRefused, match="121号 第15条"):
        compute(rule, day("2026-05-06"), calendar(), [span("2026-05-07", "2026-05-09")])


def test_a_suspension_that_ends_before_it_begins_is_refused() -> None:
    rule = rule_book().pick("report_verify", day("2026-03-02"))
    with pytest.raises(Invalid, match="应当晚于"):
        compute(rule, day("2026-03-02"), calendar(), [span("2026-03-09", "2026-03-09")])


def test_an_extension_adds_its_length_to_the_same_count() -> None:
    rule = rule_book().pick("report_verify", day("2026-09-18"))
    extended = compute(rule, day("2026-09-18"), calendar(), extended=True)
    assert extended.legal_end == calendar().add_workdays(day("2026-09-18"), 30)


def test_months_may_be_extended_twice_and_no_more() -> None:
    rule = rule_book().pick("patent_adjudicate", day("2026-03-02"))
    assert compute(rule, day("2026-03-02"), calendar(), extended=2).raw_end == day("2026-08-02")
    with pytest.raises(ExtensionRefused, match="最多延长 2 次"):
        compute(rule, day("2026-03-02"), calendar(), extended=3)


def test_a_rule_without_extension_is_not_extended() -> None:
    rule = rule_book().pick("complaint_accept", day("2026-05-06"))
    with pytest.raises(ExtensionRefused, match="不得延长（121号 第15条）"):
        compute(rule, day("2026-05-06"), calendar(), extended=1)


def test_an_extension_in_calendar_days_rolls_at_its_new_end() -> None:
    rule = plain_rule(30, Unit.CALENDAR_DAYS, extension=Extension(n=30, unit=Unit.CALENDAR_DAYS))
    found = compute(rule, day("2026-08-04"), calendar(), extended=1)
    assert (found.raw_end, found.legal_end) == (day("2026-10-03"), day("2026-10-08"))
