"""The verbs of saved views: keep one, change its name or who has it, drop one, list those at hand.

They are no acts of a case and leave no event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.cases.saved.tables import LONGEST_NAME, SavedView
from models.errors import Invalid, NotFound
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.wording import said

MOST = 15
MOST_SHOWN = 30
NO_SUCH_VIEW = "没有找到这个视图。"


def keep_view(
    session: Session,
    *,
    name: str,
    asked: Mapping[str, str],
    is_shared: bool,
    actor: Account,
    now: dt.datetime,
) -> SavedView:
    """Keeps what the address asks for under a name; the same name again replaces what was there."""
    tidy = _named(name)
    mine = {
        one.name: one for one in session.scalars(select(SavedView).where(SavedView.account_id == actor.id))
    }
    found = mine.get(tidy)
    if found is None:
        if len(mine) >= MOST:
            sentence = said("最多保存 %(most)s 个视图，请先删除不用的。", most=MOST)
            raise Invalid(sentence, {"name": sentence})
        found = SavedView(account_id=actor.id, name=tidy)
        session.add(found)
    found.asked, found.unit_id, found.made_at = dict(asked), _shared_with(actor, is_shared=is_shared), now
    session.flush()
    return found


def change_view(session: Session, *, number: int, name: str, is_shared: bool, actor: Account) -> SavedView:
    """Gives one's own view another name, and shares it with the unit or keeps it to oneself."""
    found = session.get(SavedView, number)
    if found is None or found.account_id != actor.id:
        raise NotFound(NO_SUCH_VIEW)
    tidy = _named(name)
    same = select(SavedView.id).where(SavedView.account_id == actor.id, SavedView.name == tidy)
    if session.scalar(same.where(SavedView.id != number)) is not None:
        sentence = "您已经有一个同名的视图，请换一个名字。"
        raise Invalid(sentence, {"name": sentence})
    if is_shared != (found.unit_id is not None):
        found.unit_id = _shared_with(actor, is_shared=is_shared)
    found.name = tidy
    session.flush()
    return found


def drop_view(session: Session, *, number: int, actor: Account) -> bool:
    """Deletes a view, for all who have it: whoever made it, or a head of the unit that it is shared with.

    Says whether others had it.
    """
    found = session.get(SavedView, number)
    if found is None or not may_drop(found, actor):
        raise NotFound(NO_SUCH_VIEW)
    was_shared = found.unit_id is not None
    session.delete(found)
    return was_shared


def may_drop(view: SavedView, actor: Account) -> bool:
    """Whether `actor` may delete it."""
    is_head = can(actor, Permission.CASE_EXTEND) and view.unit_id in actor.unit_ids
    return view.account_id == actor.id or is_head


def views_of(session: Session, officer: Account) -> Sequence[SavedView]:
    """The officer's own, then those shared in their units, by name."""
    at_hand = or_(SavedView.account_id == officer.id, SavedView.unit_id.in_(officer.unit_ids))
    wanted = select(SavedView).where(at_hand).order_by(SavedView.name, SavedView.id).limit(MOST_SHOWN)
    return sorted(session.scalars(wanted), key=lambda one: one.account_id != officer.id)


def _named(name: str) -> str:
    tidy = name.strip()
    if not tidy or len(tidy) > LONGEST_NAME:
        sentence = said("请给视图起一个名字，最多 %(most)s 个字。", most=LONGEST_NAME)
        raise Invalid(sentence, {"name": sentence})
    return tidy


def _shared_with(actor: Account, *, is_shared: bool) -> int | None:
    return actor.assignments[0].unit_id if is_shared and actor.assignments else None
