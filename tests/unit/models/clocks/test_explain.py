from models.clocks.deadlines import compute
from models.clocks.explain import FIRST_DAY
from models.clocks.spans import Span
from models.clocks.terms import Reason, Unit
from tests.support.clocks import calendar, day, plain_rule, rule_book


def test_each_day_of_a_count_says_why_it_counts_or_not() -> None:
    found = compute(plain_rule(5, Unit.WORKING_DAYS), day("2026-09-24"), calendar())
    account = {str(item.on): (item.counted, item.why) for item in found.days}
    assert account["2026-09-24"] == (False, FIRST_DAY)
    assert account["2026-09-25"] == (False, "法定节假日：中秋")
    assert account["2026-09-28"] == (True, "工作日")
    assert account["2026-10-01"] == (False, "法定节假日：国庆节")
    assert account["2026-10-09"] == (True, "工作日")
    assert list(account)[-1] == "2026-10-09"


def test_a_make_up_workday_counts_and_says_so() -> None:
    found = compute(plain_rule(2, Unit.WORKING_DAYS), day("2026-09-18"), calendar())
    assert [(str(item.on), item.why) for item in found.days if item.counted] == [
        ("2026-09-20", "调休补班：国庆节"),
        ("2026-09-21", "工作日"),
    ]


def test_suspended_days_name_their_reason() -> None:
    rule = rule_book().pick("report_verify", day("2026-03-02"))
    found = compute(
        rule, day("2026-03-02"), calendar(), [Span(day("2026-03-09"), day("2026-03-11"), Reason.TESTING)]
    )
    suspended = [str(item.on) for item in found.days if item.why == "中止：检测" and not item.counted]
    assert suspended == ["2026-03-09", "2026-03-10"]


def test_days_of_a_roll_are_shown_and_not_counted() -> None:
    found = compute(plain_rule(60, Unit.CALENDAR_DAYS), day("2026-08-04"), calendar())
    roll = [item for item in found.days if item.on > found.raw_end]
    assert [item.counted for item in roll] == [False] * 5
    assert roll[0].why == "顺延：法定节假日：国庆节"
    assert (roll[-1].on, roll[-1].why) == (day("2026-10-08"), "顺延后的届满日（工作日）")
    assert sum(item.counted for item in found.days) == 60


def test_a_day_of_an_unpublished_year_says_that_it_is_provisional() -> None:
    found = compute(plain_rule(30, Unit.WORKING_DAYS), day("2026-11-22"), calendar())
    assert found.days[-1].why == "工作日（暂定）"
    assert any(item.why == "法定节假日：元旦（暂定）" for item in found.days)
