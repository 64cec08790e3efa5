"""Whether the files still are what was handed in, and which files nobody has a row for."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Column, String, func, select
from sqlalchemy.orm import Session, joinedload

from models.base import Base
from models.filings.examined import Examined, examined_tables
from models.filings.tables import Evidence
from models.ports import FileStore

# A file is saved before the row that names it is committed. Long after that no request can still be at it.
ORPHANED_AFTER = dt.timedelta(days=1)
_AT_ONCE = 200
_CHUNK = 1024 * 1024


class Damage(enum.StrEnum):
    """What can have happened to a file."""

    MISSING = "missing"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


DAMAGE_LABELS: dict[Damage, str] = {
    Damage.MISSING: "文件不见了",
    Damage.ALTERED: "内容与收到时的 SHA-256 不一致",
    Damage.UNREADABLE: "读不出来",
}


@dataclass(frozen=True)
class Checked:
    """One file that was read again: an original, or the sanitised copy of one, by the number in its `table`.

    `reference` is that of the filing whose evidence it is, None for what was not sent and for other files; `damage` is
    None when it is whole.
    """

    table: str
    number: int
    reference: str | None
    size: int
    damage: Damage | None
    is_copy: bool = False


def check_evidence(session: Session, store: FileStore) -> Iterator[Checked]:
    """Reads every file again, a piece at a time, and holds it against its SHA-256: evidence, proofs, a company's files."""
    for table, kind in examined_tables().items():
        last = 0
        while batch := _after(session, kind, last):
            for file in batch:
                yield from _check(table, file, store)
            last = batch[-1].id
            session.expunge_all()


def how_many(session: Session) -> int:
    """How many files there are to check, copies included."""
    kinds = examined_tables().values()
    figures = [select(func.count(kind.id) + func.count(kind.copy_key)) for kind in kinds]
    return sum(session.scalar(figure) or 0 for figure in figures)


def orphans(session: Session, store: FileStore, now: dt.datetime) -> Iterator[str]:
    """Keys of files in the store, older than a day, that no row of any table names: their request failed or died.

    Every column of the database whose name ends in `_key` is asked, so that a table which starts to keep files is heard
    without being listed here.
    """
    keys = store.keys_before(now - ORPHANED_AFTER)
    columns = _key_columns()
    while chunk := list(islice(keys, _AT_ONCE)):
        named: set[str] = set()
        for column in columns:
            named.update(session.scalars(select(column).where(column.in_(chunk))))
        yield from (key for key in chunk if key not in named)


def sweep_orphans(session: Session, store: FileStore, now: dt.datetime) -> int:
    """Removes those files, and what was never finished; returns how many."""
    found = list(orphans(session, store, now))
    for key in found:
        store.delete(key)
    return len(found) + store.drop_unfinished(now - ORPHANED_AFTER)


def _key_columns() -> list[Column[Any]]:
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_key") and isinstance(column.type, String)
    ]


def _check(table: str, file: Examined, store: FileStore) -> Iterator[Checked]:
    filing = file.filing if isinstance(file, Evidence) else None
    reference = filing.shown_reference if filing else None
    damage = damage_of(store, file.store_key, file.size, file.sha256)
    yield Checked(table, file.id, reference, file.size, damage)
    if file.copy_key and file.copy_size and file.copy_sha256:
        damage = damage_of(store, file.copy_key, file.copy_size, file.copy_sha256)
        yield Checked(table, file.id, reference, file.copy_size, damage, is_copy=True)


def _after(session: Session, kind: type[Examined], last: int) -> Sequence[Examined]:
    wanted = select(kind).where(kind.id > last).order_by(kind.id).limit(_AT_ONCE)
    if kind is Evidence:
        wanted = wanted.options(joinedload(Evidence.filing))
    return session.scalars(wanted).all()


def damage_of(store: FileStore, key: str, size: int, sha256: str) -> Damage | None:
    """What is wrong with one file of the store, read a piece at a time; None when it is whole."""
    digest, found = hashlib.sha256(), 0
    try:
        with store.open(key) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                found += len(chunk)
    except FileNotFoundError:
        return Damage.MISSING
    except OSError:
        return Damage.UNREADABLE
    is_whole = found == size and digest.hexdigest() == sha256
    return None if is_whole else Damage.ALTERED
