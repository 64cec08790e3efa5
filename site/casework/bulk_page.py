"""What the page of a bulk act prints: the cases that go together, how many were left out, what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from models.cases.bulk import Result
from models.cases.tables import Case
from models.cases.terms import STATE_LABELS
from models.kinds import RIGHT_TYPE_LABELS
from shared.i18n import in_script, label

LONGEST_FACTS = 120


@dataclass(frozen=True)
class Item:
    """One chosen case, with enough of it to see that it belongs here."""

    url: str
    reference: str
    value: str
    respondent: str
    right: str
    state: str
    facts: str
    is_unseen: bool


@dataclass(frozen=True)
class Choice:
    """The cases that go together: those that the unit of the first one acts on. `left_out` counts the others."""

    first: Case | None
    items: Sequence[Item]
    unit: str
    left_out: int


@dataclass(frozen=True)
class Line:
    """What became of one case."""

    url: str
    reference: str
    is_done: bool
    text: str


def choices(cases: Sequence[Case], *, asked: int) -> Choice:
    """Of the cases found among those `asked` for."""
    if not cases:
        return Choice(None, [], "", asked)
    first = cases[0]
    together = [case for case in cases if case.acting_unit.id == first.acting_unit.id]
    unit = in_script(first.acting_unit.name)
    return Choice(first, [_item(case) for case in together], unit, asked - len(together))


def lines(results: Sequence[Result]) -> list[Line]:
    """One line a case, those left as they are on top."""
    ordered = sorted(results, key=lambda one: one.is_done)
    return [
        Line(
            url_for("case.show", reference=one.case.shown_reference),
            one.case.shown_reference,
            one.is_done,
            _("已办理") if one.is_done else label(one.sentence),
        )
        for one in ordered
    ]


def _item(case: Case) -> Item:
    facts = case.filing.facts
    return Item(
        url=url_for("case.show", reference=case.shown_reference),
        reference=case.shown_reference,
        value=f"{case.id}:{case.version}",
        respondent=case.filing.respondent_name,
        right=label(RIGHT_TYPE_LABELS[case.right_type]),
        state=label(STATE_LABELS[case.state]),
        facts=facts if len(facts) <= LONGEST_FACTS else facts[:LONGEST_FACTS] + "…",
        is_unseen=case.seen_at is None,
    )
