"""What outside bodies need of a case, for the pages on which a transfer or a letter is drafted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.cases.outside.needs import Occasion
from models.cases.tables import Case
from models.papers.needs import STANDING_LABELS, Line, Standing, checklist, issued_kinds
from models.people.profiles import OUTSIDE_KIND_LABELS, OutsideKind
from models.people.tables import Unit
from shared.database import session

TAGS = {Standing.THERE: "done", Standing.REQUIRED: "late", Standing.MISSING: "warn", Standing.BY_HAND: ""}


@dataclass(frozen=True)
class Shown:
    """The checklist of one kind of body."""

    title: str
    lines: Sequence[Line]
    is_open: bool


def needs_shown(case: Case, units: Iterable[Unit], occasion: Occasion, chosen: str = "") -> dict[str, object]:
    """For the template: a checklist for every kind of body among `units`; that of the `chosen` one is open."""
    bodies = [unit for unit in units if unit.outside_kind]
    if not bodies:
        return {"needs": [], "need_labels": STANDING_LABELS, "need_tags": TAGS}
    kinds = dict.fromkeys(OutsideKind(unit.outside_kind) for unit in bodies)
    open_kinds = {unit.outside_kind for unit in bodies if len(kinds) == 1 or str(unit.id) == chosen}
    papers = issued_kinds(session, case)
    found = [(kind, checklist(case, kind, occasion, papers)) for kind in kinds]
    shown = [Shown(OUTSIDE_KIND_LABELS[kind], lines, kind in open_kinds) for kind, lines in found if lines]
    return {"needs": shown, "need_labels": STANDING_LABELS, "need_tags": TAGS}
