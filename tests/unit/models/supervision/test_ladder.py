"""The ladder as data: the product's own file is sound, the most particular ladder wins, mistakes are found by place."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.people.profile_files import available_profiles
from models.supervision.ladder import LadderError, due_steps, read_ladders
from models.supervision.terms import Rung
from tests.support.clocks import calendar, day, rule_book

RUNG = '{ rung = "due", workdays = 0, to = ["handler"] }'
WHOLE = f'[[ladder]]\nname = "一"\nrules = ["*"]\nrungs = [{RUNG}]\n'


@pytest.mark.parametrize("profile", available_profiles())
def test_every_rule_of_every_profile_has_a_ladder(profile: str) -> None:
    ladders = read_ladders()
    assert all(ladders.of(rule_id, profile).steps for rule_id in rule_book().ids)


def test_the_most_particular_ladder_wins() -> None:
    ladders = read_ladders()
    assert ladders.of("report_verify", "henan").profile == "henan"
    assert ladders.of("penalty_publish", "henan").name == "公示时限"
    assert ladders.of("report_verify", "zhongshan").name == "法定时限"


def test_rungs_are_counted_in_working_days_from_the_alert_day_and_the_end() -> None:
    ladder = read_ladders().of("mediation_limit", "pingdingshan")
    alert_on, legal_end = day("2026-09-30"), day("2026-10-08")  # the raw end lies in the National Day block
    days = {step.rung: step.day(alert_on, legal_end, calendar()) for step in ladder.steps}
    assert days == {
        Rung.BEFORE: day("2026-09-24"),
        Rung.DUE: day("2026-09-30"),
        Rung.REMIND: day("2026-10-09"),
        Rung.SUPERVISE: day("2026-10-12"),
        Rung.NOTIFY: day("2026-10-15"),
    }
    due = due_steps(ladder, alert_on, legal_end, day("2026-10-08"), calendar())
    assert [step.rung for step in due] == [Rung.BEFORE, Rung.DUE]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[ladder", "不能使用"),
        (WHOLE.replace('rules = ["*"]', 'rules = ["report_verify"]'), "所有规则"),
        (WHOLE.replace('"due"', '"never"'), "不认识的级"),
        (WHOLE.replace('"handler"', '"everybody"'), "不认识的级"),
        (WHOLE.replace("workdays = 0", "workdays = 400"), "整数"),
        (WHOLE.replace('to = ["handler"]', "to = []"), "告知谁"),
        (WHOLE.replace('name = "一"', 'name = "一"\ncolour = "red"'), "不认识的设置"),
        (WHOLE + WHOLE, "另一张阶梯"),
        (WHOLE.replace(RUNG, f"{RUNG}, {RUNG}"), "之后"),
    ],
)
def test_a_mistake_is_refused_with_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "ladder.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LadderError) as caught:
        read_ladders(file)
    assert sentence in " ".join([caught.value.sentence, *caught.value.errors.values()])
