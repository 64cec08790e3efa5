"""Mail before something of a rights-holder's ends: a right, an agent's authority, the fifteen days of a platform.

Each is sent once a stage: the key of the mail names what ends, when, and the stage, and a key is never queued twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models import outbox
from models.commerce.notices.queries import unshown
from models.filings.references import grouped
from models.holders.ending import (
    AUTHORITY_STAGES,
    RIGHT_STAGES,
    authority_ending,
    rights_ending,
    stage,
)
from models.holders.operations import owners
from models.holders.tables import Organisation
from models.people.tables import Account
from models.types import beijing_date
from shared.services import services

AHEAD = dt.timedelta(days=5)


def remind_holders(session: Session, now: dt.datetime) -> int:
    """Queues the mails that are due; returns for how many things."""
    today = beijing_date(now)
    return _rights(session, today, now) + _authority(session, today, now) + _platforms(session, today, now)


def _rights(session: Session, today: dt.date, now: dt.datetime) -> int:
    found = rights_ending(session, today)
    for right in found:
        assert right.expires_on is not None, "the query asks for its last day"  # noqa: S101
        key = f"right:{right.id}:{right.expires_on}:{stage(right.expires_on, today, RIGHT_STAGES)}"
        subject = _("有一项权利快要到期")
        body = _(
            "“%(title)s”（%(number)s）将于 %(day)s 到期，到期以后不能再用它提交。续展了的，请登录更新到期日并上传证明：%(address)s",
            title=right.title,
            number=right.number,
            day=right.expires_on,
            address=_address(f"/account/rights/{right.id}"),
        )
        _send(session, _owners(session, right.organisation), key, subject, body, now)
    return len(found)


def _authority(session: Session, today: dt.date, now: dt.datetime) -> int:
    found = authority_ending(session, today)
    for one in found:
        key = f"authority:{one.id}:{stage(one.ends_on, today, AUTHORITY_STAGES)}"
        subject = _("有一份委托快要到期")
        body = _(
            "%(name)s的委托将于 %(day)s 到期，到期以后代理人不能再提交和查看。需要继续的，请由委托人重新委托：%(address)s",
            name=one.organisation.name,
            day=one.ends_on,
            address=_address("/account/agents/"),
        )
        addresses = [*_owners(session, one.organisation), *([one.agent_email] if one.agent_email else [])]
        _send(session, addresses, key, subject, body, now)
    return len(found)


def _platforms(session: Session, today: dt.date, now: dt.datetime) -> int:
    found = unshown(session, today=today, ahead=AHEAD)
    for notice, wait in found:
        notice.reminded_at = now
        account = session.get(Account, notice.filing.account_id) if notice.filing.account_id else None
        if account is None or not account.email:
            continue
        reference = notice.filing.reference
        subject = _("请把回执转给电商平台")
        body = _(
            "登记 %(reference)s：请让平台最迟在 %(day)s 收到投诉的通知，否则它应当终止措施（电子商务法 第43条）。回执：%(address)s",
            reference=grouped(reference),
            day=wait.raw_end,
            address=_address(f"/account/filings/{reference}/platform"),
        )
        _send(session, [account.email], f"platform:{notice.filing_id}", subject, body, now)
    return len(found)


def _owners(session: Session, organisation: Organisation) -> list[str]:
    return [one.account.email for one in owners(session, organisation) if one.account.email]


def _address(path: str) -> str:
    return services().config.public_url + path  # there is no request whose addresses could be asked


def _send(
    session: Session, addresses: Iterable[str], key: str, subject: str, body: str, now: dt.datetime
) -> None:
    for number, address in enumerate(dict.fromkeys(addresses)):
        mail = {"to": address, "subject": subject, "body": body}
        outbox.put(session, kind="mail", key=f"mail:ending:{key}:{number}", payload=mail, now=now)
