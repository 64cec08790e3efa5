"""What outside bodies need, as data: every kind has its list, nothing unsure blocks, a wrong file says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.cases.outside.needs import Has, NeedError, Occasion, needs
from models.kinds import RightType
from models.papers.kinds import paper_kinds
from models.people.profiles import OutsideKind

RIGHT = 'id = "one"\nbodies = ["customs"]\ntitle = "甲"\nbasis = "x"\n'


@pytest.mark.parametrize("body", ["customs", "copyright", "agriculture", "forestry", "court", "police"])
def test_each_body_has_a_list_with_a_basis(body: str) -> None:
    mine = [one for one in needs() if OutsideKind(body) in one.bodies]
    assert len(mine) >= 3
    assert all(one.basis and one.title for one in mine)
    assert any(Occasion.LETTER in one.required for one in mine)


def test_before_acceptance_only_facts_are_asked_and_papers_are_those_that_there_are() -> None:
    assert {one.has for one in needs() if Occasion.FORWARD in one.required} == {Has.FACTS}
    assert {paper for one in needs() for paper in one.papers} <= set(paper_kinds())


def test_what_the_police_get_with_a_filed_case_is_that_of_the_article() -> None:
    mine = [one for one in needs() if one.concerns(OutsideKind.POLICE, RightType.TRADEMARK)]
    papers = [one.papers for one in mine if Occasion.FILED in one.required and one.papers]
    assert papers == [("police_referral",), ("investigation_report",), ("goods_list",)]


def test_a_need_of_one_right_is_asked_for_no_other() -> None:
    number = next(one for one in needs() if one.id == "customs_right")
    assert number.concerns(OutsideKind.CUSTOMS, RightType.TRADEMARK)
    assert not number.concerns(OutsideKind.CUSTOMS, RightType.COPYRIGHT)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RIGHT + "colour = 1\n", "colour"),
        (RIGHT.replace("customs", "moon"), "moon"),
        (RIGHT + 'has = "paper"\n', "papers"),
        (RIGHT + 'required = ["letter"]\n', "不能是必需项"),
        (RIGHT + 'has = "facts"\nunsure = true\nrequired = ["letter"]\n', "不能是必需项"),
        (f"{RIGHT}\n[[needs]]\n{RIGHT}", "不能重复"),
    ],
)
def test_a_wrong_file_says_where(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "transfers.toml"
    path.write_text(f"[[needs]]\n{text}", encoding="utf-8")
    with pytest.raises(NeedError, match=told):
        needs(path)
