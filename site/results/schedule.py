"""When what is made anew: the publication calendar of `/data`. The files follow the Beijing day, all else the moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.data.heads import newest_head
from models.data.tables import DataFile
from models.types import beijing_date
from results.engine import engine
from search.errors import IndexUnavailable


@dataclass(frozen=True)
class Line:
    """Something that is made anew: in which rhythm, when last (None: not yet), and on which day next (None: at any time)."""

    what: str
    rhythm: str
    last_at: dt.datetime | None
    next_on: dt.date | None = None


def schedule(session: Session, files: Sequence[DataFile], *, now: dt.datetime) -> list[Line]:
    """What readers of the site and of the files can count on."""
    tomorrow = beijing_date(now) + dt.timedelta(days=1)
    head = newest_head(session)
    return [
        Line(_("网页、检索、接口、订阅源"), _("公示、更正后几秒内；停止公示即时"), _indexed_at()),
        Line(_("整批文件"), _("每天零点以后；有停止公示的，随即重做"), _made(files, "decisions."), tomorrow),
        Line(_("每天的变化"), _("次日零点以后，保留三十天"), _made(files, "delta-"), tomorrow),
        Line(_("按公示月份的文件"), _("当月有变化的，次日零点以后"), _made(files, "decisions-"), tomorrow),
        Line(_("签名快照"), _("每天；没有新公示的，沿用上一次"), head.signed_at if head else None, tomorrow),
    ]


def _made(files: Sequence[DataFile], beginning: str) -> dt.datetime | None:
    return max((file.made_at for file in files if file.name.startswith(beginning)), default=None)


def _indexed_at() -> dt.datetime | None:
    try:
        return engine().updated_at()
    except IndexUnavailable:
        return None
