"""What a handler gets, and what the worker has to know about a handler and a job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Work:
    """One row of the outbox. The same `key` can come twice, so doing it twice must change nothing more."""

    kind: str
    key: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Handler:
    """Does work of one kind, up to `together` pieces in one call; raising means that none of them is done.

    What `can_wait` takes long and is owed to nobody by the second: it is done a piece at a time, while nothing else is due.
    """

    run: Callable[[Sequence[Work]], None]
    together: int = 1
    can_wait: bool = False


@dataclass(frozen=True)
class Job:
    """Something that is due every so often. It changes rows in the session given; the worker commits."""

    name: str
    every: dt.timedelta
    run: Callable[[Session, dt.datetime], object]
