"""The figures of one unit and period, each with what stands behind it: nothing is counted that can't be opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.cases.recusal.queries import cases_kept_from
from models.cases.tables import Case, CaseAct
from models.commerce.tables import FilingLink
from models.decisions.money import fen_to_wan
from models.decisions.queries import in_reach
from models.decisions.states import State
from models.decisions.tables import Decision
from models.people.permissions import Permission, can
from models.people.tables import Account, Unit
from models.reports.definitions import Count, Measure, Period, Report
from models.types import beijing_midnight

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` as it is reported; `evidence` names cases and decisions (case:12, decision:7). By hand: both empty."""

    value: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Behind:
    """What of a figure's evidence a person may see, and how much there is besides."""

    cases: Sequence[Case]
    decisions: Sequence[Decision]
    unseen: int


def figures_of(session: Session, report: Report, period: Period, unit_id: int) -> dict[str, Figure]:
    """All cells, from what the unit did in the period. Two queries, whatever the number of cells."""
    acts = _acts(session, report, period, unit_id)
    decided = _decided(session, period, unit_id)
    return {cell: _figure(count, acts, decided) for cell, count in report.cells.items()}


def behind(session: Session, evidence: Collection[str], account: Account) -> Behind:
    """The cases and decisions that a figure names, as far as the person may open them."""
    numbers: dict[str, list[int]] = {"case": [], "decision": []}
    for name in evidence:
        kind, _, number = name.partition(":")
        numbers[kind].append(int(number))
    known = (Case.id.in_(numbers["case"]), Case.id.not_in(cases_kept_from(account)))
    cases = [
        one
        for one in session.scalars(select(Case).where(*known).order_by(Case.id))
        if can(account, Permission.CASE_VIEW, one)
    ]
    mine = select(Decision).where(Decision.id.in_(numbers["decision"]), in_reach(account))
    decisions = list(session.scalars(mine.order_by(Decision.decided_on, Decision.id)))
    return Behind(cases, decisions, len(evidence) - len(cases) - len(decisions))


@dataclass(frozen=True, slots=True)
class _Done:
    """An act of the unit in the period."""

    case_id: int
    act: str
    right_type: str
    outside: str | None
    has_links: bool


def _acts(session: Session, report: Report, period: Period, unit_id: int) -> list[_Done]:
    wanted = {count.act for count in report.cells.values() if count.act}
    if not wanted:
        return []
    has_links = exists().where(FilingLink.filing_id == Case.filing_id).label("has_links")
    found = (
        select(CaseAct.case_id, CaseAct.act, Case.right_type, Unit.outside_kind, has_links)
        .join(Case, Case.id == CaseAct.case_id)
        .outerjoin(Unit, Unit.id == CaseAct.other_unit_id)
        .where(CaseAct.unit_id == unit_id, CaseAct.act.in_(wanted))
        .where(CaseAct.at >= beijing_midnight(period.first), CaseAct.at < beijing_midnight(period.last + DAY))
        .order_by(CaseAct.case_id)
    )
    return [_Done(*row) for row in session.execute(found)]


def _decided(session: Session, period: Period, unit_id: int) -> list[tuple[int, str | None, int]]:
    """Number, cause, and fen of the decisions that stand."""
    found = (
        select(Decision.id, Decision.cause_code, Decision.fine_fen, Decision.confiscated_fen)
        .where(Decision.unit_id == unit_id, Decision.decided_on.between(period.first, period.last))
        .where(Decision.state != State.WITHDRAWN, Decision.changed_on.is_(None))
        .order_by(Decision.id)
    )
    return [(row[0], row[1], (row[2] or 0) + (row[3] or 0)) for row in session.execute(found)]


def _figure(count: Count, acts: Sequence[_Done], decided: Sequence[tuple[int, str | None, int]]) -> Figure:
    if count.measure is Measure.HAND:
        return Figure("")
    if count.measure is Measure.ACT:
        cases = sorted({one.case_id for one in acts if _is_counted(count, one)})
        return Figure(str(len(cases)), tuple(f"case:{number}" for number in cases))
    mine = [one for one in decided if count.causes is None or one[1] in count.causes]
    names = tuple(f"decision:{number}" for number, _cause, _fen in mine)
    if count.measure is Measure.DECISIONS:
        return Figure(str(len(mine)), names)
    return Figure(plain(fen_to_wan(sum(fen for *_rest, fen in mine))), names)


def _is_counted(count: Count, done: _Done) -> bool:
    return (
        done.act == count.act
        and (count.right_types is None or done.right_type in count.right_types)
        and (count.outside is None or done.outside == count.outside)
        and (done.has_links or not count.has_links)
    )


def plain(number: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def summed(tables: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Cell by cell; a cell that is empty in every table stays empty."""
    cells: dict[str, list[Decimal]] = {}
    for table in tables:
        for cell, value in table.items():
            cells.setdefault(cell, []).extend([Decimal(value)] if value else [])
    return {cell: plain(sum(values, Decimal(0))) if values else "" for cell, values in cells.items()}
