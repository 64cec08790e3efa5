import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decisions.kinds import PartyKind, PenaltyKind
from models.decisions.term.ending import Facts, add_months, earliest_end, ends_under_each
from models.decisions.term.policies import Gravity, low_fine, newest_in_force, policies

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31))
KINDS = st.lists(st.sampled_from(PenaltyKind), min_size=1, max_size=4, unique=True).map(tuple)
CODES = ["R1", "R2", "R3"]


def facts(*kinds: PenaltyKind, **changes: Any) -> Facts:
    plain = {"decided_on": dt.date(2026, 5, 6), "published_on": dt.date(2026, 5, 12), "fine_fen": 2_000_000}
    return Facts(kinds=kinds or (PenaltyKind.FINE,), **{**plain, **changes})


def code_and_day(found: Facts, today: dt.date | None = None) -> tuple[str, dt.date]:
    end = earliest_end(found, today=today or found.published_on)
    assert end is not None
    return end.policy.code, end.ends_on


def test_three_generations_follow_each_other() -> None:
    assert [policy.code for policy in policies()] == CODES
    starts = [policy.force_from for policy in policies()]
    assert starts == [dt.date(2021, 9, 1), dt.date(2025, 12, 25), dt.date(2026, 4, 1)]
    newest = [newest_in_force(start) for start in starts]
    assert [policy.code if policy else None for policy in newest] == CODES
    assert newest_in_force(dt.date(2021, 8, 31)) is None


@pytest.mark.parametrize(
    ("kinds", "gravity"),
    [
        ([PenaltyKind.CRITICISM], Gravity.MINOR),
        ([PenaltyKind.WARNING, PenaltyKind.FINE], Gravity.GENERAL),
        ([PenaltyKind.FINE, PenaltyKind.REVOKE_LICENCE], Gravity.SERIOUS),
    ],
)
def test_the_heaviest_penalty_decides_the_class(kinds: list[PenaltyKind], gravity: Gravity) -> None:
    assert {policy.gravity(kinds) for policy in policies()} == {gravity}


def test_a_fine_of_2026_ends_a_year_after_the_decision_not_three_after_publication() -> None:
    assert code_and_day(facts()) == ("R3", dt.date(2027, 5, 6))


def test_before_the_later_rules_three_years_from_publication_applied() -> None:
    old = facts(decided_on=dt.date(2022, 5, 6), published_on=dt.date(2022, 5, 12))
    assert code_and_day(old) == ("R1", dt.date(2025, 5, 12))


def test_a_milder_rule_that_comes_later_holds_for_what_is_public_already() -> None:
    standing = facts(decided_on=dt.date(2025, 2, 3), published_on=dt.date(2025, 2, 10))
    assert code_and_day(standing, dt.date(2025, 12, 24)) == ("R1", dt.date(2028, 2, 10))
    assert code_and_day(standing, dt.date(2025, 12, 25)) == ("R2", dt.date(2026, 2, 3))
    assert code_and_day(standing, dt.date(2026, 4, 1)) == ("R3", dt.date(2026, 2, 3))


def test_a_rule_of_the_past_does_not_govern_what_is_published_after_it() -> None:
    standing = [end.governs for end in ends_under_each(facts(), today=dt.date(2026, 6, 1))]
    assert standing == [False, True, True]


def test_a_restriction_longer_than_three_years_is_public_while_it_lasts_under_the_first_rules() -> None:
    until = dt.date(2030, 1, 1)
    restricted = facts(
        PenaltyKind.RESTRICT_PROFESSION,
        decided_on=dt.date(2024, 1, 2),
        published_on=dt.date(2024, 1, 9),
        valid_until_on=until,
    )
    assert ends_under_each(restricted, today=dt.date(2024, 1, 9))[0].ends_on == until


def test_a_low_fine_is_what_the_province_says_and_only_there() -> None:
    old = {"decided_on": dt.date(2024, 1, 2), "published_on": dt.date(2024, 1, 9), "fine_fen": 9_999_900}
    hubei, henan = facts(**old, region_code="420700"), facts(**old, region_code="410400")
    assert code_and_day(hubei) == ("R1", dt.date(2024, 4, 9))
    assert code_and_day(henan) == ("R1", dt.date(2027, 1, 9))
    line = low_fine("420700")
    assert line is not None
    assert not line.holds(10_000_000, PartyKind.ORGANISATION)
    assert not line.holds(1_000_000, PartyKind.PERSON)


@given(KINDS, DAYS, st.integers(0, 400), st.integers(0, 4000))
def test_the_earliest_date_that_governs_wins(
    kinds: tuple[PenaltyKind, ...], decided_on: dt.date, delay: int, later: int
) -> None:
    found = facts(*kinds, decided_on=decided_on, published_on=decided_on + dt.timedelta(days=delay))
    today = found.published_on + dt.timedelta(days=later)
    each = ends_under_each(found, today=today)
    assert [end.policy.code for end in each] == CODES
    end = earliest_end(found, today=today)
    assert (end.ends_on if end else None) == min((one.ends_on for one in each if one.governs), default=None)


@given(KINDS, DAYS, st.integers(0, 400), st.integers(0, 2000), st.integers(0, 2000))
def test_time_never_makes_a_term_longer(
    kinds: tuple[PenaltyKind, ...], decided_on: dt.date, delay: int, first: int, more: int
) -> None:
    found = facts(*kinds, decided_on=decided_on, published_on=decided_on + dt.timedelta(days=delay))
    early = earliest_end(found, today=found.published_on + dt.timedelta(days=first))
    late = earliest_end(found, today=found.published_on + dt.timedelta(days=first + more))
    assert early is None or (late is not None and late.ends_on <= early.ends_on)


@given(KINDS, st.dates(dt.date(2026, 4, 1), dt.date(2040, 12, 31)), st.integers(0, 60))
def test_under_the_newest_rules_no_class_is_public_longer_than_it_may(
    kinds: tuple[PenaltyKind, ...], decided_on: dt.date, delay: int
) -> None:
    found = facts(*kinds, decided_on=decided_on, published_on=decided_on + dt.timedelta(days=delay))
    end = earliest_end(found, today=found.published_on)
    assert end is not None
    months = {Gravity.MINOR: 3, Gravity.GENERAL: 12, Gravity.SERIOUS: 36}[end.gravity]
    assert end.ends_on == add_months(decided_on, months)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 12, 31), 12, dt.date(2027, 12, 31)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(day: dt.date, months: int, later: dt.date) -> None:
    assert add_months(day, months) == later
