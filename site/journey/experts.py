"""The link of an expert as an address, the mail that brings it, and an opinion with its signature as it is shown."""

from __future__ import annotations

from flask_babel import gettext as _

from journey.keys import keyring
from models import outbox
from models.experts.queries import token_of
from models.experts.requests import digest_of
from models.experts.tables import ExpertRequest
from shared.database import session
from shared.formats import day_text
from shared.i18n import SOURCE, in_language
from shared.services import services


def address_of(request: ExpertRequest) -> str:
    """The whole address by which the expert answers."""
    return f"{services().config.public_url}/expert/{token_of(request, keyring())}"


def queue_mail(request: ExpertRequest, address: str) -> bool:
    """Queues the mail with the link, if an address was given. The address is kept nowhere but in that piece of work."""
    if not address.strip():
        return False
    bureau = services().bureau.bureau.name
    with in_language(SOURCE.locale):
        lines = (
            _("%(bureau)s邀请您就一个知识产权事项出具专家意见。", bureau=bureau),
            _("请在%(day)s前打开下面的链接，接受或者谢绝：", day=day_text(request.expires_at)),
            address_of(request),
            _("链接只供您本人使用，请不要转发。"),
        )
        subject = _("%(bureau)s的专家咨询邀请", bureau=bureau)
    mail = {"to": address.strip(), "subject": subject, "body": "\n\n".join(lines)}
    outbox.put(session, kind="mail", key=f"mail:expert:{request.handle}", payload=mail, now=request.sent_at)
    return True


def is_unchanged(request: ExpertRequest) -> bool:
    """Whether the opinion is still what was signed."""
    return request.opinion is not None and digest_of(request) == request.opinion_sha256
