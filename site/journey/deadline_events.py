"""What happened to the deadlines of a case, as steps of its timeline: suspended, going on, extended, moved; for staff
also the rungs of the ladder. The tables of the clocks are the record; nothing is written twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks.book import Book, book
from models.clocks.tables import Deadline, DeadlineChange, DeadlineExtension
from models.clocks.terms import REASONS
from models.supervision.tables import RungClaim
from models.supervision.terms import RUNG_LABELS
from shared.components import Step
from shared.formats import day_text
from shared.i18n import label

OWN_AFFAIR = "移交后由接收机构办理"  # the end moved by a closing day of the receiver: no news for anybody


def deadline_steps(session: Session, of: Sequence[Deadline], *, for_staff: bool) -> list[Step]:
    """The steps, oldest first; at most three queries however many deadlines there are."""
    clocks = {clock.id: clock for clock in of}
    found = book(session)
    if not clocks:
        return []
    wanted = select(DeadlineExtension).where(DeadlineExtension.deadline_id.in_(clocks))
    granted = session.scalars(wanted).all()
    steps = [
        *_suspensions(clocks, found, for_staff=for_staff),
        *_extensions(granted, clocks, found),
        *_moves(session, granted, clocks, found),
        *(_rungs(session, clocks, found) if for_staff else ()),
    ]
    return sorted(steps, key=_moment)


def merged(acts: list[Step], events: list[Step]) -> list[Step]:
    """Both in the order of time; an act stands before what it caused at the same moment."""
    return sorted([*acts, *events], key=_moment)


def _moment(step: Step) -> dt.datetime:
    if step.at is None:
        raise ValueError("only steps that were done have a moment")
    return step.at


def _suspensions(clocks: Mapping[int, Deadline], found: Book, *, for_staff: bool) -> Iterator[Step]:
    for clock in clocks.values():
        title = label(found.rule_of(clock).title)
        for one in clock.suspensions:
            reason, since = label(REASONS[one.reason]), day_text(one.from_on)
            words = _("自%(day)s起不计入期限：%(reason)s。", day=since, reason=reason)
            shown = _("依据材料：%(evidence)s", evidence=one.evidence) if for_staff else ""
            text = f"{words}\n{shown}".strip()
            yield Step("done", _("%(title)s时限中止", title=title), at=one.noted_at, text=text)
            if one.resumed_at and one.to_on:
                words = _("自%(day)s起恢复计算。", day=day_text(one.to_on))
                yield Step("done", _("%(title)s时限恢复", title=title), at=one.resumed_at, text=words)


def _extensions(
    granted: Sequence[DeadlineExtension], clocks: Mapping[int, Deadline], found: Book
) -> Iterator[Step]:
    for one in granted:
        title = label(found.rule_of(clocks[one.deadline_id]).title)
        words = _("理由：%(reason)s", reason=one.reason)
        yield Step("done", _("%(title)s时限经批准延长", title=title), at=one.granted_at, text=words)


def _moves(
    session: Session,
    granted: Sequence[DeadlineExtension],
    clocks: Mapping[int, Deadline],
    found: Book,
) -> Iterator[Step]:
    """Ends that moved for another reason: a change of the calendar."""
    told = {(clock.id, one.resumed_at) for clock in clocks.values() for one in clock.suspensions}
    told |= {(one.deadline_id, one.granted_at) for one in granted}
    wanted = select(DeadlineChange).where(DeadlineChange.deadline_id.in_(clocks))
    for one in session.scalars(wanted.order_by(DeadlineChange.id)):
        if (one.deadline_id, one.at) in told or one.why == OWN_AFFAIR:
            continue
        title = label(found.rule_of(clocks[one.deadline_id]).title)
        yield Step("done", _("%(title)s时限重新计算", title=title), at=one.at, text=_moved(one))


def _moved(change: DeadlineChange) -> str:
    if change.old_legal_end == change.new_legal_end:
        return _("届满日仍为%(day)s。原因：%(why)s", day=day_text(change.new_legal_end), why=change.why)
    return _(
        "届满日由%(old)s改为%(new)s。原因：%(why)s",
        old=day_text(change.old_legal_end),
        new=day_text(change.new_legal_end),
        why=change.why,
    )


def _rungs(session: Session, clocks: Mapping[int, Deadline], found: Book) -> Iterator[Step]:
    wanted = select(RungClaim).where(RungClaim.deadline_id.in_(clocks), RungClaim.is_skipped.is_(False))
    for one in session.scalars(wanted):
        title = label(found.rule_of(clocks[one.deadline_id]).title)
        words = _("届满日：%(day)s", day=day_text(one.legal_end))
        name = _("%(rung)s：%(title)s", rung=label(RUNG_LABELS[one.rung]), title=title)
        yield Step("done", name, at=one.at, who=_("系统"), text=words)
