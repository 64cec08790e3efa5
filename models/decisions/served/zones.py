"""Where the zones of a served text begin, found by the phrases that such texts turn on.

Provinces differ in headings, order and signs, and a copy from a web page may have no line ends, so nothing hangs on
lines. Order is what is sure: the party first, the penalty after the facts, the remedy last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.decisions.content import ZONES
from models.decisions.redaction.width import alike
from models.decisions.served.days import DAY

_PARTY = re.compile(
    r"(?:^|(?<=[\s。]))(?:当事[人任]|被处罚人|被处罚单位|被处罚对象|行政相对人|被?请求人)(?:名称|姓名|情况|基本情况)?(?:[一二三四五六七八九\d]{1,2})?"
    r"(?:\([^)]{0,20}\))?\s*[: ]|^\s*(?:被处罚人|当事人)(?=[\u4e00-\u9fa5]{2,4},[男女])"
    r"|(?:^|(?<=[\s。]))当事人(?!的|上述|不服)",
    re.MULTILINE,
)
_FACTS = re.compile(
    r"^[一二三四五六七八九]、\s*(?:案件来源|案件事实|违法事实|主要违法事实|案情|调查|案件基本|基本情况及案件|案由及)"
    r"|(?<![\u4e00-\u9fa5])(?:案件来源|主要违法事实|违法事实)[^\n]{0,10}[:：\n]|^(?:主要)?违法事实\s"
    r"|(?:(?:现|经|本局|我局)?(?:依法)?(?:查明|查实)|经查|现查|经(?:本局|我局|依法)?(?:立案)?调查)[^\n]{0,6}?[,:，：]"
    r"|(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[,，\s]*(?:根据|接|本局|我局|我所|本机关|执法|群众|市|县|区|[^\n,，。]{0,12}(?:执法人员|举报|投诉|检查|移送))"
    r"|(?:本局|我局|本机关)(?:于|接到|收到|执法人员)"
    r"|(?<!被)请求人(?:诉?称|认为|向本局|向我局|于)|经(?:本局|我局)?(?:依法)?审理(?:查明|认定)?[,:]?",
    re.MULTILINE,
)
_EVIDENCE = re.compile(
    r"^[一二三四五六七八九]、[^\n。]{0,8}证据"
    r"|(?:以上|上述)(?:违法)?(?:事实|行为)[^。\n]{0,24}(?:证据|证明|证实|为证|佐证)"
    r"|(?:认定|证明)(?:以上|上述)(?:违法)?事实"
    r"|(?:主要)?(?:有|由)?(?:以下|下列|如下)(?:主要)?证据"
    r"|(?:主要)?证据(?:材料)?(?:如下|有)?[:：]"
    r"|本案(?:主要)?证据",
    re.MULTILINE,
)
_BASIS = re.compile(
    r"^[一二三四五六七八九]、[^\n。]{0,10}(?:定性|法律适用|处罚依据|法律依据|行政处罚告知|告知|裁量|适用)"
    r"|^(?:行政)?(?:处罚|法律)依据\s*[:\s]"
    r"|(?:本局|我局|本机关)(?:经审查)?认为"
    r"|(?:当事人|其|该)[^。\n]{0,40}行为[^。\n]{0,40}?(?:违反|构成|属于)"
    r"|(?:违反|构成)了?[^。\n]{0,20}《[^》\n]+》"
    r"|(?:本局|我局|本机关|执法人员)[^。\n]{0,40}(?:送达|下达|发出|告知)[^。\n]{0,40}告知书"
    r"|(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[^。\n]{0,40}告知书",
    re.MULTILINE,
)
_PENALTY = re.compile(
    r"^[一二三四五六七八九十]、\s*(?:行政)?(?:处罚|处理)(?:的)?(?:决定|内容)[^\n。]{0,8}$"
    r"|(?:(?:本局|我局|本机关|现|并)\s{0,4}){0,3}(?:决定|作出|做出|给予|予以)[^。;；\n]{0,40}?(?:如下|以下|下列)[^。;；\n措]{0,12}?(?:处罚|处理|决定)[^。;；\n措]{0,8}"
    r"|(?:(?:本局|我局|本机关|现)\s{0,4}){0,3}(?:决定|作出|做出)[^。;；\n]{0,40}?(?:处罚|处理|决定)[^。;；\n措]{0,8}?(?:如下|以下)"
    r"|(?:行政)?处罚(?:决定|内容)?(?:如下|[:：])|^(?:行政)?处罚(?:内容|结果)\s"
    r"|(?:(?:本局|我局|本机关|现)\s{0,4}){0,3}决定\s*[:]\s*(?=(?:一、|1[.、]|\(一\))?\s*(?:责令|没收|处以|罚款|警告|给予))"
    r"|(?:(?:本局|我局|本机关|现)\s{0,4}){0,3}(?:依法)?(?:裁决|处理决定|决定)如下\s*:"
    r"|(?:(?:本局|我局|本机关|现)\s{0,4}){0,3}(?<!处罚)(?<!理)决定(?:对[^。;；\n]{0,40}?)?(?:责令|处以|处罚款|给予|没收|罚款|并处|警告|处\s*(?:人民币)?[\d一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾])",
    re.MULTILINE,
)
# A paper that only orders has no list of penalties to begin with.
_ORDER = re.compile(
    r"(?:(?:现|特|本局|我局|本机关)(?:依法)?){1,3}(?:决定)?(?:对[^。;；\n]{0,30})?(?:不予(?:行政)?处罚|责令)",
    re.MULTILINE,
)
_REMEDY = re.compile(
    r"^[一二三四五六七八九十]、[^\n。]{0,10}(?:救济|权利)[^\n。]{0,8}$"
    r"|^(?:权利)?救济(?:渠道|途径|方式)?\s*[:\n]"
    r"|(?:如|若|倘)(?:果)?[^。;；\n]{0,24}?不服"
    r"|(?:当事人|双方当事人|任何一方)[^。;；\n]{0,10}不服"
    r"|(?:你|你单位|您|当事人)?(?:对本|不服本)[^。;；\n]{0,16}(?:决定)[^。;；\n]{0,4}(?:不服|的)"
    r"|(?:可|可以)(?:在|自|于|依法)[^。;；\n]{0,50}(?:复议|诉讼)",
    re.MULTILINE,
)
# 平岭县市场监督管理局, 2026年10月8日, （印章）, （本文书一式两份…）: each on a line of its own at the very end.
_LAST_DAY = re.compile(rf"(?:^|\n)\s*{DAY.pattern}(?:\s*\n\s*\([^()\n]{{1,60}}\))*\s*$")
_LAST_OFFICE = re.compile(
    r"\n[ ]*[\u4e00-\u9fa5 ]{3,40}(?:局|委员会|总队|支队|大队)\s*(?:\((?:印章|公章|盖章|印)\))?\s*$"
)
_SENTENCE_ENDS = "。\n;"


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the text and the zone that it belongs to; `None` is what stands before the first zone."""

    zone: str | None
    begin: int
    end: int


