"""Which procedure a matter takes: a pure function over the answers. The first rule that fits decides.

The rules are data (`profiles/triage.toml`); `flask cases triage` prints what follows from them for every combination.
Who is competent for the result is another question, answered by `models.routing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.kinds import RightType, Track
from models.routing.terms import Competence, Conduct
from models.triage.terms import Need, Question


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question, in the words of those who ask."""

    question: Question
    value: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What a matter is about, as people say it: a right, and conduct where that changes who is competent."""

    value: str
    right: RightType
    text: str
    hint: str
    conduct: Conduct = Conduct.INFRINGEMENT


@dataclass(frozen=True, slots=True)
class TriageRule:
    """One row. An empty list of kinds fits every one; no tracks: not a matter for this bureau, see `authority`."""

    id: str
    row: str
    ways: tuple[str, ...]
    tracks: tuple[Track, ...]
    needs: tuple[Need, ...]
    basis: str
    tells: str
    kinds: tuple[str, ...] = ()
    authority: str = ""
    reach: str = ""

    def fits(self, way: str, kind: str) -> bool:
        """Whether the rule speaks of this way and kind."""
        return any(is_within(way, one) for one in self.ways) and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class PlatformAdvice:
    """What a rights-holder is told who has notified the platform already (电子商务法 Art 42, 43)."""

    row: str
    ways: tuple[str, ...]
    basis: str
    tells: str

    def fits(self, way: str) -> bool:
        """Whether it is for somebody who came this way."""
        return any(is_within(way, one) for one in self.ways)


@dataclass(frozen=True, slots=True)
class Triage:
    """The whole table: questions with their options, kinds, rules in order, and how to reach who is competent."""

    options: tuple[Option, ...]
    kinds: tuple[Kind, ...]
    rules: tuple[TriageRule, ...]
    platform: PlatformAdvice
    reach: dict[Competence, str]

    def options_of(self, question: Question) -> tuple[Option, ...]:
        """The answers to a question, in the order in which they are offered."""
        return tuple(option for option in self.options if option.question is question)

    def kind(self, value: str) -> Kind:
        """The kind of that name; the last one, "I can't tell", for a name that is not known."""
        return next((kind for kind in self.kinds if kind.value == value), self.kinds[-1])

    def further(self, situation: str, kind: str) -> Question | None:
        """The second question that somebody with this situation and kind is asked, if the answer makes a difference."""
        if situation not in set(Question) or situation == Question.SITUATION:
            return None
        question = Question(situation)
        ways = [f"{situation}.{option.value}" for option in self.options_of(question)]
        outcomes = {self._found(way, kind) for way in ways} - {self._found(situation, kind)}
        return question if outcomes else None

    def rule_for(self, way: str, kind: str) -> TriageRule | None:
        """The first rule that fits; None where a second question is still to be answered."""
        return self._found(way, kind)

    def ways(self) -> Iterator[tuple[str, Kind | None]]:
        """Every combination of answers that the questions can give; no kind where none is asked."""
        for option in self.options_of(Question.SITUATION):
            if option.value == Question.OTHER:
                yield from ((f"other.{one.value}", None) for one in self.options_of(Question.OTHER))
                continue
            for kind in self.kinds:
                question = self.further(option.value, kind.value)
                if question is None:
                    yield option.value, kind
                else:
                    yield from ((f"{option.value}.{one.value}", kind) for one in self.options_of(question))

    def _found(self, way: str, kind: str) -> TriageRule | None:
        return next((rule for rule in self.rules if rule.fits(way, kind)), None)


def is_within(way: str, wider: str) -> bool:
    """Whether `way` is `wider`, or one of the ways that begin there: owner.clue is within owner."""
    return way == wider or way.startswith(f"{wider}.")


def join(situation: str, choice: str) -> str:
    """A way, from the situation and the answer to its second question, if there was one."""
    return f"{situation}.{choice}" if choice else situation
