"""Versions of rules that an administrator adds, each with its own source. Loading the rule files never touches them.

They are numbered from 1001, so that the files can go on numbering theirs; while one is in force it binds instead of the
file's version, because the highest number in force is chosen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.clocks.book import RULES, book, touch
from models.clocks.rule_files import RULE_ID
from models.clocks.rules import LOCAL_PROMISE, Extension, Rule
from models.clocks.tables import ClockRule, Source
from models.clocks.terms import Reason, StartEvent, Unit
from models.errors import Invalid
from models.ledger.operations import Acts, record
from models.types import beijing_date
from models.wording import said

FIRST_LOCAL_VERSION = 1001
LONGEST = {Unit.WORKING_DAYS: 500, Unit.CALENDAR_DAYS: 1000, Unit.HOURS: 240, Unit.MONTHS: 60}


@dataclass(frozen=True, slots=True)
class LocalVersion:
    """What the administrator enters. `basis` and `law` are the source; a promise has none but itself."""

    rule_id: str
    title: str
    n: int
    unit: Unit
    start_event: StartEvent
    in_force_from: dt.date
    in_force_to: dt.date | None = None
    basis: str = ""
    law: str = ""
    is_promise: bool = False
    extension_n: int | None = None
    extension_approver: str = ""
    excluded: tuple[Reason, ...] = ()
    note: str = ""


def add_local_version(session: Session, *, wanted: LocalVersion, actor: Acts, now: dt.datetime) -> ClockRule:
    """Adds a version that binds start events from `in_force_from` on, which may not lie in the past."""
    _check(session, wanted, beijing_date(now))
    highest = session.scalar(
        select(func.max(ClockRule.version)).where(
            ClockRule.rule_id == wanted.rule_id, ClockRule.source == Source.ADMIN
        )
    )
    row = ClockRule.of(_rule(wanted, (highest or FIRST_LOCAL_VERSION - 1) + 1))
    row.source = Source.ADMIN
    session.add(row)
    session.flush()
    touch(session, RULES)
    data = {"rule": row.rule_id, "version": row.version, "n": row.n, "unit": row.unit}
    record(session, act="rule.add", subject=row, actor=actor, now=now, data=data)
    return row


def end_local_version(
    session: Session, *, row: ClockRule, on: dt.date, actor: Acts, now: dt.datetime
) -> ClockRule:
    """Lets a local version end with the day `on`, today or later; what runs under it keeps its term."""
    if row.source is not Source.ADMIN:
        raise Invalid("随产品发布的规则不能在这里终止，请更新规则文件。")
    if on < beijing_date(now) or (row.in_force_from and on < row.in_force_from):
        raise Invalid("终止的日期不能早于今天和施行日期。", {"on": said("日期过早。")})
    row.in_force_to = on
    session.flush()
    touch(session, RULES)
    data = {"rule": row.rule_id, "version": row.version, "to": on.isoformat()}
    record(session, act="rule.end", subject=row, actor=actor, now=now, data=data)
    return row


def _rule(wanted: LocalVersion, version: int) -> Rule:
    extension = (
        Extension(wanted.extension_n, wanted.unit, wanted.extension_approver.strip())
        if wanted.extension_n
        else None
    )
    return Rule(
        id=wanted.rule_id,
        version=version,
        title=wanted.title.strip(),
        n=wanted.n,
        unit=wanted.unit,
        start_event=wanted.start_event,
        basis=LOCAL_PROMISE if wanted.is_promise else wanted.basis.strip(),
        law=LOCAL_PROMISE if wanted.is_promise else wanted.law.strip(),
        extension=extension,
        excluded=wanted.excluded,
        in_force_from=wanted.in_force_from,
        in_force_to=wanted.in_force_to,
        is_local_promise=wanted.is_promise,
        note=wanted.note.strip(),
    )


def _check(session: Session, wanted: LocalVersion, today: dt.date) -> None:
    errors: dict[str, str] = {}
    if not RULE_ID.fullmatch(wanted.rule_id):
        errors["rule_id"] = said("编号应为小写字母、数字和下划线，以字母开头，3 至 40 位。")
    if not wanted.title.strip():
        errors["title"] = said("请填写名称。")
    if not 0 < wanted.n <= LONGEST[wanted.unit]:
        errors["n"] = said("请填写 1 至 %(most)s 之间的整数。", most=LONGEST[wanted.unit])
    if not wanted.is_promise and not (wanted.basis.strip() and wanted.law.strip()):
        errors["basis"] = said("请写明依据的条款和文件全称；没有依据的只能作为本局服务承诺。")
    if wanted.in_force_from < today:
        errors["in_force_from"] = said("施行日期不能早于今天：已经起算的时限不得事后改变。")
    if wanted.in_force_to and wanted.in_force_to < wanted.in_force_from:
        errors["in_force_to"] = said("失效日期不能早于施行日期。")
    if wanted.unit is Unit.HOURS and (wanted.extension_n or wanted.excluded):
        errors["unit"] = said("按小时计算的时限不能延长，也不能扣除时间。")
    errors.update(_check_family(session, wanted))
    if errors:
        raise Invalid("规则没有保存，请按提示修改。", errors)


def _check_family(session: Session, wanted: LocalVersion) -> dict[str, str]:
    """A version belongs to the rule whose event it starts from, and no two local ones are in force at once."""
    rules = [rule for rule in book(session).rules if rule.id == wanted.rule_id]
    if rules and rules[-1].start_event is not wanted.start_event:
        return {"start_event": said("与该规则原有版本的起算事件不同，请另立编号。")}
    if rules and rules[-1].is_local_promise != wanted.is_promise:
        return {"is_promise": said("法定时限和本局服务承诺不能用同一个编号。")}
    for rule in rules:
        if rule.version < FIRST_LOCAL_VERSION or rule.in_force_from is None:
            continue
        begins_before = wanted.in_force_to is None or rule.in_force_from <= wanted.in_force_to
        if begins_before and (rule.in_force_to is None or wanted.in_force_from <= rule.in_force_to):
            return {
                "in_force_from": said(
                    "与第 %(version)s 版的施行期间重叠，请先终止该版。", version=rule.version
                )
            }
    return {}
