"""The verbs of the platform as a party: what was told with a filing, what came later, since when it has the receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.cases.operations import add_supplement
from models.cases.queries import case_of_filing
from models.commerce.notices.tables import PlatformNotice
from models.commerce.notices.terms import LONGEST_STATEMENT, Told, told_in, why_not_reached
from models.errors import ActRefused, Invalid, NotFound
from models.filings.tables import Filing
from models.ledger import record
from models.ledger.operations import Acts
from models.types import beijing_date
from models.wording import said


def note_platform(
    session: Session, *, filings: Sequence[Filing], actor: Acts, now: dt.datetime
) -> PlatformNotice | None:
    """Keeps what the data of a new filing say of the platform; once, for the first of what one sending became."""
    first = filings[0]
    told = told_in(first.data)
    if told is None or session.get(PlatformNotice, first.id) is not None:
        return None
    notice = PlatformNotice(
        filing_id=first.id,
        platform=told.platform,
        notified_on=told.notified_on,
        measure=told.measure,
        statement_reached_on=told.statement_reached_on,
        statement=told.statement or None if told.statement_reached_on else None,
    )
    session.add(notice)
    record(session, act="platform.note", subject=first, actor=actor, now=now, data=_dates(told))
    return notice


def note_statement(
    session: Session, *, filing: Filing, reached_on: dt.date, words: str, actor: Acts, now: dt.datetime
) -> PlatformNotice:
    """The platform passed on the seller's statement 不存在侵权行为的声明: the fifteen days begin (电子商务法 Art 43).

    Staff read of it among the filer's messages. The same statement sent twice is one. Raises `Invalid` for a day that
    cannot be, `ActRefused` for another statement.
    """
    notice, words = notice_of(session, filing), words.strip()[:LONGEST_STATEMENT]
    if notice.statement_reached_on is not None:
        if (notice.statement_reached_on, notice.statement or "") == (reached_on, words):
            return notice
        raise ActRefused("卖家的声明已经登记过了；日期写错了的，请在补充说明里更正。")
    if why := why_not_reached(reached_on, notice.notified_on, beijing_date(now)):
        raise Invalid(why, {"reached_on": why})
    notice.statement_reached_on, notice.statement = reached_on, words or None
    body = said("平台转来的卖家声明于 %(day)s 到达。", day=reached_on) + words
    case = case_of_filing(session, filing.id)
    if not case.has_ended:
        add_supplement(session, case=case, body=body, now=now)
    data = {"reached_on": reached_on.isoformat()}
    record(session, act="platform.statement", subject=filing, actor=actor, now=now, data=data)
    return notice


def note_shown(session: Session, *, filing: Filing, on: dt.date, actor: Acts, now: dt.datetime) -> None:
    """The platform has the receipt since that day; told for later proof.

    Art 43 asks when the platform received the notice, so the day is its, not the sender's.
    """
    notice = notice_of(session, filing)
    if on > beijing_date(now) or on < beijing_date(filing.submitted_at):
        sentence = said("请填写提交以后、今天以前的一天。")
        raise Invalid(sentence, {"shown_on": sentence})
    notice.shown_on = on
    record(
        session, act="platform.shown", subject=filing, actor=actor, now=now, data={"shown_on": on.isoformat()}
    )


def notice_of(session: Session, filing: Filing) -> PlatformNotice:
    """What is known of the platform; `NotFound` where nothing was told. What one sending became shares it."""
    found = session.get(PlatformNotice, filing.files_of_id or filing.id)
    if found is None:
        raise NotFound("这件提交没有写明通知过平台。")
    return found


def _dates(told: Told) -> dict[str, str | None]:
    reached = told.statement_reached_on
    return {
        "platform": told.platform,
        "notified_on": told.notified_on.isoformat(),
        "statement_reached_on": reached.isoformat() if reached else None,
    }
