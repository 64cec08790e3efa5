"""Whether an expert has something to do with those concerned: by name, by employer, by what the expert declared.

Order 121 Art 21 and 行政处罚法 Art 43 name the interests that keep a person out; the same holds for whom we ask. Names are
compared as they are said, codes exactly; the officer learns that there is a conflict, never with which side of the filer.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.cases.tables import Case
from models.codes.text import compact
from models.experts.tables import Expert
from models.filings.parties import more_respondents
from models.filings.submissions import Person, Respondent

SHORTEST = 2  # characters of a name that is compared
SHORTEST_PART = 6  # of one that may stand inside a longer one: a company with and without its city


def has_conflict(expert: Expert, case: Case, person: Person | None) -> bool:
    """Whether the expert must not be asked. `person` is the filer, where the filing is not anonymous."""
    own, named = _names_of(expert), set(_compared(case, person))
    codes = {compact(code) for code in _codes(case, person) if code}
    declared = {*map(compact, expert.interests.splitlines()), compact(expert.employer_uscc or "")}
    return bool(codes & declared) or any(_is_same(one, other) for one in own for other in named)


def conflicts_with_respondent(expert: Expert, case: Case) -> bool:
    """The part that can be seen without anybody's envelope."""
    return has_conflict(expert, case, None)


def _names_of(expert: Expert) -> set[str]:
    lines = (expert.name, expert.employer, *expert.interests.splitlines())
    return {name for name in map(compact, lines) if len(name) >= SHORTEST}


def _respondents(case: Case) -> Iterator[Respondent]:
    filing = case.filing
    yield Respondent(filing.respondent_name, filing.respondent_uscc or "")
    yield from more_respondents(filing.data)


def _compared(case: Case, person: Person | None) -> Iterator[str]:
    names = [one.name for one in _respondents(case)]
    if person is not None:
        names += [person.name, person.organisation, *(one.name for one in person.companions)]
        if person.agent is not None:
            names += [person.agent.name, person.agent.organisation]
    yield from (name for name in map(compact, names) if len(name) >= SHORTEST)


def _codes(case: Case, person: Person | None) -> Iterator[str]:
    yield from (one.uscc for one in _respondents(case))
    if person is not None:
        yield person.uscc


def _is_same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= SHORTEST_PART and shorter in longer)
