"""Destroying one case: everything that a person wrote or handed in goes; the bare facts for statistics stay.

Which texts those are is read from the tables themselves: every row that hangs on the case or its filing, however far
down, loses its free text, and a row that names a file of its own goes with the file. So a table that is added later is
covered without being named here. The identity goes with its data key (crypto-erasure), files go from the store after
commit; digests and the ledger stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import JSON, ColumnElement, Enum, String, Table, Text, case, delete, or_, select, update
from sqlalchemy.orm import Session

from models.base import Base
from models.cases import texts
from models.cases.tables import Case, CaseMessage
from models.clocks.tables import Deadline, SubjectKind
from models.filings.evidence import delete_later, forget_file
from models.filings.tables import Evidence, Filing, FilingMark, HeldCode, Identity, IdentityOpening
from models.identity.tables import IdentityRequest

GONE = "〔已按保管期限销毁〕"
_LONG = 100  # a column of so many signs holds what people write; shorter ones hold codes and digests
_LEFT_ALONE = frozenset({"retention_holds", "disposals", "disposal_items", "evidence", "identities"})


def erase(session: Session, case_: Case, now: dt.datetime) -> list[str]:
    """Destroys the content of the case; returns the digests of what is gone: the filing's, then its files'."""
    filing = case_.filing
    hashes = [filing.content_sha256, *_files(session, case_, now)]
    _rows(session, case_)
    session.flush()
    hanging = dict(_hanging_on(case_))
    hashes += _named_files(session, hanging, now)
    for table, mine in hanging.items():
        _blank(session, table, mine)
    session.expire_all()
    case_.destroyed_at = now
    filing.query_code_hmac = "-" * 64  # no code has this
    filing.respondent_uscc = filing.right_number = filing.account_id = None
    session.flush()
    return hashes


def _files(session: Session, case_: Case, now: dt.datetime) -> list[str]:
    """Files that two filings of one sending share go with the last of them."""
    group = select(Filing.id).where(Filing.files_of_id == case_.filing.files_of_id)
    others = select(Case.id).where(
        Case.filing_id.in_(group), Case.id != case_.id, Case.destroyed_at.is_(None)
    )
    if session.scalar(others.limit(1)) is not None:
        return []
    files = session.scalars(select(Evidence).where(Evidence.filing_id.in_(group)).order_by(Evidence.id)).all()
    for file in files:
        forget_file(session, file, now)
        session.delete(file)
    return [file.sha256 for file in files]


def _named_files(session: Session, hanging: dict[Table, ColumnElement[bool]], now: dt.datetime) -> list[str]:
    """Rows that name files of their own – papers, answers of the company – go with them, and what hangs on such rows."""
    doomed: list[Table] = []
    hashes: list[str] = []
    for table, mine in hanging.items():
        keys = [column for column in table.columns if column.name.endswith("_key") and column.unique]
        digests = [
            column
            for column in table.columns
            if column.name.endswith("sha256") and not column.name.startswith("copy_")
        ]
        if keys:
            for row in session.execute(select(*keys, *digests).where(mine)):
                for key in filter(None, row[: len(keys)]):
                    delete_later(session, key, now)
                hashes += filter(None, row[len(keys) :])
        if keys or any(key.column.table in doomed for key in table.foreign_keys):
            doomed.append(table)
    for table in reversed(doomed):
        session.execute(delete(table).where(hanging.pop(table)))
    return hashes


def _rows(session: Session, case_: Case) -> None:
    """What has no use without its words goes as a whole, the identity with its key before all."""
    filing_id = case_.filing_id
    mine = select(Identity.id).where(Identity.filing_id == filing_id)
    session.execute(delete(IdentityRequest).where(IdentityRequest.case_id == case_.id))
    session.execute(delete(IdentityOpening).where(IdentityOpening.identity_id.in_(mine)))
    session.execute(delete(Identity).where(Identity.filing_id == filing_id))
    session.execute(delete(FilingMark).where(FilingMark.filing_id == filing_id))
    session.execute(delete(HeldCode).where(HeldCode.filing_id == filing_id))
    session.execute(delete(CaseMessage).where(CaseMessage.case_id == case_.id))
    texts.forget(session, case_.id)


def _hanging_on(case_: Case) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table with rows of the case, and which rows: those that point at it, at its filing, its clocks, or at these."""
    roots: dict[str, ColumnElement[bool]] = {
        "cases": Case.__table__.c.id == case_.id,
        "filings": Filing.__table__.c.id == case_.filing_id,
        "deadlines": (Deadline.__table__.c.subject_kind == SubjectKind.CASE)
        & (Deadline.__table__.c.subject_id == case_.id),
    }
    found = dict(roots)
    for table in Base.metadata.sorted_tables:  # parents first
        points_at = [
            key.parent.in_(select(key.column).where(found[key.column.table.name]))
            for key in table.foreign_keys
            if key.column.table.name in found and key.column.table is not table
        ]
        if points_at and table.name not in roots and table.name not in _LEFT_ALONE:
            found[table.name] = or_(*points_at)
    for table in Base.metadata.sorted_tables:
        if table.name in found:
            yield table, found[table.name]


def _blank(session: Session, table: Table, mine: ColumnElement[bool]) -> None:
    values: dict[str, object] = {}
    for column in table.columns:
        if isinstance(column.type, JSON):
            values[column.name] = {}
        elif _is_free_text(column.type) and not column.primary_key and not column.unique:
            values[column.name] = case((or_(column.is_(None), column == ""), column), else_=GONE)
    if values:
        session.execute(update(table).where(mine).values(values))


def _is_free_text(kind: object) -> bool:
    if isinstance(kind, Enum):
        return False
    return isinstance(kind, Text) or (isinstance(kind, String) and (kind.length or _LONG) >= _LONG)
