"""One act on many cases, with a guard: each case by itself, told by itself, and none that nobody has opened.

Only assigning and transferring can be done to many. Closing, refusing and answering need a look at each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.cases.moves import SOMEBODY_WAS_FASTER
from models.cases.possible import PERMISSIONS
from models.cases.queue import sight_of
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import ActRefused, Conflict, DomainError, Invalid, NotAllowed
from models.filings.references import normalise
from models.people.permissions import can
from models.people.tables import Account
from models.wording import said

IN_BULK = frozenset({Act.ASSIGN, Act.TRANSFER})
MOST = 100


@dataclass(frozen=True, slots=True)
class Picked:
    """A case as the officer had it before them."""

    case_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case; `sentence` says why it was left as it is."""

    case: Case
    is_done: bool
    sentence: str = ""


def picked_cases(
    session: Session, *, references: Sequence[str], officer: Account, today: dt.date
) -> list[Case]:
    """The cases of these references that the officer may see, in the order given; others are left out."""
    wanted = [normalise(reference) for reference in references[:MOST]]
    found = session.scalars(
        select(Case)
        .where(Case.reference.in_(wanted), sight_of(session, officer, today).visible())
        .options(joinedload(Case.handler).lazyload(Account.assignments))
    )
    by_reference = {case.reference: case for case in found}
    return [by_reference[one] for one in dict.fromkeys(wanted) if one in by_reference]


def act_on_each(
    session: Session,
    *,
    act: Act,
    picked: Sequence[Picked],
    officer: Account,
    today: dt.date,
    verb: Callable[[Case], object],
) -> list[Result]:
    """Does `verb`, which is `act`, to each case for itself: what is refused leaves the others as they are.

    Cases out of the officer's sight are not among the results.
    """
    if act not in IN_BULK:
        raise ActRefused("这个事项只能逐件办理。")
    if not 0 < len(picked) <= MOST:
        raise Invalid(said("一次请选择 1 至 %(most)s 件。", most=MOST))
    versions = {one.case_id: one.version for one in picked}
    visible = sight_of(session, officer, today).visible()
    cases = session.scalars(
        select(Case).where(Case.id.in_(versions), visible).order_by(Case.id).with_for_update(of=Case)
    ).all()
    return [_one(session, case, act, officer, versions[case.id], verb) for case in cases]


def _one(
    session: Session, case: Case, act: Act, officer: Account, version: int, verb: Callable[[Case], object]
) -> Result:
    try:
        _check(case, act, officer, version)
        with session.begin_nested():
            verb(case)
    except DomainError as refused:
        reasons = getattr(refused, "errors", {}) or {"": refused.sentence}
        return Result(case, is_done=False, sentence=next(iter(reasons.values())))
    return Result(case, is_done=True)


def _check(case: Case, act: Act, officer: Account, version: int) -> None:
    if case.version != version:
        raise Conflict(SOMEBODY_WAS_FASTER)
    if case.seen_at is None:
        raise ActRefused("还没有人打开过这个办件，请先打开看过再办理。")
    require(case.track, case.state, act)
    if not can(officer, PERMISSIONS[act], case):
        raise NotAllowed(said("由%(unit)s的人员办理。", unit=case.acting_unit.name))
