import json
from typing import Any

import pytest

from models.clocks.calendar import DayKind
from models.clocks.errors import CalendarFileError
from models.clocks.holiday_files import read_notice
from tests.support.clocks import day
from tests.support.notices import notice_2027


def errors_of(document: Any) -> dict[str, str]:
    with pytest.raises(CalendarFileError) as caught:
        read_notice(json.dumps(document))
    return caught.value.errors


def test_a_notice_gives_holidays_and_make_up_workdays() -> None:
    notice = read_notice(json.dumps(notice_2027()))
    assert (notice.year, notice.source) == (2027, "https://example.org/notice-2027")
    assert notice.days[day("2027-01-01")].kind is DayKind.HOLIDAY
    assert notice.days[day("2027-02-20")].kind is DayKind.MAKEUP
    assert notice.days[day("2027-02-20")].name == "春节"


@pytest.mark.parametrize(
    "text", ["", "not json", "[]", '{"year": 2027}', '{"days": []}', '{"year": "2027", "days": []}']
)
def test_what_is_no_notice_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(CalendarFileError) as caught:
        read_notice(text)
    assert caught.value.sentence.endswith("。")


def test_an_empty_year_is_not_taken_for_published() -> None:
    assert "可能尚未发布" in errors_of({"year": 2027, "papers": [], "days": []})["days"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"date": "2027-13-01"}, "应写成 YYYY-MM-DD"),
        ({"date": "2027-01-02"}, "出现了两次"),
        ({"date": "2030-01-01"}, "不属于 2027 年"),
        ({"isOffDay": "no"}, "isOffDay"),
        ({"name": " "}, "缺少节日名称"),
        ({"date": "2027-01-06", "isOffDay": False}, "不是周末"),
    ],
)
def test_every_wrong_day_is_reported_by_its_place(change: dict[str, Any], sentence: str) -> None:
    document = notice_2027()
    document["days"].append({"name": "元旦", "date": "2027-01-09", "isOffDay": True, **change})
    (place,) = errors_of(document)
    assert place == f"days[{len(document['days'])}]"
    assert sentence in errors_of(document)[place]
