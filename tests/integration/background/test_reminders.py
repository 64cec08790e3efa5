"""What ends soon is told by mail, once a stage: a right, an agent's authority."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.reminders import remind_holders
from models.outbox import OutboxRow
from models.types import beijing_date, now_utc
from shared.services import services
from tests.factories import AccountFactory
from tests.support.cases import an_office
from tests.support.holders import a_holder, a_right, an_authority


def _mails(session: Session) -> list[str]:
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail").order_by(OutboxRow.id))
    return [
        f"{row.payload['to']}: {row.payload['subject']}" for row in rows if row.key.startswith("mail:ending")
    ]


def test_each_is_told_once_a_stage(app: Flask, session: Session) -> None:
    now = now_utc()
    today, office = beijing_date(now), an_office(session)
    holder = a_holder(session, office.intake, now=now)
    agent = AccountFactory(confirmed_at=now)
    with app.app_context():
        store = services().files
        a_right(session, holder, office.intake, store, now=now, expires_on=today + dt.timedelta(days=30))
        a_right(
            session,
            holder,
            office.intake,
            store,
            now=now,
            number="2",
            expires_on=today + dt.timedelta(days=90),
        )
        a_right(session, holder, office.intake, store, now=now, number="3", expires_on=None)
        an_authority(session, holder, agent, ends_on=today + dt.timedelta(days=10), now=now)
        assert remind_holders(session, now) == 2
        first = _mails(session)
        assert first == [
            f"{holder.email}: 有一项权利快要到期",
            f"{holder.email}: 有一份委托快要到期",
            f"{agent.email}: 有一份委托快要到期",
        ]
        remind_holders(session, now + dt.timedelta(hours=1))
        assert _mails(session) == first, "told already"
        remind_holders(session, now + dt.timedelta(days=8))
        assert len(_mails(session)) == 5, "the authority again, at its last stage"
        remind_holders(session, now + dt.timedelta(days=24))
        assert len(_mails(session)) == 6, "the right again"
