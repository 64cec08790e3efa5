"""The words of results: facets and their values, sorts, zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.codes.industry import SECTION_LABELS, section_of
from models.decisions.content import zone_labels
from models.decisions.kinds import DecisionKind
from models.decisions.money import fen_to_yuan
from models.kinds import RIGHT_TYPE_LABELS, RightType
from search.decision_columns import BANDS
from search.documents import Facet, Zone
from search.facets import NONE
from search.paging import Sort
from shared.formats import yuan_text
from shared.i18n import label

FACET_TITLES: dict[Facet, LazyString] = {
    Facet.YEAR: _l("决定年份"),
    Facet.MONTH: _l("决定月份"),
    Facet.RIGHT_TYPE: _l("权利类型"),
    Facet.CAUSE: _l("案由"),
    Facet.PENALTY_KIND: _l("决定种类"),
    Facet.AMOUNT_BAND: _l("罚款金额"),
    Facet.DISTRICT: _l("地区"),
    Facet.AUTHORITY: _l("决定机关"),
    Facet.INDUSTRY: _l("所属行业"),
    Facet.COMPANY: _l("当事人"),
}
# Facets whose newest word comes first; bands of money ascend, and the others come by how many decisions have them.
ORDERED = frozenset({Facet.YEAR, Facet.MONTH})

SORT_WORDS: dict[Sort, LazyString] = {
    Sort.RELEVANCE: _l("相关度"),
    Sort.NEWEST: _l("决定日期，新的在前"),
    Sort.OLDEST: _l("决定日期，旧的在前"),
    Sort.PUBLISHED: _l("公示日期，新的在前"),
    Sort.CHANGED: _l("变动日期，新的在前"),
    Sort.LARGEST: _l("罚款金额，多的在前"),
    Sort.SMALLEST: _l("罚款金额，少的在前"),
}

# Of any decision: a question looks into penalties and adjudications alike.
ZONE_WORDS: dict[Zone, LazyString] = {
    Zone.OTHER: _l("正文"),
    Zone.NUMBER: _l("文号"),
    Zone.PARTY: _l("当事人"),
    Zone.FACTS: _l("违法事实"),
    Zone.EVIDENCE: _l("证据"),
    Zone.BASIS: _l("依据"),
    Zone.PENALTY: _l("处罚或者决定内容"),
    Zone.REMEDY: _l("救济"),
    Zone.PINYIN: _l("当事人"),
}

_NAMED_BY_KIND = {Zone.FACTS: "facts", Zone.PENALTY: "penalty"}


def zone_words(zone: Zone, kind: DecisionKind) -> str:
    """What a zone is called in a decision of that kind: 违法事实 of a penalty, 查明的事实 of an adjudication."""
    field = _NAMED_BY_KIND.get(zone)
    return label(zone_labels(kind)[field]) if field else str(ZONE_WORDS[zone])


def facet_value(facet: Facet, value: str, names: Mapping[str, str] | None = None) -> str:
    """A facet's value as people read it; `names` are those of companies by their codes."""
    if value == NONE:
        return _("未注明")
    if facet is Facet.RIGHT_TYPE:
        return label(RIGHT_TYPE_LABELS[RightType(value)]) if value in set(RightType) else value
    if facet is Facet.PENALTY_KIND:
        return label(value)
    if facet is Facet.AMOUNT_BAND:
        return _band(value)
    if facet is Facet.INDUSTRY:
        return label(SECTION_LABELS[value]) if value in SECTION_LABELS else value
    if facet is Facet.COMPANY:
        return (names or {}).get(value, value)
    return value


def industry_words(code: str | None) -> str:
    """An industry as people read it: 制造业 C2614; empty when it is not known."""
    return f"{label(SECTION_LABELS[section_of(code)])} {code}" if code else ""


def _band(value: str) -> str:
    band = next((one for one in BANDS if one.name == value), None)
    if band is None:
        return value
    if band.high is None:
        return _("%(low)s以上", low=_amount(band.low))
    if band.low == 0:
        return _("不满%(high)s", high=_amount(band.high))
    return _("%(low)s以上不满%(high)s", low=_amount(band.low), high=_amount(band.high))


def _amount(fen: int) -> str:
    return yuan_text(float(fen_to_yuan(fen)))


def ordered(facet: Facet, words: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The words of a facet in the order in which people look for them."""
    if facet is Facet.AMOUNT_BAND:
        places = {band.name: place for place, band in enumerate(BANDS)}
        return sorted(words, key=lambda pair: places.get(pair[0], len(places)))
    if facet in ORDERED:
        return sorted(words, reverse=True)
    return list(words)
