"""The table of acts on pages: one row for every act that an officer can do, each at an address of its own."""

from __future__ import annotations

import inspect

import pytest

from casework.acts.table import DOINGS, Doing
from casework.case_page import APART
from models.cases.possible import OFFICER_ACTS, PERMISSIONS


def test_every_act_of_an_officer_has_one_row() -> None:
    rows = [*(one.act for one in DOINGS), *APART]
    assert sorted(rows) == sorted(OFFICER_ACTS) == sorted(PERMISSIONS)
    assert len({one.path for one in DOINGS}) == len(DOINGS)


@pytest.mark.parametrize("doing", DOINGS, ids=lambda doing: doing.act.value)
def test_every_verb_takes_the_officer_and_the_time(doing: Doing) -> None:
    wanted = inspect.signature(doing.verb).parameters
    assert {"session", "case", "actor", "now"} <= wanted.keys()
