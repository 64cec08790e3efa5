"""Everybody who stands in a public decision or on a public list: looked up by name, by a likeness, by a code with a slip.

Made anew for each list of companies that is checked, from the database alone: so what has ended is not in it, whatever the
index still holds, and five thousand names cost one look at all names instead of five thousand searches.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from sqlalchemy.orm import Session

from models.codes.uscc import one_slip_from
from models.companies.likeness import compare_parts
from models.companies.naming import NameParts, parts_of
from models.decisions.queries import public_parties
from models.lists.queries import listed_parties
from search.fold import fold

LEAST_SCORE = 45.0
LOOKED_AT = 4  # names that share most with the one that is asked for
# A pair of characters that more of the names have than this tells nothing: 有限, 公司.
_COMMON_SHARE, _COMMON_AT_LEAST = 0.05, 40

# Of public names only: what somebody asks about is kept nowhere.
_folded = lru_cache(maxsize=100_000)(lambda name: fold(name).text)


class Roster:
    """`newest` is the name by which each code goes now; `codes` are those of each folded name, former ones too."""

    def __init__(self, parties: Iterable[tuple[str, str]]) -> None:
        self.newest: dict[str, str] = {}
        self.codes: Mapping[str, set[str]] = defaultdict(set)
        for code, name in parties:
            self.newest[code] = name
            self.codes[_folded(name)].add(code)

    def named(self, written: str) -> list[str]:
        """The codes of those that go, or went, by just this name."""
        return sorted(self.codes.get(fold(written).text, ()))

    def is_former(self, written: str, code: str) -> bool:
        """Whether the name is one that the company with the code used before."""
        return _folded(self.newest[code]) != fold(written).text

    def slipped(self, code: str) -> list[str]:
        """The codes that differ from this one by a slip."""
        return sorted({other for other in one_slip_from(code) if other in self.newest})

    def like(self, written: str, *, limit: int = 3) -> list[tuple[str, str]]:
        """Code and name of those whose names are like this one, the likest first."""
        asked = fold(written).text[:60]
        shared = Counter(place for pair in _pairs(asked) for place in self._telling.get(pair, ()))
        parts = parts_of(asked) if shared else None
        scored = [
            (compare_parts(asked, parts, name, self._parts(name)).score, name)
            for place, _count in shared.most_common(LOOKED_AT)
            for name in [self._names[place]]
            if parts is not None
        ]
        best = sorted((-score, name) for score, name in scored if score >= LEAST_SCORE)
        return [(code, self.newest[code]) for _score, name in best for code in sorted(self.codes[name])][
            :limit
        ]

    def _parts(self, name: str) -> NameParts:
        if name not in self._taken_apart:
            self._taken_apart[name] = parts_of(name)
        return self._taken_apart[name]

    @cached_property
    def _taken_apart(self) -> dict[str, NameParts]:
        return {}

    @cached_property
    def _names(self) -> list[str]:
        return list(self.codes)

    @cached_property
    def _telling(self) -> dict[str, list[int]]:
        """For each pair of characters the names that have it, where those are not too many to tell anything."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self._names):
            for pair in _pairs(name):
                places[pair].append(place)
        most = max(_COMMON_AT_LEAST, int(_COMMON_SHARE * len(self._names)))
        return {pair: found for pair, found in places.items() if len(found) <= most}


def roster(session: Session, *, today: dt.date) -> Roster:
    """Everybody who is public on that day; of a company's names in decisions, the last used is the one it goes by."""
    return Roster([*listed_parties(session, today=today), *public_parties(session, today=today)])


def _pairs(folded: str) -> set[str]:
    return {folded[at : at + 2] for at in range(len(folded) - 1)}
