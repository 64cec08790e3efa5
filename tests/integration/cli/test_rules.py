"""`rules check` reads the rule files and says what is wrong with them, by file and line."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask


def test_the_products_own_rules_are_sound(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["rules", "check", "--json"])
    document = json.loads(result.stdout)
    assert (result.exit_code, document["ok"], document["errors"]) == (0, True, [])
    assert {"complaint_accept", "penalty_publish", "local_transfer"} <= {
        rule["rule"] for rule in document["rules"]
    }


def test_unconfirmed_rules_are_listed_with_their_doubt(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["rules", "check", "--unconfirmed"])
    assert result.exit_code == 0
    assert "repair_decide v1" in result.stdout
    assert "待核（low）" in result.stdout
    assert "complaint_accept" not in result.stdout


def test_what_may_move_the_end_is_told_with_the_rule(app: Flask) -> None:
    listed = app.test_cli_runner().invoke(args=["rules", "check"]).stdout
    assert "专利侵权纠纷行政裁决 3个月，可延长1个月，最多2次，扣除中止、公告、鉴定  81号办法" in listed
    assert "可延长30日，由部门负责人批准，再延长须集体讨论，扣除" in listed
    document = json.loads(app.test_cli_runner().invoke(args=["rules", "check", "--json"]).stdout)
    rules = {(rule["rule"], rule["version"]): rule for rule in document["rules"]}
    verify, accept = rules["report_verify", 1], rules["complaint_accept", 2]
    assert (verify["extension"]["n"], verify["extension"]["approver"]) == (15, "部门负责人")
    assert {"testing", "owner_identification"} <= set(verify["excluded"])
    assert (accept["extension"], accept["excluded"]) == (None, [])


def test_an_error_is_a_finding_with_file_and_line(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(
        '[law]\nname = "某法"\n\n[[rule]]\nid = "some_rule"\n', encoding="utf-8"
    )
    arguments = ["rules", "check", "--directory", str(tmp_path)]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 1
    assert "law.toml:4: 缺少字段 version" in result.stderr
    document = json.loads(app.test_cli_runner().invoke(args=[*arguments, "--json"]).stdout)
    assert document["errors"] == [{"place": "law.toml:4", "message": "缺少字段 version"}]
