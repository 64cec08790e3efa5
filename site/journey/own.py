"""A rights-holder's filings as rows of a table: newest first, a page at a time, in three queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.deadlines import LIGHT_NAMES, left_in_words
from models.cases.tables import Case
from models.cases.terms import STATE_LABELS
from models.clocks.book import book
from models.clocks.queries import deadlines_of, light
from models.clocks.tables import Deadline
from models.filings.tables import Filing
from models.types import beijing_date
from shared.i18n import in_script, label

PAGE = 50


@dataclass(frozen=True)
class OwnFiling:
    """One row. `due_on` is None when nothing is due any more."""

    filing: Filing
    state: str
    who: str
    due_on: dt.date | None
    light: str
    left: str


@dataclass(frozen=True)
class OwnPage:
    """A page of rows; `before` leads to the next one, None on the last."""

    rows: Sequence[OwnFiling]
    before: int | None


def own_page(session: Session, account_id: int, *, before: int | None, now: dt.datetime) -> OwnPage:
    """The filings of an account, those before the filing numbered `before` if given."""
    wanted = select(Case).join(Case.filing).where(Filing.account_id == account_id)
    if before is not None:
        wanted = wanted.where(Filing.id < before)
    cases = list(session.scalars(wanted.order_by(Filing.id.desc()).limit(PAGE + 1)))
    shown = cases[:PAGE]
    clocks = deadlines_of(session, shown)
    rows = [_row(session, case, clocks[case.id], now) for case in shown]
    return OwnPage(rows, shown[-1].filing_id if len(cases) > PAGE else None)


def _row(session: Session, case: Case, clocks: Sequence[Deadline], now: dt.datetime) -> OwnFiling:
    waiting = case.open_transfer
    next_one = next((clock for clock in clocks if clock.is_open), None)
    standing = light(next_one, beijing_date(now), book(session).calendar) if next_one else None
    return OwnFiling(
        filing=case.filing,
        state=label(STATE_LABELS[case.state]),
        who=in_script(waiting.to_unit.name if waiting else case.unit.name),
        due_on=next_one.legal_end if next_one else None,
        light=LIGHT_NAMES[standing.light] if standing else "",
        left=left_in_words(standing) if standing else "",
    )
