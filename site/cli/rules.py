"""`flask rules check`: are the rule files sound, and which rules still wait for a lawyer's word."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from cli.output import FINDING, json_option, print_json, say
from models.clocks.errors import RuleFileError
from models.clocks.rule_files import RULE_FOLDER, read_rules
from models.clocks.rules import Rule
from models.clocks.terms import REASONS, UNITS
from models.supervision.ladder import EVERY_RULE, LADDER_FILE, LadderError, read_ladders

group = AppGroup("rules", help="时限规则。")


@group.command("check")
@click.option("--unconfirmed", is_flag=True, help="只列出待核的规则。")
@click.option(
    "--directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=RULE_FOLDER,
    help="规则文件所在的目录。",
)
@json_option
def check(unconfirmed: bool, directory: Path, as_json: bool) -> None:
    """检查时限规则文件：未知的事件和字段、重叠的版本、缺少依据、施行日期的空档。有错误时退出码为 1。

    随产品的规则目录还核对催办督办阶梯 profiles/ladder.toml。
    """
    errors: dict[str, str] = {}
    rules: list[Rule] = []
    try:
        rules = read_rules(directory)
        errors = _check_ladder({rule.id for rule in rules} if directory == RULE_FOLDER else None)
    except RuleFileError as error:
        errors = error.errors
    listed = [rule for rule in rules if not rule.is_confirmed] if unconfirmed else rules
    if as_json:
        found = [{"place": place, "message": message} for place, message in errors.items()]
        print_json({"rules": [_document(rule) for rule in listed], "errors": found, "ok": not errors})
    else:
        for rule in listed:
            click.echo(_line(rule))
        for place, message in errors.items():
            say(f"{place}: {message}")
    sys.exit(FINDING if errors else 0)


def _check_ladder(known: set[str] | None) -> dict[str, str]:
    """What is wrong with profiles/ladder.toml: its form, and rules that are not in the files of the product."""
    if known is None:
        return {}
    try:
        ladders = read_ladders()
    except LadderError as error:
        return error.errors
    unknown = {rule for ladder in ladders.ladders for rule in ladder.rules} - known - {EVERY_RULE}
    return {LADDER_FILE.name: f"没有这样的规则：{'、'.join(sorted(unknown))}"} if unknown else {}


def _line(rule: Rule) -> str:
    doubt = "" if rule.is_confirmed else f"  待核（{rule.confidence}）{rule.note}"
    return f"{rule.id} v{rule.version}  {rule.title} {rule.length}{_moved_by(rule)}  {rule.basis}{doubt}"


def _moved_by(rule: Rule) -> str:
    """What may move the end, for whoever confirms the rule: 可延长15个工作日，由部门负责人批准，扣除检测、鉴定."""
    longer, parts = rule.extension, []
    if longer:
        parts.append(f"可延长{longer.n}{UNITS[longer.unit]}")
        parts += [f"最多{longer.times}次"] if longer.times > 1 else []
        parts += [f"由{longer.approver}批准"] if longer.approver else []
        parts += [f"再延长须{longer.further}"] if longer.further else []
    if rule.excluded:
        parts.append(f"扣除{'、'.join(str(REASONS[reason]) for reason in rule.excluded)}")
    return "".join(f"，{part}" for part in parts)


def _document(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "version": rule.version,
        "title": rule.title,
        "n": rule.n,
        "unit": rule.unit,
        "start": rule.start_event,
        "extension": asdict(rule.extension) if rule.extension else None,
        "excluded": list(rule.excluded),
        "basis": rule.basis,
        "law": rule.law,
        "from": rule.in_force_from.isoformat() if rule.in_force_from else None,
        "to": rule.in_force_to.isoformat() if rule.in_force_to else None,
        "local": rule.is_local_promise,
        "region": rule.region,
        "confidence": rule.confidence,
        "note": rule.note,
    }
