"""`clocks due`: the shape that programs rely on, refusals, and a lawyer's table in one go."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

Run = Callable[..., Result]


@pytest.fixture
def due(app: Flask) -> Run:
    """Runs `clocks due`."""
    return lambda *arguments: app.test_cli_runner().invoke(args=["clocks", "due", *arguments])


def test_the_document_is_the_only_thing_on_stdout(due: Run) -> None:
    result = due("report_verify", "--start", "2026-09-18", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(document) == [
        *("rule", "version", "basis", "start", "raw_end", "legal_end", "alert_on", "provisional", "days"),
    ]
    assert (document["rule"], document["version"], document["start"]) == ("report_verify", 1, "2026-09-18")
    assert document["legal_end"] == document["raw_end"] == document["alert_on"] == "2026-10-15"
    assert sum(entry["counted"] for entry in document["days"]) == 15


def test_a_provisional_answer_is_a_success(due: Run) -> None:
    result = due("report_verify", "--start", "2026-11-22", "--extend", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (document["legal_end"], document["provisional"]) == ("2027-01-04", True)


def test_suspensions_and_extension_are_counted_in(due: Run) -> None:
    arguments = ("report_verify", "--start", "2026-03-02", "--extend", "--json")
    result = due(
        *arguments, "--suspend", "2026-03-09:2026-03-11:testing", "--suspend", "2026-03-11:2026-03-16:鉴定"
    )
    assert json.loads(result.stdout)["legal_end"] == "2026-04-21"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["report_verify", "--start", "2019-03-31"], "第一个版本自 2019-04-01 起施行"),
        (["reporter_notice", "--start", "2026-04-15"], "之后没有有效的版本"),
        (["no_such_rule", "--start", "2026-03-02"], "没有编号为“no_such_rule”的时限规则"),
        (["report_verify", "--start", "2026-02-30"], "应写成 2026-09-18"),
        (["report_verify", "--start", "2099-03-02"], "不在工作日历的范围内"),
        (["complaint_accept", "--start", "2026-05-06", "--extend"], "不得延长（121号 第15条）"),
        (
            ["complaint_accept", "--start", "2026-05-06", "--suspend", "2026-05-07:2026-05-09:testing"],
            "121号 第15条",
        ),
        (["report_verify", "--start", "2026-03-02", "--suspend", "2026-03-09"], "应写成 起:止:事由"),
        (["report_verify"], "请给出 RULE 和 --start"),
        ([], "请给出 RULE 和 --start"),
    ],
)
def test_misuse_is_told_on_stderr_with_a_sentence(due: Run, arguments: list[str], sentence: str) -> None:
    result = due(*arguments, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


def test_a_batch_is_answered_line_by_line(due: Run, tmp_path: Path) -> None:
    questions = [
        {"rule": "complaint_accept", "start": "2026-04-30"},
        {
            "rule": "report_verify",
            "start": "2026-03-02",
            "suspend": [["2026-03-09", "2026-03-16", "testing"]],
        },
        {"rule": "report_verify", "start": "2026-03-02", "extend": True},
    ]
    file = tmp_path / "table.jsonl"
    file.write_text("\n".join(json.dumps(question) for question in questions) + "\n\n", encoding="utf-8")
    result = due("--batch", str(file), "--json")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [answer["legal_end"] for answer in answers] == ["2026-05-13", "2026-03-30", "2026-04-14"]


def test_a_refused_line_of_a_batch_is_an_error_in_its_place_and_a_finding(due: Run, tmp_path: Path) -> None:
    file = tmp_path / "table.jsonl"
    sound = json.dumps({"rule": "complaint_accept", "start": "2026-04-30"}).encode()
    early = json.dumps({"rule": "complaint_accept", "start": "2019-12-31"}).encode()
    file.write_bytes(b"\n".join([early, b"{not json", b'"text"', b"\xff\xfe\xff", sound]))
    result = due("--batch", str(file))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [list(answer) for answer in answers[:4]] == [["error"]] * 4
    assert "2020-01-01" in answers[0]["error"]
    assert answers[4]["legal_end"] == "2026-05-13"


def test_a_batch_and_a_single_question_do_not_mix(due: Run, tmp_path: Path) -> None:
    file = tmp_path / "table.jsonl"
    file.write_text("")
    assert due("report_verify", "--batch", str(file)).exit_code == 2


def test_without_json_a_person_reads_the_account(due: Run) -> None:
    result = due("complaint_accept", "--start", "2026-04-30")
    assert result.exit_code == 0
    assert "投诉受理：7个工作日，自收到之日起（121号 第15条，第 2 版）" in result.stdout
    assert "2026-05-09  计入    调休补班：劳动节" in result.stdout


ODD_LINES: tuple[tuple[bytes, str], ...] = (
    (b"not json", "有效的 JSON"),
    (b"\xff\xfe", "有效的 JSON"),
    (b"[" * 100_000, "有效的 JSON"),
    (b"null", "应是一个 JSON 对象"),
    (b'{"rule": null, "start": "2026-09-18"}', "缺少字段 rule"),
    (b'{"rule": "\xe6\x9f\x90", "start": "2026-09-18"}', "没有编号为“某”的时限规则"),
    (b'{"rule": "complaint_accept", "start": "2019-12-31"}', "自 2020-01-01 起施行"),
    (b'{"rule": "report_verify", "start": "2026-02-29"}', "应写成 2026-09-18"),
    (b'{"rule": "report_verify", "start": "2026-W38-5"}', "应写成 2026-09-18"),
    (b'{"rule": "report_verify", "start": "20260918"}', "应写成 2026-09-18"),
    (b'{"rule": "report_verify", "start": "2035-01-01"}', "不在工作日历的范围内"),
    (
        b'{"rule": "report_verify", "start": "2026-09-18", "suspend": [["2026-09-22", null, "testing"]]}',
        "还没有恢复",
    ),
    (
        b'{"rule": "report_verify", "start": "2026-09-18", "suspend": [["2026-9-2", "2026-09-25", "testing"]]}',
        "应写成",
    ),
    (b'{"rule": "report_verify", "start": "2026-09-18", "extend": 1.5}', "字段 extend"),
)


def test_whatever_stands_in_a_line_has_an_answer_of_its_own(due: Run, tmp_path: Path) -> None:
    good = b'{"rule": "patent_adjudicate", "start": "2027-11-30"}'
    file = tmp_path / "table.jsonl"
    file.write_bytes(b"\r\n".join([b"\xef\xbb\xbf" + good, *(line for line, _ in ODD_LINES), b"", good]))
    result = due("--batch", str(file))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [answers[0]["raw_end"], answers[-1]["raw_end"]] == ["2028-02-29"] * 2
    assert answers[0]["provisional"]
    for (line, sentence), answer in zip(ODD_LINES, answers[1:-1], strict=True):
        assert list(answer) == ["error"], line[:80]
        assert sentence in answer["error"], line[:80]
