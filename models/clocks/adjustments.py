"""Verbs that move a deadline: suspend, resume, extend. Each is refused, with the article, where the rule says so.

A suspension stops the count and gives it back exactly as it was; the ends move when it is over, not before.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.deadlines import check_suspensions, too_often
from models.clocks.errors import ExtensionRefused, SuspensionRefused
from models.clocks.recompute import recompute
from models.clocks.spans import Span
from models.clocks.tables import Deadline, DeadlineExtension, Suspension
from models.clocks.terms import REASONS, Reason
from models.errors import Invalid
from models.ledger.operations import Acts, record
from models.types import beijing_date
from models.wording import said


def suspend(
    session: Session,
    *,
    deadline: Deadline,
    reason: Reason,
    from_on: dt.date,
    evidence: str,
    actor: Acts,
    now: dt.datetime,
) -> Suspension:
    """Stops the count from the Beijing day `from_on` on, for a reason that the rule lists, shown by `evidence`."""
    rule = book(session).rule_of(deadline)
    check_suspensions(rule, [Span(from_on, dt.date.max, reason)])
    if not evidence.strip():
        raise Invalid("请填写中止的依据材料。", {"evidence": said("请填写依据材料的名称或者文号。")})
    _check_can_pause(deadline, from_on, beijing_date(now))
    suspension = Suspension(
        reason=reason,
        from_on=from_on,
        evidence=evidence.strip(),
        noted_at=now,
        noted_by=actor.ledger_name,
    )
    deadline.suspensions.append(suspension)
    deadline.paused_from = from_on
    data = {"rule": rule.id, "reason": reason, "from": from_on.isoformat()}
    record(session, act="deadline.suspend", subject=deadline, actor=actor, now=now, data=data)
    return suspension


def resume(session: Session, *, deadline: Deadline, on: dt.date, actor: Acts, now: dt.datetime) -> Deadline:
    """Goes on counting: the Beijing day `on` is the first that can count again."""
    suspension = next((item for item in deadline.suspensions if item.to_on is None), None)
    if suspension is None:
        raise SuspensionRefused("该时限没有中止，不能恢复。")
    if on <= suspension.from_on:
        raise Invalid(
            said("恢复计算的日期应晚于中止之日 %(day)s。", day=suspension.from_on), {"on": said("日期过早。")}
        )
    if on > beijing_date(now):
        raise Invalid("恢复计算的日期不能晚于今天。", {"on": said("日期过晚。")})
    suspension.to_on, suspension.resumed_at = on, now
    deadline.paused_from = None
    why = said(
        "中止（%(reason)s）自 %(since)s 至 %(until)s 前",
        reason=REASONS[suspension.reason],
        since=suspension.from_on,
        until=on,
    )
    ends = recompute(session, deadline, why=why, now=now)
    data = {"rule": deadline.rule_id, "on": on.isoformat(), "end": ends.legal_end.isoformat()}
    record(session, act="deadline.resume", subject=deadline, actor=actor, now=now, data=data)
    return deadline


def extend(
    session: Session, *, deadline: Deadline, reason: str, approver: Acts, now: dt.datetime
) -> DeadlineExtension:
    """Grants the next extension that the rule allows, while the clock still runs. The caller checks the office."""
    rule = book(session).rule_of(deadline)
    if rule.extension is None:
        raise ExtensionRefused(
            said("%(title)s时限不得延长（%(basis)s）。", title=rule.title, basis=rule.basis)
        )
    if deadline.extended >= rule.extension.times:
        raise ExtensionRefused(too_often(rule, rule.extension.times))
    if not deadline.is_open or (not deadline.is_paused and now >= deadline.due_at):
        raise ExtensionRefused(
            said(
                "%(title)s时限已经届满或者结束，不能再延长（%(basis)s）。", title=rule.title, basis=rule.basis
            )
        )
    if not reason.strip():
        raise Invalid("请填写延长的理由。", {"reason": said("请填写理由。")})
    deadline.extended += 1
    extension = DeadlineExtension(
        deadline_id=deadline.id,
        number=deadline.extended,
        approver=approver.ledger_name,
        reason=reason.strip(),
        granted_at=now,
    )
    session.add(extension)
    why = said("第 %(number)s 次延长（%(basis)s）", number=extension.number, basis=rule.basis)
    ends = recompute(session, deadline, why=why, now=now)
    data = {"rule": rule.id, "number": extension.number, "end": ends.legal_end.isoformat()}
    record(session, act="deadline.extend", subject=deadline, actor=approver, now=now, data=data)
    return extension


def _check_can_pause(deadline: Deadline, from_on: dt.date, today: dt.date) -> None:
    if not deadline.is_open:
        raise SuspensionRefused("该时限已经结束，不能中止。")
    if deadline.is_paused:
        raise SuspensionRefused(said("该时限自 %(day)s 起已经中止。", day=deadline.paused_from))
    if from_on > today:
        raise Invalid("中止的日期不能晚于今天。", {"from_on": said("日期过晚。")})
    if not deadline.started_on < from_on <= deadline.legal_end:
        raise SuspensionRefused(
            said(
                "中止应在 %(since)s 之后、%(until)s 之前开始。",
                since=deadline.started_on,
                until=deadline.legal_end,
            )
        )
