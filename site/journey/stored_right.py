"""The stored right that a draft was begun with: whether it can still be filed under, and whose filing it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journey import triage
from journey.drafts import Draft
from journey.surface import Surface
from models.errors import Invalid, NotFound
from models.filings.parties import Mandate
from models.filings.tables import Filing
from models.holders.filing import Usable, note_filings, obstacle, usable
from models.holders.lane.queries import is_in_lane
from models.holders.operations import membership_of
from models.holders.tables import Right
from models.types import beijing_date, now_utc
from shared.database import session
from shared.i18n import label

RIGHT = "right"  # where it lies among the answers of a draft


def told_right(draft: Draft) -> dict[str, Any]:
    """What the draft keeps of its right; empty when it was begun without one, or is about another kind of right now."""
    told = draft.answers.get(RIGHT, {})
    return told if told.get("right_type") == triage.right_type(draft).value else {}


def chosen_right(surface: Surface, draft: Draft) -> Usable | None:
    """The right of the draft; None when it was begun without one. `NotFound` for one that never was the account's."""
    told = told_right(draft)
    if not told or surface.account is None:
        return None
    today = beijing_date(now_utc())
    return usable(session, surface.account, told["id"], told["authority"], today)


def mandate_on_record(surface: Surface, draft: Draft) -> Mandate | None:
    """The mandate that the site itself keeps: it counts where the draft was begun under an older one."""
    try:
        chosen = chosen_right(surface, draft)
    except NotFound:
        return None
    return chosen.mandate if chosen else None


def in_the_way(surface: Surface, draft: Draft) -> Iterator[str]:
    """Why the draft can no longer be sent as it is, told as soon as it is opened."""
    if surface.account is None:
        return
    try:
        chosen = chosen_right(surface, draft)
    except NotFound as gone:
        yield label(gone.sentence)
        return
    if chosen is not None:
        why = obstacle(chosen, membership_of(session, surface.account), beijing_date(now_utc()))
        if why:
            yield label(why)


def require_right(surface: Surface, draft: Draft) -> Usable | None:
    """The right to be filed under; `Invalid` with the sentence where something is in the way."""
    chosen = chosen_right(surface, draft)
    if chosen is not None and surface.account is not None:
        why = obstacle(chosen, membership_of(session, surface.account), beijing_date(now_utc()))
        if why:
            raise Invalid(why)
    return chosen


def is_fast(draft: Draft) -> bool:
    """Whether the holder of the draft's right is in the fast lane today: then fewer papers are asked for."""
    told = told_right(draft)
    right = session.get(Right, told["id"]) if told else None
    return right is not None and is_in_lane(session, right.organisation_id, beijing_date(now_utc()))


def keep_right(surface: Surface, chosen: Usable | None, filings: list[Filing]) -> None:
    """Notes whose filings they are."""
    if surface.account is not None:
        note_filings(session, filings=filings, account=surface.account, chosen=chosen)
