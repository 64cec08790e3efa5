"""Triage: every combination of answers has its procedure, and for every place somebody is named as competent."""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path

import pytest

from cli.routing import places
from models.kinds import RightType, Track
from models.people.profile_files import ProfileError, available_profiles, load_profile
from models.routing.rule_files import read_division
from models.routing.rules import Matter, route
from models.routing.terms import Competence, Conduct
from models.triage.rule_files import TRIAGE_FILE, read_triage
from models.triage.terms import Need, Question

TRIAGE = read_triage()
WAYS = list(TRIAGE.ways())
DAY = dt.date(2026, 11, 20)
TEXT = TRIAGE_FILE.read_text(encoding="utf-8")


def _rule(way: str, kind: str = "trademark") -> tuple[str, list[Track]]:
    rule = TRIAGE.rule_for(way, kind)
    assert rule is not None
    return rule.row, list(rule.tracks)


@pytest.mark.parametrize(
    ("way", "kind", "row", "tracks"),
    [
        ("refund.complaint", "trademark", "A", [Track.COMPLAINT]),
        ("refund.complaint", "copyright", "A", [Track.COMPLAINT]),
        ("refund.both", "trademark", "A", [Track.COMPLAINT, Track.REPORT]),
        ("refund.report", "trademark", "B", [Track.REPORT]),
        ("report", "geographical_indication", "B", [Track.REPORT]),
        ("report", "trade_secret", "B", [Track.REPORT]),
        ("owner", "trademark", "C", [Track.CLUE]),
        ("owner.ruling", "patent_infringement", "D", [Track.ADJUDICATION]),
        ("owner.clue", "patent_infringement", "D", [Track.CLUE]),
        ("report", "patent_infringement", "D", [Track.REPORT]),
        ("report", "patent_passing_off", "E", [Track.REPORT]),
        ("owner", "patent_passing_off", "E", [Track.CLUE]),
        ("report", "copyright", "F", [Track.REPORT]),
        ("aid", "trademark", "G", [Track.AID]),
        ("consultation", "other", "H", [Track.CONSULTATION]),
        ("other.disclosure", "", "I", []),
        ("other.review", "", "I", []),
        ("other.discipline", "", "I", []),
        ("other.petition", "", "J", []),
    ],
)
def test_each_row_of_the_law_has_its_procedure(way: str, kind: str, row: str, tracks: list[Track]) -> None:
    assert _rule(way, kind) == (row, tracks)


def test_the_platforms_fifteen_days_are_row_k_and_the_owners() -> None:
    assert TRIAGE.platform.row == "K"
    assert TRIAGE.platform.fits("owner")
    assert TRIAGE.platform.fits("owner.ruling")
    assert not TRIAGE.platform.fits("report")


@pytest.mark.parametrize("combination", WAYS, ids=lambda one: f"{one[0]}-{one[1].value if one[1] else ''}")
def test_every_combination_is_told_something_and_somebody_is_competent_everywhere(combination: tuple) -> None:
    way, kind = combination
    rule = TRIAGE.rule_for(way, kind.value if kind else "")
    assert rule is not None
    assert rule.tells
    assert rule.basis
    if not rule.tracks:
        assert rule.authority
        assert rule.reach
        return
    for key, track in product(available_profiles(), rule.tracks):
        profile = load_profile(key)
        for _name, place in places(profile):
            found = route(profile, read_division(), Matter(kind.right, track, DAY, kind.conduct), place)
            assert found.lead or found.authority
            assert found.basis
            if found.lead is None:
                assert found.rule.lead in TRIAGE.reach or place.is_elsewhere


def test_whoever_is_outside_can_be_reached() -> None:
    ours = {
        Competence.BUREAU,
        Competence.PATENT,
        Competence.PROVINCE,
        Competence.AID_CENTRE,
        Competence.STATION,
    }
    assert set(TRIAGE.reach) == set(Competence) - ours


def test_a_complaint_and_a_ruling_need_an_identity_and_reports_and_questions_none() -> None:
    for way, kind in WAYS:
        rule = TRIAGE.rule_for(way, kind.value if kind else "")
        assert rule is not None
        personal = {Need.NAMED, Need.IDENTITY} & set(rule.needs)
        if Track.COMPLAINT in rule.tracks or Track.ADJUDICATION in rule.tracks:
            assert {Need.IDENTITY, Need.REQUEST, Need.RESPONDENT_ADDRESS} <= set(rule.needs)
        elif way.startswith(("report", "refund.report", "consultation", "other")):
            assert not personal
        else:
            assert personal == {Need.NAMED}


def test_every_right_is_offered_and_only_where_it_changes_something_is_a_second_question_asked() -> None:
    assert {kind.right for kind in TRIAGE.kinds} == set(RightType)
    assert {kind.conduct for kind in TRIAGE.kinds} == set(Conduct)
    asked = [kind.value for kind in TRIAGE.kinds if TRIAGE.further("owner", kind.value)]
    assert asked == ["patent_infringement"]
    assert all(TRIAGE.further("refund", kind.value) is Question.REFUND for kind in TRIAGE.kinds)
    assert TRIAGE.further("report", "trademark") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('ways = ["aid"]', 'ways = ["hearsay"]', "没有这样的问题"),
        ('ways = ["aid"]', 'ways = ["consultation"]', "没有适用的规则"),
        ('id = "aid"', 'id = "report"', "有名称出现两次"),
        ('tracks = ["aid"]', 'tracks = ["hearing"]', "不能是“hearing”"),
        ('tracks = ["aid"]', "tracks = []", "须写明 authority"),
        ('needs = ["facts"]', 'needs = ["blood"]', "不能是“blood”"),
        ('row = "K"', 'line = "K"', "缺少或者不认识的设置"),
        ("[platform]", "[platform", "不是有效的 TOML"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in TEXT
    path = tmp_path / "triage.toml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(ProfileError, match=words):
        read_triage(path)


def test_a_rule_that_never_applies_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "triage.toml"
    more = '[[rules]]\nid = "late"\nrow = "B"\nways = ["report"]\ntracks = ["report"]\nneeds = []\nbasis = "法"\ntells = "话"\n'
    path.write_text(TEXT + more, encoding="utf-8")
    with pytest.raises(ProfileError, match="late 没有机会适用"):
        read_triage(path)
