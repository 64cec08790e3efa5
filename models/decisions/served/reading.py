"""A served text read: its zones, the fields that can be told from it, and what a person should look at.

Nothing here decides. What is found is put before a person beside the text; what is doubtful is said, not guessed away.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.codes.uscc import is_valid_uscc
from models.decisions.causes import Cause, causes
from models.decisions.kinds import DecisionKind, PartyKind, PenaltyKind
from models.decisions.numbers import BRACKETED_NUMBER
from models.decisions.redaction.width import alike
from models.decisions.served.cited import causes_meant
from models.decisions.served.days import days
from models.decisions.served.parties import Party, parties
from models.decisions.served.penalties import NOTHING_ORDERED, Ordered, ordered
from models.decisions.served.performance import performance_in
from models.decisions.served.zones import Cut, cuts, zones_of
from models.wording import Sentence, said

_NUMBER = re.compile(rf"[\u4e00-\u9fa5]{{2,20}}\s*{BRACKETED_NUMBER.pattern}")
_LOST_BRACKETS = re.compile(
    r"(?P<office>[\u4e00-\u9fa5]{2,16}(?:罚|处|字|决|裁)(?:字)?)[^\u4e00-\u9fa5\d]{0,2}"
    r"(?P<year>20\d{2})[^\u4e00-\u9fa5\d]{0,2}(?:第)?(?P<serial>\d{1,6})号"
)
# （2O26）3l号: what a scan makes of 0 and 1, within the brackets and up to 号.
_SLIPS = str.maketrans("OoIl", "0011")
_SLIPPED = re.compile(r"[〔\[(【［（][12][0-9OoIl]{3}[〕\])】］）]\s{0,3}第?\s*[0-9OoIl]{1,6}\s*号")
_OTHER_PAPERS = re.compile(r"(?:告知|通知|强制|扣押|封|立案|听证|责改|移送|鉴|证)")
_PARTY = re.compile(r"当\s{0,2}事\s{0,2}人")
# Of numbers after the party, only one with such letters can be that of this paper: reports and seizures have theirs, too.
_OF_A_PENALTY = re.compile(r"罚|处|决|裁")
_NEVER_THE_PAPER = re.compile(r"(?:告知|强制|扣押|封|立案|听证|移送|鉴|证)")  # of one that is an order itself
_TITLE_BEFORE = re.compile(r"^.*(?:决定书|编号|文号|文书号)")
_OFFICE = r"[\u4e00-\u9fa5]{2,28}?(?:局|委员会|总队|支队|大队)"
_TITLE = re.compile(
    rf"^\s*({_OFFICE})\s*(?:专利侵权纠纷|专利|商标|著作权|版权)?(?:(?:不予)?(?:行政)?(?:处罚|处理|裁决)(?:决定)?书|责令[^\n。]{{0,16}}书)",
    re.MULTILINE,
)
# A paper that orders and does not punish, or says that nobody is punished: neither is a penalty (行政处罚法 Art 9, 28, 33).
_ORDERS = re.compile(r"责令(?:当事人)?(?:限期|立即)?(?:改正|整改|停止)[^\n。，,]{0,16}(?:通知|决定)书")
_PUNISHES = re.compile(r"(?<!不予)(?<!不予行政)处罚决定书")
_SPARES = re.compile(r"不予(?:行政)?处罚决定书")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fa5])[ \t]+(?=[\u4e00-\u9fa5])")
# A paper between two sides: somebody asked for it, somebody else is told to stop (专利法 Art 65).
_ADJUDICATES = re.compile(r"(?:处理决定|裁决决定|裁决)书")
_ASKED_AGAINST = re.compile(r"(?:^|[\s。])被请求人\s*(?:\([^)]*\))?\s*[: ]", re.MULTILINE)
_TITLE_WITHIN = 600
_OFFICE_LABEL = re.compile(
    rf"(?:处罚机关|作出处罚决定(?:的)?机关)(?:名称)?\s*[: ]\s*({_OFFICE})(?![\u4e00-\u9fa5])"
)
_OFFICE_LINE = re.compile(rf"^\s*({_OFFICE})\s*(?:\([^)]*\))?\s*$", re.MULTILINE)
_SIGNED = re.compile(
    rf"({_OFFICE})\s*(?:\((?:印章|公章|盖章)\))?\s*(?=(?:19|20)\d{{2}}\s*[年.\-/]|二[〇零○O0])"
)
_DECIDED_LABEL = re.compile(r"(?:处罚)?决定(?:书)?(?:作出)?日期\s*[: ]")
_SIGNATURE = 260


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text tells. `doubts` are (name of a form's field or "", sentence)."""

    text: str
    stretches: tuple[Cut, ...]
    zones: Mapping[str, str]
    left_out: str
    performance: str
    kind: DecisionKind
    document_number: str | None
    authority_name: str | None
    decided_on: dt.date | None
    party: Party | None
    cause: Cause | None
    ordered: Ordered
    doubts: tuple[tuple[str, Sentence], ...]

    @property
    def penalty_kinds(self) -> tuple[PenaltyKind, ...]:
        return self.ordered.kinds


