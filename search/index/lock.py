"""One writer at a time, on one machine: a lock on a file, which the system drops when its holder dies."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import IndexBusy

_PAUSE_SECONDS = 0.05


@contextmanager
def exclusive(path: Path, *, wait_seconds: float) -> Iterator[None]:
    """Holds the lock at `path`, against other threads of this process as well.

    Raises:
        IndexBusy: somebody else has held it for `wait_seconds`.
    """
    give_up_at = time.monotonic() + wait_seconds
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= give_up_at:
                    raise IndexBusy("another process is writing the search index") from error
                time.sleep(_PAUSE_SECONDS)
        yield
