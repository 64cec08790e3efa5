"""The question as it was understood, in words, and what was wrong with one that cannot be asked."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.decisions.money import fen_to_yuan
from results.words import FACET_TITLES, ZONE_WORDS, facet_value
from search.documents import Amount, Facet
from search.errors import QueryError
from search.query import All, And, Between, Near, Not, Or, Phrase, Pinyin, Query, Value, Zones
from shared.formats import day_text, yuan_text
from shared.i18n import label

AMOUNT_WORDS = {
    Amount.FINE: _l("罚款"),
    Amount.CONFISCATED: _l("没收金额"),
    Amount.TOTAL: _l("罚没金额"),
    Amount.DECIDED_ON: _l("决定日期"),
    Amount.PUBLISHED_ON: _l("公示日期"),
    Amount.ENDS_ON: _l("公示至"),
    Amount.CHANGED_ON: _l("变动日期"),
}
_MONEY = (Amount.FINE, Amount.CONFISCATED, Amount.TOTAL)


def understood(query: Query) -> str:
    """The question in words: 含“假冒”，并且违法事实含“专利”. Empty when everything is asked for."""
    return _told(query, outermost=True)


def _told(query: Query, *, outermost: bool = False) -> str:
    match query:
        case All():
            return ""
        case Phrase(text, zones):
            return _("%(place)s含“%(text)s”", place=_place(zones), text=text).strip()
        case Near(texts, distance, zones):
            words = _("”“").join(texts)
            return _(
                "%(place)s含“%(words)s”（相隔不超过 %(distance)s 个字）",
                place=_place(zones),
                words=words,
                distance=distance,
            )
        case Value(facet, text):
            return _("%(name)s含“%(text)s”", name=str(FACET_TITLES[facet]), text=_value(facet, text))
        case Pinyin(letters):
            return _("当事人的拼音含“%(letters)s”", letters=letters)
        case Between():
            return _range(query)
        case Not(part):
            return _("不包括：%(part)s", part=_told(part))
        case And(parts):
            return _wrapped(_("，并且").join(map(_told, parts)), outermost)
        case Or(parts):
            return _wrapped(_("，或者").join(map(_told, parts)), outermost)


def _wrapped(words: str, outermost: bool) -> str:
    return words if outermost else _("（%(words)s）", words=words)


def _place(zones: Zones) -> str:
    return _("、").join(str(ZONE_WORDS[zone]) for zone in zones)


def _value(facet: Facet, text: str) -> str:
    return facet_value(facet, text) if facet is not Facet.AMOUNT_BAND else text


def _range(query: Between) -> str:
    name = str(AMOUNT_WORDS[query.amount])
    low, high = (None if end is None else _end(query.amount, end) for end in (query.low, query.high))
    if low is None and high is None:
        return name
    if low == high:
        return _("%(name)s为%(value)s", name=name, value=low)
    if high is None:
        return (
            _("%(name)s不低于%(value)s", name=name, value=low)
            if query.amount in _MONEY
            else _("%(name)s从%(value)s起", name=name, value=low)
        )
    if low is None:
        return (
            _("%(name)s不超过%(value)s", name=name, value=high)
            if query.amount in _MONEY
            else _("%(name)s到%(value)s止", name=name, value=high)
        )
    return _("%(name)s从%(low)s到%(high)s", name=name, low=low, high=high)


def _end(amount: Amount, value: int) -> str:
    if amount in _MONEY:
        return yuan_text(float(fen_to_yuan(value)))
    return day_text(dt.date.fromordinal(min(max(value, 1), dt.date.max.toordinal())))


def told(error: QueryError) -> str:
    """What is wrong with a question, in the reader's language."""
    sentence = label(error.sentence)
    return sentence % error.words
