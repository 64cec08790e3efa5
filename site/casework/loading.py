"""Loading a case for a page or an act: absent and out of sight are the same."""

from __future__ import annotations

from models.cases.possible import PERMISSIONS
from models.cases.queries import case_by_reference, case_to_show
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import Gone
from models.people.permissions import Permission
from models.wording import said
from shared.access import authorise
from shared.database import session


def case_to_read(reference: str) -> Case:
    """The case with all that its page shows, if the visitor may look at it."""
    return _in_sight(case_to_show(session, reference))


def case_to_see(reference: str) -> Case:
    """The case by itself, if the visitor may look at it."""
    return _in_sight(case_by_reference(session, reference))


def case_to_act_on(reference: str, act: Act) -> Case:
    """The case, if the visitor may see it, its state allows `act`, and the visitor may do it – asked in this order,
    so that the refusal says the thing that would have to change first."""
    case = _in_sight(case_by_reference(session, reference))
    require(case.track, case.state, act)
    authorise(PERMISSIONS[act], case)
    return case


def _in_sight(case: Case) -> Case:
    authorise(Permission.CASE_VIEW, case)
    if case.destroyed_at is not None:
        raise Gone(said("这个办件已经超过保管期限，内容已经销毁。"))
    return case
