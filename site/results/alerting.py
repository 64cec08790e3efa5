"""A saved search: how a question is kept, how many hits it would bring, and the mail that tells what is new.

A mail cannot be called back. So it names document numbers and addresses, never a party: when a decision ends, its address
says so, and the mailbox holds nobody's name.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from models.types import beijing_date
from results import addresses
from results.asked import MAX_SIZE, Asked, read_kindly
from results.finding import find
from results.shapes import permanent_url
from results.shown import Shown
from results.understood import understood
from search.documents import Amount
from search.leaves import joined
from search.paging import Sort
from search.parse import parse
from search.query import And, Between
from search.writing import write
from shared.formats import day_text

LOOKED_BACK = dt.timedelta(days=30)
MOST_TOLD = 20


@dataclass(frozen=True)
class Estimate:
    """How many the question finds now, and how many of them were published within the last thirty days."""

    total: int
    lately: int


def kept(asked: Asked) -> str:
    """The question as it is kept: words and filters, no order and no page."""
    plain = dataclasses.replace(asked, sort=Sort.RELEVANCE, size=Asked.size, after=None, since=None)
    return urlencode(list(plain.arguments().items(multi=True)))


def asked_of(question: str) -> Asked:
    """The question that was kept."""
    return read_kindly(MultiDict(parse_qsl(question)))


def in_words(asked: Asked) -> str:
    """The question as a sentence: of its words, or of its address where only filters are on."""
    return understood(parse(asked.q)) or kept(asked) or _("全部决定书")


def estimate(session: Session, asked: Asked, *, today: dt.date) -> Estimate:
    """What to expect of an alert. Raises QueryError and IndexUnavailable."""
    one = dataclasses.replace(asked, size=1, after=None, since=None)
    found = find(session, one, today=today)
    published = Between(Amount.PUBLISHED_ON, (today - LOOKED_BACK).toordinal(), None)
    lately = dataclasses.replace(one, q=write(joined(And, [found.query, published]) or published))
    return Estimate(found.total, find(session, lately, today=today).total)


def news(session: Session, asked: Asked, *, since: dt.datetime, today: dt.date) -> list[Shown]:
    """What the question finds that was published since, the last first, as far as it is public now; a hundred at most."""
    window = dataclasses.replace(
        asked, sort=Sort.PUBLISHED, size=MAX_SIZE, after=None, since=beijing_date(since)
    )
    found = (one.decision for one in find(session, window, today=today).items)
    return [
        decision for decision in found if decision.published_at is not None and decision.published_at > since
    ]


def digest_text(found: Sequence[Shown], asked: Asked, *, manage: str) -> tuple[str, str]:
    """Subject and body of a mail."""
    subject = _("新公示 %(count)s 份：%(question)s", count=len(found), question=in_words(asked)[:60])
    lines = [
        _("您订阅的检索：%(question)s", question=in_words(asked)),
        _("新公示的决定书 %(count)s 份。", count=len(found)),
        "",
        *(_line(one) for one in found[:MOST_TOLD]),
    ]
    lines += ["", _("全部结果：%(address)s", address=_results(asked))]
    lines += ["", _("停止订阅：%(address)s", address=manage), _("这是系统自动发送的邮件，请不要回复。")]
    return subject, "\n".join(lines)


def confirmation_text(asked: Asked, *, manage: str, is_running: bool) -> tuple[str, str]:
    """Subject and body of the mail that asks whether the address is meant."""
    if is_running:
        why = _("您已经订阅了这个检索，不必再确认。要停止，请打开下面的链接。")
    else:
        why = _(
            "有人用这个邮箱订阅了下面的检索。是您本人的，请在 48 小时内打开链接确认；不是的，不必理会，不会再收到邮件。"
        )
    lines = [
        why,
        "",
        _("检索：%(question)s", question=in_words(asked)),
        manage,
        "",
        _("这是系统自动发送的邮件，请不要回复。"),
    ]
    return _("确认订阅处罚和裁决公示"), "\n".join(lines)


def _line(decision: Shown) -> str:
    on = day_text(decision.decided_on)
    return f"{decision.document_number}  {on}\n  {permanent_url(decision)}"


def _results(asked: Asked) -> str:
    path = url_for("decisions.index")
    newest = dataclasses.replace(asked, sort=Sort.PUBLISHED)
    return addresses.absolute(addresses.address(path, newest))
