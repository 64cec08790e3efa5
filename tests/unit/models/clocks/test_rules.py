import dataclasses

import pytest

from models.clocks.errors import NotInForce, UnknownRule
from models.clocks.rules import LOCAL_PROMISE, RuleBook, conflicts
from models.clocks.terms import (
    LIGHTS,
    REASONS,
    START_EVENTS,
    UNITS,
    Confidence,
    Light,
    Reason,
    StartEvent,
    Unit,
)
from tests.support.clocks import day, plain_rule, rule_book


@pytest.mark.parametrize(
    ("rule_id", "on", "version", "length"),
    [
        ("complaint_accept", "2020-01-01", 1, "7个工作日"),
        ("complaint_accept", "2026-04-14", 1, "7个工作日"),
        ("complaint_accept", "2026-04-15", 2, "7个工作日"),
        ("mediation_limit", "2026-04-14", 1, "45个工作日"),
        ("mediation_limit", "2026-04-15", 2, "60日"),
        ("penalty_publish", "2021-08-31", 1, "20个工作日"),
        ("penalty_publish", "2021-09-01", 2, "20个工作日"),
        ("crime_transfer", "2026-01-05", 1, "24小时"),
        ("patent_adjudicate", "2026-01-05", 1, "3个月"),
    ],
)
def test_the_start_events_day_chooses_the_version(rule_id: str, on: str, version: int, length: str) -> None:
    rule = rule_book().pick(rule_id, day(on))
    assert (rule.version, rule.length) == (version, length)


def test_a_start_before_the_first_version_is_refused_with_a_sentence() -> None:
    with pytest.raises(NotInForce, match="第一个版本自 2020-01-01 起施行，不适用于 2019-12-31"):
        rule_book().pick("complaint_accept", day("2019-12-31"))


def test_a_start_after_a_rule_ended_without_successor_is_refused_with_a_sentence() -> None:
    assert rule_book().pick("reporter_notice", day("2026-04-14"))
    with pytest.raises(NotInForce, match="2026-04-14 之后没有有效的版本"):
        rule_book().pick("reporter_notice", day("2026-04-15"))


def test_an_unknown_rule_or_version_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnknownRule, match="no_such_rule"):
        rule_book().pick("no_such_rule", day("2026-01-05"))
    with pytest.raises(UnknownRule, match="没有第 9 版"):
        rule_book().version("complaint_accept", 9)


def test_rules_in_force_today_are_one_version_each() -> None:
    found = {rule.id: rule.version for rule in rule_book().in_force(day("2026-11-22"))}
    assert found["mediation_limit"] == 2
    ended = {rule_id for rule_id in rule_book().ids if rule_id not in found}
    assert ended == {
        "reporter_notice",
        *("early_removal_accept", "early_removal_decide", "repair_accept_2021", "repair_decide_2021"),
    }


def test_local_promises_are_never_shown_as_law() -> None:
    promises = [rule for rule in rule_book() if rule.is_local_promise]
    assert {rule.id for rule in promises} == {
        *("local_transfer", "local_accept", "local_feedback", "local_cooperation"),
        *("local_acknowledge", "dispute_file", "dispute_decide", "dispute_rework"),
        *("listing_statement", "commend_announce", "report_month", "report_quarter"),
        *("aid_decide", "aid_decide_green"),
    }
    assert {rule.basis for rule in promises} == {LOCAL_PROMISE}


def test_what_the_law_leaves_unsure_is_marked() -> None:
    unsure = {rule.id: rule.confidence for rule in rule_book() if not rule.is_confirmed}
    assert unsure["repair_decide"] is Confidence.LOW
    assert unsure["patent_adjudicate"] is Confidence.MEDIUM
    assert "complaint_accept" not in unsure


def test_versions_that_overlap_or_leave_a_gap_are_found() -> None:
    first = plain_rule(1, Unit.HOURS, in_force_from=day("2020-01-01"), in_force_to=day("2020-12-31"))
    second = dataclasses.replace(first, version=2, in_force_from=day("2021-01-01"), in_force_to=None)
    gap = dataclasses.replace(second, in_force_from=day("2021-01-02"))
    overlap = dataclasses.replace(second, in_force_from=day("2020-12-31"))
    endless = dataclasses.replace(first, in_force_to=None)
    twice = dataclasses.replace(second, version=1)

    assert list(conflicts([first, second])) == []
    assert "空档" in next(conflicts([first, gap]))[1]
    assert "重叠" in next(conflicts([first, overlap]))[1]
    assert "没有失效日期" in next(conflicts([endless, second]))[1]
    assert "出现了两次" in next(conflicts([first, twice]))[1]


def test_a_rule_book_keeps_versions_in_order() -> None:
    first = plain_rule(1, Unit.HOURS)
    assert [rule.version for rule in RuleBook([dataclasses.replace(first, version=2), first])] == [1, 2]


def test_every_term_has_a_chinese_name() -> None:
    assert set(UNITS) == set(Unit)
    assert set(START_EVENTS) == set(StartEvent)
    assert set(REASONS) == set(Reason)
    assert set(LIGHTS) == set(Light)


def test_a_reason_is_known_by_its_id_and_by_its_chinese_name() -> None:
    assert Reason.parse("appraisal") is Reason.parse("鉴定") is Reason.APPRAISAL
    assert Reason.parse("holiday") is None
