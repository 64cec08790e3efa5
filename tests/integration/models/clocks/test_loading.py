from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.clocks.book import CALENDAR, book, touch
from models.clocks.calendar import DayKind
from models.clocks.errors import OutsideCalendar, RuleFileError
from models.clocks.loading import load_calendar, load_rules
from models.clocks.rule_files import RULE_FOLDER, read_rules
from models.clocks.tables import CalendarDay, CalendarYear, ClockRule, Source
from tests.support.clocks import NOW, calendar, day


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def edited(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A copy of the rule files with one of them changed."""
    folder = copytree(RULE_FOLDER, tmp_path / "rules")
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_loading_twice_changes_nothing(loaded: Session) -> None:
    before = [count(loaded, table) for table in (CalendarYear, CalendarDay, ClockRule)]
    assert load_calendar(loaded, now=NOW) == []
    assert load_rules(loaded) == []
    assert [count(loaded, table) for table in (CalendarYear, CalendarDay, ClockRule)] == before


def test_the_loaded_calendar_is_the_seeded_one(loaded: Session) -> None:
    kept = book(loaded).calendar
    for text in ("2004-01-01", "2026-02-14", "2026-10-05", "2026-12-31", "2027-02-05"):
        found, seeded = kept.day(day(text)), calendar().day(day(text))
        assert (found.kind, found.name, found.is_provisional) == (
            seeded.kind,
            seeded.name,
            seeded.is_provisional,
        )


def test_a_day_of_the_loaded_calendar_names_the_document_it_rests_on(loaded: Session) -> None:
    kept = book(loaded).calendar
    assert kept.day(day("2026-10-01")).why == "法定节假日：国庆节（国办发明电〔2025〕7号）"
    assert kept.day(day("2026-10-10")).why == "调休补班：国庆节（国办发明电〔2025〕7号）"
    assert kept.day(day("2026-10-11")).why == "周末"
    assert kept.day(day("2027-01-01")).why == "法定节假日：元旦（暂定）"


def test_the_loaded_rules_are_those_of_the_files(loaded: Session) -> None:
    assert set(book(loaded).rules) == set(read_rules())


def test_without_a_calendar_nothing_is_computed(unloaded: Session) -> None:
    with pytest.raises(OutsideCalendar, match="空的"):
        book(unloaded)


def test_a_year_that_the_seed_newly_covers_is_added(loaded: Session) -> None:
    loaded.delete(loaded.get_one(CalendarYear, 2026))
    loaded.flush()
    assert load_calendar(loaded, now=NOW) == [2026]
    assert not book(loaded).calendar.is_provisional(day("2025-12-31"), day("2026-12-31"))


def test_what_an_administrator_set_is_not_overwritten(loaded: Session) -> None:
    set_by_hand = loaded.get_one(CalendarDay, day("2026-10-05"))
    set_by_hand.source, set_by_hand.kind = Source.ADMIN, DayKind.WORKDAY
    loaded.delete(loaded.get_one(CalendarYear, 2026))
    loaded.flush()
    load_calendar(loaded, now=NOW)
    assert book(loaded).calendar.is_workday(day("2026-10-05"))
    assert set_by_hand.is_workday


def test_a_change_is_noticed_by_every_session(loaded: Session) -> None:
    before = book(loaded)
    loaded.add(
        CalendarDay(
            on=day("2026-11-25"), kind=DayKind.HOLIDAY, name="临时放假", source=Source.ADMIN, changed_at=NOW
        )
    )
    touch(loaded, CALENDAR)
    after = book(loaded)
    assert before.calendar.is_workday(day("2026-11-25"))
    assert not after.calendar.is_workday(day("2026-11-25"))
    assert after.rules is before.rules


def test_words_about_a_released_rule_may_be_mended(loaded: Session, tmp_path: Path) -> None:
    folder = edited(tmp_path, "credit-repair.toml", 'confidence = "low"', 'confidence = "high"')
    assert load_rules(loaded, folder)[0] == "repair_decide"
    assert book(loaded).rules.version("repair_decide", 1).is_confirmed


def test_a_released_rule_may_be_ended(loaded: Session, tmp_path: Path) -> None:
    folder = edited(tmp_path, "credit-repair.toml", "from = 2025-12-25", "from = 2025-12-25\nto = 2027-06-30")
    assert load_rules(loaded, folder)[0] == "repair_decide"


def test_what_a_released_rule_binds_to_is_never_edited(loaded: Session, tmp_path: Path) -> None:
    folder = edited(tmp_path, "credit-repair.toml", "n = 7", "n = 8")
    with pytest.raises(RuleFileError) as caught:
        load_rules(loaded, folder)
    assert "应另立版本" in caught.value.errors["repair_decide"]


def test_a_version_that_an_administrator_wrote_is_left_alone(loaded: Session) -> None:
    row = loaded.scalars(select(ClockRule).where(ClockRule.rule_id == "repair_decide")).one()
    row.source, row.note = Source.ADMIN, "本局核对后录入"
    loaded.flush()
    with pytest.raises(RuleFileError, match="不一致"):
        load_rules(loaded)
    assert row.note == "本局核对后录入"
