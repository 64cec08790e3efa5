"""The tables in which decisions are sent on: the 30 fields of double publicity 双公示 (2018), and the codes of GSXT.

What is sent is the public text: numbers of persons have no column in this database, so theirs are empty and the check
says that they are to be typed in where the table is handed in. Amounts are in 万元 with six decimals, days as the table
writes them. The template's own text could not be had; lengths and marks are those of tables that bureaus exchange, and
what the fields hold where a code or an end is missing (seventeen zeros and X; 2099/12/31) is to be confirmed.

Of GSXT only the codes of the fields are known, not their code lists. PRIPID, REGNO and PENTYPE are therefore columns without
content: the first two are the register's own numbers, which UNISCID replaces, and the list behind the third could not be had
(PENTYPE_CN says the same in words). PENAUTH holds the authority's unified code; whether GSXT wants another is to be confirmed.
REMARK is empty because remarks here are not public.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.codes.uscc import is_valid_uscc
from models.decisions.kinds import FULFILMENT_LABELS, PARTY_KIND_LABELS, DecisionKind, PartyKind, PenaltyKind
from models.decisions.money import fen_to_wan
from models.decisions.spreadsheet.columns import NAMES, Field
from models.decisions.spreadsheet.report import Remark
from models.decisions.tables import Decision
from models.types import beijing_date, now_utc
from models.wording import Sentence, said

Value = str | Decimal
FIRST_ROW = 2  # as the spreadsheet counts, under the header
NO_CODE = "0" * 17 + "X"
NO_END = "2099/12/31"
_NAMES_OF_SOMEBODY = (
    "CF_XDR_MC",
    "CJ_XDR_MC",
    "CJ_JG",
    "CF_FRDB",
    "CF_CFJG",
    "CF_SJLY",
    "ENTNAME",
    "NAME",
    "LEREP",
    "PENAUTH_CN",
    "DATADEPT",
)
_CODES = ("CJ_XDR_SHXYM", "CJ_JGDM", "CF_XDR_SHXYM", "CF_CFJGDM", "CF_SJLYDM", "UNISCID", "PENAUTH")
_FILLER = re.compile(r"^(?:测试|空|无|没有|不详|未知|null|none|n/?a|test|[-—/.\s]+)$", re.IGNORECASE)
_CONFISCATING = {PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_GOODS}
_LICENCES = {PenaltyKind.SUSPEND_LICENCE, PenaltyKind.REVOKE_LICENCE}


def _always(_decision: Decision) -> bool:
    return True


def _never(_decision: Decision) -> bool:
    return False


def _of(*kinds: PartyKind) -> Callable[[Decision], bool]:
    return lambda decision: decision.party_kind in kinds


def _with(kinds: set[PenaltyKind]) -> Callable[[Decision], bool]:
    return lambda decision: bool(kinds.intersection(decision.kinds))


@dataclass(frozen=True, slots=True)
class Column:
    """A field: its code, its name, the most characters it may have, when it must be filled, and what it holds."""

    code: str
    title: str
    length: int
    is_required: Callable[[Decision], bool]
    value: Callable[[Decision], Value]


def _day(day: dt.date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _wan(fen: int | None) -> Value:
    return "" if fen is None else fen_to_wan(fen)


def _code(decision: Decision) -> str:
    without = NO_CODE if decision.party_kind is PartyKind.SOLE_TRADER else ""
    return decision.party_uscc or without


def _representative(decision: Decision) -> str:
    """Of organisations only: the operator of a sole trader is a natural person and not public."""
    return (decision.legal_representative or "") if decision.party_kind is PartyKind.ORGANISATION else ""


def _kinds(decision: Decision) -> str:
    return "；".join(decision.penalty_kinds)


def _empty(_decision: Decision) -> str:
    return ""


def _column(
    field: Field, length: int, is_required: Callable[[Decision], bool], value: Callable[[Decision], Value]
) -> Column:
    return Column(field.value, NAMES[field][0], length, is_required, value)


_ORGANISATION, _PERSON = _of(PartyKind.ORGANISATION), _of(PartyKind.PERSON)

DOUBLE_PUBLICITY: Sequence[Column] = (
    _column(Field.PARTY_NAME, 200, _always, lambda d: d.party_name),
    _column(Field.PARTY_KIND, 100, _always, lambda d: PARTY_KIND_LABELS[d.party_kind]),
    _column(Field.USCC, 18, _of(PartyKind.ORGANISATION, PartyKind.SOLE_TRADER), _code),
    Column("CF_XDR_GSZC", "行政相对人代码_2(工商注册号)", 50, _never, _empty),
    Column("CF_XDR_ZZJG", "行政相对人代码_3(组织机构代码)", 9, _never, _empty),
    Column("CF_XDR_SWDJ", "行政相对人代码_4(税务登记号)", 15, _never, _empty),
    Column("CF_XDR_SYDW", "行政相对人代码_5(事业单位证书号)", 12, _never, _empty),
    Column("CF_XDR_SHZZ", "行政相对人代码_6(社会组织登记证号)", 50, _never, _empty),
    _column(Field.LEGAL_REPRESENTATIVE, 50, _ORGANISATION, _representative),
    Column("CF_FR_ZJLX", "法定代表人证件类型", 64, _never, _empty),
    _column(Field.REPRESENTATIVE_ID, 64, _never, _empty),
    Column("CF_XDR_ZJLX", "自然人证件类型", 64, _PERSON, _empty),
    _column(Field.PERSON_ID, 64, _PERSON, _empty),
    _column(Field.DOCUMENT_NUMBER, 128, _always, lambda d: d.document_number),
    _column(Field.CAUSE, 2000, _always, lambda d: d.cause_name),
    _column(Field.FACTS, 5000, _always, lambda d: d.facts),
    _column(Field.BASIS, 2048, _always, lambda d: d.basis),
    _column(Field.PENALTY_KINDS, 255, _always, _kinds),
    _column(Field.PENALTY, 4000, _always, lambda d: d.penalty),
    _column(Field.FINE, 20, _with({PenaltyKind.FINE}), lambda d: _wan(d.fine_fen)),
    _column(Field.CONFISCATED, 20, _with(_CONFISCATING), lambda d: _wan(d.confiscated_fen)),
    _column(Field.LICENCE, 200, _with(_LICENCES), lambda d: d.licence or ""),
    _column(Field.DECIDED_ON, 10, _always, lambda d: _day(d.decided_on)),
    _column(Field.VALID_UNTIL, 10, _always, lambda d: _day(d.valid_until_on) or NO_END),
    _column(Field.STATED_END, 10, _never, lambda d: _day(d.ends_on)),
    _column(Field.AUTHORITY, 200, _always, lambda d: d.authority_name),
    _column(Field.AUTHORITY_USCC, 18, _always, lambda d: d.authority_uscc or ""),
    _column(Field.SOURCE, 200, _always, lambda d: d.source_name or d.authority_name),
    _column(Field.SOURCE_USCC, 18, _always, lambda d: d.source_uscc or d.authority_uscc or ""),
    _column(Field.REMARKS, 512, _never, _empty),
)

GSXT: Sequence[Column] = (
    Column("PRIPID", "主体内部标识", 50, _never, _empty),
    Column("UNISCID", "统一社会信用代码", 18, _ORGANISATION, lambda d: d.party_uscc or ""),
    Column("REGNO", "注册号", 50, _never, _empty),
    Column("ENTNAME", "企业名称", 200, _ORGANISATION, lambda d: "" if _PERSON(d) else d.party_name),
    Column("NAME", "自然人相对人", 200, _PERSON, lambda d: d.party_name if _PERSON(d) else ""),
    Column("LEREP", "法定代表人（负责人）", 50, _never, _representative),
    Column("PENDECNO", "决定书文号", 128, _always, lambda d: d.document_number),
    Column("ILLEGACTTYPE", "违法行为类型", 2000, _always, lambda d: d.cause_name),
    Column("MAINILLEGFACT", "主要违法事实", 5000, _always, lambda d: d.facts),
    Column("PENTYPE", "处罚种类代码", 50, _never, _empty),
    Column("PENTYPE_CN", "处罚种类", 255, _always, _kinds),
    Column("PENBASIS_CN", "处罚依据", 2048, _always, lambda d: d.basis),
    Column("PENAM", "罚款金额（万元）", 20, _with({PenaltyKind.FINE}), lambda d: _wan(d.fine_fen)),
    Column("FORFAM", "没收金额（万元）", 20, _with(_CONFISCATING), lambda d: _wan(d.confiscated_fen)),
    Column("PENCONTENT", "处罚内容", 4000, _always, lambda d: d.penalty),
    Column("PENAUTH", "决定机关代码", 18, _never, lambda d: d.authority_uscc or ""),
    Column("PENAUTH_CN", "决定机关", 200, _always, lambda d: d.authority_name),
    Column("PENDECISSDATE", "决定日期", 10, _always, lambda d: _day(d.decided_on)),
    Column("PENPERI", "处罚有效期", 10, _never, lambda d: _day(d.valid_until_on)),
    Column("PUBLICDATE", "公示日期", 10, _never, lambda d: _day(_published(d))),
    Column("PUBDEADLINE", "公示截止期", 10, _never, lambda d: _day(d.ends_on)),
    Column("PENEXEST", "处罚执行情况", 100, _never, lambda d: FULFILMENT_LABELS[d.fulfilment]),
    Column("REMARK", "备注", 512, _never, _empty),
    Column("DATADEPT", "数据部门", 200, _always, lambda d: d.source_name or d.authority_name),
)

# 行政裁决 are told beside the penalties (国办发〔2019〕35号 十五), in a table of their own whose form could not be had.
ADJUDICATIONS: Sequence[Column] = (
    Column("CJ_XDR_MC", "被请求人名称", 200, _always, lambda d: d.party_name),
    Column("CJ_XDR_LB", "被请求人类别", 100, _always, lambda d: PARTY_KIND_LABELS[d.party_kind]),
    Column("CJ_XDR_SHXYM", "统一社会信用代码", 18, _of(PartyKind.ORGANISATION), lambda d: d.party_uscc or ""),
    Column("CJ_FRDB", "法定代表人", 50, _never, _representative),
    Column("CJ_WSH", "行政裁决书文号", 128, _always, lambda d: d.document_number),
    Column("CJ_AY", "案由", 2000, _always, lambda d: d.cause_name),
    Column("CJ_SS", "查明的事实", 5000, _always, lambda d: d.facts),
    Column("CJ_YJ", "裁决依据", 2048, _always, lambda d: d.basis),
    Column("CJ_NR", "裁决内容", 4000, _always, lambda d: d.penalty),
    Column("CJ_LX", "履行方式和期限", 4000, _never, lambda d: d.performance),
    Column("CJ_JDRQ", "裁决日期", 10, _always, lambda d: _day(d.decided_on)),
    Column("CJ_GSRQ", "公示日期", 10, _never, lambda d: _day(_published(d))),
    Column("CJ_GSJZQ", "公示截止期", 10, _never, lambda d: _day(d.ends_on)),
    Column("CJ_JG", "裁决机关", 200, _always, lambda d: d.authority_name),
    Column("CJ_JGDM", "裁决机关统一社会信用代码", 18, _always, lambda d: d.authority_uscc or ""),
)

LAYOUTS: Mapping[str, Sequence[Column]] = {
    "double-publicity": DOUBLE_PUBLICITY,
    "gsxt": GSXT,
    "adjudications": ADJUDICATIONS,
}
_KINDS = {"adjudications": DecisionKind.ADJUDICATION}


def told_in(name: str, decisions: Sequence[Decision]) -> list[Decision]:
    """Those of the decisions that this table is about: the national ones take penalties only."""
    kind = _KINDS.get(name, DecisionKind.PENALTY)
    return [one for one in decisions if one.kind is kind]


def _published(decision: Decision) -> dt.date | None:
    return beijing_date(decision.published_at) if decision.published_at else None


def row_of(layout: Sequence[Column], decision: Decision) -> dict[str, Value]:
    """The decision as a row of the table, by code."""
    return {column.code: column.value(decision) for column in layout}


def remarks(layout: Sequence[Column], decisions: Sequence[Decision]) -> Iterator[Remark]:
    """What the receiver would refuse: an empty field that must be filled, one that is too long, or one that is wrong."""
    for place, decision in enumerate(decisions, FIRST_ROW):
        for column in layout:
            written = str(column.value(decision))
            if not written and column.is_required(decision):
                yield Remark(place, f"{column.code} {column.title}", said("必填，没有内容。"))
            elif len(written) > column.length:
                sentence = said(
                    "最多 %(most)s 个字，现有 %(count)s 个。", most=column.length, count=len(written)
                )
                yield Remark(place, f"{column.code} {column.title}", sentence)
            elif written and (fault := _fault(column.code, written, decision)):
                yield Remark(place, f"{column.code} {column.title}", fault)


def _fault(code: str, written: str, decision: Decision) -> Sentence | None:
    """What is wrong with a field that is filled: a filler for a name, a code that fails its check, days that cannot be."""
    if code in _NAMES_OF_SOMEBODY and _FILLER.search(written):
        return said("像是测试数据或者占位的内容。")
    if code in _CODES and written != NO_CODE and not is_valid_uscc(written):
        return said("统一社会信用代码的校验位不对。")
    if code in ("CF_JDRQ", "CJ_JDRQ", "PENDECISSDATE") and decision.decided_on > beijing_date(now_utc()):
        return said("决定日期晚于今天。")
    if code in ("CF_YXQ", "PENPERI", "CF_GSJZQ", "CJ_GSJZQ", "PUBDEADLINE") and written < _day(
        decision.decided_on
    ):
        return said("早于处罚决定日期。")
    return None
