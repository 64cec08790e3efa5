"""All detectors over all texts of one decision. A name found once is found wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from models.codes.uscc import is_valid_uscc
from models.decisions.numbers import BRACKETED_NUMBER
from models.decisions.redaction.about import About
from models.decisions.redaction.abroad import find_foreigners
from models.decisions.redaction.broken import find_across_lines
from models.decisions.redaction.clues import find_clues
from models.decisions.redaction.condition import find_conditions
from models.decisions.redaction.contacts import find_contacts
from models.decisions.redaction.context import find_by_context
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.labels import find_in_rows
from models.decisions.redaction.likely import find_likely
from models.decisions.redaction.numbers import find_numbers
from models.decisions.redaction.people import find_known, find_people, names_among
from models.decisions.redaction.peoples import find_of_other_nations
from models.decisions.redaction.places import find_places
from models.decisions.redaction.proposals import Proposal, without_overlaps
from models.decisions.redaction.records import find_in_records
from models.decisions.redaction.width import alike

_LETTERS_GO_ON = re.compile(r"[\u4e00-\u9fa5]{0,8}[字罚处裁决告移立听]\s*[〔\[(【](?:19|20)\d{2}[〕\])】]")
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")


def propose(
    texts: Mapping[str, str], about: About, *, known: Iterable[tuple[MarkKind, str]] = ()
) -> dict[str, list[Proposal]]:
    """The proposals in each of `texts`, by their names. `known` are words that must not show, with their kind.

    文号 and the codes of companies are never proposed: they are the keys of the record.
    """
    known = list(known)
    found = {field: _alone(text, about) for field, text in texts.items() if text}  # most fields are empty
    names = {name for field in found for name in names_among(texts[field], found[field])}
    return {
        field: _settled(text, [*found[field], *_named(text, names, known, about)]) if text else []
        for field, text in texts.items()
    }


def blocking(text: str, about: About) -> list[Proposal]:
    """What in one text may on no account be published undecided."""
    return [one for one in propose({"text": text}, about)["text"] if one.risk is Risk.BLOCKING]


@lru_cache(
    maxsize=512
)  # a decision is looked at when it is entered, approved and published: some ten texts each time
def _alone(text: str, about: About) -> tuple[Proposal, ...]:
    found = _seen(text, about)
    return (*found, *find_across_lines(text, lambda whole: _seen(whole, about), found))


def _seen(text: str, about: About) -> tuple[Proposal, ...]:
    people = tuple(find_people(text, about))
    found = (
        *find_numbers(text),
        *find_contacts(text),
        *find_places(text, about),
        *people,
        *(one for one in find_by_context(text, about) if not any(_cuts(one, other) for other in people)),
        *find_in_rows(text, about),
        *find_in_records(text, about),
        *find_foreigners(text, about),
        *find_clues(text),
        *find_conditions(text, about),
    )
    # Whoever stands in a known role is judged by the role alone.
    made_so = (*find_likely(text, about), *find_of_other_nations(text, about))
    likely = (one for one in made_so if not any(one.meets(other) for other in found))
    return (*found, *likely)


def _cuts(one: Proposal, other: Proposal) -> bool:
    """Whether `one` begins within `other` and goes on after it: 阳任 of 曲向阳任总监, where a role has told the name."""
    return other.begin < one.begin < other.end < one.end


def _named(
    text: str, names: Iterable[str], known: Iterable[tuple[MarkKind, str]], about: About
) -> Iterable[Proposal]:
    yield from find_known(text, names, kind=MarkKind.PERSON_NAME, why=Why.NAMED_BEFORE, about=about)
    for kind, words in known:
        why = Why.FILING if kind is MarkKind.FILER else Why.POLICY
        yield from find_known(text, [words], kind=kind, why=why, about=about)


def _settled(text: str, found: Iterable[Proposal]) -> list[Proposal]:
    keys = [Proposal(*span, MarkKind.OTHER, Why.HAND) for span in _key_spans(text)]
    half = alike(text)
    return without_overlaps(
        one for one in found if not any(one.meets(key) for key in keys) and not _is_of_a_number(half, one)
    )


def _is_of_a_number(half: str, found: Proposal) -> bool:
    """Whether what only looks like a name is the office's letters before a number: 连知法 of 连知法处字[2017]6号."""
    return found.why is Why.LIKE_A_NAME and _LETTERS_GO_ON.match(half, found.end) is not None


def _key_spans(text: str) -> Iterable[tuple[int, int]]:
    half = alike(text)
    for match in BRACKETED_NUMBER.finditer(half):
        yield match.span()
    for match in _CODE.finditer(half):
        if is_valid_uscc(match[0]):
            yield match.span()
