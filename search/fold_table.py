"""The folding of single characters, worked out once for all of Unicode's assigned planes as NumPy tables.

Every character is folded alone, whatever stands beside it, so that folding a part of a text gives a part of
the folded text. That is why the canonical forms are taken apart (NFKD) and diacritics dropped: composed and
decomposed spellings must meet without looking at a neighbour.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import opencc

# Planes 0–3 hold every assigned character but tags, variation selectors and private use, which fold to themselves.
TABLE_SIZE = 0x33480
SPACE = 0x20
BORDER = "\x1e"  # stands between two pieces of text that don't touch; no phrase reaches over it

_OPENING = "〔[【［（﹝❲〖"
_CLOSING = "〕]】］）﹞❳〗"
_QUOTING = (
    "“”„‟〝〞〟＂「」『』﹁﹂﹃﹄｢｣"  # mainland, typewriter and Traditional ways to quote the same words
)

# Traditional writings that OpenCC's character table leaves alone, because only a phrase tells them from another
# character (答覆, 瞭解, 憑藉, 祇), and regional forms of Taiwan and Hong Kong. Folded on both sides, so they only
# make two spellings meet.
_VARIANTS = {
    "覆": "复", "瞭": "了", "藉": "借", "著": "着", "祇": "只", "衹": "只", "牠": "它", "衞": "卫", "敍": "叙",
    "痺": "痹", "簷": "檐", "睪": "睾", "顎": "颚", "腭": "颚", "枱": "台",
}  # fmt: skip


@dataclass(frozen=True)
class FoldTable:
    """`single[c]` is what c folds to. Where `length[c]` is not 1, `several[c]` holds the characters (maybe none)."""

    single: npt.NDArray[np.uint32]
    length: npt.NDArray[np.uint8]
    several: dict[int, npt.NDArray[np.uint32]]
    spaced: npt.NDArray[np.bool_]  # letters and digits between which a blank means something


def simplified_characters() -> dict[str, str]:
    """Traditional → simplified, one character at a time: each on its own line, so that no phrase rule can apply."""
    han = [chr(c) for first, last in ((0x3400, 0x9FFF), (0x20000, 0x323AF)) for c in range(first, last + 1)]
    converted = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {old: new for old, new in zip(han, converted, strict=True) if old != new and len(new) == 1}
    return table | _VARIANTS


def _is_mark(char: str) -> bool:
    return 0x300 <= ord(char) <= 0x36F


def _is_dropped(char: str) -> bool:
    """Controls, invisible format characters, variation selectors: nobody types or sees them."""
    if char == BORDER or char.isspace():
        return False
    return unicodedata.category(char) in {"Cc", "Cf"} or 0xFE00 <= ord(char) <= 0xFE0F or _is_mark(char)


class _Folder:
    def __init__(self) -> None:
        self.simple = simplified_characters()
        self.signs = (
            dict.fromkeys(_OPENING, "(") | dict.fromkeys(_CLOSING, ")") | dict.fromkeys(_QUOTING, '"')
        )

    def once(self, char: str) -> str:
        if char == BORDER:
            return char
        if char.isspace():
            return " "
        if _is_dropped(char):
            return ""
        parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
        composed = unicodedata.normalize("NFC", "".join(c for c in parts if not _is_mark(c)))
        folded = (self.signs.get(c) or self.simple.get(c, c) for c in composed)
        return "".join(" " if c.isspace() else c for c in folded if not _is_dropped(c))

    def __call__(self, char: str) -> str:
        """Folds until nothing changes, so that folding a folded text leaves it as it is."""
        before, after = char, self.once(char)
        while after != before:
            before, after = after, "".join(self.once(c) for c in after)
        return after


# Taken apart by NFKD and put together again by NFC: 11,172 characters that fold to themselves.
_HANGUL = range(0xAC00, 0xD7A4)


def _candidates(simple: dict[str, str]) -> list[int]:
    """Code points that may fold to something else. Found on whole strings: a call for each of 200,000 is slow."""
    codes = (c for c in range(TABLE_SIZE) if c not in _HANGUL and not 0xD800 <= c <= 0xDFFF)
    chars = [chr(c) for c in codes if c != ord("\n")]
    text = "\n".join(chars)
    changed = unicodedata.normalize("NFKD", text).casefold().split("\n")
    return [
        ord(char)
        for char, other in zip(chars, changed, strict=True)
        if char != other
        or char in simple
        or char.isspace()
        or char in _OPENING + _CLOSING + _QUOTING
        or _is_dropped(char)
    ] + [ord("\n")]


@functools.cache
def fold_table() -> FoldTable:
    """The tables, built on first use (some 0.2 s) and shared from then on; nobody writes to them."""
    folder = _Folder()
    single = np.arange(TABLE_SIZE, dtype=np.uint32)
    length = np.ones(TABLE_SIZE, dtype=np.uint8)
    several: dict[int, npt.NDArray[np.uint32]] = {}
    for code in _candidates(folder.simple):
        folded = folder(chr(code))
        if len(folded) == 1:
            single[code] = ord(folded)
        else:
            length[code] = len(folded)
            several[code] = np.array([ord(c) for c in folded], dtype=np.uint32)
    return FoldTable(single, length, several, _spaced())


def _spaced() -> npt.NDArray[np.bool_]:
    """Letters and digits of scripts that are written with blanks: not Han, kana or Hangul."""
    spaced = np.zeros(TABLE_SIZE, dtype=np.bool_)
    for code in (*range(0x2E80), *range(0xA4D0, 0xAC00), *range(0xFB00, 0xFE00), *range(0x10000, 0x17000)):
        char = chr(code)
        spaced[code] = char.isalnum() and unicodedata.east_asian_width(char) not in "WF"
    return spaced
