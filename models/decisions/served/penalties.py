"""What is ordered: kinds of penalty and the amounts of fine and confiscated gains, from the zone of the penalty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.decisions.kinds import PenaltyKind
from models.decisions.redaction.width import alike
from models.decisions.served.amounts import Found, amounts
from models.wording import Sentence, said

# What follows the list of penalties: how to pay, and what happens to who doesn't.
_AFTERWARDS = re.compile(
    r"(?:当事人|你单位|你)?(?:应当?|须|请)?(?:自|在|于)(?:收到|接到|本决定|本处罚|本行政)|逾期|到期不|加处罚款|(?:当事人|你单位|你)应当?[^。\n]{0,12}(?:履行|缴纳|缴至)|缴纳(?:方式|期限)"
)
_NONE = re.compile(r"(?:不予|免予|免除|不再|不)(?:行政)?(?:处罚|罚款|没收)[^。；;,，\n]*")
_WORDS = {
    PenaltyKind.WARNING: r"警告",
    PenaltyKind.CRITICISM: r"通报批评",
    PenaltyKind.FINE: r"罚款|处以?人民币[^。；;\n]{0,30}罚|处[^。；;，,\n]{0,6}罚款",
    PenaltyKind.CONFISCATE_GAINS: r"没收[^。；;\n]{0,12}(?:违法|非法)所得|(?:违法|非法)所得[^。；;\n]{0,20}(?:予以)?没收",
    PenaltyKind.CONFISCATE_GOODS: (
        r"没收(?!\s*(?:款|全部)?[^。；;\n]{0,3}(?:违法|非法)所得)(?!\s*款)"
        r"|没收[^。；;\n]{0,40}(?:商品|物品|产品|工具|标识|包装|财物)"
    ),
    PenaltyKind.SUSPEND_LICENCE: r"暂扣",
    PenaltyKind.LOWER_GRADE: r"降低资质",
    PenaltyKind.REVOKE_LICENCE: r"吊销",
    PenaltyKind.RESTRICT_BUSINESS: r"限制(?:开展)?生产经营",
    PenaltyKind.STOP_BUSINESS: r"(?:责令)?停产停业",
    PenaltyKind.CLOSE: r"责令关闭",
    PenaltyKind.RESTRICT_PROFESSION: r"限制从业|禁止[^。；;\n]{0,10}从事",
    PenaltyKind.DETENTION: r"行政拘留",
}
_CLAUSE = re.compile(r"[^。；;\n]+")
_TOTAL = re.compile(
    r"(?:罚没款?|罚没)[^。；;\n]{0,6}(?:合计|共计|总计)|(?:合计|共计|总计)[^。；;\n]{0,4}罚没"
    r"|上述[^。；;\n]{0,12}(?:合计|共计)"
)
_FINE_SUM = re.compile(r"(?:合计|共计|总计)[^。；;\n]{0,10}罚款|罚款[^。；;\n\d]{0,10}(?:合计|共计|总计)")
_NEAR = 16


@dataclass(frozen=True, slots=True)
class Ordered:
    """Kinds in the order of the law; amounts in fen, None where none was found; what to look at."""

    kinds: tuple[PenaltyKind, ...]
    fine_fen: int | None
    confiscated_fen: int | None
    doubts: tuple[tuple[str, Sentence], ...]


NOTHING_ORDERED = Ordered((), None, None, ())


def ordered(penalty: str) -> Ordered:
    """Reads the list of penalties; what follows it (payment, late fees) is left aside."""
    half = alike(penalty)
    after = _AFTERWARDS.search(half, 8)
    told = _NONE.sub(lambda match: "□" * len(match[0]), half[: after.start()] if after else half)
    kinds = tuple(kind for kind in PenaltyKind if kind in _WORDS and re.search(_WORDS[kind], told))
    doubts: list[tuple[str, Sentence]] = []
    fine = _sum(list(_beside(told, "罚款")), doubts, "fine_yuan")
    gains = _sum(list(_beside(told, "所得")), doubts, "confiscated_yuan")
    if PenaltyKind.FINE in kinds and fine is None:
        doubts.append(("fine_yuan", said("处罚里有罚款，但没有读出金额，请填写。")))
    if PenaltyKind.CONFISCATE_GAINS in kinds and gains is None:
        doubts.append(("confiscated_yuan", said("处罚里有没收违法所得，但没有读出金额，请填写。")))
    return Ordered(kinds, fine, gains, tuple(doubts))


@dataclass(frozen=True, slots=True)
class _Sum:
    fen: int
    is_total: bool
    differs: bool


def _beside(told: str, word: str) -> Iterator[_Sum]:
    """For each clause with the word, the amount that stands with it: behind it, else just before it."""
    for clause in _CLAUSE.finditer(told):
        words = clause[0]
        if _TOTAL.search(words) and word == "罚款":
            continue
        sums, taken = list(amounts(words)), set()
        for place in re.finditer(word, words):
            behind = [
                one
                for one in sums
                if 0 <= one.begin - place.end() <= _NEAR and _is_plain(words[place.end() : one.begin])
            ]
            before = [one for one in sums if 0 <= place.start() - one.end <= 4 and word == "罚款"]
            chosen = behind[:1] or before[-1:]
            if chosen and chosen[0].begin not in taken:
                taken.add(chosen[0].begin)
                is_total = word == "罚款" and bool(_FINE_SUM.search(words))
                yield _Sum(chosen[0].fen, is_total, _said_twice_unlike(chosen[0], sums, words))


def _is_plain(between: str) -> bool:
    """Nothing between the word and the amount that gives the amount to something else."""
    return not re.search(r"[,，]|货值|经营额|倍", between)


def _said_twice_unlike(one: Found, sums: list[Found], words: str) -> bool:
    """The amount is said again behind it, in a bracket, and is another."""
    again = [
        other for other in sums if 0 < other.begin - one.end <= 4 and re.match(r"\s*[(（]", words[one.end :])
    ]
    return any(other.fen != one.fen for other in again)


def _sum(found: list[_Sum], doubts: list[tuple[str, Sentence]], field: str) -> int | None:
    if any(one.differs for one in found):
        doubts.append((field, said("大写和小写的金额不一样，请核对。")))
    totals = [one for one in found if one.is_total]
    if totals:
        return totals[-1].fen
    if len(found) > 1:
        doubts.append((field, said("有 %(count)s 处金额，已经相加，请核对。", count=len(found))))
    return sum(one.fen for one in found) if found else None
