"""The fields that a question can name, each by one Chinese and one English word and by what else people call it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from models.codes.industry import SECTION_LABELS
from models.kinds import RIGHT_TYPE_LABELS
from search.documents import Amount, Facet, Zone

MOST_ALIKE = 0.72


@dataclass(frozen=True)
class TextField:
    """Words in some zones of the text."""

    name: str
    english: str
    zones: tuple[Zone, ...]


@dataclass(frozen=True)
class WordField:
    """Words of a column."""

    name: str
    english: str
    facet: Facet


@dataclass(frozen=True)
class MoneyField:
    """A column of money."""

    name: str
    english: str
    amount: Amount


@dataclass(frozen=True)
class DayField:
    """A column of days."""

    name: str
    english: str
    amount: Amount


@dataclass(frozen=True)
class PinyinField:
    """Names of parties, read aloud."""

    name: str
    english: str


Field = TextField | WordField | MoneyField | DayField | PinyinField
RangeField = MoneyField | DayField

PARTY = TextField("当事人", "party", (Zone.PARTY,))
NUMBER = TextField("文号", "number", (Zone.NUMBER,))
FACTS = TextField("违法事实", "facts", (Zone.FACTS,))
PENALTY = TextField("处罚", "penalty", (Zone.PENALTY,))
CAUSE = WordField("案由", "cause", Facet.CAUSE)
AUTHORITY = WordField("机关", "authority", Facet.AUTHORITY)
FINE = MoneyField("金额", "fine", Amount.FINE)
DECIDED = DayField("日期", "date", Amount.DECIDED_ON)
PINYIN = PinyinField("拼音", "pinyin")

FIELDS: tuple[Field, ...] = (
    PARTY,
    NUMBER,
    CAUSE,
    AUTHORITY,
    FACTS,
    TextField("证据", "evidence", (Zone.EVIDENCE,)),
    TextField("依据", "basis", (Zone.BASIS,)),
    PENALTY,
    TextField("救济", "remedy", (Zone.REMEDY,)),
    TextField("代码", "uscc", (Zone.PARTY,)),
    WordField("权利", "right", Facet.RIGHT_TYPE),
    WordField("种类", "kind", Facet.PENALTY_KIND),
    WordField("地区", "district", Facet.DISTRICT),
    WordField("行业", "industry", Facet.INDUSTRY),
    FINE,
    MoneyField("没收", "confiscated", Amount.CONFISCATED),
    MoneyField("罚没", "total", Amount.TOTAL),
    DECIDED,
    DayField("公示日期", "published", Amount.PUBLISHED_ON),
    DayField("公示至", "ends", Amount.ENDS_ON),
    DayField("变动日期", "changed", Amount.CHANGED_ON),
    DayField("年", "year", Amount.DECIDED_ON),
    PINYIN,
)

_ALSO = {
    "当事人": ("当事人名称", "企业", "企业名称", "公司", "名称", "company", "name"),
    "文号": ("决定书文号", "document_number"),
    "案由": ("违法行为类型", "违法行为"),
    "机关": ("处罚机关", "办案机关"),
    "违法事实": ("事实", "fact"),
    "依据": ("法律依据", "处罚依据", "law"),
    "处罚": ("处罚内容", "处罚决定"),
    "代码": ("统一社会信用代码", "信用代码", "code"),
    "权利": ("权利类型", "right_type"),
    "种类": ("处罚种类", "处罚类别", "penalty_kind"),
    "地区": ("区域", "区县", "region"),
    "金额": ("罚款", "罚款金额", "amount", "fine_yuan"),
    "没收": ("没收金额",),
    "罚没": ("罚没金额",),
    "日期": ("决定日期", "处罚日期", "decided", "decided_on"),
    "公示日期": ("published_on",),
    "公示至": ("公示截止", "ends_on"),
    "变动日期": ("changed_on",),
    "行业": ("行业代码", "所属行业"),
    "年": ("年份", "决定年份"),
}

_BY_NAME: dict[str, Field] = {
    name: one for one in FIELDS for name in (one.name, one.english, *_ALSO.get(one.name, ()))
}


def field_named(written: str) -> Field | None:
    """The field that goes by this word, capitals or not."""
    return _BY_NAME.get(written.lower())


def likely_field(written: str) -> str | None:
    """The name that somebody may have meant who wrote something else; None when nothing is near."""
    near = difflib.get_close_matches(written.lower(), _BY_NAME, 1, MOST_ALIKE)
    return near[0] if near else None


def spoken(facet: Facet, value: str) -> str:
    """A column's word as people would write it."""
    if facet is Facet.RIGHT_TYPE:
        return next((label for kind, label in RIGHT_TYPE_LABELS.items() if kind == value), "") + " " + value
    if facet is Facet.INDUSTRY:
        return SECTION_LABELS.get(value, "") + " " + value
    return value
