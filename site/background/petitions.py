"""Mail to the account that sent an objection or asked for credit repair: that there is news, never what it is."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from background.work import Work
from models import outbox
from models.decisions.petitions.tables import Petition
from models.people.tables import Account
from models.types import now_utc
from shared.database import database
from shared.services import services


def tell_petitioners(works: Sequence[Work]) -> None:
    """Queues the mails; an account without an address looks at its page."""
    for work in works:
        with database().writing() as session:
            petition = session.get(Petition, work.payload["petition_id"])
            asked_by = petition.asked_by_id if petition else None
            account = session.get(Account, asked_by) if asked_by else None
            if petition is None or account is None or not account.email:
                continue
            mail = {
                "to": account.email,
                "subject": _("您对公示提出的申请有新进展"),
                "body": _body(petition),
            }
            outbox.put(session, kind="mail", key=f"mail:{work.key}", payload=mail, now=now_utc())
            session.commit()


def _body(petition: Petition) -> str:
    address = f"{services().config.public_url}/account/petitions"
    return _(
        "您就%(number)s提出的申请有新进展。登录后查看：%(address)s\n\n这是系统自动发送的邮件，请不要回复。",
        number=petition.decision.document_number,
        address=address,
    )
