"""Texts made alike without moving a character: full width to half, traditional to simplified, masks to stars, blanks to spaces."""

from __future__ import annotations

from functools import lru_cache

import opencc

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MASKS = {ord(sign): ord("*") for sign in "＊×■●▇█✱✕✖"}
_BLANKS = {ord(blank): ord(" ") for blank in "\t\u00a0\u2002\u2003\u2009\u200b\u200c\u200d\u2060\ufeff\u3000"}
_DASHES = {ord(dash): ord("-") for dash in "‐‑‒–—―－−"}
_STAY = "於"  # a family name, 于 another


def _simplified() -> dict[int, int]:
    """Traditional characters, each on a line of its own, so that none is made two and no rule for phrases applies."""
    written = [chr(code) for code in range(0x4E00, 0xA000) if chr(code) not in _STAY]
    converted = opencc.OpenCC("t2s").convert("\n".join(written)).split("\n")
    pairs = zip(written, converted, strict=True)
    return {ord(old): ord(new) for old, new in pairs if old != new and len(new) == 1}


_TABLE = _FULL_WIDTH | _MASKS | _BLANKS | _DASHES | _simplified()
_HAN_DIGITS = str.maketrans("零〇○Ｏ一二三四五六七八九壹贰叁肆伍陆柒捌玖", "0000123456789123456789")


@lru_cache(maxsize=32)  # every detector asks for the same few texts
def alike(text: str) -> str:
    """`text` in half width; every offset stays."""
    return text.translate(_TABLE)


def with_digits(text: str) -> str:
    """As `alike`, with digits written in Han as digits: 一三八 is 138."""
    return text.translate(_HAN_DIGITS).translate(_TABLE)
