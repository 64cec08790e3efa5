import datetime as dt

import chinese_calendar
import pytest
from holidays import country_holidays

from models.clocks.calendar import Calendar, DayKind, KnownDay
from models.clocks.errors import OutsideCalendar
from models.clocks.seeds import computed_days, seeded_days, seeded_years
from tests.support.clocks import calendar, day


def days_from(first: int, last: int) -> list[dt.date]:
    start, end = dt.date(first, 1, 1), dt.date(last, 12, 31)
    return [start + dt.timedelta(days=n) for n in range((end - start).days + 1)]


def test_every_seeded_day_is_worked_or_not_as_chinesecalendar_says() -> None:
    wrong = [
        on for on in days_from(2004, 2026) if calendar().is_workday(on) != chinese_calendar.is_workday(on)
    ]
    assert wrong == []


def test_every_day_since_2014_is_worked_or_not_as_holidays_says() -> None:
    second_opinion = country_holidays("CN", years=range(2014, 2027))
    wrong = [
        on for on in days_from(2014, 2026) if calendar().is_workday(on) != second_opinion.is_working_day(on)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("on", "kind", "why"),
    [
        ("2026-09-21", DayKind.WORKDAY, "工作日"),
        ("2026-09-19", DayKind.WEEKEND, "周末"),
        ("2026-09-20", DayKind.MAKEUP, "调休补班：国庆节"),
        ("2026-10-01", DayKind.HOLIDAY, "法定节假日：国庆节"),
        ("2027-02-06", DayKind.HOLIDAY, "法定节假日：春节（暂定）"),
        ("2027-03-01", DayKind.WORKDAY, "工作日（暂定）"),
    ],
)
def test_a_day_says_what_it_is_and_why(on: str, kind: DayKind, why: str) -> None:
    found = calendar().day(day(on))
    assert (found.kind, found.why) == (kind, why)


def test_working_days_are_added_in_both_directions_and_the_day_itself_never_counts() -> None:
    assert calendar().add_workdays(day("2026-09-18"), 1) == day("2026-09-20")
    assert calendar().add_workdays(day("2026-09-19"), 1) == day("2026-09-20")
    assert calendar().add_workdays(day("2026-09-21"), -1) == day("2026-09-20")
    assert calendar().add_workdays(day("2026-09-19"), -1) == day("2026-09-18")
    assert calendar().add_workdays(day("2026-09-19"), 0) == day("2026-09-19")


def test_adding_working_days_agrees_with_walking_day_by_day() -> None:
    for start in days_from(2026, 2026)[::17]:
        on, left = start, 12
        while left:
            on += dt.timedelta(days=1)
            left -= calendar().is_workday(on)
        assert calendar().add_workdays(start, 12) == on
        assert calendar().workdays_between(start, on) == 12
        assert calendar().workdays_between(on, start) == -12


def test_the_working_day_next_to_a_holiday() -> None:
    assert calendar().workday_on_or_before(day("2026-10-05")) == day("2026-09-30")
    assert calendar().workday_on_or_after(day("2026-10-05")) == day("2026-10-08")
    assert calendar().workday_on_or_before(day("2026-09-30")) == day("2026-09-30")
    assert calendar().workday_on_or_after(day("2026-09-30")) == day("2026-09-30")


def test_only_days_off_around_a_statutory_holiday_are_a_holiday_run() -> None:
    assert calendar().holiday_run(day("2026-10-04")) == (day("2026-10-01"), day("2026-10-07"))
    assert calendar().holiday_run(day("2026-09-19")) is None
    assert calendar().holiday_run(day("2026-09-21")) is None


def test_a_weekend_that_touches_a_holiday_belongs_to_its_run() -> None:
    assert calendar().holiday_run(day("2027-10-09")) is None
    assert calendar().holiday_run(day("2027-05-02")) == (day("2027-05-01"), day("2027-05-04"))
    assert calendar().holiday_run(day("2028-01-02")) == (day("2028-01-01"), day("2028-01-03"))


def test_days_after_the_last_notice_are_provisional() -> None:
    assert not calendar().is_provisional(day("2026-12-01"), day("2026-12-31"))
    assert calendar().is_provisional(day("2026-12-31"), day("2027-01-01"))


def test_a_known_day_of_an_unpublished_year_goes_before_the_computed_one() -> None:
    known = {**seeded_days(), day("2027-01-01"): KnownDay(DayKind.WORKDAY)}
    edited = Calendar(known, seeded_years(), computed_days)
    assert edited.is_workday(day("2027-01-01"))
    assert not edited.is_workday(day("2027-02-05"))


def test_a_published_year_between_unpublished_ones_is_certain() -> None:
    gap = Calendar({}, [2026, 2028], lambda _year: {})
    assert gap.is_provisional(day("2026-12-31"), day("2027-01-01"))
    assert not gap.is_provisional(day("2027-12-31"), day("2028-12-31"))


@pytest.mark.parametrize("on", ["2003-12-31", "2035-01-01"])
def test_a_day_outside_the_calendar_is_refused_with_a_sentence(on: str) -> None:
    with pytest.raises(OutsideCalendar, match="工作日历的范围内（2004-01-01 至 2034-12-31）"):
        calendar().is_workday(day(on))


def test_counting_past_either_end_is_refused() -> None:
    for on, days in (("2034-12-20", 30), ("2004-01-05", -30)):
        with pytest.raises(OutsideCalendar, match="超出工作日历的范围"):
            calendar().add_workdays(day(on), days)


def test_a_holiday_at_either_end_of_the_calendar_has_no_working_day_beyond_it() -> None:
    with pytest.raises(OutsideCalendar):
        calendar().workday_on_or_before(day("2004-01-01"))
    with pytest.raises(OutsideCalendar):
        calendar().workday_on_or_after(day("2034-12-31"))


def test_an_empty_calendar_is_refused() -> None:
    with pytest.raises(OutsideCalendar, match="空的"):
        Calendar({}, [], computed_days)
