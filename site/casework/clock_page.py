"""What an officer may do with each deadline of a case, as links of its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.cases.clock_acts import may_extend, may_suspend
from models.cases.tables import Case
from models.clocks.book import book
from models.clocks.tables import Deadline
from models.people.tables import Account

Links = list[tuple[str, str]]


def clock_links(
    session: Session, case: Case, clocks: Sequence[Deadline], officer: Account, now: dt.datetime
) -> dict[int, Links]:
    """By the deadline's number: words and address."""
    found = book(session)
    links: dict[int, Links] = {}
    for clock in clocks:
        rule = found.rule_of(clock)
        acts = []
        if may_suspend(case, rule, clock, officer):
            acts.append(
                (_("恢复计算"), "clocks.resume") if clock.is_paused else (_("中止计算"), "clocks.suspend")
            )
        if may_extend(case, rule, clock, officer, now):
            acts.append((_("批准延长"), "clocks.extend"))
        links[clock.id] = [
            (words, url_for(endpoint, reference=case.shown_reference, deadline_id=clock.id))
            for words, endpoint in acts
        ]
    return links
