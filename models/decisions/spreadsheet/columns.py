"""The columns of both generations of the double-publicity table (2018: 30; 2015: 20) and of the table of adjudications
that goes out beside it, and how a header is known.

A header is matched by its Chinese name or its code, after brackets, spaces, underscores and the prefix 行政相对人 are
folded away.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from models.decisions.folding import fold_words

_PREFIX = "行政相对人"
_FEWEST_KNOWN = 4  # a row with fewer known names is a title or data, not the header


class Field(enum.StrEnum):
    """What a column holds. The values are the codes of the 2018 table, or a word where it has none."""

    PARTY_NAME = "CF_XDR_MC"
    PARTY_KIND = "CF_XDR_LB"
    USCC = "CF_XDR_SHXYM"
    LEGAL_REPRESENTATIVE = "CF_FRDB"
    DOCUMENT_NUMBER = "CF_WSH"
    CAUSE = "CF_WFXW"
    FACTS = "CF_SY"
    BASIS = "CF_YJ"
    PENALTY_KINDS = "CF_CFLB"
    PENALTY_KINDS_2 = "CF_CFLB2"
    PENALTY = "CF_NR"
    FINE = "CF_NR_FK"
    CONFISCATED = "CF_NR_WFFF"
    LICENCE = "CF_NR_ZKDX"
    DECIDED_ON = "CF_JDRQ"
    VALID_UNTIL = "CF_YXQ"
    STATED_END = "CF_GSJZQ"
    AUTHORITY = "CF_CFJG"
    AUTHORITY_USCC = "CF_CFJGDM"
    SOURCE = "CF_SJLY"
    SOURCE_USCC = "CF_SJLYDM"
    REMARKS = "BZ"
    # Not in the national table; some bureaus add them.
    INDUSTRY = "industry"
    KIND = "kind"
    PERFORMANCE = "performance"
    STATUS = "CF_ZT"
    # Numbers of persons: known so that they are left out and said so, never read.
    REPRESENTATIVE_ID = "CF_FR_ZJHM"
    PERSON_ID = "CF_XDR_ZJHM"
    # Columns that are known and not used.
    IGNORED = "ignored"


NEVER_READ = frozenset({Field.REPRESENTATIVE_ID, Field.PERSON_ID, Field.IGNORED})

# Without these columns no row can be a decision.
ESSENTIAL = (
    Field.PARTY_NAME,
    Field.DOCUMENT_NUMBER,
    Field.CAUSE,
    Field.FACTS,
    Field.BASIS,
    Field.PENALTY_KINDS,
    Field.PENALTY,
    Field.DECIDED_ON,
    Field.AUTHORITY,
)

# A table with this column is about adjudications 行政裁决, which have no kinds of penalty.
RULING_NUMBERS = ("行政裁决书文号", "裁决书文号", "CJ_WSH")

# The names and codes by which each column is known, the table's own first.
NAMES: dict[Field, tuple[str, ...]] = {
    Field.PARTY_NAME: (
        "行政相对人名称",
        "当事人名称",
        "当事人",
        "被处罚人",
        "相对人名称",
        "被请求人名称",
        "CJ_XDR_MC",
    ),
    Field.PARTY_KIND: ("行政相对人类别", "相对人类别", "被请求人类别", "CJ_XDR_LB"),
    Field.USCC: (
        "行政相对人代码_1(统一社会信用代码)",
        "行政相对人代码_1",
        "统一社会信用代码",
        "CJ_XDR_SHXYM",
    ),
    Field.LEGAL_REPRESENTATIVE: ("法定代表人", "法定代表人姓名", "法定代表人(负责人)", "CF_FR", "CJ_FRDB"),
    Field.DOCUMENT_NUMBER: ("行政处罚决定书文号", "处罚决定书文号", "决定书文号", "文号", *RULING_NUMBERS),
    Field.CAUSE: ("违法行为类型", "处罚名称", "案由", "CF_CFMC", "CJ_AY"),
    Field.FACTS: ("违法事实", "处罚事由", "主要违法事实", "查明的事实", "CJ_SS"),
    Field.BASIS: ("处罚依据", "裁决依据", "决定依据", "CJ_YJ"),
    Field.PENALTY_KINDS: ("处罚类别", "处罚类别1", "处罚种类", "CF_CFLB1"),
    Field.PENALTY_KINDS_2: ("处罚类别2",),
    Field.PENALTY: ("处罚内容", "处罚结果", "CF_JG", "裁决内容", "决定内容", "CJ_NR"),
    Field.FINE: ("罚款金额(万元)", "罚款金额"),
    Field.CONFISCATED: (
        "没收违法所得、没收非法财物的金额(万元)",
        "没收违法所得、没收非法财物的金额",
        "没收违法所得没收非法财物金额(万元)",
        "没收金额(万元)",
    ),
    Field.LICENCE: ("暂扣或吊销证照名称及编号",),
    Field.DECIDED_ON: ("处罚决定日期", "作出处罚决定日期", "决定日期", "裁决日期", "CJ_JDRQ"),
    Field.VALID_UNTIL: ("处罚有效期", "处罚有效期截止日期"),
    Field.STATED_END: ("公示截止期", "公示截止日期", "CJ_GSJZQ"),
    Field.AUTHORITY: (
        "处罚机关",
        "处罚机关名称",
        "作出处罚决定机关",
        "CF_XZJG",
        "裁决机关",
        "决定机关",
        "CJ_JG",
    ),
    Field.AUTHORITY_USCC: ("处罚机关统一社会信用代码", "裁决机关统一社会信用代码", "CJ_JGDM"),
    Field.SOURCE: ("数据来源单位", "数据来源"),
    Field.SOURCE_USCC: ("数据来源单位统一社会信用代码",),
    Field.REMARKS: ("备注",),
    Field.INDUSTRY: ("行业代码", "国民经济行业代码", "所属行业", "行业"),
    Field.KIND: ("决定类别", "决定种类", "行政行为类别"),
    Field.PERFORMANCE: (
        "履行方式和期限",
        "履行方式及期限",
        "处罚履行方式和期限",
        "处罚的履行方式和期限",
        "履行期限",
        "CJ_LX",
    ),
    Field.STATUS: ("当前状态",),
    Field.REPRESENTATIVE_ID: ("法定代表人证件号码", "法定代表人身份证号", "CF_FR_SFZH"),
    Field.PERSON_ID: ("自然人证件号码", "行政相对人代码_5(居民身份证号)", "居民身份证号", "CF_XDR_SFZ"),
    Field.IGNORED: (
        "行政相对人代码_2(工商注册号)",
        "行政相对人代码_2(工商登记码)",
        "行政相对人代码_2(组织机构代码)",
        "行政相对人代码_3(组织机构代码)",
        "行政相对人代码_3(工商登记码)",
        "行政相对人代码_3(工商注册号)",
        "行政相对人代码_4(税务登记号)",
        "行政相对人代码_5(事业单位证书号)",
        "行政相对人代码_6(社会组织登记证号)",
        "法定代表人证件类型",
        "自然人证件类型",
        "地方编码",
        "数据更新时间戳",
        "公示期限",
        "公示日期",
        "CJ_GSRQ",
        "信息使用范围",
        "序号",
        *("CF_XDR_GSZC", "CF_XDR_ZZJG", "CF_XDR_SWDJ", "CF_XDR_SYDW", "CF_XDR_SHZZ"),
        *("CF_FR_ZJLX", "CF_XDR_ZJLX", "CF_XDR_GSDJ", "CF_XDR_ZDM", "CF_SYFW", "DFBM", "SJC"),
    ),
}


def fold_header(written: str) -> str:
    """A header's bare words without the prefix 行政相对人."""
    return fold_words(written).removeprefix(_PREFIX)


