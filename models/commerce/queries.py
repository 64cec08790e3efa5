"""For staff: the links of a case by platform and shop, and where else the same item or shop was complained of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.cases.tables import Case
from models.commerce.tables import FilingLink
from models.filings.tables import Filing
from models.people.permissions import Permission, can
from models.people.tables import Account

MOST_ELSEWHERE = 500


def by_shop(links: Sequence[FilingLink]) -> dict[tuple[str, str], list[FilingLink]]:
    """Grouped by platform and shop, those that say no shop together; the largest group first."""
    groups: dict[tuple[str, str], list[FilingLink]] = defaultdict(list)
    for link in links:
        groups[link.platform, link.shop].append(link)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def elsewhere(
    session: Session, links: Sequence[FilingLink], *, filing: Filing, officer: Account
) -> dict[int, list[Case]]:
    """For each link (by its id) the other cases about the same item or shop, as far as the officer may see them."""
    marks = {link.mark for link in links}
    shops = {link.shop_mark for link in links if link.shop_mark}
    same = or_(FilingLink.mark.in_(marks), FilingLink.shop_mark.in_(shops))
    wanted = (
        select(FilingLink.mark, FilingLink.shop_mark, FilingLink.filing_id)
        .where(same, FilingLink.filing_id.is_not(None))
        .where(FilingLink.filing_id != (filing.files_of_id or filing.id))
        .order_by(FilingLink.id.desc())
        .limit(MOST_ELSEWHERE)
    )
    rows = [(mark, shop, number or 0) for mark, shop, number in session.execute(wanted)]
    seen = {case.filing_id: case for case in _cases(session, {row[2] for row in rows}) if _may(officer, case)}
    found: dict[int, list[Case]] = {}
    for link in links:
        numbers = {
            number
            for mark, shop, number in rows
            if mark == link.mark or (link.shop_mark and shop == link.shop_mark)
        }
        found[link.id] = [seen[number] for number in sorted(numbers, reverse=True) if number in seen]
    return found


def _cases(session: Session, numbers: set[int]) -> list[Case]:
    wanted = select(Case).where(Case.filing_id.in_(numbers))
    return list(session.scalars(wanted.options(joinedload(Case.origin_unit), selectinload(Case.recusals))))


def _may(officer: Account, case: Case) -> bool:
    return can(officer, Permission.CASE_VIEW, case)
