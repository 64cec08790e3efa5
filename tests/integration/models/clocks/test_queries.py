from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.operations import cancel_deadline, meet_deadline, start_deadline
from models.clocks.queries import deadlines_of, is_late, light, missing_years, published_years
from models.clocks.tables import Deadline
from tests.support.clocks import NOW, at, case, day, decision

Counter = Callable[[], AbstractContextManager[list[str]]]


def start(session: Session, number: int, rule_id: str, on: str) -> Deadline:
    return start_deadline(session, rule_id=rule_id, subject=case(number), started_at=at(on), now=NOW)


def test_the_deadlines_of_many_subjects_come_in_one_query(loaded: Session, count_queries: Counter) -> None:
    for number in range(1, 21):
        start(loaded, number, "report_verify", "2026-11-02")
    loaded.flush()
    with count_queries() as statements:
        found = deadlines_of(loaded, [case(number) for number in range(1, 31)])
        calendar = book(loaded).calendar
        lights = [light(item, day("2026-11-22"), calendar) for items in found.values() for item in items]
    assert len(lights) == 20
    assert len(found) == 30
    assert found[25] == []
    assert len(statements) == 1


def test_a_page_asks_once_whether_calendar_or_rules_have_changed(
    loaded: Session, count_queries: Counter
) -> None:
    book(loaded)
    loaded.commit()
    with count_queries() as statements:
        first = book(loaded)
        again = book(loaded)
    assert first is again
    assert len(statements) == 1


def test_open_deadlines_come_first_by_their_end_and_cancelled_ones_not_at_all(loaded: Session) -> None:
    start(loaded, 1, "local_transfer", "2026-11-02")
    start(loaded, 1, "report_verify", "2026-11-02")
    start(loaded, 1, "jurisdiction_dispute", "2026-11-02")
    start(loaded, 1, "crime_approve", "2026-11-02")
    meet_deadline(loaded, rule_id="local_transfer", subject=case(1), now=NOW)
    cancel_deadline(loaded, rule_id="crime_approve", subject=case(1), now=NOW)
    found = deadlines_of(loaded, [case(1)])[1]
    assert [item.rule_id for item in found] == ["jurisdiction_dispute", "report_verify", "local_transfer"]


def test_subjects_of_two_kinds_are_not_mixed(loaded: Session) -> None:
    assert deadlines_of(loaded, []) == {}
    with pytest.raises(ValueError, match="one kind"):
        deadlines_of(loaded, [case(1), decision(1)])


def test_late_is_a_question_about_now(loaded: Session) -> None:
    late = start(loaded, 1, "jurisdiction_dispute", "2026-11-02")
    start(loaded, 2, "report_verify", "2026-11-20")
    paused = start(loaded, 3, "report_verify", "2026-10-12")
    paused.paused_from = day("2026-10-20")
    loaded.flush()
    assert list(loaded.scalars(select(Deadline).where(is_late(NOW)))) == [late]


def test_the_last_instant_of_the_end_is_not_late(loaded: Session) -> None:
    deadline = start(loaded, 1, "report_verify", "2026-11-02")
    loaded.flush()
    for instant, found in ((at("2026-11-23"), []), (deadline.due_at, [deadline])):
        assert list(loaded.scalars(select(Deadline).where(is_late(instant)))) == found


def test_next_year_is_missing_from_november_on(loaded: Session) -> None:
    assert published_years(loaded) == list(range(2004, 2027))
    assert missing_years(loaded, day("2026-10-31")) == []
    assert missing_years(loaded, day("2026-11-01")) == [2027]
    assert missing_years(loaded, day("2027-01-01")) == [2027]
