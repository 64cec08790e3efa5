"""The clocks of petitions: 3 or 7 working days for an objection where the province says so, 7 for credit repair."""

from __future__ import annotations

import contextlib
import datetime as dt

from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.errors import NotInForce, UnknownRule
from models.clocks.operations import meet_deadline
from models.clocks.rules import Rule
from models.decisions.clocks import is_across_provinces, start_clock
from models.decisions.petitions.kinds import PetitionKind
from models.decisions.petitions.tables import Petition
from models.decisions.tables import Decision

OBJECTION_OWN, OBJECTION_CHECKED = "objection_own", "objection_checked"  # 河南省社会信用条例 Art 41
OBJECTION_REGION = "41"
REPAIR_DECIDE = "repair_decide"  # 市场监督管理信用修复管理办法 (2025-12-25)
REPAIR_SYNC, REPAIR_PUSH = "repair_sync", "repair_push"  # to 信用中国; to the register of another province


def rule_of(petition: Petition) -> str | None:
    """The rule under which it has to be answered; None where no rule sets a limit (公示规定 Art 12)."""
    if petition.kind is PetitionKind.REPAIR:
        return REPAIR_DECIDE
    if not _has_limits(petition.decision):
        return None
    return OBJECTION_CHECKED if petition.needs_inquiry else OBJECTION_OWN


def limits_of(session: Session, decision: Decision, *, on: dt.date) -> list[Rule]:
    """The rules that limit what is asked about it on that day: objections where a rule does, then credit repair."""
    objections = (OBJECTION_OWN, OBJECTION_CHECKED) if _has_limits(decision) else ()
    rules, found = book(session).rules, []
    for rule_id in (*objections, REPAIR_DECIDE):
        with contextlib.suppress(NotInForce, UnknownRule):
            found.append(rules.pick(rule_id, on))
    return found


def _has_limits(decision: Decision) -> bool:
    return (decision.unit.region_code or "").startswith(OBJECTION_REGION)


def start_petition_clock(session: Session, petition: Petition, *, now: dt.datetime) -> None:
    """Runs from the day of receipt, however late somebody checked who asks."""
    if rule_id := rule_of(petition):
        start_clock(session, petition.decision, rule_id, started_on=petition.received_on, now=now)


def meet_petition_clock(session: Session, petition: Petition, *, now: dt.datetime) -> None:
    """It is answered."""
    session.flush()
    if rule_id := rule_of(petition):
        meet_deadline(session, rule_id=rule_id, subject=petition.decision, now=now)


def start_repair_clocks(session: Session, petition: Petition, *, on: dt.date, now: dt.datetime) -> None:
    """After a repair: the national platform, and the register of the party's province, have to be told."""
    rules = [REPAIR_SYNC, *([REPAIR_PUSH] if is_across_provinces(petition.decision) else [])]
    for rule_id in rules:
        start_clock(session, petition.decision, rule_id, started_on=on, now=now)