def read_served(text: str) -> Reading:
    """Reads the text of one decision."""
    stretches = cuts(text)
    zones = zones_of(text, stretches)
    before = "".join(text[one.begin : one.end] for one in stretches if one.zone is None)
    head = before + "\n" + zones["party_text"]
    named = parties(head if zones["party_text"] else text[:2_000])
    doubts: list[tuple[str, Sentence]] = []
    kind = _kind(text)
    number = _document_number(before + "\n" + text[:600], text, kind, doubts)
    decided_on = _decided_on(text, doubts)
    orders = ordered(zones["penalty"]) if kind is DecisionKind.PENALTY else NOTHING_ORDERED
    told = performance_in(zones)
    meant = causes_meant(_violated(text), decided_on=decided_on) or _causes_of(kind)
    doubts += [
        *_doubts_on_party(named),
        *_doubts_on_kind(text, kind, zones, orders),
        *_doubts_on_zones(zones, kind),
        *_doubts_on_cause(meant),
        *orders.doubts,
    ]
    return Reading(
        text=text,
        stretches=tuple(stretches),
        zones=told.zones,
        left_out=before.strip(),
        performance=told.performance,
        kind=kind,
        document_number=number,
        authority_name=_authority(text),
        decided_on=decided_on,
        party=named[0] if named else None,
        cause=meant[0] if meant else None,
        ordered=orders,
        doubts=tuple(doubts),
    )


def _kind(text: str) -> DecisionKind:
    half = alike(text)
    title = _SPACED.sub("", half[:_TITLE_WITHIN])
    if _ADJUDICATES.search(title) and _ASKED_AGAINST.search(half):
        return DecisionKind.ADJUDICATION
    punishes = _PUNISHES.search(title)
    other = _SPARES.search(title) or _ORDERS.search(title)
    is_other = other is not None and (punishes is None or other.start() < punishes.start())
    return DecisionKind.OTHER if is_other else DecisionKind.PENALTY


def _causes_of(kind: DecisionKind) -> list[Cause]:
    """The causes that such a decision alone can have, where its text cites none."""
    return [one for one in causes() if one.decides is kind] if kind is DecisionKind.ADJUDICATION else []


def _document_number(
    head: str, text: str, kind: DecisionKind, doubts: list[tuple[str, Sentence]]
) -> str | None:
    others = _NEVER_THE_PAPER if kind is DecisionKind.OTHER else _OTHER_PAPERS
    if head != (read := _SLIPPED.sub(_as_digits, head)):
        doubts.append(("document_number", said("文号里像数字的字母已按数字读出，请照文书核对。")))
    for where in (read, text):
        party = _PARTY.search(alike(where))
        for match in _NUMBER.finditer(alike(where)):
            written = _TITLE_BEFORE.sub("", where[match.start() : match.end()]).strip()
            is_on_top = where is read and (party is None or match.start() < party.start())
            is_likely = is_on_top or kind is DecisionKind.OTHER or _OF_A_PENALTY.search(written)
            if is_likely and not others.search(written):
                return re.sub(r"\s+", "", written)
    lost = _LOST_BRACKETS.search(head)
    if lost and (_OF_A_PENALTY.search(lost["office"]) or not _PARTY.search(alike(head[: lost.start()]))):
        doubts.append(("document_number", said("文号里的括号好像丢了，已经补上，请照文书核对。")))
        office = _TITLE_BEFORE.sub("", lost["office"])
        return f"{office}〔{lost['year']}〕{lost['serial']}号"
    doubts.append(("document_number", said("没有找到文号。")))
    return None


