"""Dates, times and numbers as people read them: Beijing time, in the language of the page, never broken across lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup

from shared.i18n import current_locale

BEIJING = ZoneInfo("Asia/Shanghai")
DAY_PATTERN = {"en": "d MMMM y"}
SHORT_PATTERN = {"en": "d MMM"}
GROUP = 4


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
    )


def in_beijing(value: dt.datetime | dt.date) -> dt.date:
    """The Beijing date of a moment; a date stays as it is."""
    return value.astimezone(BEIJING).date() if isinstance(value, dt.datetime) else value


def day_text(value: dt.datetime | dt.date) -> str:
    """2026年11月22日, or 22 November 2026; for places that take no markup."""
    locale = current_locale()
    return format_date(in_beijing(value), DAY_PATTERN.get(locale, "y年M月d日"), locale=locale)


def day(value: dt.datetime | dt.date) -> Markup:
    """The date as a `time` element."""
    on = in_beijing(value)
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), day_text(on))


def short_day(value: dt.datetime | dt.date) -> Markup:
    """11月22日, for dense tables; the whole date is in the element."""
    on, locale = in_beijing(value), current_locale()
    text = format_date(on, SHORT_PATTERN.get(locale, "M月d日"), locale=locale)
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), text)


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
    """12,345 or 3.5."""
    return format_decimal(value, locale=current_locale())


def yuan_text(value: float) -> str:
    """12,345.60 元; whole amounts without decimals. For places that take no markup."""
    figure = format_decimal(
        value, format="#,##0.##" if value == int(value) else "#,##0.00", locale=current_locale()
    )
    return _("%(amount)s 元", amount=figure)


def yuan(value: float) -> Markup:
    """12,345.60 元, never broken over two lines."""
    return Markup('<span class="nb">{}</span>').format(yuan_text(value))


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
