"""The verbs of the split: an officer says simple or complex, with a reason; and takes on a simple case by themselves.

Nothing here touches a clock that the law sets, and what a head has to decide by law stays the head's.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.moves import Notes, move, required
from models.cases.operations import can_handle
from models.cases.sorting.paths import has_short_path
from models.cases.sorting.terms import Complexity
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import ActRefused, Invalid, NotAllowed
from models.people.tables import Account
from models.wording import said


def sort_case(
    session: Session, *, case: Case, complexity: Complexity, reasons: str, actor: Account, now: dt.datetime
) -> Case:
    """繁简分流 by an officer: the other path from now on, and back again in the same way."""
    require(case.track, case.state, Act.SORT)
    if complexity is case.complexity:
        sentence = said("办件已经是这一种，不用再改。")
        raise Invalid(sentence, {"complexity": sentence})
    words = required(reasons, field="reasons", sentence="请写明为什么改。")
    before, case.complexity, case.complexity_rule = case.complexity, complexity, None
    notes = Notes(internal=words, data={"before": before, "after": complexity})
    move(session, case=case, act=Act.SORT, actor=actor, now=now, notes=notes)
    return case


def take_on(session: Session, *, case: Case, actor: Account, now: dt.datetime) -> Case:
    """领办: an officer of the acting unit makes themselves the handler of a simple case that nobody has yet."""
    require(case.track, case.state, Act.TAKE_ON)
    if not has_short_path(case):
        raise ActRefused("繁案由受理员或者负责人指派承办人。")
    if case.handler_id is not None:
        raise ActRefused("这个办件已经有承办人。")
    if case.bars(actor) or not can_handle(actor, case.acting_unit):
        raise NotAllowed(said("承办人须是%(unit)s的在岗办案人员。", unit=case.acting_unit.name))
    case.handler = actor
    notes = Notes(data={"handler": actor.id})
    move(session, case=case, act=Act.TAKE_ON, actor=actor, now=now, notes=notes)
    return case
