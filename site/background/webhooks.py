"""Calling the webhooks: signed, tried again later, switched off with a mail after two days without an answer."""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from adapters.webhooks import CallRefused, call
from background.work import Work
from journey.keys import keyring
from models import outbox
from models.types import now_utc
from models.webhooks.operations import good_secrets, note_result
from models.webhooks.signing import EVENT_HEADER, HEADER, signature
from models.webhooks.tables import Webhook, WebhookCall
from shared.database import database
from shared.services import services


def call_webhooks(works: Sequence[Work]) -> None:
    """Calls each once. The database is not held meanwhile; a call that was made twice has the same id."""
    for work in works:
        call_id = int(work.payload["call_id"])
        with database().reading() as session:
            found = session.get(WebhookCall, call_id)
            if found is None or found.delivered_at or found.given_up_at or not found.webhook.is_on:
                continue
            body = json.dumps(found.payload, ensure_ascii=False, sort_keys=True).encode()
            now = now_utc()
            secrets = good_secrets(found.webhook, keyring(), now)
            address, event = found.webhook.address, found.event
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "huhang-webhook/1",
            EVENT_HEADER: event,
            HEADER: signature(secrets, body=body, at=int(now.timestamp())),
        }
        result, is_good = _try(address, body, headers)
        with database().writing() as session:
            again = session.get_one(WebhookCall, call_id)
            if again.delivered_at is None and again.given_up_at is None:
                off = note_result(session, call=again, result=result, is_good=is_good, now=now_utc())
                if off is not None:
                    _tell(session, off)
            session.commit()


def _try(address: str, body: bytes, headers: dict[str, str]) -> tuple[str, bool]:
    try:
        status = call(address, body, headers, is_strict=services().config.is_production)
    except CallRefused as refused:
        return f"refused: {refused}", False
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, False
    return str(status), 200 <= status < 300


def _tell(session: Session, webhook: Webhook) -> None:
    if not webhook.account.email:
        return
    body = _(
        "我们连续两天没有得到这个地址的成功答复，已经停止通知：%(address)s\n修好以后请登录，在“接口”里重新启用；办件的进展随时可以登录查看。",
        address=webhook.address,
    )
    mail = {"to": webhook.account.email, "subject": _("办件通知地址已经停用"), "body": body}
    key = f"mail:webhook:{webhook.id}:{webhook.disabled_at:%Y%m%d%H%M}"
    outbox.put(session, kind="mail", key=key, payload=mail, now=now_utc())
