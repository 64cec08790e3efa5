"""The link of an outside body as an address, and the mail that brings it."""

from __future__ import annotations

import datetime as dt

from flask_babel import force_locale
from flask_babel import gettext as _

from journey.keys import keyring
from models import outbox
from models.cases.outside.links import token_of
from models.cases.outside.tables import OutsideLink
from shared.database import session
from shared.formats import day_text
from shared.i18n import SOURCE
from shared.services import services


def address_of(link: OutsideLink) -> str:
    """The whole address by which the body answers."""
    return f"{services().config.public_url}/outside/{token_of(link, keyring())}"


def queue_mail(link: OutsideLink, address: str, now: dt.datetime) -> bool:
    """Queues the mail with the link, if an address was given. The address is kept nowhere but in that piece of work."""
    if not address.strip():
        return False
    bureau = services().bureau.bureau.name
    with force_locale(SOURCE.locale):
        lines = (
            _("%(bureau)s请贵单位办理一个事项。", bureau=bureau),
            _("请在%(day)s前打开下面的链接，签收、退回或者回复：", day=day_text(link.expires_at)),
            address_of(link),
            _("谁拿到链接谁就能办理，请只转给经办的人。"),
        )
        subject = _("%(bureau)s的函件，请签收", bureau=bureau)
    mail = {"to": address.strip(), "subject": subject, "body": "\n\n".join(lines)}
    outbox.put(session, kind="mail", key=f"mail:outside:{link.handle}", payload=mail, now=now)
    return True
