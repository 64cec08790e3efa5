"""What fails and what is merely degraded, for /readyz and the administrators' page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask_babel import gettext as _

from models.clocks.queries import missing_years
from models.types import beijing_date, now_utc
from search.errors import IndexUnavailable
from search.index.store import IndexStore
from shared.database import database, session
from shared.revision import is_behind
from shared.services import services

UNREACHABLE = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0", "::"})  # noqa: S104 compared, not bound
FILINGS_OF_ROOM = 4  # of the largest that is taken; each is on the disk twice while it is received


@dataclass(frozen=True)
class Shortcoming:
    """Something that works less well than it should: a code for monitors, a sentence for administrators."""

    code: str
    sentence: str


def failures() -> list[str]:
    """What stops the site from serving at all: the database, its schema that waits for `flask db upgrade`, the store of files."""
    is_reachable = database().is_reachable()
    checks = {
        "database": is_reachable,
        "schema": not (is_reachable and is_behind(session.connection())),
        "files": services().files.is_healthy(),
    }
    return [name for name, is_well in checks.items() if not is_well]


def degraded() -> list[Shortcoming]:
    """What works less well than it should: a missing index, a year without its calendar, little room, no scanner, no mail."""
    return [*_search(), *_calendar(), *_room(), *_scanner(), *_mail()]


def _search() -> Iterator[Shortcoming]:
    try:
        IndexStore(services().config.index_dir).status()
    except IndexUnavailable:
        yield Shortcoming("search", _("检索索引不在或已损坏，正在由后台重建；受理和办理不受影响。"))


def _calendar() -> Iterator[Shortcoming]:
    for year in missing_years(session, beijing_date(now_utc())):
        sentence = _(
            "还没有 %(year)s 年的放假调休安排，涉及该年的时限都是暂定的。国务院办公厅通知发布后请导入。",
            year=year,
        )
        yield Shortcoming(f"calendar-{year}", sentence)


def _room() -> Iterator[Shortcoming]:
    config = services().config
    free = shutil.disk_usage(config.data_dir).free
    if free < FILINGS_OF_ROOM * config.uploads.filing_bytes:
        sentence = _(
            "数据目录所在的磁盘只剩 %(size)s MB，满了就不能再收件，请尽快清理或扩容。", size=free // 2**20
        )
        yield Shortcoming("room", sentence)


def _scanner() -> Iterator[Shortcoming]:
    config = services().config
    if config.is_production and not config.clamd:
        yield Shortcoming("scanner", _("没有设置病毒扫描（HUHANG_CLAMD），证据都标为“未扫描”。"))
    elif not services().scanner.is_healthy():
        yield Shortcoming("scanner", _("病毒扫描服务没有回应，新收到的证据稍后再扫描。"))


def _mail() -> Iterator[Shortcoming]:
    config = services().config
    if config.is_production and config.mail.kind != "smtp":
        yield Shortcoming("mail", _("没有设置邮件服务器（HUHANG_MAIL），邮件发不出去。"))
    if config.is_production and urlsplit(config.public_url).hostname in UNREACHABLE:
        yield Shortcoming(
            "public-url", _("没有设置公众访问的网址（HUHANG_PUBLIC_URL），邮件里的链接打不开。")
        )
