"""What a case has of what an outside body needs, for the officer who drafts; and the refusal where it lacks what it must have."""

from __future__ import annotations

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.outside.needs import Has, Need, Occasion, needs
from models.cases.tables import Case
from models.errors import Invalid
from models.papers.tables import Paper
from models.papers.terms import PaperState
from models.people.profiles import OutsideKind
from models.people.tables import Unit
from models.wording import said


class Standing(enum.StrEnum):
    """How it stands with one need."""

    THERE = "there"
    REQUIRED = "required"
    MISSING = "missing"
    BY_HAND = "by_hand"


STANDING_LABELS: dict[Standing, str] = {
    Standing.THERE: "已有",
    Standing.REQUIRED: "缺少，必需",
    Standing.MISSING: "缺少",
    Standing.BY_HAND: "请自行核对",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist."""

    need: Need
    standing: Standing


def checklist(case: Case, body: OutsideKind, occasion: Occasion, papers: Collection[str]) -> Sequence[Line]:
    """What such a body needs, in the order of the file. `papers`: the kinds of paper that were issued in the case."""
    wanted = [one for one in needs() if one.concerns(body, case.right_type)]
    return [Line(one, _standing(case, one, occasion, papers)) for one in wanted]


def issued_kinds(session: Session, case: Case) -> frozenset[str]:
    """The kinds of paper that were issued in the case and are in force."""
    wanted = select(Paper.kind).where(Paper.case_id == case.id, Paper.state == PaperState.ISSUED)
    return frozenset(session.scalars(wanted))


def refuse_lacking(session: Session, *, case: Case, to_unit: Unit, occasion: Occasion) -> None:
    """Invalid at `unit` where the case lacks what the outside body must have on this occasion (移送规定 Art 6; 程序规定 Art 17)."""
    if not to_unit.is_outside or to_unit.outside_kind is None:
        return
    lines = checklist(case, OutsideKind(to_unit.outside_kind), occasion, issued_kinds(session, case))
    lacking = [one.need for one in lines if one.standing is Standing.REQUIRED]
    if lacking:
        listed = [said("%(title)s（%(basis)s）", title=one.title, basis=one.basis) for one in lacking]
        sentence = said("%(unit)s还缺少必需的材料：%(titles)s。", unit=to_unit.name, titles=listed)
        raise Invalid(sentence, {"unit": sentence})


def _standing(case: Case, need: Need, occasion: Occasion, papers: Collection[str]) -> Standing:
    if need.has is Has.BY_HAND:
        return Standing.BY_HAND
    if _is_there(case, need, papers):
        return Standing.THERE
    return Standing.REQUIRED if occasion in need.required else Standing.MISSING


def _is_there(case: Case, need: Need, papers: Collection[str]) -> bool:
    filing = case.filing
    shown: dict[Has, object] = {
        Has.FACTS: filing.facts.strip(),
        Has.RESPONDENT: filing.respondent_name.strip(),
        Has.PLACE: filing.respondent_address or filing.platform_link,
        Has.RIGHT: filing.right_number,
        Has.PAPER: set(need.papers) & set(papers),
    }
    return bool(filing.evidence if need.has is Has.EVIDENCE else shown[need.has])
