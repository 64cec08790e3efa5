"""What the outbox does not keep for ever: mails that never went out, and the traces of what was done."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.ledger.tables import LedgerEvent
from models.outbox import OutboxRow
from models.people.actors import WORKER
from models.retention.letters import forget_letters
from models.retention.schedules import SCHEDULE_FILE, ScheduleError, read_schedules
from tests.factories import NOW

SCHEDULES = read_schedules()
DAY = dt.timedelta(days=1)


def _row(session: Session, key: str, *, kind: str = "mail", **ended: dt.datetime) -> None:
    outbox.put(session, kind=kind, key=key, payload={"to": "a@example.org"}, now=NOW)
    row = session.scalars(select(OutboxRow).where(OutboxRow.key == key)).one()
    for name, at in ended.items():
        setattr(row, name, at)
    session.flush()


def _left(session: Session, now: dt.datetime) -> set[str]:
    forget_letters(session, schedules=SCHEDULES, actor=WORKER, now=now)
    session.commit()
    return set(session.scalars(select(OutboxRow.key)))


def test_a_mail_that_never_went_out_goes_after_its_days_and_leaves_an_event(session: Session) -> None:
    _row(session, "failed", dead_at=NOW)
    _row(session, "other work", kind="dispose-case", dead_at=NOW)
    _row(session, "waits")
    kept = SCHEDULES.unsent_mails_days * DAY
    assert _left(session, NOW + kept) == {"failed", "other work", "waits"}
    assert _left(session, NOW + kept + DAY) == {"other work", "waits"}
    event = session.scalars(select(LedgerEvent).where(LedgerEvent.act == "outbox.forget")).one()
    assert "example.org" not in event.data


def test_what_was_done_is_remembered_for_its_days_only(session: Session) -> None:
    _row(session, "done", done_at=NOW)
    kept = SCHEDULES.done_work_days * DAY
    assert _left(session, NOW + kept) == {"done"}
    assert _left(session, NOW + kept + DAY) == set()


@pytest.mark.parametrize("figure", ["0", '"90"', "true"])
def test_days_that_are_none_are_refused(tmp_path: Path, figure: str) -> None:
    path = tmp_path / "retention.toml"
    text = SCHEDULE_FILE.read_text(encoding="utf-8")
    path.write_text(text.replace("unsent_mails_days = 90", f"unsent_mails_days = {figure}"), encoding="utf-8")
    with pytest.raises(ScheduleError, match="unsent_mails_days"):
        read_schedules(path)
