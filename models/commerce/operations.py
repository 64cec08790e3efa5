"""The verbs of many links: put rows under a draft, each with its verdict; take some off; send the good ones with it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session, joinedload

from models.cases.tables import Case
from models.cases.terms import ENDED
from models.commerce.links import Link, parse_link, shop_key
from models.commerce.platforms import LinkKind
from models.commerce.tables import FilingLink
from models.commerce.terms import BEFORE, MOST_LINKS, Verdict
from models.errors import Invalid
from models.filings.tables import Draft, Filing
from models.holders.filing import seen_by
from models.people.tables import Account
from models.wording import said


@dataclass(frozen=True)
class Row:
    """A line as somebody gave it: the address, and what a spreadsheet tells besides."""

    given: str
    captured_at: dt.datetime | None = None
    screenshot: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Earlier:
    """A filing of the filer's own that had the same link."""

    filing_id: int
    has_ended: bool


def links_under(session: Session, token: str) -> list[FilingLink]:
    """The rows that lie under a draft's token, in order."""
    mine = select(FilingLink).where(FilingLink.submission_token == token).order_by(FilingLink.place)
    return list(session.scalars(mine.options(joinedload(FilingLink.earlier))))


def links_of(session: Session, filing: Filing) -> list[FilingLink]:
    """The links of a filing, and of the others that its sending became."""
    mine = FilingLink.filing_id == (filing.files_of_id or filing.id)
    return list(session.scalars(select(FilingLink).where(mine).order_by(FilingLink.place)))


def add_links(
    session: Session, *, token: str, rows: Sequence[Row], account: Account | None, today: dt.date
) -> int:
    """Puts rows under a draft after those that are there, and judges them all; returns how many came.

    A row that is bad or stands there twice gives way to the corrected ones: only good rows count towards the limit.
    Raises `Invalid` when there are more than a filing takes.
    """
    there = [one for one in links_under(session, token) if one.verdict not in (Verdict.BAD, Verdict.TWICE)]
    wanted = [row for row in rows if row.given.strip()]
    if len(there) + len(wanted) > MOST_LINKS:
        sentence = said(
            "一次最多 %(most)s 个链接，现在是 %(count)s 个；更多的请另提交一件。",
            most=MOST_LINKS,
            count=len(there) + len(wanted),
        )
        raise Invalid(sentence, {"links": sentence})
    stale = (FilingLink.submission_token == token, FilingLink.verdict.in_([Verdict.BAD, Verdict.TWICE]))
    session.execute(delete(FilingLink).where(*stale))
    read = [parse_link(row.given) for row in wanted]
    before = _earlier(session, [link.key for link in read], account, today)
    seen = {one.mark for one in there}
    for place, one in enumerate(there, 1):
        one.place = place
    made = []
    for place, (row, link) in enumerate(zip(wanted, read, strict=True), len(there) + 1):
        made.append(_new(token, place, row, link, _verdict(link, seen, before)))
        seen.add(link.key)
    if made:
        session.flush()
        session.execute(insert(FilingLink), made)
    return len(wanted)


def remove_link(session: Session, *, token: str, link_id: int) -> None:
    """Takes one row off; nothing for one that lies elsewhere."""
    session.execute(delete(FilingLink).where(FilingLink.submission_token == token, FilingLink.id == link_id))


def clear_links(session: Session, *, token: str) -> None:
    """Takes all rows off."""
    session.execute(delete(FilingLink).where(FilingLink.submission_token == token))


def sendable(links: Sequence[FilingLink], *, again: bool) -> list[FilingLink]:
    """The rows that go with the filing: the good ones, and with `again` those that were filed before."""
    return [one for one in links if one.verdict is Verdict.GOOD or (again and one.verdict in BEFORE)]


def summary_of(links: Sequence[FilingLink]) -> dict[str, object]:
    """What stands in the filing's data, and so in the digest that the receipt signs: how many, and which."""
    text = "\n".join(one.address for one in links)
    return {"count": len(links), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def send_links(session: Session, *, token: str, filing: Filing, again: bool) -> int:
    """The draft was sent: its sendable rows become the filing's, the others are forgotten; returns how many went."""
    chosen = sendable(links_under(session, token), again=again)
    for place, one in enumerate(chosen, 1):
        one.filing_id, one.submission_token, one.place = filing.id, None, place
    session.flush()
    clear_links(session, token=token)
    return len(chosen)


def drop_unsent_links(session: Session, _now: dt.datetime) -> int:
    """Forgets rows whose draft has ended; returns how many."""
    is_kept = exists().where(Draft.submission_token == FilingLink.submission_token)
    gone = delete(FilingLink).where(FilingLink.submission_token.is_not(None), ~is_kept)
    return int(session.execute(gone).rowcount)  # type: ignore[attr-defined]


def _verdict(link: Link, seen: set[str], before: Mapping[str, Earlier]) -> tuple[Verdict, int | None]:
    """How a row stands, and the filer's own filing that had it before."""
    if link.kind is LinkKind.TEXT:
        return Verdict.BAD, None
    if link.key in seen:
        return Verdict.TWICE, None
    if earlier := before.get(link.key):
        return Verdict.DECIDED if earlier.has_ended else Verdict.FILED, earlier.filing_id
    return Verdict.GOOD, None


def _new(token: str, place: int, row: Row, link: Link, stands: tuple[Verdict, int | None]) -> dict[str, Any]:
    """The columns of a new row; strings are cut to what their columns take."""
    return {
        "submission_token": token,
        "place": place,
        "given": link.given,
        "address": link.address,
        "platform": link.platform,
        "kind": link.kind,
        "item": link.item[:80],
        "shop": link.shop[:80],
        "mark": link.key,
        "shop_mark": shop_key(link)[:120],
        "verdict": stands[0],
        "earlier_id": stands[1],
        "captured_at": row.captured_at,
        "screenshot": row.screenshot[:255] or None,
        "remark": row.remark[:200] or None,
    }


def _earlier(
    session: Session, marks: Sequence[str], account: Account | None, today: dt.date
) -> dict[str, Earlier]:
    """Which of them the account's own filings have already; an open case counts before one that has ended."""
    if account is None or not marks:
        return {}
    wanted = (
        select(FilingLink.mark, Filing.id, Case.state)
        .join(Filing, Filing.id == FilingLink.filing_id)
        .join(Case, Case.filing_id == Filing.id)
        .where(FilingLink.mark.in_(set(marks)), seen_by(account, today=today))
        .order_by(Filing.id)
    )
    found: dict[str, Earlier] = {}
    for mark, number, state in session.execute(wanted):
        if mark not in found or found[mark].has_ended:
            found[mark] = Earlier(number, state in ENDED)
    return found
