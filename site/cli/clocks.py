"""`flask clocks due`: when is it due if it starts then, and how every day was counted."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import IO

import click
from flask.cli import AppGroup

from cli.output import FINDING, json_option, print_json
from models.clocks.book import Book, book
from models.clocks.deadlines import Computed
from models.clocks.questions import Question, as_document, parse_span, parse_start
from models.clocks.recompute import recompute_open
from models.errors import DomainError
from models.supervision.telling import tell_moved
from models.types import now_utc
from models.wording import said
from shared.database import commit, session

REBUILT = said("重新计算全部在办时限")

group = AppGroup("clocks", help="法定时限的计算。")


@group.command("due")
@click.argument("rule", required=False)
@click.option("--start", help="起算日（北京日期）或者带时区的时刻；首日不计入。")
@click.option(
    "--suspend",
    "suspensions",
    multiple=True,
    metavar="FROM:TO:REASON",
    help="扣除 FROM 起至 TO 前一日；可重复。",
)
@click.option("--extend", "extended", count=True, help="已批准延长；可重复，次数以规则为限。")
@click.option("--batch", type=click.File("rb"), help="每行一个 JSON 对象，逐行回答。")
@json_option
def due(
    rule: str | None,
    start: str | None,
    suspensions: tuple[str, ...],
    extended: int,
    batch: IO[bytes] | None,
    as_json: bool,
) -> None:
    """计算规则 RULE 自 --start 起的届满日，例如 clocks due report_verify --start 2026-09-18。

    --batch 读入的每行形如 {"rule", "start", "suspend": [[起, 止, 事由]], "extend"}，每行输出一个答案，
    不能计算的输出 {"error"}；有不能计算的行时退出码为 1。
    """
    if batch:
        if rule or start or suspensions or extended:
            raise click.UsageError("--batch 不与 RULE、--start、--suspend、--extend 同用。")
        sys.exit(_answer_all(batch, book(session)))
    if not rule or not start:
        raise click.UsageError("请给出 RULE 和 --start，或者 --batch。")
    try:
        question = Question(rule, parse_start(start), tuple(map(parse_span, suspensions)), extended)
        computed = question.answer(book(session))
    except DomainError as error:
        raise click.UsageError(error.sentence) from None
    if as_json:
        print_json(as_document(computed))
    else:
        _print_account(computed)


@group.command("rebuild")
@click.option("--check", "only_checks", is_flag=True, help="只核对，不改写。")
@json_option
def rebuild(only_checks: bool, as_json: bool) -> None:
    """按规则、日历、中止和延长重新计算全部在办时限的届满日。有与存储不符的，退出码为 1。"""
    now = now_utc()
    moves = recompute_open(session, why=REBUILT, since=dt.date.min, now=now)
    if only_checks:
        session.rollback()
    else:
        tell_moved(session, moves=moves, why=REBUILT, now=now)
        commit()
    if as_json:
        wrong = [
            {"deadline": move.deadline_id, "old": move.old_end.isoformat(), "new": move.new_end.isoformat()}
            for move in moves
        ]
        print_json({"wrong": wrong, "written": not only_checks, "ok": not wrong})
    else:
        click.echo(f"{len(moves)} 个时限与存储不符{'' if only_checks else '，已改写'}。")
    sys.exit(FINDING if moves else 0)


def _answer_all(lines: IO[bytes], found: Book) -> int:
    """Prints one answer a line; the exit code says whether any was refused."""
    refused = False
    for line in lines:
        if not line.strip():
            continue
        try:
            document = as_document(Question.of(json.loads(line.decode("utf-8-sig"))).answer(found))
        except (ValueError, RecursionError):
            document = {"error": "这一行不是有效的 JSON（UTF-8 编码的一个对象）。"}
        except DomainError as error:
            document = {"error": error.sentence}
        refused = refused or "error" in document
        click.echo(json.dumps(document, ensure_ascii=False))
    return FINDING if refused else 0


def _print_account(computed: Computed) -> None:
    rule = computed.rule
    certainty = "（暂定：所涉年度的节假日安排尚未公布）" if computed.provisional else ""
    click.echo(f"{rule.title}：{rule.length}，自{rule.starts_on}之日起（{rule.basis}，第 {rule.version} 版）")
    click.echo(f"届满日 {computed.legal_end}{certainty}；稳妥的最后一个工作日 {computed.alert_on}")
    for day in computed.days:
        click.echo(f"{day.on}  {'计入  ' if day.counted else '不计入'}  {day.why}")
