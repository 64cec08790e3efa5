"""Verbs: a period is reported, which freezes it; a figure of it is corrected, with a reason, beside what was reported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import ledger
from models.errors import ActRefused, Conflict, Invalid, NotFound
from models.people.permissions import Permission, can
from models.people.tables import Account, Unit
from models.reports.counting import figures_of
from models.reports.definitions import Measure, Period, Report
from models.reports.tables import ReportCorrection, ReportReturn
from models.supervision.operations import OfUnit
from models.types import beijing_date
from models.wording import said

_NUMBER = re.compile(r"\d{1,12}(\.\d{1,6})?")
NOT_A_NUMBER = said("请填写数字，例如 12 或者 0.35；没有的填 0。")


def is_number(written: str) -> bool:
    """Whether a figure can be taken as it was typed: digits, at most six after the point."""
    return _NUMBER.fullmatch(written.strip()) is not None


def report_period(
    session: Session, report: Report, period: Period, *, unit: Unit, by_hand: Mapping[str, str], checked_by: str,
    actor: Account, now: dt.datetime,
) -> ReportReturn:  # fmt: skip
    """报出: once, after the period has ended. `by_hand` holds the figures that no case gives, by cell."""
    if not can(actor, Permission.STATISTICS_REPORT, OfUnit(unit)):
        raise ActRefused("您没有报送这个机构报表的权限。")
    if period.last >= beijing_date(now):
        raise ActRefused("统计期还没有结束，不能报送。")
    counted = figures_of(session, report, period, unit.id)
    hands = [cell for cell, count in report.cells.items() if count.measure is Measure.HAND]
    errors: dict[str, str] = {cell: NOT_A_NUMBER for cell in hands if not is_number(by_hand.get(cell, ""))}
    if not checked_by.strip():
        errors["checked_by"] = "请填写审核人。"
    if errors:
        raise Invalid("报表没有报出，请按提示填写。", errors)
    figures = {cell: by_hand[cell].strip() if cell in hands else one.value for cell, one in counted.items()}
    made = ReportReturn(
        report=report.code, version=report.version, period=period.name, unit=unit, figures=figures,
        evidence={cell: list(one.evidence) for cell, one in counted.items() if one.evidence},
        is_zero=not any(value.strip("0.") for value in figures.values()), checked_by=checked_by.strip(),
        reported_by=actor, reported_at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as error:
        raise Conflict("这一期已经报出，以后的变化请作更正。") from error
    data = {"report": report.code, "period": period.name, "unit": unit.id, "zero": made.is_zero}
    ledger.record(session, act="report.send", subject=made, actor=actor, now=now, data=data)
    return made


def correct_figure(
    session: Session,
    made: ReportReturn,
    *,
    cell: str,
    value: str,
    reason: str,
    actor: Account,
    now: dt.datetime,
) -> ReportCorrection:
    """更正: what was reported stays readable; the present figure is the last correction's."""
    if not can(actor, Permission.STATISTICS_REPORT, made):
        raise ActRefused("您没有更正这个机构报表的权限。")
    if cell not in made.figures:
        raise NotFound("报表里没有这一格。")
    errors: dict[str, str] = {}
    if not is_number(value):
        errors["value"] = NOT_A_NUMBER
    elif value.strip() == made.present[cell]:
        errors["value"] = "与现在的数字相同。"
    if not reason.strip():
        errors["reason"] = "请写明更正的理由。"
    if errors:
        raise Invalid("没有更正，请按提示修改。", errors)
    made_now = ReportCorrection(
        made_to=made,
        cell=cell,
        old=made.present[cell],
        new=value.strip(),
        reason=reason.strip(),
        by=actor,
        at=now,
    )
    session.add(made_now)
    session.flush()
    ledger.record(
        session, act="report.correct", subject=made, actor=actor, now=now,
        data={"cell": cell, "old": made_now.old, "new": made_now.new},
    )  # fmt: skip
    return made_now
