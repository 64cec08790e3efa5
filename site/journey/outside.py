"""The link of an outside body as an address, and the mail that brings it."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _

from journey.keys import keyring
from models import outbox
from models.cases.outside.links import token_of
from models.cases.outside.tables import OutsideLink
from models.letters.replies import token_of_reply
from models.letters.tables import IncomingLetter
from shared.database import session
from shared.formats import day_text
from shared.i18n import SOURCE, in_language
from shared.services import services


def address_of(link: OutsideLink) -> str:
    """The whole address by which the body answers."""
    return f"{services().config.public_url}/outside/{token_of(link, keyring())}"


def address_of_reply(letter: IncomingLetter) -> str:
    """The whole address by which another authority takes the reply to its letter."""
    return f"{services().config.public_url}/outside/replies/{token_of_reply(letter, keyring())}"


def queue_mail(link: OutsideLink, address: str, now: dt.datetime) -> bool:
    """Queues the mail with the link, if an address was given. The address is kept nowhere but in that piece of work."""
    if not address.strip():
        return False
    bureau = services().bureau.bureau.name
    with in_language(SOURCE.locale):
        lines = (
            _("%(bureau)s请贵单位办理一个事项。", bureau=bureau),
            _("请在%(day)s前打开下面的链接，签收、退回或者回复：", day=day_text(link.expires_at)),
            address_of(link),
            _("谁拿到链接谁就能办理，请只转给经办的人。"),
        )
        subject = _("%(bureau)s的函件，请签收", bureau=bureau)
    _queue(f"mail:outside:{link.handle}", address, subject, lines, now)
    return True


def queue_reply_mail(letter: IncomingLetter, address: str, now: dt.datetime) -> bool:
    """The same for the reply to a letter that came in."""
    if not address.strip() or letter.link_expires_at is None:
        return False
    bureau = services().bureau.bureau.name
    with in_language(SOURCE.locale):
        lines = (
            _("%(bureau)s已经函复贵单位“%(number)s”来函。", bureau=bureau, number=letter.their_number),
            _("请在%(day)s前打开下面的链接下载：", day=day_text(letter.link_expires_at)),
            address_of_reply(letter),
            _("谁拿到链接谁就能下载，请只转给经办的人。"),
        )
        subject = _("%(bureau)s的复函 %(number)s", bureau=bureau, number=letter.document_number)
    _queue(f"mail:reply:{letter.handle}", address, subject, lines, now)
    return True


def _queue(key: str, address: str, subject: str, lines: tuple[str, ...], now: dt.datetime) -> None:
    mail = {"to": address.strip(), "subject": subject, "body": "\n\n".join(lines)}
    outbox.put(session, kind="mail", key=key, payload=mail, now=now)
