from pathlib import Path

import pytest

from models.clocks.errors import RuleFileError
from models.clocks.rule_files import read_rules
from models.clocks.terms import Reason, Unit
from tests.support.clocks import day

SOUND = """\
[law]
name = "某法"

[[rule]]
id = "some_rule"
version = 1
title = "某事"
n = 5
unit = "wd"
start = "received"
extension = { n = 2, unit = "wd", approver = "部门负责人", times = 2 }
excluded = ["testing"]
basis = "某法 第1条"
from = 2020-01-01
"""


def read(tmp_path: Path, *files: str) -> dict[str, str]:
    """The errors that reading these files gives."""
    for number, text in enumerate(files):
        (tmp_path / f"law-{number}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        read_rules(tmp_path)
    return caught.value.errors


def test_a_rule_is_read_with_all_its_fields(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(SOUND, encoding="utf-8")
    (rule,) = read_rules(tmp_path)
    assert (rule.id, rule.n, rule.unit, rule.law) == ("some_rule", 5, Unit.WORKING_DAYS, "某法")
    assert rule.extension
    assert (rule.extension.n, rule.extension.times, rule.extension.approver) == (2, 2, "部门负责人")
    assert rule.excluded == (Reason.TESTING,)
    assert rule.in_force_from == day("2020-01-01")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('start = "received"', 'start = "full_moon"', "字段 start 的值“full_moon”不在允许的范围内"),
        ('unit = "wd"\nstart', 'unit = "weeks"\nstart', "字段 unit 的值“weeks”不在允许的范围内"),
        ('excluded = ["testing"]', 'excluded = ["lunch"]', "字段 excluded 的值“lunch”不在允许的范围内"),
        ('basis = "某法 第1条"', "", "缺少字段 basis"),
        ("n = 5", "n = 0", "字段 n 应为正整数"),
        ("n = 5", "n = true", "字段 n 的类型不对"),
        ("n = 5", 'n = 5\ncolour = "red"', "不认识的字段：colour"),
        ("from = 2020-01-01", "from = 2020-01-01T00:00:00", "字段 from 的类型不对"),
        ("from = 2020-01-01", "from = 2020-01-01\nto = 2019-01-01", "失效日期早于施行日期"),
        ('id = "some_rule"', 'id = "Some Rule"', "应为小写字母、数字和下划线"),
        ('unit = "wd"\nstart', 'unit = "d"\nstart', "延长的单位应与时限的单位相同"),
        ('unit = "wd"\nstart', 'unit = "h"\nstart', "按小时计算的时限不能延长"),
        ("times = 2", "times = 2, colour = 1", "不认识的字段：colour"),
    ],
)
def test_what_is_wrong_is_reported_with_file_and_line(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in SOUND
    errors = read(tmp_path, SOUND.replace(old, new))
    assert list(errors) == ["law-0.toml:4"]
    assert sentence in errors["law-0.toml:4"]


def test_overlapping_versions_in_two_files_are_found(tmp_path: Path) -> None:
    errors = read(tmp_path, SOUND, SOUND.replace("version = 1", "version = 2"))
    assert errors == {"law-0.toml:4": "some_rule 第 1 版没有失效日期，与第 2 版重叠"}


def test_all_errors_of_all_files_are_found_at_once(tmp_path: Path) -> None:
    errors = read(tmp_path, "[[rule]\n", SOUND.replace("n = 5", "n = -5"), SOUND.replace('name = "某法"', ""))
    assert set(errors) == {"law-0.toml", "law-1.toml:4", "law-2.toml"}


@pytest.mark.parametrize(
    "text",
    [
        "law = 3",
        "rule = 3\n" + SOUND.partition("[[")[0],
        *(SOUND.replace("[[rule]]", s) for s in ("[rule]", "[[rules]]")),
    ],
)
def test_a_file_without_the_right_tables_is_an_error(tmp_path: Path, text: str) -> None:
    assert set(read(tmp_path, text)) == {"law-0.toml"}


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert "没有找到时限规则文件" in next(iter(read(tmp_path).values()))
