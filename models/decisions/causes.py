"""案由: the causes of action, read from `profiles/causes.toml`, and the one that a written name means."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from models.decisions.folding import fold_words
from models.decisions.kinds import DecisionKind
from models.kinds import RightType

_DECIDES = {"adjudication": DecisionKind.ADJUDICATION, "correction": DecisionKind.OTHER}
CAUSE_FILE = Path(__file__).parents[2] / "profiles" / "causes.toml"


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause by its permanent code; `right_type` is the kind of right that it protects.

    `is_serious`: among the acts of 总局令第44号 Art 9, which alone can lead to the serious list. `decides`: what kind of
    decision ends a case of it.
    """

    code: str
    name: str
    right_type: RightType
    aliases: tuple[str, ...] = ()
    is_serious: bool = False
    decides: DecisionKind = DecisionKind.PENALTY


@functools.cache
def causes(path: Path = CAUSE_FILE) -> tuple[Cause, ...]:
    """All causes, in the order of the file."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Cause(
            entry["code"],
            entry["name"],
            RightType(entry["right_type"]),
            tuple(entry.get("aliases", ())),
            entry.get("serious_list", False),
            _DECIDES.get(entry["kind"], DecisionKind.PENALTY),
        )
        for entry in table["causes"]
    )


def cause_named(written: str) -> Cause | None:
    """The cause whose code, name or alias is `written`, whatever its brackets and spaces; None if none is."""
    return _by_words().get(fold_words(written))


@functools.cache
def _by_words() -> dict[str, Cause]:
    words: dict[str, Cause] = {}
    for cause in causes():
        for written in (cause.code, cause.name, *cause.aliases):
            words.setdefault(fold_words(written), cause)
    return words
