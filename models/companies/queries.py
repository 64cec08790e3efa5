"""Reading companies."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from models.batches import in_batches
from models.codes.uscc import normalise_uscc
from models.companies.tables import Company, CompanyName
from models.errors import NotFound


def company_by_uscc(session: Session, uscc: str) -> Company | None:
    """The company with that code, however it is typed, with its names."""
    wanted = select(Company).where(Company.uscc == normalise_uscc(uscc)).options(selectinload(Company.names))
    return session.scalar(wanted)


def company_for_staff(session: Session, company_id: int) -> Company:
    """The company with its names, its successor and its head office, or NotFound."""
    together = (
        selectinload(Company.names),
        joinedload(Company.merged_into),
        joinedload(Company.head_office),
    )
    company = session.scalar(select(Company).where(Company.id == company_id).options(*together))
    if company is None:
        raise NotFound("没有这家企业的记录。")
    return company


def merged_into(session: Session, company: Company) -> list[Company]:
    """The companies whose codes lead to this one."""
    found = select(Company).where(Company.merged_into_id == company.id)
    return list(session.scalars(found.order_by(Company.merged_on, Company.id)))


def branches_of(session: Session, company: Company) -> list[Company]:
    """The branches that stand."""
    found = select(Company).where(Company.head_office_id == company.id, Company.merged_into_id.is_(None))
    return list(session.scalars(found.order_by(Company.name, Company.id)))


def standing_codes(session: Session, codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each of `codes` that a merger touches: the code that stands first, then those that lead to it."""
    successor, sibling = aliased(Company), aliased(Company)
    found: dict[str, tuple[str, ...]] = {}
    for batch in in_batches(codes):
        pairs = (
            select(Company.uscc, successor.uscc, sibling.uscc)
            .join(successor, or_(successor.id == Company.merged_into_id, successor.id == Company.id))
            .join(sibling, sibling.merged_into_id == successor.id)
            .where(Company.uscc.in_(batch))
            .order_by(sibling.merged_on, sibling.id)
        )
        for code, standing, old in session.execute(pairs):
            found[code] = (*found.get(code, (standing,)), old)
    return found


def named_like(session: Session, pieces: Iterable[str], *, limit: int) -> list[Company]:
    """Standing companies that have, or had, a name with any of `pieces` in it; each with its names."""
    asked = [CompanyName.name.contains(piece, autoescape=True) for piece in pieces if piece]
    if not asked:
        return []
    found = select(CompanyName.company_id).where(or_(*asked))
    wanted = select(Company).where(Company.id.in_(found), Company.merged_into_id.is_(None))
    return list(
        session.scalars(wanted.options(selectinload(Company.names)).order_by(Company.id).limit(limit))
    )


def newest_companies(session: Session, *, limit: int) -> list[Company]:
    """The companies that were noted last, with their names."""
    wanted = select(Company).options(selectinload(Company.names)).order_by(Company.id.desc()).limit(limit)
    return list(session.scalars(wanted))
