"""What an officer may do with each deadline of a case, as links of its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.cases.clock_acts import may_ask, may_extend, may_suspend
from models.cases.tables import Case
from models.clocks.book import book
from models.clocks.request_tables import ExtensionRequest
from models.clocks.tables import Deadline
from models.people.tables import Account
from shared.components import Row
from shared.formats import day, moment

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
            waits = clock.open_request is not None
            acts.append((_("答复延长申请"), "clocks.decide") if waits else (_("批准延长"), "clocks.extend"))
        elif may_ask(case, rule, clock, officer, now):
            acts.append((_("申请延长"), "clocks.ask"))
        links[clock.id] = [
            (words, url_for(endpoint, reference=case.shown_reference, deadline_id=clock.id))
            for words, endpoint in acts
        ]
    return links


def asked(session: Session, request: ExtensionRequest) -> list[Row]:
    """What was asked for, by whom and why."""
    asker = session.get(Account, request.asked_by_id)
    rows = [
        Row(_("申请人"), asker.display_name if asker else ""),
        Row(_("申请时间"), moment(request.asked_at)),
        Row(_("延长的理由"), request.reason),
    ]
    if request.further_n is not None and request.discussed_on is not None:
        rows.append(Row(_("集体讨论确定的延长期限"), str(request.further_n)))
        rows.append(Row(_("集体讨论的日期"), day(request.discussed_on)))
        rows.append(Row(_("集体讨论记录"), request.minutes))
    return rows
