"""Dates, times and numbers as people read them: Beijing time, in the language of the page, never broken across lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup, escape

from shared.i18n import current_locale

BEIJING = ZoneInfo("Asia/Shanghai")
DAY_PATTERN = {"en": "d MMMM y"}
SHORT_PATTERN = {"en": "d MMM"}
GROUP = 4
_BORDER = "\0"


def init_app(app: Flask) -> None:
    """Gives the filters to the templates."""
    app.jinja_env.filters.update(
        day=day,
        day_text=day_text,
        short_day=short_day,
        moment=moment,
        moment_text=moment_text,
        weekday=weekday,
        number=number,
        yuan=yuan,
        in_fours=in_fours,
        file_size=file_size,
        marked=marked,
    )


def in_beijing(value: dt.datetime | dt.date) -> dt.date:
    """The Beijing date of a moment; a date stays as it is."""
    return value.astimezone(BEIJING).date() if isinstance(value, dt.datetime) else value


def day_text(value: dt.datetime | dt.date) -> str:
    """2026年11月22日, or 22 November 2026; for places that take no markup."""
    locale = current_locale()
    return _date(in_beijing(value), DAY_PATTERN.get(locale, "y年M月d日"), locale)


@lru_cache(maxsize=4096)  # the same days come up again and again, and Babel takes its time
def _date(on: dt.date, pattern: str, locale: str) -> str:
    return format_date(on, pattern, locale=locale)


@lru_cache(maxsize=4096)
def _element(on: dt.date, pattern: str, locale: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), _date(on, pattern, locale))


def day(value: dt.datetime | dt.date) -> Markup:
    """The date as a `time` element."""
    on, locale = in_beijing(value), current_locale()
    return _element(on, DAY_PATTERN.get(locale, "y年M月d日"), locale)


def short_day(value: dt.datetime | dt.date) -> Markup:
    """11月22日, for dense tables; the whole date is in the element."""
    on, locale = in_beijing(value), current_locale()
    return _element(on, SHORT_PATTERN.get(locale, "M月d日"), locale)


def moment_text(value: dt.datetime) -> str:
    """2026年11月22日 15:04, Beijing time."""
    return f"{day_text(value)} {value.astimezone(BEIJING):%H:%M}"


def moment(value: dt.datetime) -> Markup:
    """The moment as a `time` element that says its offset."""
    exact = value.astimezone(BEIJING).isoformat(timespec="seconds")
    return Markup('<time datetime="{}">{}</time>').format(exact, moment_text(value))


def weekday(value: dt.datetime | dt.date) -> str:
    """星期日, Sunday."""
    return format_date(in_beijing(value), "EEEE", locale=current_locale())


def number(value: float) -> str:
    """12,345 or 3.5. All three languages group by thousands, so a whole number needs no Babel."""
    return f"{value:,}" if isinstance(value, int) else format_decimal(value, locale=current_locale())


def yuan_text(value: float) -> str:
    """12,345.60 元; whole amounts without decimals. For places that take no markup."""
    figure = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return _("%(amount)s 元", amount=figure)


def yuan(value: float) -> Markup:
    """12,345.60 元, never broken over two lines."""
    return _unbroken_yuan(value, current_locale())


@lru_cache(maxsize=4096)
def _unbroken_yuan(value: float, _locale: str) -> Markup:
    return Markup('<span class="nb">%s</span>') % yuan_text(value)


class Piece(Protocol):
    """A stretch of text that was found, or that stands around it."""

    @property
    def text(self) -> str: ...
    @property
    def hit(self) -> bool: ...


def marked(pieces: Iterable[Piece]) -> Markup:
    """The pieces as text, with what was found marked."""
    told = list(pieces)
    # All at once, with a border that no text has: escaping is what the pieces of a page of results spend their time on.
    texts = str(escape(_BORDER.join([one.text for one in told]))).split(_BORDER)
    if len(texts) != len(told):
        texts = [str(escape(one.text)) for one in told]
    written = [f"<mark>{text}</mark>" if one.hit else text for one, text in zip(told, texts, strict=True)]
    return Markup("".join(written))  # noqa: S704 - each text is escaped above


def in_fours(code: str) -> Sequence[str]:
    """A code in groups of four, for reading aloud and copying by hand: "7K2M9QXA" → 7K2M, 9QXA."""
    plain = code.replace("-", "").replace(" ", "")
    return [plain[start : start + GROUP] for start in range(0, len(plain), GROUP)]


def file_size(size: int) -> str:
    """820 B, 3.4 KB, 12 MB: as people read sizes of files."""
    amount = float(size)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{number(round(amount, 1) if amount < 10 else round(amount))} {unit}"
        amount /= 1024
    return f"{number(round(amount, 1))} GB"
