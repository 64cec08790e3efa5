"""Which handler does which kind of work. A kind that nobody handles ends among the dead letters."""

from __future__ import annotations

from collections.abc import Mapping

from background import mail, publication
from background.work import Handler

HANDLERS: Mapping[str, Handler] = {
    "mail": Handler(mail.send),
    "publish-decision": Handler(publication.publish_decisions),
}
