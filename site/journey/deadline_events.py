"""What happened to the deadlines of a case, as steps of its timeline: suspended, going on, extended, moved; for staff
also the rungs of the ladder. The tables of the clocks are the record; nothing is written twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from models.clocks.book import Book, book
from models.clocks.operations import HANDED_OVER
from models.clocks.tables import Deadline, DeadlineChange, DeadlineExtension
from models.clocks.terms import REASONS
from models.supervision.tables import RungClaim
from models.supervision.terms import RUNG_LABELS, Rung
from models.wording import read
from shared.components import Step
from shared.formats import day_text
from shared.i18n import label


def deadline_steps(session: Session, of: Sequence[Deadline], *, for_staff: bool) -> list[Step]:
    """The steps, oldest first; at most two queries however many deadlines there are."""
    clocks = {clock.id: clock for clock in of}
    found = book(session)
    if not clocks:
        return []
    granted = _granted(session, clocks)
    entries = _journal(session, clocks)
    steps = [
        *_suspensions(clocks, found, for_staff=for_staff),
        *_extensions(granted, clocks, found),
        *_moves([one for one in entries if one.rung is None], granted, clocks, found),
        *(_rungs([one for one in entries if one.rung], clocks, found) if for_staff else ()),
    ]
    return sorted(steps, key=_moment)


def merged(acts: list[Step], events: list[Step]) -> list[Step]:
    """Both in the order of time; an act stands before what it caused at the same moment."""
    return sorted([*acts, *events], key=_moment)


def _granted(session: Session, clocks: Mapping[int, Deadline]) -> Sequence[DeadlineExtension]:
    extended = [clock.id for clock in clocks.values() if clock.extended or clock.further_n]
    if not extended:
        return []
    return session.scalars(select(DeadlineExtension).where(DeadlineExtension.deadline_id.in_(extended))).all()


def _journal(session: Session, clocks: Mapping[int, Deadline]) -> Sequence[Row[Any]]:
    """Moved ends and climbed rungs in one query; what was skipped told nobody anything."""
    moved = select(
        DeadlineChange.deadline_id,
        DeadlineChange.at,
        DeadlineChange.why,
        DeadlineChange.old_legal_end,
        DeadlineChange.new_legal_end,
        cast(null(), String).label("rung"),
        DeadlineChange.words,
    ).where(DeadlineChange.deadline_id.in_(clocks))
    climbed = select(
        RungClaim.deadline_id,
        RungClaim.at,
        literal("").label("why"),
        RungClaim.legal_end,
        RungClaim.legal_end,
        cast(RungClaim.rung, String),
        null(),
    ).where(RungClaim.deadline_id.in_(clocks), RungClaim.is_skipped.is_(False))
    return session.execute(union_all(moved, climbed)).all()


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
    entries: Sequence[Row[Any]],
    granted: Sequence[DeadlineExtension],
    clocks: Mapping[int, Deadline],
    found: Book,
) -> Iterator[Step]:
    """Ends that moved for another reason: a change of the calendar."""
    told = {(clock.id, one.resumed_at) for clock in clocks.values() for one in clock.suspensions}
    told |= {(one.deadline_id, one.granted_at) for one in granted}
    for one in entries:
        if (one.deadline_id, one.at) in told or one.why == HANDED_OVER:
            continue
        title = label(found.rule_of(clocks[one.deadline_id]).title)
        yield Step("done", _("%(title)s时限重新计算", title=title), at=one.at, text=_moved(one))


def _moved(change: Row[Any]) -> str:
    if change.old_legal_end == change.new_legal_end:
        return _("届满日仍为%(day)s。原因：%(why)s", day=day_text(change.new_legal_end), why=_why(change))
    return _(
        "届满日由%(old)s改为%(new)s。原因：%(why)s",
        old=day_text(change.old_legal_end),
        new=day_text(change.new_legal_end),
        why=_why(change),
    )


def _why(change: Row[Any]) -> str:
    """Why the end moved; entries of older versions keep the Chinese text alone."""
    return label(read(change.words)) if change.words else str(change.why)


def _rungs(entries: Sequence[Row[Any]], clocks: Mapping[int, Deadline], found: Book) -> Iterator[Step]:
    for one in entries:
        title = label(found.rule_of(clocks[one.deadline_id]).title)
        words = _("届满日：%(day)s", day=day_text(one.new_legal_end))
        name = _("%(rung)s：%(title)s", rung=label(RUNG_LABELS[Rung(one.rung)]), title=title)
        yield Step("done", name, at=one.at, who=_("系统"), text=words)
