"""A deadline in the words of the page: on what basis, from which text, why each day counts or not, what makes it provisional."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from models.clocks.book import Book
from models.clocks.deadlines import Computed
from models.clocks.rules import Rule
from models.clocks.terms import REASONS, Unit
from models.wording import Sentence
from shared.formats import day_text
from shared.i18n import label


@dataclass(frozen=True)
class CountedDay:
    """One day of the count, under the names that the component asks for."""

    date: dt.date
    counted: bool
    why: str


def counted_days(computed: Computed) -> Sequence[CountedDay]:
    """The account, day by day. Most days say one of a few things, so that each is put into words once."""
    words: dict[str, str] = {}
    return [CountedDay(day.on, day.counted, _once(words, day.why)) for day in computed.days]


def _once(words: dict[str, str], why: Sentence) -> str:
    if why not in words:
        words[why] = label(why)
    return words[why]


def length_in_words(count: int, unit: Unit) -> str:
    """A time limit in words of the page's language: 7 个工作日, 7 working days."""
    if unit is Unit.WORKING_DAYS:
        return str(ngettext("%(num)s 个工作日", "%(num)s 个工作日", count))
    if unit is Unit.CALENDAR_DAYS:
        return str(ngettext("%(num)s 日", "%(num)s 日", count))
    if unit is Unit.HOURS:
        return str(ngettext("%(num)s 小时", "%(num)s 小时", count))
    return str(ngettext("%(num)s 个月", "%(num)s 个月", count))


def basis_in_words(rule: Rule) -> str:
    """The article, the event that starts it, and how long it is."""
    return _(
        "%(basis)s：自%(start)s之日起%(length)s",
        basis=_("本局服务承诺，不是法定时限") if rule.is_local_promise else label(rule.basis),
        start=label(rule.starts_on),
        length=length_in_words(rule.n, rule.unit),
    )


def notes_of(computed: Computed, book: Book) -> list[str]:
    """What stands under the account: the text and its version, how its last day was found, and from which notices."""
    rule = computed.rule
    return [
        *_text_of(rule),
        *_ends_of(computed),
        *_leave_of(rule),
        *(
            _("放假调休安排 %(notice)s", notice=label(notice))
            for notice in book.notices(computed.started_on, computed.legal_end)
        ),
    ]


def _text_of(rule: Rule) -> list[str]:
    if rule.is_local_promise:
        return []
    if rule.in_force_from is None:
        return [_("法规文本：%(law)s", law=label(rule.law))]
    since = day_text(rule.in_force_from)
    if rule.in_force_to is None:
        return [_("法规文本：%(law)s，自%(since)s起适用", law=label(rule.law), since=since)]
    until = day_text(rule.in_force_to)
    return [
        _(
            "法规文本：%(law)s，适用于%(since)s至%(until)s起算的事项",
            law=label(rule.law),
            since=since,
            until=until,
        )
    ]


def _ends_of(computed: Computed) -> list[str]:
    """Where the three ends differ, says so."""
    found = []
    if computed.legal_end != computed.raw_end:
        raw, legal = day_text(computed.raw_end), day_text(computed.legal_end)
        found.append(
            _(
                "期间的最后一日%(raw)s在法定节假日的放假期间，顺延到%(legal)s（121号 第45条）。",
                raw=raw,
                legal=legal,
            )
        )
    if computed.alert_on != computed.legal_end:
        found.append(_("最稳妥的最后一个工作日是%(day)s。", day=day_text(computed.alert_on)))
    if computed.provisional:
        found.append(_("期间有日子的放假安排尚未公布，日期为暂定，公布后会重新计算。"))
    return found


def _leave_of(rule: Rule) -> list[str]:
    """What the rule leaves out of the count, and whether it may be extended."""
    found = []
    if rule.excluded:
        reasons = _("、").join(label(REASONS[reason]) for reason in rule.excluded)
        found.append(_("不计入期限的时间：%(reasons)s。", reasons=reasons))
    if rule.extension:
        more = length_in_words(rule.extension.n, rule.extension.unit)
        times = rule.extension.times
        found.append(
            ngettext(
                "经批准可以延长 %(num)s 次，延长%(more)s。",
                "经批准可以延长 %(num)s 次，每次%(more)s。",
                times,
                more=more,
            )
        )
    return found
