"""Destroying what two people have agreed to destroy: one case a transaction, then the certificate of the list.

And forgetting what the outbox has kept long enough.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from sqlalchemy.orm import Session

from background.work import Work
from journey.keys import keyring
from models.people.actors import System
from models.retention.letters import forget_letters
from models.retention.operations import certify, destroy
from models.retention.schedules import Schedules, read_schedules
from models.retention.tables import Disposal, DisposalItem
from models.types import now_utc
from shared.database import database
from shared.services import services

WORKER = System("retention")


def destroy_cases(works: Sequence[Work]) -> None:
    """Destroys the cases, each in a transaction of its own; done twice, nothing more happens."""
    for work in works:
        with database().writing() as session:
            item = session.get(DisposalItem, work.payload["item_id"])
            if item is not None:
                schedule = schedules().of(item.disposal.schedule)
                destroy(session, item=item, schedule=schedule, actor=WORKER, now=now_utc())
                session.commit()


def certify_lists(works: Sequence[Work]) -> None:
    """Signs the certificates of lists that are through."""
    for work in works:
        with database().writing() as session:
            disposal = session.get(Disposal, work.payload["disposal_id"])
            if disposal is not None:
                certify(
                    session,
                    disposal=disposal,
                    schedules=schedules(),
                    bureau=services().bureau.bureau.name,
                    actor=WORKER,
                    now=now_utc(),
                    keys=keyring(),
                )
                session.commit()


def forget_old_work(session: Session, now: dt.datetime) -> int:
    """Mails that never went out and traces of what was done, as old as the file says; returns how many rows."""
    return forget_letters(session, schedules=schedules(), actor=WORKER, now=now)


@cache
def schedules() -> Schedules:
    """The schedules of the installation; the file is read once."""
    return read_schedules()
