"""The words of results: facets and their values, sorts, zones, and the question as it was understood."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.kinds import RIGHT_TYPE_LABELS, RightType
from search.documents import Facet, Zone
from search.facets import NONE
from search.paging import Sort
from search.query import All, And, Not, Or, Phrase, Query
from shared.i18n import label

FACET_TITLES: dict[Facet, LazyString] = {
    Facet.RIGHT_TYPE: _l("权利类型"),
    Facet.CAUSE: _l("案由"),
    Facet.PENALTY_KIND: _l("处罚种类"),
    Facet.AUTHORITY: _l("处罚机关"),
    Facet.YEAR: _l("决定年份"),
}

SORT_WORDS: dict[Sort, LazyString] = {
    Sort.RELEVANCE: _l("相关度"),
    Sort.NEWEST: _l("决定日期，新的在前"),
    Sort.OLDEST: _l("决定日期，旧的在前"),
    Sort.LARGEST: _l("罚没金额，多的在前"),
    Sort.SMALLEST: _l("罚没金额，少的在前"),
}

ZONE_WORDS: dict[Zone, LazyString] = {
    Zone.OTHER: _l("正文"),
    Zone.NUMBER: _l("文号"),
    Zone.PARTY: _l("当事人"),
    Zone.FACTS: _l("违法事实"),
    Zone.EVIDENCE: _l("证据"),
    Zone.BASIS: _l("依据"),
    Zone.PENALTY: _l("处罚内容"),
    Zone.REMEDY: _l("救济"),
}


def facet_value(facet: Facet, value: str) -> str:
    """A facet's value as people read it."""
    if value == NONE:
        return _("未注明")
    if facet is Facet.RIGHT_TYPE:
        return label(RIGHT_TYPE_LABELS[RightType(value)]) if value in set(RightType) else value
    if facet is Facet.PENALTY_KIND:
        return label(value)
    return value


def understood(query: Query) -> str:
    """The question in words: 含“假冒”，并且含“专利”. Empty when everything is asked for."""
    match query:
        case All():
            return ""
        case Phrase(text=text):
            return _("含“%(text)s”", text=text)
        case And(parts=parts):
            return _("，并且").join(understood(part) for part in parts)
        case Or(parts=parts):
            return _("，或者").join(understood(part) for part in parts)
        case Not(part=part):
            return _("不%(part)s", part=understood(part))
        case _:  # conditions that words of the page don't know yet are still said to be there
            return _("符合输入的条件")
