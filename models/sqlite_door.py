"""SQLite's one door for writers, and a queue in front of it.

SQLite itself lets those who wait sleep longer and longer, up to a tenth of a second, and look again: the door stands
open while they sleep, and who comes late is as likely to get in. So the threads of a process queue here, and only the
first of them looks at the door, every two milliseconds, in case another process has it.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

from sqlalchemy import Connection, Engine, event

LOOK_AGAIN_SECONDS = 0.002
_WAITING = "PRAGMA busy_timeout = {}"


class Door:
    """The queue of one process. Whoever is in is known by the connection that it writes through."""

    def __init__(self, patience_ms: int) -> None:
        self._patience_ms = patience_ms
        self._turn = threading.Condition()
        self._inside: object = None

    def stand_before(self, engine: Engine) -> None:
        """Sees to it that a connection leaves when it goes back to the pool, or is lost."""
        for name in ("checkin", "invalidate", "close"):
            event.listen(engine, name, self._leave)

    def enter(self, connection: Connection) -> None:
        """`BEGIN IMMEDIATE`, in turn; SQLite's own "database is locked" for whoever waited too long."""
        until = time.monotonic() + self._patience_ms / 1000
        driver: Any = connection.connection.dbapi_connection
        with self._turn:
            if self._inside is not driver:
                self._turn.wait_for(lambda: self._inside is None, self._patience_ms / 1000)
                self._inside = driver  # also when the time is over: what follows fails, and frees the place
        if not self._opened(driver, until):
            self._leave(driver)
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # once more, for the error as everybody knows it

    def _opened(self, driver: Any, until: float) -> bool:
        driver.execute(_WAITING.format(0))
        try:
            while True:
                try:
                    driver.execute("BEGIN IMMEDIATE")
                    return True
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                        return False
                    time.sleep(LOOK_AGAIN_SECONDS)
        finally:
            driver.execute(_WAITING.format(self._patience_ms))

    def _leave(self, driver: Any, *_rest: Any) -> None:
        with self._turn:
            if driver is not None and self._inside is driver:
                self._inside = None
                self._turn.notify()
