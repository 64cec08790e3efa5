"""After a filing: its files that nobody needs any more, word to the filer that something has happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from background.notices import queue_notices
from background.work import Work
from journey.keys import keyring
from models import outbox
from models.cases.tables import Case, CaseAct
from models.filings import vault
from models.filings.keeping import sweep_orphans
from models.filings.references import grouped
from models.filings.tables import Filing
from models.people.actors import System
from models.people.tables import Account
from models.types import now_utc
from models.webhooks.operations import queue_calls
from shared.database import database
from shared.services import services

INDEXER = System("address_index")
ENVELOPES_AT_ONCE = 500


def delete_files(works: Sequence[Work]) -> None:
    """Removes files whose rows are gone."""
    for work in works:
        services().files.delete(work.payload["store_key"])


def sweep_files(session: Session, now: dt.datetime) -> int:
    """Removes files that a failed request left behind; returns how many."""
    return sweep_orphans(session, services().files, now)


def index_addresses(session: Session, now: dt.datetime) -> int:
    """Gives older envelopes the blind index of their address, some at a time; returns how many."""
    return vault.index_addresses(session, keys=keyring(), limit=ENVELOPES_AT_ONCE, actor=INDEXER, now=now)


def notify_filers(works: Sequence[Work]) -> None:
    """Queues a mail to filers with an account: that there is news, and where. What the news is stands on the page.

    News of a clock or a reward is no act of the case, so there is none to call the holder's own system about.
    """
    for work in works:
        with database().writing() as session:
            act_id = work.payload.get("act_id")
            entry = session.get(CaseAct, act_id) if act_id is not None else None
            if entry is not None and queue_calls(session, entry=entry, now=now_utc()):
                session.commit()
            case = session.get(Case, work.payload["case_id"])
            filing = session.get(Filing, case.filing_id) if case else None
            account = session.get(Account, filing.account_id) if filing and filing.account_id else None
            if filing is not None and account is None:
                queue_notices(session, filing, work.key, now_utc())
                session.commit()
            if filing is None or account is None or not account.email:
                continue  # who is anonymous looks at /track
            mail = {"to": account.email, "subject": _subject(filing), "body": _body(filing)}
            outbox.put(session, kind="mail", key=f"mail:{work.key}", payload=mail, now=now_utc())
            session.commit()


def _subject(filing: Filing) -> str:
    return _("您的登记 %(reference)s 有新进展", reference=grouped(filing.reference))


def _body(filing: Filing) -> str:
    address = f"{services().config.public_url}/account/filings/{filing.reference}"
    return _("登录后查看：%(address)s\n\n这是系统自动发送的邮件，请不要回复。", address=address)
