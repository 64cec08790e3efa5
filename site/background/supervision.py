"""The ladder by the clock, and mail to officers about what stands in their list of notices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from background.work import Work
from models import outbox
from models.cases.tables import CaseAct
from models.clocks.book import book
from models.people.tables import Account
from models.supervision.case_news import tell_units
from models.supervision.climbing import climb
from models.supervision.ladder import Ladders, read_ladders
from models.supervision.tables import StaffNotice
from models.supervision.terms import NOTICE_LABELS
from models.types import now_utc
from shared.database import database
from shared.i18n import label
from shared.services import services


def climb_ladder(session: Session, now: dt.datetime) -> int:
    """Takes the rungs that are due; what one transaction should not hold follows at the next time."""
    return climb(session, ladders=ladders(), profile=services().bureau.key, now=now)


@cache
def ladders() -> Ladders:
    """The ladders of the installation; the file is read once."""
    return read_ladders()


def notify_units(works: Sequence[Work]) -> None:
    """Puts news of a case into the lists of the people of the units concerned; done twice it adds nothing."""
    for work in works:
        with database().writing() as session:
            entry = session.get(CaseAct, work.payload["act_id"])
            if entry is not None:
                tell_units(session, entry=entry, now=now_utc())
                session.commit()


def notify_officers(works: Sequence[Work]) -> None:
    """Queues a mail to officers with an address: what kind of notice, and where to read it. No case is named.

    It goes out in the hours that the ladder file sets; the notice stands in the list meanwhile.
    """
    for work in works:
        with database().writing() as session:
            notice = session.get(StaffNotice, work.payload["notice_id"])
            account = session.get(Account, notice.account_id) if notice else None
            if notice is None or account is None or not account.active or not account.email:
                continue  # the notice stands in the list all the same
            kind = label(NOTICE_LABELS[notice.kind])
            address = f"{services().config.public_url}/casework/notices"
            mail = {
                "to": account.email,
                "subject": _("%(kind)s：您有一条新的提醒", kind=kind),
                "body": _("登录后查看：%(address)s\n\n这是系统自动发送的邮件，请不要回复。", address=address),
            }
            now = now_utc()
            due_at = ladders().mail.next(now, book(session).calendar)
            outbox.put(session, kind="mail", key=f"mail:{work.key}", payload=mail, now=now, due_at=due_at)
            session.commit()
