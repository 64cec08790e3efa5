"""Mail about a notice waits for office hours; the notice itself does not."""

from __future__ import annotations

import datetime as dt

import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.supervision import notify_officers
from background.work import Work
from models.outbox import OutboxRow
from models.people.roles import Role
from models.supervision.telling import NOTIFY_OFFICER, tell
from models.supervision.terms import NoticeKind
from tests.factories import StaffFactory

NIGHT = dt.datetime(2026, 11, 20, 19, 30, tzinfo=dt.UTC)  # Saturday 03:30 in Beijing
MONDAY = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)  # 08:00 in Beijing


def test_a_notice_of_the_night_is_mailed_when_the_office_opens(app: Flask, session: Session) -> None:
    officer = StaffFactory(role=Role.HANDLER, email="handler@example.org")
    data = {"kind": "case", "id": 1, "rule": "report_verify", "end": "2026-12-11"}
    notice = tell(session, account_id=officer.id, kind=NoticeKind.DUE, key="k", data=data, now=NIGHT)
    session.commit()
    with app.app_context(), time_machine.travel(NIGHT, tick=False):
        notify_officers([Work(NOTIFY_OFFICER, "k", {"notice_id": notice.id})])
    mail = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail")).one()
    assert mail.due_at == MONDAY
