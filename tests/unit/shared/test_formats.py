"""Dates and numbers as people read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from search.snippets import Piece
from shared import formats, i18n

LATE_EVENING_UTC = dt.datetime(2026, 11, 22, 16, 30, tzinfo=dt.UTC)  # half past midnight in Beijing


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    i18n.init_app(app)
    return app


@pytest.fixture
def _chinese(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


@pytest.fixture
def _english(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", environ_overrides={i18n.LOCALE_KEY: "en"}):
        yield


@pytest.mark.usefixtures("_chinese")
def test_a_moment_is_shown_on_its_beijing_day() -> None:
    assert formats.day_text(LATE_EVENING_UTC) == "2026年11月23日"
    assert formats.moment_text(LATE_EVENING_UTC) == "2026年11月23日 00:30"
    assert formats.weekday(LATE_EVENING_UTC) == "星期一"


@pytest.mark.usefixtures("_english")
def test_english_writes_the_month_out() -> None:
    assert formats.day_text(dt.date(2026, 11, 22)) == "22 November 2026"
    assert formats.short_day(dt.date(2026, 11, 2)) == '<time datetime="2026-11-02">2 Nov</time>'


@pytest.mark.usefixtures("_chinese")
def test_the_element_carries_the_exact_time() -> None:
    assert 'datetime="2026-11-23T00:30:00+08:00"' in formats.moment(LATE_EVENING_UTC)


@pytest.mark.usefixtures("_chinese")
@pytest.mark.parametrize(
    ("amount", "shown"), [(12345, "12,345 元"), (1200.5, "1,200.50 元"), (0, "0 元"), (0.1, "0.10 元")]
)
def test_amounts_have_two_decimals_or_none(amount: float, shown: str) -> None:
    assert shown in formats.yuan(amount)


@pytest.mark.usefixtures("_chinese")
@pytest.mark.parametrize(
    ("size", "shown"), [(820, "820 B"), (3482, "3.4 KB"), (52428800, "50 MB"), (3 * 1024**3, "3 GB")]
)
def test_sizes_are_rounded_for_people(size: int, shown: str) -> None:
    assert formats.file_size(size) == shown


def test_codes_are_cut_into_fours_whatever_separates_them() -> None:
    assert formats.in_fours("K7QM-2XHD 9A") == ["K7QM", "2XHD", "9A"]


def test_what_was_found_is_marked_and_everything_is_escaped() -> None:
    found = formats.marked([Piece("a<b ", hit=False), Piece("假冒&", hit=True)])
    assert str(found) == "a&lt;b <mark>假冒&amp;</mark>"
