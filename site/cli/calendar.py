"""`flask calendar`: is next year's notice there, and take it in when it is out."""

from __future__ import annotations

import sys
from typing import IO, Any

import click
from flask.cli import AppGroup

from cli.output import FINDING, json_option, print_json, say
from models.clocks.calendar_operations import take_notice
from models.clocks.errors import CalendarFileError
from models.clocks.holiday_files import read_notice
from models.clocks.queries import missing_years, published_years
from models.people.actors import COMMAND
from models.supervision.telling import tell_moved
from models.types import beijing_date, now_utc
from models.wording import said
from shared.database import commit, session

group = AppGroup("calendar", help="工作日历：法定节假日和调休。")


@group.command("check")
@json_option
def check(as_json: bool) -> None:
    """检查工作日历。缺少本年度，或者自 11 月 1 日起缺少下一年度的安排时，退出码为 1。"""
    today = beijing_date(now_utc())
    years, missing = published_years(session), missing_years(session, today)
    if as_json:
        print_json({"today": today.isoformat(), "published": years, "missing": missing, "ok": not missing})
    else:
        click.echo(f"已有年度：{_range(years)}")
        for year in missing:
            say(f"缺少 {year} 年的节假日安排，涉及该年的时限为暂定。请在通知发布后运行 calendar import。")
    sys.exit(FINDING if missing else 0)


@group.command("import")
@click.argument("file", type=click.File(encoding="utf-8"))
@json_option
def import_(file: IO[str], as_json: bool) -> None:
    """导入年度节假日安排 FILE（holiday-cn 的 JSON 格式），并重新计算受影响的时限。"""
    try:
        notice = read_notice(file.read())
    except (CalendarFileError, UnicodeDecodeError) as error:
        _refuse(error, as_json)
    now = now_utc()
    moves = take_notice(session, notice=notice, actor=COMMAND, now=now)
    tell_moved(session, moves=moves, why=said("%(year)s 年节假日安排", year=notice.year), now=now)
    commit()
    if as_json:
        moved = [_moved(move.deadline_id, move.old_end, move.new_end) for move in moves]
        print_json({"year": notice.year, "days": len(notice.days), "moved": moved, "errors": []})
    else:
        click.echo(
            f"已导入 {notice.year} 年安排 {len(notice.days)} 天；{len(moves)} 个时限重新计算后有变化。"
        )


def _refuse(error: CalendarFileError | UnicodeDecodeError, as_json: bool) -> None:
    sentence = error.sentence if isinstance(error, CalendarFileError) else "文件不是 UTF-8 编码。"
    errors = error.errors if isinstance(error, CalendarFileError) else {}
    listed = [{"place": place, "message": message} for place, message in errors.items()]
    if as_json:
        print_json({"error": sentence, "errors": listed})
    say(sentence)
    for item in listed:
        say(f"{item['place']}：{item['message']}")
    sys.exit(FINDING)


def _moved(deadline_id: int, old: Any, new: Any) -> dict[str, Any]:
    return {"deadline": deadline_id, "old": old.isoformat(), "new": new.isoformat()}


def _range(years: list[int]) -> str:
    return f"{years[0]}—{years[-1]}" if years else "无"
