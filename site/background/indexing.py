"""The search index follows the database: what is public goes in, what has ended comes out, what is lost is made anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence

import structlog
from sqlalchemy.orm import Session

from background.work import Work
from models import outbox
from models.batches import in_batches
from models.decisions.queries import (
    decisions_after,
    ended_but_indexed,
    not_public_ids,
    note_left_index,
    public_decisions,
    public_revisions,
)
from models.decisions.tables import Decision
from models.types import beijing_date, now_utc
from search.decisions import decision_document
from search.documents import Audience, Key, Kind, SearchDocument
from search.errors import IndexUnavailable
from search.index.store import Changes, IndexStore
from shared.database import database
from shared.services import services

REBUILD = "search-rebuild"
ROWS_AT_ONCE = 500
WAIT_SECONDS = 10.0

log = structlog.get_logger("huhang.index")


def store() -> IndexStore:
    """The index of this installation. It holds nothing open, so it is made when it is needed."""
    return IndexStore(services().config.index_dir)


def index_records(works: Sequence[Work]) -> None:
    """Brings the index in line with the state that the records have now, whatever it was when the work was queued."""
    ids = {int(work.payload["id"]) for work in works}
    left: set[int] = set()

    def changes() -> Changes:
        with database().reading() as session:
            public = public_decisions(session, ids, today=beijing_date(now_utc()))
            left.update(ids - public.keys())
            documents = [_document(decision) for decision in public.values()]
        return Changes(documents, {(Kind.DECISION, number) for number in left})

    try:
        store().follow(changes, wait_seconds=WAIT_SECONDS)
    except IndexUnavailable:
        with database().reading() as session:
            left.update(not_public_ids(session, ids, today=beijing_date(now_utc())))
        rebuild()
    _note_gone(left, now_utc())


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Makes the whole index anew from the database, beside the one in use, which goes on taking changes; returns how many
    records it holds. One that was killed is taken up where it was."""
    with database().reading() as session:
        gone = ended_but_indexed(
            session
        )  # no longer public when the first record is read: the new index never has them
    done = store().rebuild_from(_Public(), progress=progress or _silent, wait_seconds=WAIT_SECONDS)
    _note_gone(gone, now_utc())
    log.info("index rebuilt", records=done)
    return done


def rebuild_if_lost(_works: Sequence[Work]) -> None:
    """Makes the index anew unless a sound one has come back meanwhile."""
    if not is_sound():
        rebuild()


def is_sound() -> bool:
    """Whether there is an index that can be read."""
    try:
        store().status()
    except IndexUnavailable:
        return False
    return True


def look_after_index(session: Session, now: dt.datetime) -> None:
    """Queues a rebuild when the index is lost or broken. Of several that wait, the first does it."""
    if not is_sound():
        outbox.put(session, kind=REBUILD, key=f"{REBUILD}:{now.isoformat()}", payload={}, now=now)


def _silent(_done: int) -> None:
    """Progress that nobody wants to see."""


class _Public:
    """What is public now, as the source of a rebuild (`search.index.building.Source`)."""

    def after(self, last: Key | None) -> Iterator[SearchDocument]:
        """In the order of ids, a batch at a time: one batch is in memory."""
        number = last[1] if last else 0
        with database().reading() as session:
            while batch := decisions_after(session, after_id=number, today=_today(), limit=ROWS_AT_ONCE):
                yield from map(_document, batch)
                number = batch[-1].id
                session.expunge_all()

    def revisions(self) -> dict[Key, int]:
        with database().reading() as session:
            return {(Kind.DECISION, n): v for n, v in public_revisions(session, today=_today()).items()}

    def these(self, keys: Collection[Key]) -> Iterator[SearchDocument]:
        with database().reading() as session:
            for part in in_batches([number for _, number in keys]):
                yield from map(_document, public_decisions(session, part, today=_today()).values())
                session.expunge_all()


def _today() -> dt.date:
    return beijing_date(now_utc())


def _document(decision: Decision) -> SearchDocument:
    published_on = beijing_date(decision.published_at) if decision.published_at else None
    changed_on = beijing_date(decision.updated_at)
    return decision_document(
        decision, audience=Audience.PUBLIC, published_on=published_on, changed_on=changed_on
    )


def _note_gone(ids: Collection[int], now: dt.datetime) -> None:
    """Until this is noted, searches leave ended decisions out by a question to the database."""
    if ids:
        with database().writing() as session:
            note_left_index(session, ids, now=now)
            session.commit()
