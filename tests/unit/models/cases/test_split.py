"""The rules of simple and complex as a table, and how strictly their file is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.cases.sorting.rules import SPLIT_FILE, SplitRuleError, read_split
from models.cases.sorting.terms import Complexity
from models.filings.tables import Filing
from models.kinds import RightType, Track
from models.papers.kinds import paper_kinds

TABLE: list[tuple[str, Track, RightType, str, dict[str, Any]]] = [
    ("joint", Track.COMPLAINT, RightType.TRADEMARK, "", {"joint": {"people": 3, "representatives": 1}}),
    ("several_respondents", Track.COMPLAINT, RightType.TRADEMARK, "", {"respondents": [{"name": "乙店"}]}),
    ("many_links", Track.CLUE, RightType.TRADEMARK, "1234567", {"links": {"count": 10}}),
    ("adjudication", Track.ADJUDICATION, RightType.PATENT_INFRINGEMENT, "", {}),
    ("technical", Track.REPORT, RightType.TRADE_SECRET, "", {}),
    ("consultation", Track.CONSULTATION, RightType.PATENT_INFRINGEMENT, "", {}),
    ("complaint", Track.COMPLAINT, RightType.TRADEMARK, "", {"links": {"count": 9}}),
    ("passing_off", Track.REPORT, RightType.PATENT_PASSING_OFF, "ZL201710123456.5", {}),
    ("trademark", Track.CLUE, RightType.TRADEMARK, "1234567", {}),
    ("others", Track.CLUE, RightType.TRADEMARK, "", {}),
    ("others", Track.REPORT, RightType.TRADEMARK, "1234567", {}),
]


@pytest.mark.parametrize(("rule", "track", "right", "number", "data"), TABLE)
def test_the_first_rule_that_fits_decides(
    rule: str, track: Track, right: RightType, number: str, data: dict[str, Any]
) -> None:
    filing = Filing(track=track, right_type=right, right_number=number or None, data=data)
    assert read_split().rule_for(filing).id == rule


def test_every_rule_is_reached() -> None:
    assert {row[0] for row in TABLE} == {rule.id for rule in read_split().rules}


def test_the_papers_without_approval_are_kinds_of_paper_that_a_head_approves_otherwise() -> None:
    kinds = paper_kinds()
    assert all(kinds[one].is_approved for one in read_split().papers_without_approval)


def test_a_simple_case_is_never_one_of_several_sides() -> None:
    simple = [rule for rule in read_split().rules if rule.complexity is Complexity.SIMPLE]
    assert simple
    assert not any(rule.joint or rule.least_respondents > 1 for rule in simple)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('complexity = "simple"', 'complexity = "easy"'),
        ('id = "technical"', 'id = "joint"'),
        ("least_links = 10", "least_link = 10"),
        ('id = "others"\n', 'id = "others"\njoint = true\n'),
        ("take_on = true\n", ""),
    ],
)
def test_a_file_that_is_wrong_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = SPLIT_FILE.read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / "split.toml"
    wrong.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SplitRuleError):
        read_split(wrong)
