"""Reading the lists. What is public is decided here, by the entry, its basis, and today's date, all in one question.

So an entry whose basis has fallen is gone from every page at the commit that felled it, however late the worker is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, selectinload

from models.batches import in_batches
from models.clocks.tables import SubjectKind
from models.decisions.queries import is_public as decision_is_public
from models.decisions.states import State
from models.decisions.tables import Decision
from models.errors import NotFound
from models.letters.tables import IncomingLetter
from models.lists.kinds import EntryState, ListKind
from models.lists.rules import laws
from models.lists.tables import (
    TABLES,
    CommendedEntry,
    Entry,
    InfringerEntry,
    SeriousEntry,
    infringer_bases,
    serious_bases,
)
from models.people.permissions import Permission, units_in_reach
from models.people.tables import Account, Unit


def basis_has_fallen(kind: ListKind, today: dt.date) -> ColumnElement[bool]:
    """SQL: whether what an entry rests on no longer holds.

    A serious listing falls with a decision that is withdrawn or changed (总局令第44号 Art 19) and outlives the end of
    its publication; the infringers' register does not outlive that; a commendation falls with any public decision of
    the kinds that its rule names.
    """
    if kind is ListKind.SERIOUS:
        changed = or_(Decision.state == State.WITHDRAWN, Decision.changed_on.is_not(None))
        joined = and_(
            serious_bases.c.entry_id == SeriousEntry.id, serious_bases.c.decision_id == Decision.id, changed
        )
        return exists().where(joined).correlate(SeriousEntry)
    if kind is ListKind.INFRINGERS:
        joined = and_(
            infringer_bases.c.entry_id == InfringerEntry.id,
            infringer_bases.c.decision_id == Decision.id,
            ~decision_is_public(today),
        )
        return exists().where(joined).correlate(InfringerEntry)
    kinds = laws()[kind].rule_on(today).kinds
    punished = and_(
        Decision.party_uscc == CommendedEntry.uscc, Decision.kind.in_(kinds), decision_is_public(today)
    )
    return exists().where(punished).correlate(CommendedEntry)


def is_listed(kind: ListKind, today: dt.date) -> ColumnElement[bool]:
    """SQL: whether an entry is public on that Beijing day."""
    table = TABLES[kind]
    in_term = or_(table.ends_on.is_(None), table.ends_on >= today)
    return and_(table.state == EntryState.PUBLISHED, in_term, ~basis_has_fallen(kind, today))


def listed(session: Session, kind: ListKind, *, today: dt.date) -> list[Entry]:
    """The public entries of one list, the last published first."""
    table = TABLES[kind]
    wanted = select(table).where(is_listed(kind, today))
    if kind is not ListKind.COMMENDED:
        wanted = wanted.options(selectinload(table.decisions))  # type: ignore[union-attr]
    return list(session.scalars(wanted.order_by(table.published_at.desc(), table.id.desc())))


def left_since(session: Session, moment: dt.datetime, *, limit: int) -> list[Entry]:
    """Entries of all lists that were public and have left since that instant, the last first."""
    found: list[Entry] = []
    for table in TABLES.values():
        left = select(table).where(table.ended_at >= moment, table.published_at.is_not(None))
        found += session.scalars(left.order_by(table.ended_at.desc()).limit(limit))
    return sorted(found, key=lambda one: (one.ended_at or moment, one.public_id), reverse=True)[:limit]


def counts_listed(session: Session, *, today: dt.date) -> dict[ListKind, int]:
    """How many entries of each list are public."""
    return {
        kind: session.scalar(select(func.count()).select_from(table).where(is_listed(kind, today))) or 0
        for kind, table in TABLES.items()
    }


def listed_parties(session: Session, *, today: dt.date) -> list[tuple[str, str]]:
    """Code and name of everybody who is on one of the lists."""
    return [
        (code, name)
        for kind, table in TABLES.items()
        for code, name in session.execute(
            select(table.uscc, table.name).where(is_listed(kind, today)).order_by(table.id)
        )
    ]


def listed_by_code(session: Session, codes: Collection[str], *, today: dt.date) -> dict[str, list[Entry]]:
    """The public entries of the companies with these codes, of all lists, in the order of the lists."""
    found: dict[str, list[Entry]] = {}
    for kind, table in TABLES.items():
        for batch in in_batches(codes):
            for entry in session.scalars(select(table).where(table.uscc.in_(batch), is_listed(kind, today))):
                found.setdefault(entry.uscc, []).append(entry)
    return found


def entry_for_staff(session: Session, kind: ListKind, entry_id: int) -> Entry:
    """One entry with its people and basis; NotFound when there is none."""
    table = TABLES[kind]
    options = [selectinload(table.maker), selectinload(table.decider)]
    if kind is not ListKind.COMMENDED:
        options.append(selectinload(table.decisions))  # type: ignore[union-attr]
    entry = session.scalar(select(table).where(table.id == entry_id).options(*options))
    if entry is None:
        raise NotFound("没有找到这条名单记录。")
    return entry


def entries_for_staff(session: Session, account: Account, kind: ListKind, *, limit: int) -> list[Entry]:
    """The entries of one list within reach, last changed first."""
    table = TABLES[kind]
    own, paths = units_in_reach(account, Permission.DECISION_VIEW)
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    within = table.unit_id.in_(select(Unit.id).where(or_(Unit.id.in_(own), *below)))
    return list(session.scalars(select(table).where(within).order_by(table.updated_at.desc()).limit(limit)))


def entry_subjects() -> Subquery:
    """SQL: kind, id, name and maker of the entries of all lists and of the letters that came in, for those who ask on
    what a deadline stands."""
    kinds = {
        SeriousEntry: SubjectKind.SERIOUS_ENTRY,
        InfringerEntry: SubjectKind.INFRINGER_ENTRY,
        CommendedEntry: SubjectKind.COMMENDED_ENTRY,
    }
    parts = [
        select(literal(kind.value).label("kind"), table.id, table.name, table.maker_id, table.unit_id)
        for table, kind in kinds.items()
    ]
    letter = (literal(SubjectKind.LETTER.value), IncomingLetter.id, IncomingLetter.their_number)
    parts.append(select(*letter, IncomingLetter.registered_by_id, IncomingLetter.unit_id))
    return union_all(*parts).subquery("entries")


def entries_to_end(session: Session, kind: ListKind, *, today: dt.date, limit: int) -> list[Entry]:
    """Published entries that are not public any more: over their last day, or with a fallen basis."""
    table = TABLES[kind]
    over = or_(table.ends_on < today, basis_has_fallen(kind, today))
    return list(session.scalars(select(table).where(table.state == EntryState.PUBLISHED, over).limit(limit)))
