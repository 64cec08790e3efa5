"""Mail to the observers of a country when a warning about it is published: its title and address, nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from background.work import Work
from models import outbox
from models.bulletins.kinds import BulletinState
from models.bulletins.tables import Bulletin
from models.overseas.queries import to_be_warned
from models.types import now_utc
from shared.database import database
from shared.services import services


def warn_observers(works: Sequence[Work]) -> None:
    """Queues one mail each, under a key of its own: done twice, nobody is told twice. One that was withdrawn is not told."""
    for work in works:
        with database().writing() as session:
            bulletin = session.get(Bulletin, work.payload["bulletin_id"])
            if bulletin is None or bulletin.state is not BulletinState.PUBLISHED or not bulletin.country:
                continue
            for observer in to_be_warned(session, bulletin.country):
                mail = {"to": observer.email, "subject": _("海外预警：%(title)s", title=bulletin.title)}
                key = f"mail:warning:{bulletin.id}:{observer.id}"
                payload = {**mail, "body": _body(bulletin)}
                outbox.put(session, kind="mail", key=key, payload=payload, now=now_utc())
            session.commit()


def _body(bulletin: Bulletin) -> str:
    address = f"{services().config.public_url}/warnings/{bulletin.public_id}"
    return _(
        "%(bureau)s发布了一条海外预警：%(title)s\n\n%(summary)s\n\n%(address)s\n\n不想再收到的，请与%(bureau)s联系。",
        bureau=services().bureau.bureau.name,
        title=bulletin.title,
        summary=bulletin.summary,
        address=address,
    )
