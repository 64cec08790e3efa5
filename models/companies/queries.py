"""Reading companies."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.codes.uscc import normalise_uscc
from models.companies.tables import Company


def company_by_uscc(session: Session, uscc: str) -> Company | None:
    """The company with that code, however it is typed, with its names."""
    wanted = select(Company).where(Company.uscc == normalise_uscc(uscc)).options(selectinload(Company.names))
    return session.scalar(wanted)
