"""The retention schedule as data: `profiles/retention.toml`, read strictly. Years are the bureau's, never the code's."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from models.cases.terms import ENDED, State
from models.errors import DomainError, NotFound
from models.types import BEIJING, beijing_date
from models.wording import said

SCHEDULE_FILE = Path(__file__).parents[2] / "profiles" / "retention.toml"
_DAYS = ("backups_days", "unsent_mails_days", "done_work_days")


class ScheduleError(DomainError):
    """The file cannot be used as it stands; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long the files of cases in `states` are kept. Only what is confirmed may be destroyed."""

    key: str
    title: str
    states: tuple[State, ...]
    years: int
    basis: str
    source: str
    source_on: dt.date
    is_confirmed: bool

    def ended_before(self, now: dt.datetime) -> dt.datetime:
        """Cases that ended before this instant are over: the years count from 1 January after the end."""
        return dt.datetime(beijing_date(now).year - self.years, 1, 1, tzinfo=BEIJING)


@dataclass(frozen=True, slots=True)
class Schedules:
    """The whole file. `backups_days`: after how long the last backup with a destroyed file is gone too.

    `unsent_mails_days`: how long a mail that failed for good is kept for a new try; `done_work_days`: how long the
    outbox remembers the key of what was done.
    """

    backups_days: int
    unsent_mails_days: int
    done_work_days: int
    schedules: tuple[Schedule, ...]

    def of(self, key: str) -> Schedule:
        """The schedule of that key; NotFound."""
        found = next((one for one in self.schedules if one.key == key), None)
        if found is None:
            raise NotFound(said("没有这一类保管期限。"))
        return found


def read_schedules(path: Path = SCHEDULE_FILE) -> Schedules:
    """Reads the file; ScheduleError for what is missing, unknown or impossible, and for a state in two schedules."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    schedules = tuple(_schedule(one, path.name) for one in table.get("schedules", []))
    states = [state for one in schedules for state in one.states]
    if len(states) != len(set(states)) or len({one.key for one in schedules}) != len(schedules):
        raise ScheduleError(f"{path.name}：同一状态或者同一 key 出现在两类里。")
    return Schedules(**{key: _days(table, key, path.name) for key in _DAYS}, schedules=schedules)


def _days(table: dict[str, Any], key: str, name: str) -> int:
    days = table.get(key)
    if type(days) is not int or days < 1:
        raise ScheduleError(f"{name}：{key} 须写明天数，至少为 1。")
    return days


def _schedule(given: dict[str, Any], name: str) -> Schedule:
    wanted = {field.name for field in fields(Schedule)}
    if set(given) != wanted:
        raise ScheduleError(
            f"{name}：每一类都要且只要写明 {'、'.join(sorted(wanted))}；不符的是 {'、'.join(sorted(wanted ^ set(given)))}。"
        )
    states = tuple(State(one) for one in given["states"])
    if not set(states) <= ENDED or given["years"] < 1:
        raise ScheduleError(f"{name}：{given['key']} 的状态须是已终结的，年数至少为 1。")
    return Schedule(**{**given, "states": states})
