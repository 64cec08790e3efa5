"""Reading decisions. What the public may see is decided here, by the state in the database and today's date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import BindParameter, ColumnElement, Date, bindparam, func, or_, select, text, update
from sqlalchemy.orm import Session, selectinload

from models.batches import in_batches
from models.decisions.numbers import number_key
from models.decisions.states import State
from models.decisions.tables import ENDED_AND_INDEXED, Decision
from models.errors import NotFound
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit

NO_SUCH_DECISION = "没有找到这份决定书。"
_ROW = Decision.__table__.c
# Permanent id and row version. The id of the row would not do: it may come again in a database brought back.
Version = tuple[str, int]


def is_public(today: dt.date | BindParameter[dt.date]) -> ColumnElement[bool]:
    """SQL twin of `Decision.is_public`."""
    return (Decision.state == State.PUBLISHED) & (or_(Decision.ends_on.is_(None), Decision.ends_on >= today))


# Every search asks these; building them anew takes SQLAlchemy as long as the database needs to answer.
_TODAY = bindparam("today", type_=Date)
_VERSIONS = select(_ROW.id, _ROW.public_id, _ROW.row_version).where(
    _ROW.id.in_(bindparam("ids", expanding=True)), is_public(_TODAY)
)
_ENDED_BUT_INDEXED = select(_ROW.id).where(text(ENDED_AND_INDEXED))
_NAMES = (
    select(_ROW.party_uscc, _ROW.party_name)
    .where(_ROW.party_uscc.in_(bindparam("codes", expanding=True)), is_public(_TODAY))
    .group_by(_ROW.party_uscc, _ROW.party_name)
    .order_by(func.max(_ROW.decided_on), func.max(_ROW.id))
)


def decision_by_public_id(session: Session, public_id: str) -> Decision:
    """The decision at a permanent address, if it is or ever was public; NotFound else.

    The caller asks `is_public(today)`: one that was public once is gone, which is not the same as absent.
    """
    decision = session.scalar(
        select(Decision).where(Decision.public_id == public_id, Decision.published_at.is_not(None))
    )
    if decision is None:
        raise NotFound(NO_SUCH_DECISION)
    return decision


def public_decisions(session: Session, ids: Collection[int], *, today: dt.date) -> dict[int, Decision]:
    """Those of `ids` that are public on that Beijing day, by id: what search found, checked against the truth."""
    found = session.scalars(select(Decision).where(Decision.id.in_(ids), is_public(today)))
    return {decision.id: decision for decision in found}


def public_versions(session: Session, ids: Collection[int], *, today: dt.date) -> dict[int, Version]:
    """Permanent id and version of those of `ids` that are public on that day: the same pair means the same content."""
    found = session.execute(_VERSIONS, {"ids": list(ids), "today": today})
    return {number: (name, version) for number, name, version in found}


def public_revisions(session: Session, *, today: dt.date) -> dict[int, int]:
    """The version of every decision that is public on that day, by id: what an index has to hold."""
    return dict(iter(session.execute(select(_ROW.id, _ROW.row_version).where(is_public(today)))))


def not_public_ids(session: Session, ids: Collection[int], *, today: dt.date) -> set[int]:
    """Those of `ids` that are not public on that day (any more)."""
    public = set(session.scalars(select(Decision.id).where(Decision.id.in_(ids), is_public(today))))
    return set(ids) - public


def ended_but_indexed(session: Session) -> set[int]:
    """Decisions that have ended and that the index may still hold; no search may find them.

    Those whose last day is over, but which the worker has not ended yet, the index leaves out by itself.
    """
    return set(session.scalars(_ENDED_BUT_INDEXED))


def note_left_index(session: Session, ids: Collection[int], *, now: dt.datetime) -> None:
    """Says that the index has let go of those of `ids` that have ended."""
    ended = Decision.state.in_((State.WITHDRAWN, State.ENDED))
    for batch in in_batches(ids):
        gone = update(Decision).where(Decision.id.in_(batch), ended, Decision.left_index_at.is_(None))
        session.execute(gone.values(left_index_at=now), execution_options={"synchronize_session": False})


def newest_public(session: Session, *, today: dt.date, limit: int) -> list[Decision]:
    """The newest published decisions, newest first."""
    newest = (Decision.published_at.desc(), Decision.id.desc())
    return list(session.scalars(select(Decision).where(is_public(today)).order_by(*newest).limit(limit)))


def public_of_company(session: Session, codes: Collection[str], *, today: dt.date) -> list[Decision]:
    """The public decisions about the party with that code, or those codes after a merger, the newest first."""
    about = select(Decision).where(Decision.party_uscc.in_(codes), is_public(today))
    return list(session.scalars(about.order_by(Decision.decided_on.desc(), Decision.id.desc())))


def public_counts_by_code(
    session: Session, codes: Collection[str], *, today: dt.date
) -> dict[str, tuple[str, int]]:
    """For each of the codes that is a party of public decisions: a name that they use, and how many there are."""
    found: dict[str, tuple[str, int]] = {}
    for batch in in_batches(codes):
        counted = select(Decision.party_uscc, func.max(Decision.party_name), func.count())
        about = counted.where(Decision.party_uscc.in_(batch), is_public(today)).group_by(Decision.party_uscc)
        found |= {code: (name, count) for code, name, count in session.execute(about) if code}
    return found


def public_names(session: Session, codes: Collection[str], *, today: dt.date) -> dict[str, str]:
    """The names of the parties with these codes, by code: of each the newest one that a public decision uses.

    A name that only a draft or an ended decision uses is not public, whatever the table of companies holds.
    """
    found: dict[str, str] = {}
    for batch in in_batches(codes):
        rows = session.execute(_NAMES, {"codes": batch, "today": today})
        found |= {code: name for code, name in rows if code}
    return found


def public_parties(session: Session, *, today: dt.date) -> list[tuple[str, str]]:
    """Code and name of every party of a public decision that has a code, each pair once, the last used last."""
    pairs = (
        select(_ROW.party_uscc, _ROW.party_name)
        .where(is_public(today), _ROW.party_uscc.is_not(None))
        .group_by(_ROW.party_uscc, _ROW.party_name)
        .order_by(func.max(_ROW.decided_on), func.max(_ROW.id))
    )
    return [(code, name) for code, name in session.execute(pairs) if code]


def public_codes(session: Session, ids: Collection[int], *, today: dt.date) -> set[str]:
    """The codes of the parties of those of `ids` that are public on that day."""
    codes = select(Decision.party_uscc).where(Decision.id.in_(ids), is_public(today)).distinct()
    return {code for code in session.scalars(codes) if code}


def ended_since(
    session: Session, day: dt.datetime, *, limit: int, before: tuple[dt.datetime, str] | None = None
) -> list[Decision]:
    """Decisions that were public and ended after that instant, the last ended first.

    `before`: time and permanent id of the last one of the page before.
    """
    found = select(Decision).where(Decision.ended_at >= day, Decision.published_at.is_not(None))
    if before is not None:
        moment, name = before
        earlier = (Decision.ended_at == moment) & (Decision.public_id < name)
        found = found.where((Decision.ended_at < moment) | earlier)
    order = (Decision.ended_at.desc(), Decision.public_id.desc())
    return list(session.scalars(found.order_by(*order).limit(limit)))


def public_addresses(
    session: Session, *, today: dt.date, start: int, limit: int
) -> list[tuple[str, dt.datetime | None]]:
    """Public ids and the times of the last change, in the order of ids: a part of all."""
    rows = select(Decision.public_id, Decision.updated_at).where(is_public(today)).order_by(Decision.id)
    return [(name, changed) for name, changed in session.execute(rows.offset(start).limit(limit))]


def public_count(session: Session, *, today: dt.date) -> int:
    """How many decisions are public."""
    return session.scalar(select(func.count()).select_from(Decision).where(is_public(today))) or 0


def decision_for_staff(session: Session, decision_id: int) -> Decision:
    """One decision with its people, for the page of it; NotFound when there is none."""
    people = (selectinload(Decision.maker), selectinload(Decision.reviewer), selectinload(Decision.company))
    decision = session.scalar(select(Decision).where(Decision.id == decision_id).options(*people))
    if decision is None:
        raise NotFound(NO_SUCH_DECISION)
    return decision


def in_reach(account: Account) -> ColumnElement[bool]:
    """SQL: the decisions that `account` may view."""
    own, paths = units_in_reach(account, Permission.DECISION_VIEW)
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return Decision.unit_id.in_(select(Unit.id).where(or_(Unit.id.in_(own), *below)))


def numbered_alike(session: Session, account: Account, authority: str, written: str) -> Decision | None:
    """The decision of that authority with that number, however it is written, if `account` may view it."""
    same = (Decision.authority_name == authority, Decision.number_key == number_key(written))
    return session.scalar(select(Decision).where(in_reach(account), *same))


def decisions_for_list(session: Session, account: Account, names: Collection[str]) -> list[Decision]:
    """The decisions with these permanent ids that `account` may view: what a list entry is to rest on."""
    found = select(Decision).where(in_reach(account), Decision.public_id.in_(names))
    return list(session.scalars(found.order_by(Decision.decided_on, Decision.id)))


def to_send_on(
    session: Session, account: Account, *, first: dt.date, last: dt.date, today: dt.date
) -> list[Decision]:
    """The decisions of these days within reach that are public, or approved and about to be, in the order of their days."""
    standing = or_(is_public(today), Decision.state == State.APPROVED)
    found = select(Decision).where(in_reach(account), Decision.decided_on.between(first, last), standing)
    return list(session.scalars(found.order_by(Decision.decided_on, Decision.id)))


def list_for_staff(
    session: Session, account: Account, *, state: State, after: tuple[dt.datetime, int] | None, limit: int
) -> list[Decision]:
    """Decisions in one state within reach, last changed first; `after` is the last row of the page before."""
    rows = select(Decision).where(in_reach(account), Decision.state == state)
    if after is not None:
        changed_at, last_id = after
        rows = rows.where(
            or_(
                Decision.updated_at < changed_at,
                (Decision.updated_at == changed_at) & (Decision.id < last_id),
            )
        )
    order = (Decision.updated_at.desc(), Decision.id.desc())
    people = (selectinload(Decision.maker), selectinload(Decision.reviewer))
    return list(session.scalars(rows.options(*people).order_by(*order).limit(limit)))


def counts_for_staff(session: Session, account: Account) -> dict[State, int]:
    """How many decisions within reach are in each state."""
    counted = select(Decision.state, func.count()).where(in_reach(account)).group_by(Decision.state)
    found = dict(iter(session.execute(counted)))
    return {state: found.get(state, 0) for state in State}


def due_to_publish(session: Session, *, now: dt.datetime, limit: int) -> list[int]:
    """Ids of approved decisions whose time has come, the longest waiting first."""
    due = (Decision.state == State.APPROVED, Decision.publish_at <= now)
    return list(session.scalars(select(Decision.id).where(*due).order_by(Decision.publish_at).limit(limit)))


def due_to_end(session: Session, *, today: dt.date, limit: int) -> list[int]:
    """Ids of published decisions whose last day is over, the longest over first."""
    over = (Decision.state == State.PUBLISHED, Decision.ends_on < today)
    return list(session.scalars(select(Decision.id).where(*over).order_by(Decision.ends_on).limit(limit)))


def decisions_after(session: Session, *, after_id: int, today: dt.date, limit: int) -> Sequence[Decision]:
    """Public decisions in the order of their ids, a batch at a time: for rebuilding the index."""
    batch = select(Decision).where(Decision.id > after_id, is_public(today)).order_by(Decision.id)
    return session.scalars(batch.limit(limit)).all()
