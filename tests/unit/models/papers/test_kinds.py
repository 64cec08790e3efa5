"""The kinds of paper as data: what their words may say, and whom they may name."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.papers.language import problems
from models.papers.kinds import PaperKind, PaperKindError, paper_kind, paper_kinds
from models.papers.numbers import written
from models.papers.prefixes import Prefix, prefix_of
from models.papers.terms import Addressee
from models.people.profile_files import load_profile

KINDS = list(paper_kinds().values())
FORMS = "一二三四五六七八九十"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_body_uses_known_fields_only(kind: PaperKind) -> None:
    assert list(problems(kind.body, kind.field_names)) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_whatever_a_person_writes_stands_in_the_paper(kind: PaperKind) -> None:
    for one in (*(field.name for field in kind.own_fields), *kind.filer):
        assert f"{{{{ {one} }}}}" in kind.body, one


def test_the_ten_official_forms_are_there() -> None:
    told = [kind.basis.rsplit("文书式样", 1)[-1] for kind in KINDS if "文书式样" in kind.basis]
    assert told == list(FORMS)


def test_only_papers_of_complaints_and_registers_name_the_filer() -> None:
    named = {kind.id for kind in KINDS if kind.names_filer}
    assert {"report_result", "police_referral", "distribution_notice", "transfer_letter"}.isdisjoint(named)
    outside = {kind.id for kind in KINDS if kind.names_filer and kind.addressee is Addressee.OUTSIDE}
    assert outside == {"filer_identity"}, "one sheet, which a head has to order"
    assert paper_kind("filer_identity").is_approved


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ('filer = ["姓名"]', "filer_basis"),
        ('filer = ["银行卡号"]\nfiler_basis = "x"', "filer 只能写"),
        ('asks = ["没有的字段"]', "没有的字段"),
        ('approver = "nobody"', "nobody"),
        ("colour = 1", "colour"),
    ],
)
def test_a_wrong_file_says_where(tmp_path: Path, changed: str, told: str) -> None:
    path = tmp_path / "papers.toml"
    lines = [
        'id = "a"',
        'title = "甲"',
        'word = "甲字"',
        'addressee = "filer"',
        'basis = "x"',
        'body = "正文"',
    ]
    if "approver" not in changed:
        lines.append('approver = "none"')
    path.write_text("[[kinds]]\n" + "\n".join([*lines, changed]), encoding="utf-8")
    with pytest.raises(PaperKindError, match=told):
        paper_kinds(path)


def test_a_unit_without_a_prefix_of_its_own_counts_with_the_bureau() -> None:
    profile = load_profile("pingdingshan")
    assert prefix_of(profile, "bureau") == prefix_of(profile, "xinhua") == Prefix("bureau", "平市监")
    assert written("平市监受字", 2026, 12) == "平市监受字〔2026〕12号"
    assert paper_kind("acceptance").word == "受字"
