"""Kinds of letter as data: a wrong file says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.cases.outside.kinds import LetterKindError, letter_kinds
from models.papers.kinds import paper_kinds
from tests.support.clocks import day, rule_book

RIGHT = 'id = "local"\ntitle = "甲"\nasks = "请。"\nclock = "local_cooperation"\nbasis = "x"\n'


def test_each_kind_has_a_rule_in_force_and_papers_that_there_are() -> None:
    for kind in letter_kinds().values():
        assert rule_book().pick(kind.clock, day("2026-11-20")).n > 0
        assert set(kind.papers) <= set(paper_kinds())
    lengths = {kind.id: rule_book().pick(kind.clock, day("2026-11-20")).n for kind in letter_kinds().values()}
    assert lengths == {"local": 5, "assistance": 15, "dispatch": 5}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RIGHT + "colour = 1\n", "colour"),
        (RIGHT.replace("local_cooperation", "case_decision"), "clock 只能是"),
        (RIGHT + 'bodies = ["moon"]\n', "moon"),
        (RIGHT.replace('"local"', '"other"'), "要有“local”"),
    ],
)
def test_a_wrong_file_says_where(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "letters.toml"
    path.write_text(f"[[kinds]]\n{text}", encoding="utf-8")
    with pytest.raises(LetterKindError, match=told):
        letter_kinds(path)