def _as_digits(number: re.Match[str]) -> str:
    return number[0].translate(_SLIPS)


def _authority(text: str) -> str | None:
    """The office in the title, else the one that signs."""
    half = alike(text)
    title = _TITLE.search(half[:600]) or _OFFICE_LABEL.search(half)
    if title:
        return text[slice(*title.span(1))]
    last = max(0, len(half) - _SIGNATURE)
    signed = [*_OFFICE_LINE.finditer(half, last), *_SIGNED.finditer(half, last)]
    signed = signed or list(_OFFICE_LINE.finditer(half, 0, 300))
    return text[slice(*signed[-1].span(1))] if signed else None


def _decided_on(text: str, doubts: list[tuple[str, Sentence]]) -> dt.date | None:
    """The day under the signature, else the one labelled so at the top."""
    label = _DECIDED_LABEL.search(alike(text))
    if label:
        after = next(days(text[label.end() : label.end() + 30]), None)
        if after:
            return after[0]
    ends = [found[0] for found in days(text[-_SIGNATURE:])]
    if not ends:
        doubts.append(("decided_on", said("文末没有找到落款日期。")))
        return None
    return ends[-1]


def _violated(text: str) -> str:
    """The sentences that say what was violated, without those that only suspect it."""
    sentences = re.split(r"[。\n]", alike(text))
    meant = [one for one in sentences if re.search(r"违反|构成|属于|侵犯", one) and "涉嫌" not in one]
    return "\n".join(meant)


def _doubts_on_party(named: list[Party]) -> list[tuple[str, Sentence]]:
    if not named:
        return [("party_name", said("没有找到当事人。"))]
    found = []
    if len(named) > 1:
        sentence = said(
            "有 %(count)s 个当事人：%(names)s。一条公示记录一个当事人，请分别录入。",
            count=len(named),
            names=[one.name for one in named],
        )
        found.append(("party_name", sentence))
    first = named[0]
    if first.uscc is not None and not is_valid_uscc(first.uscc):
        found.append(("uscc", said("统一社会信用代码的校验位不对，请照文书核对。")))
    if first.uscc is None and first.kind is PartyKind.ORGANISATION:
        found.append(("uscc", said("没有找到统一社会信用代码。")))
    return found


_ZONE_DOUBTS = {
    "facts": said("没有认出违法事实从哪里开始，请从左边的原文里分出来。"),
    "basis": said("没有认出依据，请从左边的原文里分出来。"),
    "penalty": said("没有认出处罚内容，请从左边的原文里分出来。"),
    "remedy": said("没有认出救济途径。"),
}


_UNPUNISHED_DOUBTS = {
    "facts": said("没有认出查明的事实从哪里开始，请从左边的原文里分出来。"),
    "basis": said("没有认出决定的依据，请从左边的原文里分出来。"),
    "penalty": said("没有认出决定内容，请从左边的原文里分出来。"),
}


def _doubts_on_kind(
    text: str, kind: DecisionKind, zones: Mapping[str, str], orders: Ordered
) -> list[tuple[str, Sentence]]:
    if kind is DecisionKind.OTHER and _SPARES.search(_SPACED.sub("", alike(text)[:_TITLE_WITHIN])):
        return [("kind", said("这是不予处罚的决定，一般不公示，请核对是否应当录入。"))]
    if kind is DecisionKind.PENALTY and zones["penalty"] and not orders.kinds:
        only_orders = said("没有认出处罚种类。只是责令改正、责令停止的，不是行政处罚，请选“其他行政决定”。")
        return [("kind", only_orders)]
    return []


def _doubts_on_zones(zones: Mapping[str, str], kind: DecisionKind) -> list[tuple[str, Sentence]]:
    doubts = _ZONE_DOUBTS if kind is DecisionKind.PENALTY else _ZONE_DOUBTS | _UNPUNISHED_DOUBTS
    return [(zone, sentence) for zone, sentence in doubts.items() if not zones[zone]]


def _doubts_on_cause(causes: list[Cause]) -> list[tuple[str, Sentence]]:
    if not causes:
        return [("cause_name", said("没有从引用的条款认出案由，请选择。"))]
    if len(causes) > 1:
        return [
            (
                "cause_name",
                said("引用的条款有几个案由：%(names)s。请核对。", names=[one.name for one in causes]),
            )
        ]
    return []
