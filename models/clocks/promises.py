"""本局服务承诺 of one installation: what the bureau's profile promises becomes versions of the local rules.

The rule files say what is promised (title, start, note) and a usual length; the profile says how long it is here. A
promise that the profile changes later gets a version of its own from the next day on, so that what runs keeps its term.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from models.clocks.rules import Rule
from models.clocks.tables import ClockRule, Source
from models.people.profiles import Promises


def lengths(promises: Promises) -> Mapping[str, int]:
    """Working days by rule id."""
    return {
        "local_transfer": promises.transfer_days,
        "local_accept": promises.accept_days,
        "local_feedback": promises.feedback_days,
    }


def keep_promise(session: Session, rule: Rule, rows: list[ClockRule], days: int, today: dt.date) -> bool:
    """Brings one local rule in line with the profile; whether anything changed. `rows`: its versions, oldest first."""
    here = replace(rule, n=days)
    if not rows:
        session.add(ClockRule.of(here))
        return True
    latest = rows[-1]
    if latest.source is Source.ADMIN:
        return False
    if latest.n == days:
        return _reword(latest, here)
    if latest.in_force_from and latest.in_force_from > today:
        latest.n = days  # binds nothing yet
        return True
    latest.in_force_to = today
    tomorrow = today + dt.timedelta(days=1)
    session.add(ClockRule.of(replace(here, version=latest.version + 1, in_force_from=tomorrow)))
    return True


def _reword(row: ClockRule, rule: Rule) -> bool:
    """Takes over the words of the file; the version keeps its number, length and dates."""
    if (row.title, row.note, row.basis, row.law) == (rule.title, rule.note, rule.basis, rule.law):
        return False
    row.title, row.note, row.basis, row.law = rule.title, rule.note, rule.basis, rule.law
    return True
