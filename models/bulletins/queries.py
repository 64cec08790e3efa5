"""Reading bulletins. A typical case is public only as long as every decision that it comments on is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from models.bulletins.kinds import BulletinKind, BulletinState
from models.bulletins.tables import Bulletin, BulletinDecision
from models.decisions.numbers import number_key
from models.decisions.queries import is_public as is_public_decision
from models.decisions.tables import Decision
from models.errors import NotFound
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit


def is_public(today: dt.date) -> ColumnElement[bool]:
    """SQL: published, and no decision behind it has left the public since."""
    hidden = (
        select(BulletinDecision.decision_id)
        .join(Decision, Decision.id == BulletinDecision.decision_id)
        .where(BulletinDecision.bulletin_id == Bulletin.id, ~is_public_decision(today))
        .correlate(Bulletin)
    )
    return (Bulletin.state == BulletinState.PUBLISHED) & ~exists(hidden)


def newest(
    session: Session,
    kind: BulletinKind,
    *,
    today: dt.date,
    before: int | None = None,
    limit: int,
    country: str = "",
    with_decisions: bool = False,
) -> Sequence[Bulletin]:
    """Public ones, the newest first; `before`: only those older than the one with this number.

    `country`: of the warnings about it; `with_decisions`: those that they comment on come along.
    """
    wanted = select(Bulletin).where(Bulletin.kind == kind, is_public(today))
    if with_decisions:
        wanted = wanted.options(selectinload(Bulletin.decisions))
    if country:
        wanted = wanted.where(Bulletin.country == country)
    if before is not None:
        moment = select(Bulletin.published_at).where(Bulletin.id == before).scalar_subquery()
        wanted = wanted.where(
            (Bulletin.published_at < moment) | ((Bulletin.published_at == moment) & (Bulletin.id < before))
        )
    newest_first = (Bulletin.published_at.desc(), Bulletin.id.desc())
    return session.scalars(wanted.order_by(*newest_first).limit(limit)).all()


def warnings_by_country(session: Session, *, today: dt.date) -> dict[str, int]:
    """How many public warnings each country has."""
    about = (Bulletin.kind == BulletinKind.WARNING, Bulletin.country.is_not(None), is_public(today))
    counted = select(Bulletin.country, func.count()).where(*about).group_by(Bulletin.country)
    return {str(country): count for country, count in session.execute(counted)}


def public_bulletin(
    session: Session, kind: BulletinKind, public_id: str, *, today: dt.date
) -> tuple[Bulletin, bool]:
    """The one at a permanent address, and whether it is public now; NotFound if it never was."""
    named = select(Bulletin, is_public(today)).where(
        Bulletin.kind == kind, Bulletin.public_id == public_id, Bulletin.published_at.is_not(None)
    )
    found = session.execute(named.options(selectinload(Bulletin.decisions))).one_or_none()
    if found is None:
        raise NotFound("没有这个页面，请核对地址。")
    return found[0], bool(found[1])


def decisions_numbered(session: Session, numbers: Sequence[str], *, today: dt.date) -> Sequence[Decision]:
    """The public decisions that have one of these document numbers, however the brackets are written."""
    keys = {number_key(number) for number in numbers}
    return session.scalars(
        select(Decision).where(Decision.number_key.in_(keys), is_public_decision(today))
    ).all()


def bulletin_for_staff(session: Session, bulletin_id: int) -> Bulletin:
    """One with its people and decisions; NotFound if there is none. The caller asks for permission."""
    also = [selectinload(Bulletin.decisions), selectinload(Bulletin.source)]
    found = session.get(Bulletin, bulletin_id, options=also)
    if found is None:
        raise NotFound("没有这个草稿或公告。")
    return found


def for_staff(session: Session, account: Account, state: BulletinState, *, limit: int) -> Sequence[Bulletin]:
    """Those of a state that the officer may see, last changed first."""
    wanted = select(Bulletin).where(_in_reach(account), Bulletin.state == state)
    return session.scalars(wanted.order_by(Bulletin.updated_at.desc(), Bulletin.id.desc()).limit(limit)).all()


def counts_for_staff(session: Session, account: Account) -> dict[BulletinState, int]:
    """How many of each state the officer may see."""
    counted = select(Bulletin.state, func.count()).where(_in_reach(account)).group_by(Bulletin.state)
    found = dict(iter(session.execute(counted)))
    return {state: found.get(state, 0) for state in BulletinState}


def _in_reach(account: Account) -> ColumnElement[bool]:
    own, paths = units_in_reach(account, Permission.DECISION_VIEW)
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return Bulletin.unit_id.in_(select(Unit.id).where(or_(Unit.id.in_(own), *below)))
