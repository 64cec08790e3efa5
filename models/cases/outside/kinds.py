"""Kinds of letter are data: `profiles/letters.toml` says of each by which rule it is answered, and what goes with it."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.cases.procedures import LETTER_CLOCKS
from models.errors import NotFound
from models.people.profiles import OutsideKind
from models.people.tables import Unit

LETTERS_FILE = Path(__file__).parents[3] / "profiles" / "letters.toml"
DEFAULT_KIND = "local"


class LetterKindError(Exception):
    """The file cannot be used; the text says where and why. Whoever runs the site reads it."""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind. `clock` is the rule by which it is answered; `papers`: one issued paper of these kinds goes with it."""

    id: str
    title: str
    asks: str
    clock: str
    basis: str
    papers: tuple[str, ...] = ()
    receives: bool = False
    bodies: tuple[OutsideKind, ...] = ()

    def fits(self, unit: Unit) -> bool:
        """Whether such a letter goes to that body."""
        return not self.bodies or unit.outside_kind in self.bodies


@cache
def letter_kinds(path: Path = LETTERS_FILE) -> Mapping[str, LetterKind]:
    """All kinds by id, in the order of the file; LetterKindError where it is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LetterKindError(f"{path.name}：{error}") from error
    kinds = [_kind(row, f"{path.name}：{row.get('id', '?')}") for row in table.get("kinds", [])]
    found = {one.id: one for one in kinds}
    if len(found) < len(kinds) or DEFAULT_KIND not in found:
        raise LetterKindError(f"{path.name}：id 不能重复，并且要有“{DEFAULT_KIND}”。")
    return found


def letter_kind(kind_id: str) -> LetterKind:
    """The kind of that id; NotFound."""
    found = letter_kinds().get(kind_id)
    if found is None:
        raise NotFound("没有这种函件。")
    return found


def _kind(row: Mapping[str, Any], place: str) -> LetterKind:
    known = {one.name for one in dataclasses.fields(LetterKind)}
    if unknown := sorted(set(row) - known):
        raise LetterKindError(f"{place} 有不认识的设置：{'、'.join(unknown)}。")
    try:
        bodies = tuple(map(OutsideKind, row.get("bodies", ())))
        kind = LetterKind(**{**row, "papers": tuple(row.get("papers", ())), "bodies": bodies})
    except (KeyError, ValueError, TypeError) as error:
        raise LetterKindError(f"{place}：{error}") from error
    if kind.clock not in LETTER_CLOCKS:
        raise LetterKindError(f"{place}：clock 只能是{'、'.join(LETTER_CLOCKS)}。")
    return kind
