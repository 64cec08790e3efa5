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
