"""The public decisions counted: by month, kind of right, place, cause, industry, fine, penalty and authority.

All of them, or those that a question finds. The numbers are those of the filters of search, so each is the number of hits
behind its own address, each column adds up to the total, and what has ended is in none of them. All of them are public one by
one: nothing small has to be withheld.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from results import addresses
from results.asked import Asked
from results.finding import Page, find
from results.words import FACET_TITLES, facet_value, ordered
from search.documents import SEVERAL_WORDS, Facet

MONTHS_DRAWN = 36
# In the order of the page; the company of a decision is no statistic.
COUNTED = (
    Facet.MONTH,
    Facet.RIGHT_TYPE,
    Facet.CAUSE,
    Facet.DISTRICT,
    Facet.INDUSTRY,
    Facet.AMOUNT_BAND,
    Facet.PENALTY_KIND,
    Facet.AUTHORITY,
)


@dataclass(frozen=True)
class Row:
    """One value: what it is called, how many decisions have it, and the address of the search that shows them."""

    value: str | None
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Table:
    """All values of one column. `adds_up`: every decision is in one row only, so that the rows sum to the total."""

    facet: Facet
    title: str
    rows: Sequence[Row]
    adds_up: bool


@dataclass(frozen=True)
class Counted:
    """Every table, and how many decisions there are in all."""

    total: int
    tables: Sequence[Table]


def counted(session: Session, asked: Asked, *, path: str, today: dt.date) -> Counted:
    """Today's numbers of what the question finds; `path` is the address of the search that the rows lead to.

    Raises:
        QueryError: the question cannot be asked.
        IndexUnavailable: search is being rebuilt.
    """
    page = find(session, dataclasses.replace(asked, size=1, after=None), today=today, named=0)
    tables = [
        Table(facet, str(FACET_TITLES[facet]), list(_rows(facet, page, path)), facet not in SEVERAL_WORDS)
        for facet in COUNTED
    ]
    return Counted(page.total, tables)


def _rows(facet: Facet, page: Page, path: str) -> Iterator[Row]:
    """The values that the question leaves in; search counts those of a column without the column's own filter."""
    counts, chosen = page.facets[facet], page.asked.chosen.get(facet, frozenset())
    plain = dataclasses.replace(page.asked, sort=Asked.sort, size=Asked.size)
    for value, count in ordered(facet, counts.words):
        if value in page.asked.unwanted.get(facet, ()) or (chosen and value not in chosen):
            continue
        narrowed = dataclasses.replace(plain, chosen={**plain.chosen, facet: frozenset({value})})
        yield Row(value, facet_value(facet, value), count, addresses.address(path, narrowed))
    if counts.others and not chosen:
        yield Row(None, _("其他"), counts.others, "")


def months(found: Counted) -> list[tuple[str, int]]:
    """The last months up to the newest one, in the order of time, those without a decision as zero."""
    counts = {row.value: row.count for row in found.tables[0].rows if row.value}
    if not counts:
        return []
    newest = dt.date.fromisoformat(f"{max(counts)}-01")
    number = newest.year * 12 + newest.month - 1
    names = [f"{one // 12}-{one % 12 + 1:02}" for one in range(number - MONTHS_DRAWN + 1, number + 1)]
    return [(name, counts.get(name, 0)) for name in names]


def as_data(found: Counted) -> dict[str, object]:
    """For programs. `adds_up` says of which tables the numbers sum to the total."""
    return {
        "total": found.total,
        "tables": {
            table.facet.value: {
                "title": table.title,
                "adds_up": table.adds_up,
                "rows": [
                    {
                        "value": row.value,
                        "label": row.label,
                        "count": row.count,
                        "url": addresses.absolute(row.url) if row.url else None,
                    }
                    for row in table.rows
                ],
            }
            for table in found.tables
        },
    }
