"""Reading what passed between a case and outside bodies."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.cases.outside.tables import OutsideLink
from models.cases.tables import Case, Transfer
from models.errors import NotFound
from models.filings.tables import Evidence
from models.people.tables import Account, Unit


def links_of(session: Session, case: Case) -> Sequence[OutsideLink]:
    """Every transfer and letter to an outside body that has a link, the newest first."""
    wanted = select(OutsideLink).where(OutsideLink.case_id == case.id).order_by(OutsideLink.id.desc())
    return session.scalars(
        wanted.options(joinedload(OutsideLink.made_by).lazyload(Account.assignments))
    ).all()


def link_of(session: Session, case: Case, number: int) -> OutsideLink:
    """One of them; NotFound."""
    mine = select(OutsideLink).where(OutsideLink.case_id == case.id, OutsideLink.id == number)
    found = session.scalar(mine)
    if found is None:
        raise NotFound("这个办件没有这份函件。")
    return found


def transfer_without_link(case: Case, links: Sequence[OutsideLink]) -> Transfer | None:
    """The transfer to an outside body that is under way, or with it, and that the body cannot answer yet."""
    last = case.transfers[-1] if case.transfers else None
    if last is None or not last.to_unit.is_outside or last.returned_at or last.recalled_at:
        return None
    return None if any(one.transfer_id == last.id for one in links) else last


def bodies(session: Session, case: Case) -> list[Unit]:
    """The outside bodies that may be written to."""
    wanted = select(Unit).where(Unit.is_active, Unit.outside_kind.is_not(None)).order_by(Unit.id)
    return [unit for unit in session.scalars(wanted) if not case.bars_unit(unit)]


def files_of(session: Session, link: OutsideLink) -> Sequence[Evidence]:
    """What goes with it, as far as there is a sanitised copy still."""
    wanted = select(Evidence).where(
        Evidence.id.in_(link.file_ids),
        Evidence.filing_id == link.case.filing.files_of_id,
        Evidence.copy_key.is_not(None),
    )
    return session.scalars(wanted.order_by(Evidence.id)).all()
