"""Grounds of refusal: the seven of Order 121 for complaints, those of Order 20 for what came before it."""

from __future__ import annotations

import datetime as dt

import pytest

from models.cases.grounds import BASIS_LABELS, GROUND_LABELS, NEXT_STEP_LABELS, Ground, grounds_for
from models.kinds import Track

UNDER_121 = dt.date(2026, 4, 15)
UNDER_20 = dt.date(2026, 4, 14)


def test_a_complaint_has_the_seven_grounds_of_article_16() -> None:
    found = grounds_for(Track.COMPLAINT, UNDER_121)
    assert list(found.values()) == [f"121号 第16条第{number}项" for number in range(1, 8)]


def test_what_was_filed_before_the_order_has_the_grounds_of_the_former_one() -> None:
    found = grounds_for(Track.COMPLAINT, UNDER_20)
    assert len(found) == 6
    assert Ground.IDENTITY not in found
    assert all(article.startswith("20号 第15条") for article in found.values())


@pytest.mark.parametrize("track", list(Track))
@pytest.mark.parametrize("day", [UNDER_20, UNDER_121])
def test_every_track_can_be_refused_on_some_ground(track: Track, day: dt.date) -> None:
    assert grounds_for(track, day)


@pytest.mark.parametrize("words", [BASIS_LABELS, GROUND_LABELS, NEXT_STEP_LABELS])
def test_every_ground_says_what_it_is_and_what_comes_next(words: dict[Ground, object]) -> None:
    assert list(words) == list(Ground)