def cuts(text: str) -> list[Cut]:
    """The whole of `text` in stretches: one after another, nothing lost, nothing twice."""
    half = alike(text)
    starts = _starts(half)
    order = sorted((begin, zone) for zone, begins in starts.items() for begin in begins)
    first = order[0][0] if order else len(text)
    found = [Cut(None, 0, first)] if first else []
    for (begin, zone), (end, _) in zip(order, [*order[1:], (len(text), "")], strict=False):
        if begin < end:
            found.append(Cut(zone, begin, end))
    return found


def zones_of(text: str, stretches: list[Cut]) -> dict[str, str]:
    """The text of each zone, its stretches in their order."""
    parts: dict[str, list[str]] = {zone: [] for zone in ZONES}
    for cut in stretches:
        if cut.zone:
            written = text[cut.begin : cut.end]
            parts[cut.zone].append((_unsigned(written) if cut.end == len(text) else written).strip())
    return {zone: "\n".join(part for part in found if part) for zone, found in parts.items()}


def _unsigned(written: str) -> str:
    """Without the office and the day under it, which are fields of their own."""
    half = alike(written)
    day = _LAST_DAY.search(half)
    if day is None:
        return written
    office = _LAST_OFFICE.search(half, 0, day.start())
    return written[: office.start() if office else day.start()]


def _starts(half: str) -> dict[str, list[int]]:
    party = _first(_PARTY, half, 0)
    facts = _first(_FACTS, half, (party or 0) + 3)
    penalty = _first(_PENALTY, half, facts or party or 0)
    if penalty is None:
        penalty = _first(_ORDER, half, facts or party or 0)
    remedy = _sentence(half, _first(_REMEDY, half, penalty)) if penalty is not None else None
    end = penalty if penalty is not None else len(half)
    evidence = _sentence(half, _first(_EVIDENCE, half, (facts or party or 0) + 3, end))
    bases: list[int] = []
    if (basis := _first(_BASIS, half, (facts or party or 0) + 3, end)) is not None:
        begins = _sentence(half, basis) or basis
        # 经查，…，违反了…: facts and law in one sentence are parted at the clause.
        bases.append(begins if begins > (facts or 0) else _clause(half, basis))
        if evidence is not None and evidence > bases[0]:
            after = _first(_BASIS, half, evidence + 3, end)
            bases += [_sentence(half, after) or after] if after is not None else []
    found: dict[str, list[int | None]] = {
        "party_text": [party],
        "facts": [facts],
        "evidence_text": [evidence],
        "basis": [*bases],
        "penalty": [penalty],
        "remedy": [remedy],
    }
    return {zone: [at for at in begins if at is not None] for zone, begins in found.items()}


def _first(pattern: re.Pattern[str], half: str, begin: int, end: int | None = None) -> int | None:
    """Where the pattern is first met, but for what is only suspected or intended."""
    for match in pattern.finditer(half, begin, len(half) if end is None else end):
        clause = half[_clause(half, match.start()) : match.end()]
        if not any(word in clause for word in ("涉嫌", "拟作", "拟对", "拟处", "拟给", "建议")):
            return match.start()
    return None


def _clause(half: str, at: int) -> int:
    earliest = max(0, at - 80)
    return max(earliest - 1, *(half.rfind(sign, earliest, at) for sign in "。\n;,:")) + 1


def _sentence(half: str, at: int | None) -> int | None:
    """Where the sentence begins that holds the place."""
    return None if at is None else max(half.rfind(sign, 0, at) for sign in _SENTENCE_ENDS) + 1
