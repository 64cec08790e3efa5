"""Suspending, resuming and extending a deadline of a case: who may, on which grounds, and that the filer is told.

What the rule itself allows is asked by `models.clocks.adjustments`; here it is asked who approves.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models import outbox
from models.cases.moves import NOTIFY_FILER, flush
from models.cases.tables import Case
from models.cases.terms import State
from models.clocks import adjustments
from models.clocks.adjustments import Further
from models.clocks.book import book
from models.clocks.rules import Rule
from models.clocks.tables import Deadline, DeadlineExtension, SubjectKind, Suspension
from models.clocks.terms import Reason
from models.errors import ActRefused, NotAllowed, NotFound
from models.people.permissions import Permission, can
from models.people.roles import ROLE_LABELS, Role
from models.people.tables import Account
from models.wording import said


def deadline_of(session: Session, case: Case, deadline_id: int) -> Deadline:
    """The deadline of that number, if it stands on the case; NotFound."""
    found = session.get(Deadline, deadline_id)
    if found is None or (found.subject_kind, found.subject_id) != (SubjectKind.CASE, case.id):
        raise NotFound("这个办件没有这一时限。")
    return found


def suspend_deadline(
    session: Session,
    *,
    case: Case,
    deadline: Deadline,
    reason: Reason,
    from_on: dt.date,
    evidence: str,
    actor: Account,
    now: dt.datetime,
) -> Suspension:
    """中止计算 for a reason that the rule lists, shown by a document; the filer is told."""
    rule = book(session).rule_of(deadline)
    _check_open(case)
    _check_right(case, rule, actor, Permission.CASE_SUSPEND)
    made = adjustments.suspend(
        session,
        deadline=deadline,
        reason=reason,
        from_on=from_on,
        evidence=evidence,
        actor=actor,
        now=now,
    )
    flush(session)
    _tell_filer(session, case, f"suspension:{made.id}", now)
    return made


def resume_deadline(
    session: Session, *, case: Case, deadline: Deadline, on: dt.date, actor: Account, now: dt.datetime
) -> Deadline:
    """恢复计算: `on` is the first day that can count again; the filer is told the new end."""
    rule = book(session).rule_of(deadline)
    _check_open(case)
    if _is_away(case, rule):
        raise ActRefused("案件已经移送公安机关，办案期限在恢复行政办理时继续计算。")
    _check_right(case, rule, actor, Permission.CASE_SUSPEND)
    adjustments.resume(session, deadline=deadline, on=on, actor=actor, now=now)
    flush(session)
    ended = next(item for item in reversed(deadline.suspensions) if item.to_on == on)
    _tell_filer(session, case, f"resumption:{ended.id}", now)
    return deadline


def extend_deadline(
    session: Session,
    *,
    case: Case,
    deadline: Deadline,
    reason: str,
    approver: Account,
    now: dt.datetime,
    further: Further | None = None,
) -> DeadlineExtension:
    """延长 by a head who reaches the unit that has to act; `reason` is what the filer is told."""
    rule = book(session).rule_of(deadline)
    _check_open(case)
    _check_right(case, rule, approver, Permission.CASE_EXTEND)
    granted = adjustments.extend(
        session, deadline=deadline, reason=reason, approver=approver, now=now, further=further
    )
    granted.filer_told_at = now
    flush(session)
    _tell_filer(session, case, f"extension:{granted.id}", now)
    return granted


def may_suspend(case: Case, rule: Rule, deadline: Deadline, officer: Account) -> bool:
    """Whether the page offers to suspend the deadline, or to let it go on."""
    return (
        bool(rule.excluded)
        and not _is_away(case, rule)
        and _is_adjustable(case, deadline, officer, Permission.CASE_SUSPEND)
    )


def may_extend(case: Case, rule: Rule, deadline: Deadline, officer: Account, now: dt.datetime) -> bool:
    """Whether the page offers to extend the deadline, or to answer a request for it."""
    is_adjustable = _is_adjustable(case, deadline, officer, Permission.CASE_EXTEND)
    return _has_room(rule, deadline, now) and is_adjustable


def may_ask(case: Case, rule: Rule, deadline: Deadline, officer: Account, now: dt.datetime) -> bool:
    """Whether the page offers to ask the head for an extension."""
    free = deadline.open_request is None and not can(officer, Permission.CASE_EXTEND, case)
    is_adjustable = _is_adjustable(case, deadline, officer, Permission.CASE_SUSPEND)
    return free and _has_room(rule, deadline, now) and is_adjustable


def _has_room(rule: Rule, deadline: Deadline, now: dt.datetime) -> bool:
    extension = rule.extension
    room = extension is not None and (deadline.extended < extension.times or bool(extension.further))
    return room and (deadline.is_paused or now < deadline.due_at)


def _is_adjustable(case: Case, deadline: Deadline, officer: Account, permission: Permission) -> bool:
    return deadline.is_open and not case.has_ended and can(officer, permission, case)


def _is_away(case: Case, rule: Rule) -> bool:
    """Whether the clock stands still because the police have the case: it goes on when the case comes back."""
    return rule.id == "case_decision" and case.state in (State.REFERRED, State.POLICE_FILED)


def _check_open(case: Case) -> None:
    if case.has_ended:
        raise ActRefused("办件已经结束，时限不再变动。")


def _check_right(case: Case, rule: Rule, actor: Account, permission: Permission) -> None:
    if can(actor, permission, case):
        return
    if permission is Permission.CASE_EXTEND:
        raise NotAllowed(
            said(
                "%(title)s时限的延长须经%(office)s批准：由%(unit)s或者其上级机构的%(role)s办理（%(basis)s）。",
                title=rule.title,
                office=(rule.extension.approver if rule.extension else "") or said("部门负责人"),
                unit=case.acting_unit.name,
                role=ROLE_LABELS[Role.HEAD],
                basis=rule.basis,
            )
        )
    raise NotAllowed(
        said(
            "%(title)s时限的中止和恢复由%(unit)s的办案人员办理（%(basis)s）。",
            title=rule.title,
            unit=case.acting_unit.name,
            basis=rule.basis,
        )
    )


def _tell_filer(session: Session, case: Case, what: str, now: dt.datetime) -> None:
    payload = {"case_id": case.id}
    outbox.put(session, kind=NOTIFY_FILER, key=f"{NOTIFY_FILER}:{what}", payload=payload, now=now)
