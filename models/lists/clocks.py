"""The clocks of an entry: what the bureau owes (publication, push, answers), and how long the company may speak.

The company's time to speak is counted but never owed by the bureau, so it is computed from the day of the notice and is
no deadline. What leaves a list is off the site at once; its clock is started and met in one go, so that a removal that
was noted late counts as late (总局令第44号 Art 18, 19: three working days from the event).
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.deadlines import Computed, compute
from models.clocks.errors import NotInForce, OutsideCalendar, UnknownRule
from models.clocks.operations import cancel_deadline, meet_deadline, start_deadline
from models.clocks.queries import is_open
from models.clocks.subjects import ref
from models.clocks.tables import Deadline
from models.decisions.clocks import is_registered_elsewhere
from models.decisions.states import State
from models.lists.kinds import EntryEnd, ListKind
from models.lists.rules import laws
from models.lists.tables import Entry
from models.types import beijing_date, beijing_midnight

PUBLISH = "listing_publish"  # 总局令第44号 Art 14: 20 working days from the decision
PUSH = "listing_push"  # the same, across provinces: 10 working days from the decision
STOP = "listing_stop"  # Art 18, 19: 3 working days
ANNULLED = "basis_annulled"  # 河南省社会信用条例 Art 42: 1 working day
REMOVAL_ACCEPT = "early_removal_accept"  # Art 17, until 2025-12-24
REMOVAL = ("early_removal_decide", "repair_decide")  # Art 17; since 2025-12-25 the rules of credit repair
OBJECTION_OWN, OBJECTION_CHECKED = "objection_own", "objection_checked"  # 河南省社会信用条例 Art 41


def heard_until(session: Session, entry: Entry) -> Computed | None:
    """Until when the company may speak (the public, before a commendation); None before the notice.

    None as well where no rule was in force on the day of the notice.
    """
    if entry.notified_on is None:
        return None
    found = book(session)
    try:
        rule = found.rules.pick(laws()[entry.kind].hearing_rule, entry.notified_on)
        return compute(rule, entry.notified_on, found.calendar)
    except (NotInForce, OutsideCalendar, UnknownRule):
        return None


def start_listing_clocks(session: Session, entry: Entry, *, decided_on: dt.date, now: dt.datetime) -> None:
    """The decision to list is made: publication is owed, and word to the register of another province."""
    if entry.kind is not ListKind.SERIOUS:
        return
    _start(session, entry, PUBLISH, decided_on, now)
    if is_registered_elsewhere(entry.uscc, entry.unit.region_code):
        _start(session, entry, PUSH, decided_on, now)


def meet_publication(session: Session, entry: Entry, *, now: dt.datetime) -> None:
    """It is public. Word to another province is owed all the same."""
    meet_deadline(session, rule_id=PUBLISH, subject=entry, now=now)


def meet_push(session: Session, entry: Entry, *, now: dt.datetime) -> bool:
    """The register of the company's province has been told; False where nothing of the kind is owed."""
    return meet_deadline(session, rule_id=PUSH, subject=entry, now=now) is not None


def start_removal_clocks(session: Session, entry: Entry, *, asked_on: dt.date, now: dt.datetime) -> None:
    """Early removal was asked for; of the rules the one in force on that day binds."""
    for rule_id in (REMOVAL_ACCEPT, *REMOVAL):
        _start(session, entry, rule_id, asked_on, now)


def meet_removal_acceptance(session: Session, entry: Entry, *, now: dt.datetime) -> None:
    """The request was found complete."""
    meet_deadline(session, rule_id=REMOVAL_ACCEPT, subject=entry, now=now)


def meet_removal(session: Session, entry: Entry, *, now: dt.datetime) -> None:
    """The request is answered."""
    for rule_id in REMOVAL:
        meet_deadline(session, rule_id=rule_id, subject=entry, now=now)


def start_objection_clock(
    session: Session, entry: Entry, *, on: dt.date, needs_inquiry: bool, now: dt.datetime
) -> None:
    """An objection came in; where the region has such a rule it is owed an answer."""
    rule_id = OBJECTION_CHECKED if needs_inquiry else OBJECTION_OWN
    if _binds(session, entry, rule_id, on):
        _start(session, entry, rule_id, on, now)


def meet_objection_clock(session: Session, entry: Entry, *, now: dt.datetime) -> None:
    """It is answered."""
    for rule_id in (OBJECTION_OWN, OBJECTION_CHECKED):
        meet_deadline(session, rule_id=rule_id, subject=entry, now=now)


def stop_clocks(session: Session, entry: Entry, *, end: EntryEnd | None, now: dt.datetime) -> None:
    """It is off the list, or never came onto it: nothing else is owed; how long it took to stop is kept."""
    session.flush()
    for deadline in session.scalars(_open(entry)):
        cancel_deadline(session, rule_id=deadline.rule_id, subject=entry, now=now)
    today = beijing_date(now)
    because_on = (basis_changed_on(entry) or today) if end is EntryEnd.REVOKED else today
    for rule_id in _stop_rules(entry.kind, end):
        if _binds(session, entry, rule_id, because_on):
            _start(session, entry, rule_id, because_on, now)
            session.flush()
            meet_deadline(session, rule_id=rule_id, subject=entry, now=now)


def _stop_rules(kind: ListKind, end: EntryEnd | None) -> Sequence[str]:
    """An expiry and an entry that was never public are no duty; a commendation is nobody's loss of credit."""
    if kind is ListKind.COMMENDED or end not in (EntryEnd.EARLY, EntryEnd.REVOKED):
        return ()
    stop = [STOP] if kind is ListKind.SERIOUS else []
    return [*stop, ANNULLED] if end is EntryEnd.REVOKED else stop


def owed(session: Session, entry: Entry) -> Sequence[str]:
    """The rules of the clocks that run on it."""
    return [deadline.rule_id for deadline in session.scalars(_open(entry))]


def basis_changed_on(entry: Entry) -> dt.date | None:
    """The first day on which a decision that it rests on was changed, annulled or withdrawn."""
    fallen = [one for one in entry.bases if one.changed_on or one.state is State.WITHDRAWN]
    days = [one.changed_on or (beijing_date(one.ended_at) if one.ended_at else None) for one in fallen]
    return min((day for day in days if day), default=None)


def _open(entry: Entry) -> Select[Deadline]:
    target = ref(entry)
    mine = (Deadline.subject_kind == target.kind, Deadline.subject_id == target.id)
    return select(Deadline).where(*mine, is_open())


def _binds(session: Session, entry: Entry, rule_id: str, day: dt.date) -> bool:
    """Whether the rule is in force then, and in the unit's region."""
    try:
        rule = book(session).rules.pick(rule_id, day)
    except (NotInForce, UnknownRule):
        return False
    return (entry.unit.region_code or "").startswith(rule.region)


def _start(session: Session, entry: Entry, rule_id: str, on: dt.date, now: dt.datetime) -> None:
    with contextlib.suppress(NotInForce, OutsideCalendar, UnknownRule):
        start_deadline(
            session, rule_id=rule_id, subject=entry, started_at=beijing_midnight(on), now=now, unit_id=entry.unit_id
        )  # fmt: skip