_RULING_NUMBERS = frozenset(fold_header(name) for name in RULING_NUMBERS)
_KNOWN = {fold_header(name): which for which, names in NAMES.items() for name in (which.value, *names)}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns stand: the header's row number, and each field's place counted from 0."""

    row: int
    places: dict[Field, int]
    titles: dict[Field, str]
    unknown: tuple[str, ...] = field(default=())

    @property
    def missing(self) -> list[Field]:
        """Essential columns that the table lacks."""
        needless = {Field.PENALTY_KINDS} if self.of_rulings else set()
        return [which for which in ESSENTIAL if which not in self.places and which not in needless]

    @property
    def of_rulings(self) -> bool:
        """Whether the table is that of adjudications: each of its rows is one, if it does not say otherwise."""
        return fold_header(self.titles.get(Field.DOCUMENT_NUMBER, "")) in _RULING_NUMBERS

    def column(self, which: Field) -> str:
        """How the spreadsheet shows the column: its letter and its own title."""
        if which not in self.places:
            return title_of(which)
        return f"{get_column_letter(self.places[which] + 1)} {self.titles[which]}"


def title_of(which: Field) -> str:
    """The table's own name for a column."""
    return NAMES[which][0]


def recognise(row: int, cells: Sequence[object]) -> Header | None:
    """The header that stands in these cells, or None when they are no header. The first of two equals counts."""
    places: dict[Field, int] = {}
    titles: dict[Field, str] = {}
    unknown: list[str] = []
    for place, cell in enumerate(cells):
        if not isinstance(cell, str) or not cell.strip():
            continue
        which = _KNOWN.get(fold_header(cell))
        if which is None:
            unknown.append(" ".join(cell.split())[:40])
        elif which not in places:
            places[which] = place
            titles[which] = " ".join(cell.split())[:40]
    if sum(which is not Field.IGNORED for which in places) < _FEWEST_KNOWN:
        return None
    return Header(row, places, titles, tuple(unknown))
