"""How good the detectors are: recall and precision on texts in which a person has marked what must be found.

A marked stretch is found when every character of it is proposed; a proposal is right when most of it is marked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.decisions.kinds import PartyKind
from models.decisions.redaction.about import About
from models.decisions.redaction.detect import propose
from models.decisions.redaction.kinds import MarkKind
from models.decisions.redaction.proposals import Proposal

LABELLED_FILE = Path(__file__).parents[3] / "profiles" / "redaction-labelled.txt"
# Written apart from the detectors, in other styles: what they do on texts of strangers. No rule is fitted to their words; that a
# kind of find was missing there may have led to one.
HELD_OUT_FILE = LABELLED_FILE.with_name("redaction-held-out.txt")
DECIDED_ON = dt.date(2026, 4, 20)  # the day of all labelled decisions, from which ages are counted
_SPAN = re.compile(r"⟦(?P<kind>[a-z_]+):(?P<text>[^⟧]+)⟧")
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that a person marked."""

    begin: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text without its marks, and the marks."""

    about: About
    text: str
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Tally:
    """Counts of one kind."""

    marked: int = 0
    found: int = 0
    proposed: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.marked if self.marked else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0


@dataclass(slots=True)
class Score:
    """All counts, and where the detectors erred."""

    texts: int = 0
    kinds: dict[MarkKind, Tally] = field(default_factory=lambda: defaultdict(Tally))
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def of(self, kinds: Iterable[MarkKind]) -> Tally:
        """The sum over `kinds`."""
        chosen = [self.kinds[kind] for kind in kinds]
        return Tally(
            sum(one.marked for one in chosen),
            sum(one.found for one in chosen),
            sum(one.proposed for one in chosen),
            sum(one.right for one in chosen),
        )

    def as_data(self) -> dict[str, Any]:
        kinds = {kind.value: _data(tally) for kind, tally in sorted(self.kinds.items())}
        total = _data(self.of(list(self.kinds)))
        return {
            "texts": self.texts,
            "total": total,
            "kinds": kinds,
            "missed": self.missed,
            "wrong": self.wrong,
        }


def read_labelled(path: Path = LABELLED_FILE) -> list[Labelled]:
    """The texts of the file, each under a line `=== kind | party | representative`."""
    blocks = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_labelled(block) for block in blocks]


def score(labelled: Sequence[Labelled]) -> Score:
    """Runs the detectors over the texts and counts."""
    result = Score(texts=len(labelled))
    for one in labelled:
        known = [(MarkKind.PARTY_NAME, name) for name, _public in one.about.private_names]
        proposals = propose({"text": one.text}, one.about, known=known)["text"]
        for span in one.spans:
            tally = result.kinds[span.kind]
            tally.marked += 1
            if _is_covered(span, proposals):
                tally.found += 1
            else:
                result.missed.append(f"{span.kind}: {one.text[span.begin : span.end]}")
        for proposal in proposals:
            tally = result.kinds[proposal.kind]
            tally.proposed += 1
            if _is_right(proposal, one.spans):
                tally.right += 1
            else:
                result.wrong.append(f"{proposal.kind}: {one.text[proposal.begin : proposal.end]}")
    return result


def is_blocking_everywhere(kind: MarkKind) -> bool:
    """Whether finds of the kind always block; birthdays and secrets are only for review."""
    return kind not in (MarkKind.BIRTH_DATE, MarkKind.TRADE_SECRET, MarkKind.PARTY_NAME)


def _labelled(block: str) -> Labelled:
    heading, _, marked = block.partition("\n")
    kind, name, representative = (part.strip() for part in heading.split("|"))
    spans: list[Span] = []
    text, at = "", 0
    for match in _SPAN.finditer(marked := marked.strip()):
        text += marked[at : match.start()]
        spans.append(Span(len(text), len(text) + len(match["text"]), MarkKind(match["kind"])))
        text, at = text + match["text"], match.end()
    about = About(PartyKind(kind), name, representative, DECIDED_ON)
    return Labelled(about, text + marked[at:], tuple(spans))


def _is_covered(span: Span, proposals: Sequence[Proposal]) -> bool:
    covered = {at for one in proposals for at in range(one.begin, one.end)}
    return all(at in covered for at in range(span.begin, span.end))


def _is_right(proposal: Proposal, spans: Sequence[Span]) -> bool:
    marked = {at for span in spans for at in range(span.begin, span.end)}
    inside = sum(at in marked for at in range(proposal.begin, proposal.end))
    return inside >= _MOSTLY * proposal.length


def _data(tally: Tally) -> dict[str, Any]:
    return {
        "marked": tally.marked,
        "found": tally.found,
        "recall": round(tally.recall, 4),
        "proposed": tally.proposed,
        "right": tally.right,
        "precision": round(tally.precision, 4),
    }
