"""Which notice a day off rests on."""

import json

import pytest

from models.clocks.holiday_files import read_notice
from models.clocks.holiday_notices import NUMBER, known_notices, number_for, number_in
from models.clocks.seeds import seeded_days, seeded_years
from tests.support.clocks import day


def test_every_notice_of_the_data_file_has_a_number_and_days_in_order() -> None:
    for notice in known_notices():
        assert NUMBER.fullmatch(notice.number), notice
        assert notice.first <= notice.last, notice


@pytest.mark.parametrize(
    ("on", "number"),
    [
        ("2026-10-01", "国办发明电〔2025〕7号"),
        ("2019-05-05", "国办发明电〔2019〕3号"),
        ("2019-10-01", "国办发明电〔2018〕15号"),
        ("2020-01-27", "国办发明电〔2019〕16号"),
        ("2020-01-31", "国办发明电〔2020〕1号"),
        ("2015-09-03", "国发明电〔2015〕1号"),
        ("2018-12-31", "国办发明电〔2018〕15号"),
        ("2011-12-31", "国办发明电〔2011〕45号"),
        ("2004-10-01", ""),
        ("2027-01-01", ""),
    ],
)
def test_a_day_names_the_notice_that_moved_it_last(on: str, number: str) -> None:
    assert number_for(day(on)) == number


def test_every_seeded_day_since_2007_has_a_notice() -> None:
    lacking = [on for on in seeded_days() if on.year >= 2007 and not number_for(on)]
    assert lacking == []
    assert max(notice.last.year for notice in known_notices()) == seeded_years()[-1]


def test_a_number_is_found_in_what_was_noted_with_a_day() -> None:
    assert number_in("延长春节假期（国办发明电〔2020〕1号）") == "国办发明电〔2020〕1号"
    assert number_in("https://example.org/notice") == ""


def test_an_imported_file_may_give_the_number_of_its_notice() -> None:
    days = [{"name": "春节", "date": f"2027-02-{n:02}", "isOffDay": True} for n in range(1, 16)]
    file = {
        "year": 2027,
        "number": "国办发明电〔2026〕9号",
        "papers": ["https://example.org/n"],
        "days": days,
    }
    assert read_notice(json.dumps(file)).source == "国办发明电〔2026〕9号 https://example.org/n"
    assert read_notice(json.dumps({**file, "number": "某号"})).source == "https://example.org/n"
