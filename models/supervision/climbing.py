"""Climbing the ladder: each rung once for each end, by whatever number of workers, also after days of silence.

The claim, the ledger's event and the notices are one transaction. A worker that dies takes all of them along, one that
comes too late runs into the unique row. Where several rungs have come due unseen, only the last one is sent.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session, lazyload

from models.cases.recusal.queries import kept_out
from models.clocks.book import Book, book
from models.clocks.queries import is_open
from models.clocks.subjects import SubjectRef
from models.clocks.tables import Deadline, SubjectKind
from models.ledger import record
from models.people.actors import WORKER
from models.supervision.ladder import Ladders, Step, due_steps
from models.supervision.recipients import Hands, Staffing, hands_of
from models.supervision.tables import RungClaim
from models.supervision.telling import tell
from models.supervision.terms import NoticeKind, Rung
from models.types import beijing_date

READ_AT_ONCE = 1000
AT_ONCE = 200


@dataclass(frozen=True)
class _Look:
    """What one run looks with."""

    ladders: Ladders
    profile: str
    today: dt.date
    book: Book

    def next_step(self, deadline: Deadline, claimed: set[Rung]) -> tuple[Step | None, list[Step]]:
        """The step to take now, if any, and those to note as skipped."""
        ladder = self.ladders.of(deadline.rule_id, self.profile)
        due = due_steps(ladder, deadline.alert_on, deadline.legal_end, self.today, self.book.calendar)
        if not due or due[-1].rung in claimed:
            return None, []
        skipped = [step for step in due[:-1] if step.rung not in claimed]
        last = due[-1]
        if last.workdays <= 0 and self.today > deadline.legal_end:
            return None, [*skipped, last]  # "due today" is no news any more
        return last, skipped


def climb(session: Session, *, ladders: Ladders, profile: str, now: dt.datetime, limit: int = AT_ONCE) -> int:
    """Takes up to `limit` rungs that are due; returns how many. What is left follows in the next transaction."""
    today = beijing_date(now)
    look = _Look(ladders, profile, today, book(session))
    staffing: Staffing | None = None
    taken = last_id = 0
    while taken < limit and (page := _page(session, look, last_id)):
        last_id = page[-1].id
        claims = _claims(session, page)
        waiting = [one.id for one in page if any(look.next_step(one, claims[one.id]))]
        for deadline in _locked(session, waiting[: limit - taken]):
            staffing = staffing or Staffing.read(session)
            taken += _take(session, look, staffing, deadline, now)
    return taken


def _take(session: Session, look: _Look, staffing: Staffing, deadline: Deadline, now: dt.datetime) -> int:
    """Climbs one deadline; 1 when a rung was taken here and now."""
    step, skipped = look.next_step(deadline, _claims(session, [deadline])[deadline.id])
    for missed in skipped:
        _claim(session, deadline, missed.rung, now, is_skipped=True)
    if step is None or not _claim(session, deadline, step.rung, now, is_skipped=False):
        return 0
    subject = SubjectRef(deadline.subject_kind, deadline.subject_id)
    hands = hands_of(session, [subject]).get(subject) or Hands(None, deadline.unit_id or 0)
    told = staffing.told(step, hands)
    if subject.kind is SubjectKind.CASE:
        barred = kept_out(session, subject.id, told)
        told = [account_id for account_id in told if account_id not in barred]
    end = deadline.legal_end.isoformat()
    data = {
        "kind": subject.kind.value,
        "id": subject.id,
        "deadline": deadline.id,
        "rule": deadline.rule_id,
        "end": end,
    }
    for account_id in told:
        key = f"{step.rung}:{deadline.id}:{end}:{account_id}"
        kind = NoticeKind(step.rung.value)
        tell(session, account_id=account_id, kind=kind, key=key, data=data, now=now)
    act = f"deadline.{step.rung}"
    record(session, act=act, subject=deadline, actor=WORKER, now=now, data={**data, "told": told})
    return 1


def _page(session: Session, look: _Look, after_id: int) -> Sequence[Deadline]:
    """Running deadlines whose first rung may have come and whose last one is not taken, by number."""
    horizon = look.book.calendar.add_workdays(look.today, max(look.ladders.most_days_before, 1))
    wanted = (
        select(Deadline)
        .where(
            Deadline.id > after_id,
            is_open(),
            Deadline.paused_from.is_(None),
            Deadline.alert_on <= horizon,
            _top_is_free(look),
        )
        .order_by(Deadline.id)
        .limit(READ_AT_ONCE)
        .options(lazyload(Deadline.suspensions))
    )
    return session.scalars(wanted).all()


def _top_is_free(look: _Look) -> ColumnElement[bool]:
    """SQL: nobody has claimed the last rung of the deadline's ladder for its present end."""
    by_top: defaultdict[Rung, list[str]] = defaultdict(list)
    for rule_id in look.book.rules.ids:
        by_top[look.ladders.of(rule_id, look.profile).top].append(rule_id)
    return or_(
        *(
            and_(Deadline.rule_id.in_(rules), ~exists().where(*_same_end(), RungClaim.rung == top))
            for top, rules in by_top.items()
        )
    )


def _same_end() -> tuple[ColumnElement[bool], ...]:
    return RungClaim.deadline_id == Deadline.id, RungClaim.legal_end == Deadline.legal_end


def _claims(session: Session, deadlines: Sequence[Deadline]) -> defaultdict[int, set[Rung]]:
    """The rungs claimed for the present ends of these deadlines."""
    found: defaultdict[int, set[Rung]] = defaultdict(set)
    wanted = (
        select(RungClaim.deadline_id, RungClaim.rung)
        .join(Deadline, and_(*_same_end()))
        .where(Deadline.id.in_([one.id for one in deadlines]))
    )
    for deadline_id, rung in session.execute(wanted):
        found[deadline_id].add(rung)
    return found


def _locked(session: Session, ids: Sequence[int]) -> Sequence[Deadline]:
    """The same rows as they are now, held against verbs that meet or move them; rows of another worker are left to it."""
    if not ids:
        return []
    wanted = (
        select(Deadline)
        .where(Deadline.id.in_(ids), is_open(), Deadline.paused_from.is_(None))
        .order_by(Deadline.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
        .options(lazyload(Deadline.suspensions))
    )
    return session.scalars(wanted).all()


def _claim(session: Session, deadline: Deadline, rung: Rung, now: dt.datetime, *, is_skipped: bool) -> bool:
    """Inserts the unique row; False when it was there."""
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    row = {"deadline_id": deadline.id, "rung": rung, "legal_end": deadline.legal_end, "at": now}
    claimed = session.execute(
        insert(RungClaim)
        .values(**row, is_skipped=is_skipped)
        .on_conflict_do_nothing(index_elements=["deadline_id", "rung", "legal_end"])
        .returning(RungClaim.id)
    )
    return claimed.first() is not None
