"""Open data follows the database: files that hold what has ended are made anew, the tree of commitments grows and is signed."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from flask import current_app
from sqlalchemy.orm import Session

from background.work import Work
from journey.keys import keyring
from models import outbox
from models.data.commitments import commit_public, erase_ended
from models.data.heads import newest_head, sign_head
from models.data.operations import drop_file, keep_file
from models.data.queries import data_file, data_files, first_publication, publications_changed_since
from models.data.queries import ended_publications as ended_days
from models.data.tables import DataFile
from models.people.actors import WORKER
from models.ports import StoredFile
from models.types import beijing_date, beijing_midnight, now_utc
from results.bulk import WHOLE, Made, delta_name, make, month_names
from shared.database import database
from shared.services import services

MAKE = "data-file"
LARGEST_FILE = 1 << 40
DELTAS_KEPT = 30  # days
LEAVES_AT_ONCE = 500
ONE_DAY = dt.timedelta(days=1)


def make_files(works: Sequence[Work]) -> None:
    """Makes each file anew, as it has to be now."""
    for work in works:
        make_file(work.payload["name"])


def make_file(name: str) -> None:
    """Makes one file and puts it in the place of the one before; a file of nothing is taken away."""
    now = now_utc()
    fresh = made(name, beijing_date(now))
    with fresh.export.file as file, database().writing() as session:
        if fresh.export.rows or name in WHOLE:
            _keep(session, name, fresh, services().files.save(file, limit=LARGEST_FILE), now)  # type: ignore[arg-type]
        elif (before := data_file(session, name)) is not None:
            drop_file(session, before, actor=WORKER, now=now)
        session.commit()


def _keep(session: Session, name: str, fresh: Made, stored: StoredFile, now: dt.datetime) -> None:
    keep_file(
        session,
        name=name,
        stored=stored,
        rows=fresh.export.rows,
        days=fresh.days,
        ended_seen=fresh.ended_seen,
        good_until_on=fresh.good_until_on,
        actor=WORKER,
        now=now,
    )


def made(name: str, today: dt.date) -> Made:
    """Addresses in files are those by which the public knows the site."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.test_request_context(base_url=services().config.public_url), database().reading() as session:
        return make(session, name, today=today)


def look_after_files(session: Session, now: dt.datetime) -> int:
    """Queues the files that are missing, out of date, or hold what has ended; returns how many."""
    today, ended = beijing_date(now), ended_days(session)
    known = {file.name: file for file in data_files(session)}
    for name in [name for name in known if name.startswith("delta-") and name < delta_name(_oldest(today))]:
        drop_file(session, known.pop(name), actor=WORKER, now=now)
    stale = {name for name, file in known.items() if _is_stale(file, ended, today)}
    wanted = stale | set(_due(session, known, now))
    for name in sorted(wanted):
        key = f"{MAKE}:{name}:{today.isoformat()}:{len(ended)}"
        outbox.put(session, kind=MAKE, key=key, payload={"name": name}, now=now)
    return len(wanted)


def _due(session: Session, known: dict[str, DataFile], now: dt.datetime) -> Iterator[str]:
    """What is not there yet, and once a day what may have changed."""
    today, first = beijing_date(now), first_publication(session)
    if first is None:
        return
    yield from (name for name in WHOLE if name not in known or beijing_date(known[name].made_at) < today)
    days = (max(first, _oldest(today)) + ONE_DAY * number for number in range(DELTAS_KEPT))
    yield from (name for day in days if day < today and (name := delta_name(day)) not in known)
    changed = {
        day.replace(day=1) for day in publications_changed_since(session, beijing_midnight(today - ONE_DAY))
    }
    for month in _months(first, today):
        for name in month_names(month):
            is_old = name in known and beijing_date(known[name].made_at) < today
            if name not in known or (is_old and month in changed):
                yield name


def _is_stale(file: DataFile, ended: Sequence[dt.date], today: dt.date) -> bool:
    """The same as `models.data.queries.is_stale`, for many files at once."""
    first, last = file.covers_from or dt.date.min, file.covers_to or dt.date.max
    count = bisect_right(ended, last) - bisect_left(ended, first)
    return file.ended_seen != count or (file.good_until_on is not None and file.good_until_on < today)


def _months(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + 31 * ONE_DAY).replace(day=1)


def _oldest(today: dt.date) -> dt.date:
    return today - ONE_DAY * DELTAS_KEPT


def grow_tree(session: Session, now: dt.datetime) -> int:
    """Destroys the salts of what has ended, commits to what was published, and once a day signs the tree."""
    erased = erase_ended(session, actor=WORKER, now=now)
    looked_at = commit_public(session, now=now, limit=LEAVES_AT_ONCE)
    newest = newest_head(session)
    if looked_at < LEAVES_AT_ONCE and (newest is None or beijing_date(newest.signed_at) < beijing_date(now)):
        sign_head(session, bureau=services().bureau.bureau.name, keys=keyring(), actor=WORKER, now=now)
    return erased + looked_at
