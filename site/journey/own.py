"""A rights-holder's filings as rows of a table: newest first, a page at a time, in a few queries however many there are."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from journey.checklist import missing_of_filing
from journey.deadlines import LIGHT_NAMES, left_in_words
from journey.progress import unit_told
from models.cases.tables import Case
from models.cases.terms import ENDED, STATE_LABELS
from models.clocks.book import book
from models.clocks.queries import deadlines_of, light
from models.clocks.tables import Deadline
from models.filings.references import LONGEST_TYPED, normalise
from models.filings.tables import Filing
from models.holders.filing import seen_by
from models.people.tables import Account
from models.types import beijing_date
from shared.i18n import in_script, label

PAGE = 25


class Show(enum.StrEnum):
    """Which of them."""

    ALL = "all"
    OPEN = "open"
    ENDED = "ended"
    LATE = "late"  # the bureau's next limit has passed


SHOW_LABELS: dict[Show, LazyString] = {
    Show.ALL: _l("全部"),
    Show.OPEN: _l("正在办理"),
    Show.LATE: _l("已过期限"),
    Show.ENDED: _l("已经结束"),
}


@dataclass(frozen=True)
class Asked:
    """What the dashboard is asked for: which, of whom (part of a name, or a reference), from where on."""

    show: Show = Show.ALL
    text: str = ""
    before: int | None = None


@dataclass(frozen=True)
class OwnFiling:
    """One row. `due_on` is None when nothing is due any more, `who` empty while a dispute of its closing is decided."""

    filing: Filing
    case_state: str
    state: str
    who: str
    due_on: dt.date | None
    light: str
    left: str
    missing: list[str]


@dataclass(frozen=True)
class OwnPage:
    """A page of rows; `before` leads to the next one, None on the last."""

    rows: Sequence[OwnFiling]
    before: int | None


def own_page(session: Session, account: Account, asked: Asked, *, now: dt.datetime) -> OwnPage:
    """The filings that the account sees: its own and those of its organisation."""
    today = beijing_date(now)
    wanted = select(Case).join(Case.filing).where(seen_by(account, today=today))
    wanted = wanted.where(*_conditions(asked, today))
    cases = list(session.scalars(wanted.order_by(Filing.id.desc()).limit(PAGE + 1)))
    shown = cases[:PAGE]
    clocks = deadlines_of(session, shown)
    rows = [_row(session, case, clocks[case.id], now) for case in shown]
    return OwnPage(rows, shown[-1].filing_id if len(cases) > PAGE else None)


def _conditions(asked: Asked, today: dt.date) -> Iterator[ColumnElement[bool]]:
    if asked.before is not None:
        yield Filing.id < asked.before
    if asked.show is Show.ENDED:
        yield Case.state.in_(ENDED)
    elif asked.show is not Show.ALL:
        yield Case.state.not_in(ENDED)
    if asked.show is Show.LATE:
        yield Case.due_on < today
    if asked.text:
        name = Filing.respondent_name.contains(asked.text, autoescape=True)
        yield or_(name, Filing.reference == normalise(asked.text[:LONGEST_TYPED]))


def _row(session: Session, case: Case, clocks: Sequence[Deadline], now: dt.datetime) -> OwnFiling:
    unit = unit_told(case)
    next_one = next((clock for clock in clocks if clock.is_open), None)
    standing = light(next_one, beijing_date(now), book(session).calendar) if next_one else None
    return OwnFiling(
        filing=case.filing,
        case_state=case.state.value,
        state=label(STATE_LABELS[case.state]),
        who=in_script(unit.name) if unit else "",
        due_on=next_one.legal_end if next_one else None,
        light=LIGHT_NAMES[standing.light] if standing else "",
        left=left_in_words(standing) if standing else "",
        missing=[] if case.has_ended else [head.title for head in missing_of_filing(case.filing)],
    )
