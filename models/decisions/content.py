"""What a decision says, apart from its life: the double-publicity fields 双公示数据项 and the text by zones.

One frozen value is what a form, a spreadsheet row and the API all make, and what the verbs take.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from models.decisions.kinds import DecisionKind, PartyKind, PenaltyKind
from models.decisions.numbers import number_key
from models.errors import Invalid
from models.kinds import RightType
from models.wording import said

# Longest texts, in characters: those of the exchange tables, doubled where bureaus' own texts run over.
TEXT_LIMITS = {
    "document_number": 128,
    "party_name": 200,
    "legal_representative": 50,
    "cause_name": 2_000,
    "authority_name": 200,
    "source_name": 200,
    "licence": 200,
    "remarks": 512,
    "party_text": 4_000,
    "facts": 20_000,
    "evidence_text": 20_000,
    "basis": 10_000,
    "penalty": 10_000,
    "remedy": 4_000,
    "performance": 4_000,
    "full_text": 200_000,
}

ZONES = ("party_text", "facts", "evidence_text", "basis", "penalty", "remedy")
ZONE_LABELS = {
    "party_text": "当事人",
    "facts": "违法事实",
    "evidence_text": "证据",
    "basis": "依据",
    "penalty": "处罚内容",
    "remedy": "救济",
}

FIELD_LABELS = {
    "document_number": "文号",
    "party_name": "当事人",
    "uscc": "统一社会信用代码",
    "legal_representative": "法定代表人",
    "cause_name": "违法行为类型",
    "decided_on": "决定日期",
    "authority_name": "决定机关",
    "authority_uscc": "决定机关统一社会信用代码",
    "source_name": "数据来源单位",
    "licence": "暂扣或吊销证照名称及编号",
    "remarks": "备注",
    "industry": "行业代码",
    "performance": "履行方式和期限",
    "full_text": "决定书全文",
    **ZONE_LABELS,
}

# What a zone is called in a decision that punishes nobody.
UNPUNISHED_ZONE_LABELS = {**ZONE_LABELS, "facts": "查明的事实", "penalty": "决定内容"}

REQUIRED = ("document_number", "party_name", "cause_name", "facts", "basis", "penalty", "authority_name")


_ADDED_LATER = {"industry": None, "kind": DecisionKind.PENALTY, "performance": ""}


def zone_labels(kind: DecisionKind) -> Mapping[str, str]:
    """What the zones of such a decision are called."""
    return ZONE_LABELS if kind is DecisionKind.PENALTY else UNPUNISHED_ZONE_LABELS


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionContent:
    """All that is entered. `party_name` is as served; the public name is made from it. Amounts in fen."""

    document_number: str
    party_name: str
    party_kind: PartyKind
    decided_on: dt.date
    authority_name: str
    cause_name: str
    facts: str
    basis: str
    penalty: str
    penalty_kinds: tuple[PenaltyKind, ...]
    kind: DecisionKind = DecisionKind.PENALTY
    uscc: str | None = None
    legal_representative: str | None = None
    cause_code: str | None = None
    right_type: RightType | None = None
    party_text: str = ""
    evidence_text: str = ""
    remedy: str = ""
    performance: str = ""
    full_text: str = ""
    fine_fen: int | None = None
    confiscated_fen: int | None = None
    licence: str | None = None
    valid_until_on: dt.date | None = None
    stated_end_on: dt.date | None = None
    authority_uscc: str | None = None
    source_name: str | None = None
    source_uscc: str | None = None
    remarks: str | None = None
    industry: str | None = None

    @property
    def number_key(self) -> str:
        return number_key(self.document_number)

    @property
    def length(self) -> int:
        """Characters in all its texts."""
        return sum(len(getattr(self, name) or "") for name in TEXT_LIMITS)

    def digest(self) -> str:
        """SHA-256 of the content, equal for equal content: how a second import knows a row that it has."""
        fields = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        for name, unsaid in _ADDED_LATER.items():  # not every content has had these fields
            if fields[name] == unsaid:
                del fields[name]
        written = json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(written.encode()).hexdigest()


def check_content(content: DecisionContent, *, today: dt.date) -> None:
    """Raises Invalid with a sentence for every field that is missing, too long, or impossible."""
    errors: dict[str, str] = {}
    for name in REQUIRED:
        if not getattr(content, name).strip():
            errors[name] = said("请填写%(field)s。", field=FIELD_LABELS[name])
    for name, limit in TEXT_LIMITS.items():
        text = getattr(content, name)
        if text is not None and len(text) > limit:
            errors[name] = said(
                "%(field)s最多 %(limit)s 个字，现在是 %(count)s 个字。",
                field=FIELD_LABELS[name],
                limit=limit,
                count=len(text),
            )
    if content.decided_on > today:
        errors["decided_on"] = "决定日期不能晚于今天。"
    errors |= _faults_of_kind(content)
    if content.party_kind is PartyKind.ORGANISATION and content.uscc is None:
        errors["uscc"] = "法人及非法人组织必须填写统一社会信用代码。"
    for name in ("fine_fen", "confiscated_fen"):
        amount = getattr(content, name)
        if amount is not None and amount < 0:
            errors[name] = "金额不能是负数。"
    if content.stated_end_on is not None and content.stated_end_on < content.decided_on:
        errors["stated_end_on"] = "公示截止期不能早于决定日期。"
    if errors:
        raise Invalid("决定书信息有误，请改正后再保存。", errors)


def _faults_of_kind(content: DecisionContent) -> dict[str, str]:
    """A penalty has kinds of penalty; any other decision has none, nor a fine (行政处罚法 Art 9)."""
    if content.kind is DecisionKind.PENALTY:
        return {} if content.penalty_kinds else {"penalty_kinds": "请至少选择一个处罚类别。"}
    errors: dict[str, str] = {}
    if content.penalty_kinds:
        errors["penalty_kinds"] = "这不是行政处罚决定，不选处罚类别。"
    if content.fine_fen is not None:
        errors["fine_fen"] = "这不是行政处罚决定，没有罚款。"
    return errors
