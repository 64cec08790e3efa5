import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks.book import CALENDAR, book, touch
from models.clocks.calendar import DayKind
from models.clocks.holiday_files import read_notice
from models.clocks.loading import import_notice
from models.clocks.operations import meet_deadline, start_deadline
from models.clocks.queries import published_years
from models.clocks.recompute import recompute, recompute_open, recount
from models.clocks.tables import CalendarDay, Deadline, DeadlineChange, Source, Suspension
from models.clocks.terms import Reason
from models.wording import said
from tests.support.clocks import NOW, at, case, day
from tests.support.notices import notice_2027


def start(session: Session, number: int, on: str, rule_id: str = "report_verify") -> Deadline:
    return start_deadline(session, rule_id=rule_id, subject=case(number), started_at=at(on), now=NOW)


def add_holiday(session: Session, on: str) -> None:
    """What an administrator does when the State Council gives a day off at short notice."""
    holiday = {"kind": DayKind.HOLIDAY, "name": "临时放假", "source": Source.ADMIN, "changed_at": NOW}
    session.add(CalendarDay(on=day(on), **holiday))
    touch(session, CALENDAR)


def take(session: Session, document: dict[str, Any]) -> list[int]:
    return [move.deadline_id for move in import_notice(session, read_notice(json.dumps(document)), now=NOW)]


def test_the_yearly_notice_makes_provisional_deadlines_certain(loaded: Session) -> None:
    touched, untouched = start(loaded, 1, "2026-11-20", "case_decision"), start(loaded, 2, "2026-11-20")
    loaded.flush()
    assert (touched.provisional, touched.legal_end) == (True, day("2027-02-18"))
    assert take(loaded, notice_2027()) == [touched.id]
    assert (touched.provisional, touched.legal_end) == (False, day("2027-02-18"))
    assert not untouched.provisional
    assert published_years(loaded)[-1] == 2027


def test_every_moved_deadline_is_journaled_with_old_new_and_why(loaded: Session) -> None:
    deadline = start(loaded, 1, "2026-11-20", "patent_adjudicate")
    loaded.flush()
    document = notice_2027()
    document["days"].append({"name": "特别放假", "date": "2027-02-20", "isOffDay": True})
    document["days"] = [entry for entry in document["days"] if entry["isOffDay"]]
    take(loaded, document)
    (entry,) = loaded.scalars(select(DeadlineChange)).all()
    assert (entry.deadline_id, entry.old_legal_end, entry.new_legal_end) == (
        deadline.id,
        day("2027-02-20"),
        day("2027-02-22"),
    )
    assert (entry.was_provisional, entry.is_provisional, entry.at) == (True, False, NOW)
    assert "https://example.org/notice-2027" in entry.why


def test_importing_the_same_notice_again_moves_nothing(loaded: Session) -> None:
    start(loaded, 1, "2026-11-20", "case_decision")
    take(loaded, notice_2027())
    assert take(loaded, notice_2027()) == []


def test_a_new_notice_takes_the_place_of_the_old_one_but_not_of_days_set_by_hand(loaded: Session) -> None:
    take(loaded, notice_2027())
    by_hand = CalendarDay(
        on=day("2027-03-01"), kind=DayKind.HOLIDAY, name="停电", source=Source.ADMIN, changed_at=NOW
    )
    loaded.add(by_hand)
    loaded.flush()
    document = notice_2027()
    document["days"] = [entry for entry in document["days"] if entry["date"] != "2027-02-20"]
    take(loaded, document)
    calendar = book(loaded).calendar
    assert not calendar.is_workday(day("2027-02-20"))
    assert not calendar.is_workday(day("2027-03-01"))


def test_a_holiday_that_is_added_moves_the_deadlines_across_it(loaded: Session) -> None:
    across, met, ended = (
        start(loaded, number, on) for number, on in ((1, "2026-11-20"), (2, "2026-11-19"), (3, "2026-10-12"))
    )
    meet_deadline(loaded, rule_id="report_verify", subject=case(2), now=NOW)
    old = across.legal_end, met.legal_end, ended.legal_end
    add_holiday(loaded, "2026-12-01")
    moves = recompute_open(loaded, why=said("临时放假"), since=day("2026-12-01"), now=NOW)
    assert [(move.deadline_id, move.old_end, move.new_end) for move in moves] == [
        (across.id, day("2026-12-11"), day("2026-12-14"))
    ]
    assert old == (day("2026-12-11"), met.legal_end, ended.legal_end)
    assert across.legal_end == day("2026-12-14")


def test_a_holiday_after_a_plain_weekend_rolls_a_deadline_that_ended_on_it(loaded: Session) -> None:
    deadline = start(loaded, 1, "2026-09-01", "case_decision")  # raw end Monday 30 November
    earlier = start(loaded, 2, "2026-08-30", "case_decision")  # raw end Saturday 28 November
    loaded.flush()
    add_holiday(loaded, "2026-11-30")
    recompute_open(loaded, why=said("临时放假"), since=day("2026-11-30"), now=NOW)
    assert (deadline.raw_end, deadline.legal_end) == (day("2026-11-30"), day("2026-12-01"))
    assert (earlier.raw_end, earlier.legal_end) == (day("2026-11-28"), day("2026-12-01"))
    assert earlier.alert_on == day("2026-11-27")


def test_suspensions_and_extensions_stay_in_the_count(loaded: Session) -> None:
    deadline = start(loaded, 1, "2026-11-02")
    loaded.flush()
    span = {"reason": Reason.TESTING, "evidence": "检测委托书", "noted_at": NOW}
    deadline.suspensions.append(Suspension(from_on=day("2026-11-09"), to_on=day("2026-11-16"), **span))
    deadline.extended = 1
    recompute(loaded, deadline, why=said("延长"), now=NOW)
    assert deadline.legal_end == day("2026-12-21")
    add_holiday(loaded, "2026-12-01")
    recompute_open(loaded, why=said("临时放假"), since=day("2026-12-01"), now=NOW)
    assert deadline.legal_end == day("2026-12-22")
    assert recompute(loaded, deadline, why=said("核对"), now=NOW).legal_end == day("2026-12-22")
    assert len(loaded.scalars(select(DeadlineChange)).all()) == 2


def test_what_is_stored_is_what_is_computed(loaded: Session) -> None:
    rules = ("report_verify", "case_decision", "patent_adjudicate", "crime_transfer", "crime_approve")
    for rule_id in rules:
        deadline = start(loaded, 1, "2026-11-20", rule_id)
        loaded.flush()
        loaded.refresh(deadline)
        ends = recount(loaded, deadline)
        assert (
            deadline.raw_end,
            deadline.legal_end,
            deadline.alert_on,
            deadline.due_at,
            deadline.provisional,
        ) == (
            ends.raw_end,
            ends.legal_end,
            ends.alert_on,
            ends.due_at,
            ends.provisional,
        )
