"""Which filings this visitor may see: those that the session has filed or opened with the query code, for an hour.

The list lies in the signed session cookie. It is by idle time: each look keeps a filing open for another hour.
"""

from __future__ import annotations

import datetime as dt

from flask import session as cookie
from flask_babel import gettext as _

from models.errors import NotFound
from models.filings.queries import filing_by_reference
from models.filings.references import normalise
from models.filings.tables import Filing
from models.types import now_utc
from shared.database import session

KEEP_OPEN = dt.timedelta(minutes=60)
_KEY = "filings"
_MOST = 20  # the cookie must stay small


def remember(filing: Filing) -> None:
    """This session may see `filing` from now on, and what the same sending became besides: one code opens them all."""
    now = now_utc().timestamp()
    _write({**_opened(), **dict.fromkeys([filing.reference, *filing.together_with], now)})


def forget_all() -> None:
    """The visitor leaves, perhaps from a computer that others use."""
    cookie.pop(_KEY, None)


def is_open(reference: str) -> bool:
    """Whether this session may see the filing of that reference."""
    return normalise(reference) in _opened()


def opened_references() -> list[str]:
    """What this session may see, not grouped."""
    return list(_opened())


def opened_filing(reference: str) -> Filing:
    """The filing, if this session may see it; else `NotFound`, the same whether or not there is such a filing."""
    filing = filing_by_reference(session, reference) if is_open(reference) else None
    if filing is None:
        raise NotFound(_("请输入登记编号和查询码查看办理进度。"))
    remember(filing)
    return filing


def _opened() -> dict[str, float]:
    kept = cookie.get(_KEY)
    oldest = (now_utc() - KEEP_OPEN).timestamp()
    return {name: at for name, at in kept.items() if at > oldest} if isinstance(kept, dict) else {}


def _write(opened: dict[str, float]) -> None:
    newest = sorted(opened.items(), key=lambda item: item[1])[-_MOST:]
    cookie[_KEY] = dict(newest)
