"""处罚类别: the kinds of penalty in one cell, however they are joined."""

from __future__ import annotations

import re
import unicodedata

from models.decisions.kinds import PENALTY_KIND_SYNONYMS, PenaltyKind

_BORDER = re.compile(r"[;,/|\s、。]+")
_NUMBERING = re.compile(r"^[(\[]?\d{1,2}[.)\]、]+")
_OTHER = ("其他", "其它")

# Names that hold a sign that else parts two kinds; the longest first.
_WHOLE = {PenaltyKind.OTHER.value: (PenaltyKind.OTHER,)} | {
    name: kinds for name, kinds in PENALTY_KIND_SYNONYMS.items() if "、" in name
}
_BY_NAME = {kind.value: (kind,) for kind in PenaltyKind} | PENALTY_KIND_SYNONYMS


def kinds_of(written: str) -> tuple[tuple[PenaltyKind, ...], list[str]]:
    """The kinds in the order of the law, each once, and the words that are none.

    >>> kinds_of("罚款；没收违法所得、没收非法财物")[0]
    (<PenaltyKind.FINE: '罚款'>, <PenaltyKind.CONFISCATE_GAINS: '没收违法所得'>, <PenaltyKind.CONFISCATE_GOODS: '没收非法财物'>)
    """
    rest = unicodedata.normalize("NFKC", written)
    found: set[PenaltyKind] = set()
    for name in sorted(_WHOLE, key=len, reverse=True):
        if name in rest:
            found.update(_WHOLE[name])
            rest = rest.replace(name, ";")
    unknown: list[str] = []
    for word in _BORDER.split(rest):
        bare = _NUMBERING.sub("", word)
        kinds = _BY_NAME.get(bare) or ((PenaltyKind.OTHER,) if bare.startswith(_OTHER) else ())
        found.update(kinds)
        if bare and not kinds:
            unknown.append(bare)
    return tuple(kind for kind in PenaltyKind if kind in found), unknown
