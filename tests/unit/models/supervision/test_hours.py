"""When mail goes out to members of staff."""

import datetime as dt
from pathlib import Path

import pytest

from models.supervision.hours import MailHours
from models.supervision.ladder import LADDER_FILE, LadderError, read_ladders
from tests.support.clocks import calendar

OFFICE = MailHours(dt.time(8), dt.time(20), workdays_only=True)


def beijing(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}:00+08:00").astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("now", "goes_out"),
    [
        ("2026-11-20T08:00", "2026-11-20T08:00"),
        ("2026-11-20T19:59", "2026-11-20T19:59"),
        ("2026-11-20T03:00", "2026-11-20T08:00"),
        ("2026-11-20T20:00", "2026-11-23T08:00"),  # Friday evening: Monday
        ("2026-09-19T10:00", "2026-09-20T08:00"),  # Saturday before a worked Sunday
        ("2026-09-30T21:00", "2026-10-08T08:00"),
    ],
)
def test_mail_waits_for_the_next_office_hour(now: str, goes_out: str) -> None:
    assert OFFICE.next(beijing(now), calendar()) == beijing(goes_out)


def test_without_hours_mail_goes_out_at_once() -> None:
    night = beijing("2026-11-21T03:00")
    assert MailHours().next(night, calendar()) == night


def test_the_file_sets_office_hours() -> None:
    mail = read_ladders().mail
    assert mail.opens < mail.closes
    assert mail.workdays_only


@pytest.mark.parametrize(
    "table", ["opens = 20:00:00\ncloses = 08:00:00", "opens = 8", 'workdays_only = "yes"', "open = 08:00:00"]
)
def test_wrong_hours_are_an_error_of_the_file(tmp_path: Path, table: str) -> None:
    text = LADDER_FILE.read_text(encoding="utf-8")
    head, _, rest = text.partition("\n[mail]\n")
    wrong = tmp_path / "ladder.toml"
    wrong.write_text(f"{head}\n[mail]\n{table}\n{rest[rest.index('[[ladder]]') :]}", encoding="utf-8")
    with pytest.raises(LadderError) as refused:
        read_ladders(wrong)
    assert list(refused.value.errors) == ["ladder.toml [mail]"]
