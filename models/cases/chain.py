"""The chain of units that a case went through, back to the one that took it in: feedback climbs it."""

from __future__ import annotations

from models.cases.tables import Case
from models.people.tables import Unit


def chain(case: Case) -> list[Unit]:
    """The units that passed the case on to where it is now, the nearest first; the acting unit is not among them.

    A unit that was overruled by a designation stands in it: it too is to know what came of the case.
    """
    passed = [one.from_unit for one in reversed(case.transfers) if one.acknowledged_at]
    found = {unit.id: unit for unit in [*passed, case.origin_unit] if unit.id != case.acting_unit.id}
    return list(found.values())
