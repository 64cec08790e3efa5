"""From a stored right to a draft of the journey: its questions answered as far as the right and the mandate answer them."""

from __future__ import annotations

from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue

from journey import drafts
from journey.stored_right import RIGHT
from journey.surface import Step, account_surface
from models.filings.parties import Capacity
from models.holders.filing import Usable
from models.kinds import RightType
from models.people.tables import Account


def begin(account: Account, chosen: Usable) -> ResponseReturnValue:
    """Puts the draft that was there aside (its code still leads back) and begins one with the right's answers."""
    surface = account_surface(account)
    drafts.leave(surface)
    draft = drafts.current(surface)
    right = chosen.right
    draft.answers[RIGHT] = {
        "id": right.id,
        "right_type": right.right_type.value,
        "authority": chosen.authority.id if chosen.authority else None,
        "organisation": right.organisation.name,
        "uscc": right.organisation.uscc,
    }
    facts: dict[str, Any] = {"right_number": right.number}
    if right.right_type is RightType.TRADEMARK and right.nice_class:
        facts["nice_class"] = right.nice_class
    drafts.save_typed(surface, draft, Step.FACTS, facts)
    if chosen.authority is not None:
        told = {"capacity": Capacity.AGENT.value, "name": "", "email": account.email or ""}
        drafts.save_typed(surface, draft, Step.CONTACT, told)
        drafts.save_typed(surface, draft, Step.AGENT, _mandate(account, chosen))
    drafts.save(surface, draft, Step.KIND, {"right_type": right.right_type.value})
    return redirect(surface.url(Step.KIND), 303)


def _mandate(account: Account, chosen: Usable) -> dict[str, Any]:
    authority = chosen.authority
    assert authority is not None, "only an agent files under a mandate"  # noqa: S101
    return {
        "name": account.display_name,
        "organisation": account.organisation or "",
        "matters": authority.matters,
        "power": authority.power.value,
        "ends_on": authority.ends_on.isoformat(),
    }
