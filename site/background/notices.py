"""Word to filers without an account that there is news: by the way that they agreed to, never what the news is.

The outbox knows the filing and the way only. The address is taken from the envelope at the moment of sending, by the one
verb that does so for the system, which the ledger records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from background.work import Work
from journey.keys import keyring
from models import outbox
from models.filings.kinds import Notice
from models.filings.references import grouped
from models.filings.tables import Filing
from models.filings.vault import addresses_for_notice, agreed_notices
from models.people.actors import WORKER
from models.ports import Message, Text
from models.types import now_utc
from shared.database import database
from shared.i18n import in_language
from shared.services import services

TELL_FILER = "tell-filer"


def queue_notices(session: Session, filing: Filing, key: str, now: dt.datetime) -> None:
    """Queues a notice for each way that the filer agreed to; `key` names the news."""
    for way in agreed_notices(filing):
        payload = {"filing_id": filing.id, "way": way.value}
        outbox.put(session, kind=TELL_FILER, key=f"{TELL_FILER}:{way}:{key}", payload=payload, now=now)


def tell_filers(works: Sequence[Work]) -> None:
    """Sends each notice. One that dies after sending may send again: better twice than never."""
    for work in works:
        with database().writing() as session:
            filing, way = session.get_one(Filing, work.payload["filing_id"]), Notice(work.payload["way"])
            if way not in agreed_notices(filing):
                continue  # taken back meanwhile
            address = addresses_for_notice(
                session, filing=filing, actor=WORKER, now=now_utc(), keys=keyring()
            ).get(way)
            if address:
                _send(filing, way, address)
            session.commit()


def _send(filing: Filing, way: Notice, address: str) -> None:
    with in_language(filing.language):
        subject = _("您的登记 %(reference)s 有新进展", reference=grouped(filing.reference))
        where = f"{services().config.public_url}/track"
        body = _("请用登记编号和查询码查看：%(address)s", address=where)
        stop = _("不想再收到提醒，可以在进度页停止。这是系统自动发送的，请不要回复。")
    if way is Notice.EMAIL:
        services().mailer.send(Message(address, subject, f"{body}\n\n{stop}\n"))
    elif texter := services().texter:
        texter.send(Text(address, f"{subject}。{body}"))
