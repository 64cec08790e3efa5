"""An officer's due dates as an iCalendar file (RFC 5545). It names rules and references, no person and no facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models.cases.sight import Sight
from models.cases.tables import NEVER, Case
from models.clocks.book import book
from models.clocks.queries import is_open
from models.clocks.rules import Rule
from models.clocks.tables import Deadline, SubjectKind
from models.decisions.tables import Decision
from models.filings.references import grouped
from models.lists.queries import entry_subjects
from models.people.roles import Role
from models.people.tables import Account
from models.wording import said

MOST_EVENTS = 1000
LINE_BYTES = 75


@dataclass(frozen=True, slots=True)
class DueDate:
    """One entry. `last_safe_on` is the day on which the calendar shows it."""

    deadline_id: int
    reference: str
    rule: Rule
    last_safe_on: dt.date
    legal_end: dt.date
    is_provisional: bool


def due_dates(session: Session, account: Account) -> list[DueDate]:
    """The running limits of what the account handles; for intake also of cases of its unit that nobody handles yet."""
    found = book(session)
    intake = [one.unit_id for one in account.assignments if one.role is Role.INTAKE]
    in_sight = Sight(account, NEVER, NEVER).visible()  # of the feed's own days it asks nothing
    unassigned = and_(Case.handler_id.is_(None), Deadline.unit_id.in_(intake))
    entries = entry_subjects()
    wanted = (
        select(Deadline, Case.reference, func.coalesce(Decision.document_number, entries.c.name))
        .outerjoin(Case, and_(Deadline.subject_kind == SubjectKind.CASE, Case.id == Deadline.subject_id))
        .outerjoin(
            Decision, and_(Deadline.subject_kind == SubjectKind.DECISION, Decision.id == Deadline.subject_id)
        )
        .outerjoin(
            entries, and_(Deadline.subject_kind == entries.c.kind, entries.c.id == Deadline.subject_id)
        )
        .where(is_open(), Deadline.paused_from.is_(None))
        .where(or_(Case.id.is_(None), in_sight))
        .where(
            or_(
                Case.handler_id == account.id,
                and_(Case.id.is_not(None), unassigned),
                Decision.maker_id == account.id,
                entries.c.maker_id == account.id,
            )
        )
        .order_by(Deadline.alert_on, Deadline.id)
        .limit(MOST_EVENTS)
    )
    return [
        DueDate(
            deadline.id,
            grouped(reference) if reference else number or "",
            found.rule_of(deadline),
            deadline.alert_on,
            deadline.legal_end,
            deadline.provisional,
        )
        for deadline, reference, number in session.execute(wanted)
    ]


def as_icalendar(
    dates: Sequence[DueDate], *, name: str, host: str, now: dt.datetime, say: Callable[[object], str] = str
) -> str:
    """The file; an entry lies on the last safe day and takes the whole of it. `say` puts it in another language."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Huhang//Deadlines//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for date in dates for line in _event(date, host, now, say)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(date: DueDate, host: str, now: dt.datetime, say: Callable[[object], str]) -> Iterator[str]:
    on = date.last_safe_on
    title: object = date.rule.title
    day: object = date.legal_end
    if date.is_provisional:
        title, day = said("%(rule)s（暂定）", rule=title), said("%(day)s（暂定）", day=day)
    words = said("%(basis)s；届满日 %(day)s", basis=date.rule.basis, day=day)
    yield "BEGIN:VEVENT"
    yield f"UID:deadline-{date.deadline_id}@{host}"
    yield f"DTSTAMP:{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{on + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{say(title)} {date.reference}')}"
    yield f"DESCRIPTION:{_escaped(say(words))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Commas, semicolons, backslashes and line ends have a meaning of their own."""
    plain = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\n", "\\n")
    return plain.replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> Iterator[str]:
    """At most 75 bytes a line, never broken inside a character."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LINE_BYTES:
            yield piece
            piece = " "
        piece += character
    yield piece
