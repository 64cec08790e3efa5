"""How a party's name is read aloud: pinyin and initials, so that a name can be found by a keyboard without Chinese.

A character may be read in several ways, above all as a family name (解 jiě, but Xiè; 单 dān, but Shàn). The usual
reading of the whole name comes first; then every other reading of its first characters, one at a time.
"""

from __future__ import annotations

import functools
import re

from pypinyin import Style, lazy_pinyin, pinyin

from search.fold import fold

# Readings are varied in the first characters only: family name, or the place and name of a firm.
VARIED = 4
_HAN = re.compile(r"[\u3400-\u9fff]")


def readings(name: str) -> tuple[str, ...]:
    """All ways to spell the name in letters, without blanks: whole syllables, then initials; none without Han."""
    folded = fold(name).text
    if not _HAN.search(folded):
        return ()
    usual = _spelt(folded)
    others = (
        (*usual[:place], other, *usual[place + 1 :])
        for place, char in enumerate(folded[:VARIED])
        for other in _of_character(char)
        if other != usual[place]
    )
    spellings = (usual, *others)
    whole = ("".join(syllables) for syllables in spellings)
    initials = ("".join(syllable[:1] for syllable in syllables) for syllables in spellings)
    return tuple(dict.fromkeys((*whole, *initials)))


def _spelt(folded: str) -> tuple[str, ...]:
    """One syllable for each Han character, letters and digits as they stand, signs left out."""
    han = "".join(_HAN.findall(folded))
    read = lazy_pinyin(han, style=Style.NORMAL)
    # Characters without a reading come back in one piece.
    syllables = iter(read if len(read) == len(han) else [lazy_pinyin(char)[0] for char in han])
    return tuple(
        _letters(next(syllables)) if _HAN.match(char) else char if char.isalnum() else "" for char in folded
    )


@functools.lru_cache(maxsize=20_000)
def _of_character(char: str) -> tuple[str, ...]:
    if not _HAN.match(char):
        return ()
    return tuple(_letters(reading) for reading in pinyin(char, style=Style.NORMAL, heteronym=True)[0])


def _letters(syllable: str) -> str:
    return syllable.replace("ü", "u").replace("v", "u")
