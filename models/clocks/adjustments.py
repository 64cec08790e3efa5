"""Verbs that move a deadline: suspend, resume, extend. Each is refused, with the article, where the rule says so.

A suspension stops the count and gives it back exactly as it was; the ends move when it is over, not before.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.deadlines import check_suspensions, too_often
from models.clocks.errors import ExtensionRefused, SuspensionRefused
from models.clocks.recompute import recompute
from models.clocks.rules import Rule
from models.clocks.spans import Span
from models.clocks.tables import Deadline, DeadlineExtension, Suspension
from models.clocks.terms import REASONS, Reason
from models.errors import Invalid
from models.ledger.operations import Acts, record
from models.types import beijing_date
from models.wording import said

LONGEST_FURTHER = 365


@dataclass(frozen=True, slots=True)
class Further:
    """What a collective discussion 集体讨论 added: how much, in the unit of the rule, on which day, by which record."""

    n: int
    discussed_on: dt.date
    minutes: str


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
    session: Session,
    *,
    deadline: Deadline,
    reason: str,
    approver: Acts,
    now: dt.datetime,
    further: Further | None = None,
) -> DeadlineExtension:
    """Grants the next extension that the rule allows, while the clock still runs. The caller checks the office.

    `further` is what a collective discussion adds once the ordinary extensions are used up (程序规定 第64条).
    """
    rule = book(session).rule_of(deadline)
    check_extension(rule, deadline, reason=reason, further=further, now=now)
    if further:
        deadline.further_n += further.n
    else:
        deadline.extended += 1
    granted = select(func.count(DeadlineExtension.id)).where(DeadlineExtension.deadline_id == deadline.id)
    extension = DeadlineExtension(
        deadline_id=deadline.id,
        number=(session.scalar(granted) or 0) + 1,
        approver=approver.ledger_name,
        reason=reason.strip(),
        granted_at=now,
        further_n=further.n if further else None,
        discussed_on=further.discussed_on if further else None,
        minutes=further.minutes.strip() if further else "",
    )
    session.add(extension)
    why = said("第 %(number)s 次延长（%(basis)s）", number=extension.number, basis=rule.basis)
    ends = recompute(session, deadline, why=why, now=now)
    data = {"rule": rule.id, "number": extension.number, "end": ends.legal_end.isoformat()}
    record(session, act="deadline.extend", subject=deadline, actor=approver, now=now, data=data)
    return extension


def wants_discussion(rule: Rule, deadline: Deadline) -> bool:
    """Whether the next extension needs a collective discussion that fixes its length."""
    extension = rule.extension
    return extension is not None and bool(extension.further) and deadline.extended >= extension.times


def check_extension(
    rule: Rule, deadline: Deadline, *, reason: str, further: Further | None, now: dt.datetime
) -> None:
    """Refuses, with the article, what the rule does not allow: also when it is only asked for."""
    if rule.extension is None:
        raise ExtensionRefused(
            said("%(title)s时限不得延长（%(basis)s）。", title=rule.title, basis=rule.basis)
        )
    is_further = wants_discussion(rule, deadline)
    if deadline.extended >= rule.extension.times and not is_further:
        raise ExtensionRefused(too_often(rule, rule.extension.times))
    if not deadline.is_open or (not deadline.is_paused and now >= deadline.due_at):
        raise ExtensionRefused(
            said(
                "%(title)s时限已经届满或者结束，不能再延长（%(basis)s）。", title=rule.title, basis=rule.basis
            )
        )
    errors: dict[str, str] = {} if reason.strip() else {"reason": said("请填写理由。")}
    if is_further:
        errors.update(_check_further(further, beijing_date(now)))
    elif further is not None:
        raise Invalid("规定的延长还没有用完，不需要集体讨论。")
    if errors:
        raise Invalid("请填写延长的理由。" if "reason" in errors else next(iter(errors.values())), errors)


def _check_further(further: Further | None, today: dt.date) -> dict[str, str]:
    errors: dict[str, str] = {}
    if further is None or not 0 < further.n <= LONGEST_FURTHER:
        errors["further_n"] = said("请填写集体讨论确定的延长期限，1 至 %(most)s。", most=LONGEST_FURTHER)
    if further is None or further.discussed_on > today:
        errors["discussed_on"] = said("请填写集体讨论的日期，不能晚于今天。")
    if further is None or not further.minutes.strip():
        errors["minutes"] = said("请填写集体讨论记录的名称或者文号。")
    return errors


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
