"""The journal of ends, beside the database: what a restored backup has to be held against. Ids only, one line an end."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

from sqlalchemy.orm import Session

from models.removals import JOURNAL_FILE, removed_since
from shared.services import services

_BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# Two acts that overlap may commit in another order than that of their times.
_LOOK_BACK = dt.timedelta(hours=1)
_TAIL_BYTES = 4096


def note_removals(session: Session, now: dt.datetime) -> int:  # noqa: ARG001 - every job is called so
    """Adds the ends that the journal lacks; returns how many. A journal that was lost is written anew, whole."""
    path = services().config.data_dir / JOURNAL_FILE
    found = removed_since(session, _last_noted(path) - _LOOK_BACK)
    if not found:
        return 0
    noted = _noted(path)
    new = [one for one in found if (one.what.value, one.public_id) not in noted]
    if new:
        _append(path, "".join(one.line() for one in new))
    return len(new)


def _last_noted(path: Path) -> dt.datetime:
    """The time of the last whole line."""
    if not path.exists():
        return _BEGINNING
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL_BYTES))
        lines = file.read().splitlines()
    for line in reversed(lines):
        try:
            return dt.datetime.fromisoformat(json.loads(line)["ended_at"])
        except (ValueError, KeyError, TypeError):
            continue  # cut off: by the beginning of the tail, or when the machine stopped
    return _BEGINNING


def _noted(path: Path) -> set[tuple[str, str]]:
    if not path.exists():
        return set()
    noted = set()
    for line in path.read_bytes().splitlines():
        try:
            one = json.loads(line)
            noted.add((one["what"], one["id"]))
        except (ValueError, KeyError, TypeError):
            continue
    return noted


def _append(path: Path, lines: str) -> None:
    """On disk before the job says that it is done; a line that was cut off before is closed first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            lines = lines if file.read(1) == b"\n" else "\n" + lines
        file.write(lines.encode())
        file.flush()
        os.fsync(file.fileno())
