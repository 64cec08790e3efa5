"""Who decides about destruction: a head of the unit that has the case, or of one above it, who is not kept out of it 回避."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, exists, or_, select

from models.cases.recusal.queries import cases_kept_from
from models.cases.tables import Case
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit
from models.retention.tables import Disposal, DisposalItem


def owner() -> ColumnElement[int]:
    """SQL: the unit whose files the case is among: the one that has it, or the first one where an outside body has it."""
    outside = select(Unit.id).where(Unit.outside_kind.is_not(None))
    return case((Case.unit_id.in_(outside), Case.origin_unit_id), else_=Case.unit_id)


def is_decidable(officer: Account) -> ColumnElement[bool]:
    """SQL: a case about whose destruction the officer may decide."""
    own, prefixes = units_in_reach(officer, Permission.RETENTION_APPROVE)
    below = [Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes]
    units = select(Unit.id).where(or_(Unit.id.in_(own), *below))
    return and_(owner().in_(units), Case.id.not_in(cases_kept_from(officer)))


def is_list_of(officer: Account) -> ColumnElement[bool]:
    """SQL: a list on which the officer may decide about every case."""
    beyond = (
        select(DisposalItem.id)
        .join(Case, Case.id == DisposalItem.case_id)
        .where(DisposalItem.disposal_id == Disposal.id, ~is_decidable(officer))
    )
    return ~exists(beyond.correlate(Disposal))
