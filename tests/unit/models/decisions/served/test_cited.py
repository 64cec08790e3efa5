"""Causes across the change of law: the articles of the law of its day lead to the cause, those of another day's do not."""

from __future__ import annotations

import datetime as dt
import tomllib
from itertools import pairwise
from typing import Any

import pytest

from models.decisions.causes import CAUSE_FILE, cause_named
from models.decisions.served.cited import articles, causes_meant

TABLE: list[dict[str, Any]] = tomllib.loads(CAUSE_FILE.read_text(encoding="utf-8"))["causes"]
OLD_LAW_ENDS, NEW_LAW_BEGINS = dt.date(2026, 12, 31), dt.date(2027, 1, 1)
LONG_AFTER = dt.date(2029, 1, 15)
TRADEMARK_LAW = "中华人民共和国商标法"
CHANGED = [
    (cause["code"], {one["law_version"]: one for one in cause["versions"] if one["law"] == TRADEMARK_LAW})
    for cause in TABLE
    if sum(one["law"] == TRADEMARK_LAW for one in cause.get("versions", ())) == 2
]


def meant(version: dict[str, Any], day: dt.date) -> list[str]:
    text = f"当事人的行为违反了《{version['law']}》{version['violated']}的规定。"
    return [cause.code for cause in causes_meant(text, decided_on=day)]


def test_there_are_causes_under_both_trademark_laws() -> None:
    assert {f"TM-0{number}" for number in range(1, 8)} <= {code for code, _ in CHANGED}


@pytest.mark.parametrize("cause", TABLE, ids=lambda cause: str(cause["code"]))
def test_versions_of_one_law_follow_each_other_without_overlap(cause: dict[str, Any]) -> None:
    for law in {one["law"] for one in cause.get("versions", ())}:
        spans = [
            (one.get("from", dt.date.min), one.get("to", dt.date.max))
            for one in cause["versions"]
            if one["law"] == law
        ]
        assert all(begin <= end for begin, end in spans)
        assert all(earlier[1] < later[0] for earlier, later in pairwise(sorted(set(spans))))


@pytest.mark.parametrize(("code", "versions"), CHANGED, ids=[code for code, _ in CHANGED])
def test_a_decision_cites_the_trademark_law_of_its_day(code: str, versions: dict[str, Any]) -> None:
    old, new = sorted(versions.values(), key=lambda one: one.get("from", dt.date.min))
    assert (old["to"], new["from"]) == (OLD_LAW_ENDS, NEW_LAW_BEGINS)
    assert code in meant(old, OLD_LAW_ENDS)
    assert code in meant(new, NEW_LAW_BEGINS)
    assert code in meant(old, NEW_LAW_BEGINS), (
        "what was done in 2026 may be decided in 2027 by the law of its day"
    )
    if articles_of(old) != articles_of(new):
        assert code not in meant(new, OLD_LAW_ENDS)
        assert code not in meant(old, LONG_AFTER)


def articles_of(version: dict[str, Any]) -> list[int]:
    return [one.number for one in articles(f"《{version['law']}》{version['violated']}")]


@pytest.mark.parametrize(("code", "_versions"), CHANGED, ids=[code for code, _ in CHANGED])
def test_the_cause_itself_has_one_code_and_one_name_through_the_change(code: str, _versions: object) -> None:
    cause = cause_named(code)
    assert cause is not None
    assert cause_named(cause.name) is cause
