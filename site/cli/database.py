"""`flask db`: the schema, and what an installation needs in it to be usable."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from cli import schema
from cli.output import FINDING, json_option, print_json, say
from config import ROOT
from models.clocks.loading import load_calendar, load_rules
from models.clocks.recompute import Move
from models.people.actors import COMMAND
from models.people.operations import install_profile
from models.planner import look_at_tables
from models.supervision.telling import tell_moved
from models.types import now_utc
from models.wording import said
from search.cases import keep_missing
from shared.database import commit, database, session
from shared.services import services

group = AppGroup("db", help="数据库结构的升级、回退与核对。")


def bring_up_to_date() -> None:
    """Schema, calendar, rules, bureau profile, texts of cases; nothing changes when all are as they should be."""
    schema.upgrade(database())
    now = now_utc()
    moves: list[Move] = []
    years = load_calendar(session, now=now, moved=moves)
    tell_moved(session, moves=moves, why=said("工作日历补入 %(years)s 年", years=years), now=now)
    load_rules(session, ROOT / "profiles" / "rules", promises=services().bureau.promises, now=now)
    install_profile(session, services().bureau, actor=COMMAND, now=now)
    keep_missing(session)
    look_at_tables(session, now)
    commit()


@group.command("upgrade")
def upgrade() -> None:
    """升级到最新结构，并装入日历、时限规则和本局配置。可以反复执行。"""
    bring_up_to_date()
    say(f"数据库结构为 {schema.current_revision(database())}，日历、规则和本局配置已装入。")


@group.command("downgrade")
@click.argument("revision", default="-1")
@click.confirmation_option(prompt="回退会删去新结构里的数据，确定吗？", help="不再询问。")
def downgrade(revision: str) -> None:
    """回退到 REVISION，默认退一步。"""
    schema.downgrade(database(), revision)
    say(f"数据库结构为 {schema.current_revision(database()) or '空'}。")


@group.command("check")
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """核对数据库结构与程序是否一致；不一致时退出码为 1。"""
    current, newest = schema.current_revision(database()), schema.newest_revision()
    found = [str(difference) for difference in schema.differences(database())]
    if as_json:
        print_json({"revision": current, "newest": newest, "differences": found})
    for difference in found:
        say(difference)
    say(
        f"数据库结构为 {current or '空'}，最新为 {newest}，{f'有 {len(found)} 处不同' if found else '与程序一致'}。"
    )
    if found or current != newest:
        context.exit(FINDING)


@group.command("revision")
@click.argument("message")
def revision(message: str) -> None:
    """开发用：比较程序与（已升级的）数据库，写出下一个编号的修订文件。MESSAGE 用英文写改了什么。"""
    say(f"已写出 {schema.write_revision(database(), message)}，请通读后再提交。")
