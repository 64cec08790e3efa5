"""`flask decisions`: import spreadsheets, publish what is due, end what is over, score the redaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import NoResultFound

from cli.output import FINDING, json_option, print_json, say
from models.decisions.publication import publish
from models.decisions.queries import due_to_end, due_to_publish
from models.decisions.redaction.kinds import MARK_KIND_LABELS
from models.decisions.redaction.scoring import (
    HELD_OUT_FILE,
    LABELLED_FILE,
    is_blocking_everywhere,
    read_labelled,
    score,
)
from models.decisions.spreadsheet.importer import import_file
from models.decisions.spreadsheet.report import Remark
from models.decisions.tables import Decision
from models.decisions.term.operations import close_term
from models.errors import DomainError
from models.people.actors import COMMAND
from models.people.permissions import ROLE_PERMISSIONS, Permission
from models.people.queries import account_by_username, unit_by_code
from models.people.tables import Account, Unit
from models.types import beijing_date, now_utc
from shared.database import commit, session
from shared.services import services

AT_ONCE = 200
SHOWN = 50  # remarks printed for people; --json has them all

group = AppGroup("decisions", help="处罚决定书：导入、公示、停止公示。")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--published", is_flag=True, help="表中各行已在官方网站公示：导入后立即公示，需要 --reviewer。")
@click.option("--reviewer", "username", help="对“已经公示”负责的审核员账号名。")
@click.option("--unit", "unit_code", help="负责公示的机构代码；默认是审核员的机构，或者本局。")
@json_option
@click.pass_context
def import_(
    context: click.Context,
    file: Path,
    published: bool,
    username: str | None,
    unit_code: str | None,
    as_json: bool,
) -> None:
    """导入“双公示”行政处罚表 FILE（.xlsx 或 .csv，新旧两版表头）。

    合格的行成为待审核的草稿，不合格的行逐行逐列列出；同一张表再导入一次不会重复。有不合格的行时退出码为 1。
    """
    if published != bool(username):
        raise click.UsageError("--published 与 --reviewer 要一起给。")
    reviewer = _reviewer(username) if username else None
    report = import_file(
        session,
        file,
        unit=_unit(unit_code, reviewer),
        actor=COMMAND,
        now=now_utc(),
        commit=commit,
        reviewer=reviewer,
        progress=lambda row: say(f"  已处理到第 {row} 行"),
    )
    _print_remarks("不合格", report.errors)
    _print_remarks("请留意", report.warnings)
    say(f"导入 {report.imported} 份，未变 {report.unchanged} 份，更新 {report.updated} 份。")
    if as_json:
        print_json(report.as_data())
    context.exit(0 if report.is_clean else FINDING)


@group.command("publish-due")
@json_option
@click.pass_context
def publish_due(context: click.Context, as_json: bool) -> None:
    """公示已经审核通过、到了时间的决定书。有公示不了的，列出编号和原因，退出码为 1。"""
    now = now_utc()
    _run(
        context,
        "published",
        lambda done: due_to_publish(session, now=now, limit=AT_ONCE + len(done)),
        lambda decision: publish(session, decision, actor=COMMAND, now=now),
        as_json=as_json,
    )


@group.command("end-due")
@json_option
@click.pass_context
def end_due(context: click.Context, as_json: bool) -> None:
    """停止公示期已经届满的决定书；记录为没有履行的不再显示，转由人工确认。"""
    now = now_utc()
    _run(
        context,
        "ended",
        lambda done: due_to_end(session, today=beijing_date(now), limit=AT_ONCE + len(done)),
        lambda decision: close_term(session, decision, actor=COMMAND, now=now),
        as_json=as_json,
    )


def _run(
    context: click.Context,
    word: str,
    due: Callable[[Sequence[int]], list[int]],
    act: Callable[[Decision], object],
    *,
    as_json: bool,
) -> None:
    """Does `act` to everything that is due, each in a transaction of its own; what is refused is told and left."""
    done: list[str] = []
    refused: dict[int, dict[str, str]] = {}
    while ids := [number for number in due(list(refused)) if number not in refused]:
        for number in ids:
            decision = session.get_one(Decision, number, with_for_update={"of": Decision})
            name = decision.public_id
            try:
                act(decision)
                commit()
                done.append(name)
            except DomainError as error:
                session.rollback()
                refused[number] = {"id": name, "message": error.sentence}
    for problem in refused.values():
        say(f"  {problem['id']}：{problem['message']}")
    say(f"办理 {len(done)} 份，未能办理 {len(refused)} 份。")
    if as_json:
        print_json({word: done, "errors": list(refused.values())})
    context.exit(FINDING if refused else 0)


def _reviewer(username: str) -> Account:
    try:
        account = account_by_username(session, username)
    except NoResultFound:
        raise click.BadParameter(f"没有名为“{username}”的账号。", param_hint="--reviewer") from None
    if not account.active or not _review_units(account):
        raise click.BadParameter(f"账号“{username}”没有审核决定书的岗位。", param_hint="--reviewer")
    return account


def _unit(code: str | None, reviewer: Account | None) -> Unit:
    """The unit that answers for the publication; a reviewer publishes for a unit of their own."""
    own = _review_units(reviewer) if reviewer else []
    if code is None and own:
        return own[0]
    wanted = code or services().bureau.bureau.unit
    try:
        unit = unit_by_code(session, wanted)
    except NoResultFound:
        problem = f"没有代码为“{wanted}”的机构；先运行 flask --app wsgi db upgrade。"
        raise click.BadParameter(problem, param_hint="--unit") from None
    if reviewer and unit not in own:
        raise click.BadParameter(f"审核员不在机构“{unit.name}”任审核岗位。", param_hint="--unit")
    return unit


def _review_units(account: Account) -> list[Unit]:
    return [
        held.unit for held in account.assignments if Permission.DECISION_REVIEW in ROLE_PERMISSIONS[held.role]
    ]


def _print_remarks(word: str, remarks: Sequence[Remark]) -> None:
    for remark in remarks[:SHOWN]:
        where = f"第 {remark.row} 行 {remark.column}".strip() if remark.row else "文件"
        say(f"{word}：{where}：{remark.message}")
    if len(remarks) > SHOWN:
        say(f"{word}：另有 {len(remarks) - SHOWN} 处，用 --json 查看全部。")


@group.command("redaction-score")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--held-out", is_flag=True, help="用独立样本：与检测规则分开写成，只报数，退出码总是 0。")
@json_option
@click.pass_context
def redaction_score(context: click.Context, file: Path | None, held_out: bool, as_json: bool) -> None:
    """用标注样本 FILE（默认是随产品的样本）检验脱敏检测：每一类的查全率和查准率。

    阻断公示的种类有漏查，或者查准率低于 0.9 时，退出码为 1。
    """
    if held_out and file:
        raise click.UsageError("--held-out 与 FILE 不能一起给。")
    result = score(read_labelled(HELD_OUT_FILE if held_out else file or LABELLED_FILE))
    total = result.of(list(result.kinds))
    say(f"{result.texts} 段，应有 {total.marked} 处：查全率 {total.recall:.3f}，查准率 {total.precision:.3f}")
    for kind, tally in sorted(result.kinds.items()):
        say(
            f"{MARK_KIND_LABELS[kind]}：应有 {tally.marked}，查全率 {tally.recall:.3f}，查准率 {tally.precision:.3f}"
        )
    for word, places in (("漏查", result.missed), ("误查", result.wrong)):
        for place in places:
            say(f"{word}：{place}")
    if as_json:
        print_json(result.as_data())
    blocking = [tally for kind, tally in result.kinds.items() if is_blocking_everywhere(kind)]
    is_good = all(tally.recall == 1.0 for tally in blocking) and total.precision >= 0.9
    context.exit(0 if is_good or held_out else FINDING)
