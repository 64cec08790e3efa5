"""Amounts: integers in fen, shown in yuan, exchanged in ten thousands of yuan with six decimals."""

import re
import unicodedata
from decimal import Decimal

from models.wording import Sentence, said

FEN_PER_WAN = 1_000_000  # 1 万元 = 10,000 yuan = 1,000,000 fen, so six decimals are exactly one fen
MAX_FEN = 10**15  # ten thousand billion yuan; more is a slip of the keyboard
_CLUTTER = str.maketrans("", "", ", ¥")
_AMOUNT = re.compile(r"-?\d+(\.\d+)?")


class AmountError(ValueError):
    """The text is not an amount; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def wan_to_fen(written: str) -> int:
    """Exact fen of an amount written in 万元, up to six decimals; raises AmountError.

    One that says 元 by itself is so many yuan, whatever its column says: 3,000元 is no 30 million.
    """
    cleaned = _clean(written)
    if cleaned.endswith("元") and not cleaned.endswith("万元"):
        return _exact_fen(cleaned.removesuffix("元"), 100, decimals=2)
    return _exact_fen(cleaned.removesuffix("元").removesuffix("万"), FEN_PER_WAN, decimals=6)


def yuan_to_fen(written: str) -> int:
    """Exact fen of an amount written in 元, up to two decimals; raises AmountError."""
    return _exact_fen(_clean(written).removesuffix("元"), 100, decimals=2)


def fen_to_yuan(fen: int) -> Decimal:
    """The amount in yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def fen_to_wan(fen: int) -> Decimal:
    """The amount in 万元 with six decimals, as the double-publicity tables want it."""
    return Decimal(fen).scaleb(-6)


def _clean(written: str) -> str:
    return unicodedata.normalize("NFKC", written).translate(_CLUTTER)


def _exact_fen(cleaned: str, factor: int, *, decimals: int) -> int:
    if _AMOUNT.fullmatch(cleaned) is None:
        raise AmountError(said("“%(text)s”不是金额", text=cleaned[:40]))
    amount = Decimal(cleaned)
    if not 0 <= amount * factor <= MAX_FEN:
        raise AmountError(said("金额不能是负数，也不能大于十万亿元"))
    fen = amount * factor
    if fen != fen.to_integral_value():
        raise AmountError(said("金额最多 %(places)s 位小数", places=decimals))
    return int(fen)
