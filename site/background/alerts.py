"""Alerts by mail: at their time each is looked up, and what is new is sent in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import current_app, url_for
from sqlalchemy.orm import Session

from background.work import Work
from journey.keys import keyring
from models import outbox
from models.alerts.links import address_of, token_of
from models.alerts.operations import note_sent, take_due
from models.alerts.tables import Alert
from models.ports import Message
from models.types import beijing_date, now_utc
from results.alerting import asked_of, digest_text, news
from shared.database import database
from shared.i18n import LANGUAGES, LOCALE_KEY, SOURCE
from shared.services import services

DIGEST = "alert-digest"
AT_ONCE = 200


def queue_digests(session: Session, now: dt.datetime) -> int:
    """Queues the alerts whose time has come; returns how many."""
    due = take_due(session, now=now, limit=AT_ONCE)
    for number, at in due:
        key = f"{DIGEST}:{number}:{at.isoformat()}"
        outbox.put(session, kind=DIGEST, key=key, payload={"alert_id": number}, now=now)
    return len(due)


def send_digests(works: Sequence[Work]) -> None:
    """Looks each question up now and sends what is public now; nothing new, no mail."""
    for work in works:
        now = now_utc()
        with database().reading() as session:
            alert = session.get(Alert, work.payload["alert_id"])
            message = _message(session, alert, now) if alert is not None else None
        if message is not None:
            services().mailer.send(message)
        with database().writing() as session:
            alert = session.get(Alert, work.payload["alert_id"])
            if alert is not None:
                note_sent(alert, until=now)
                session.commit()


def _message(session: Session, alert: Alert, now: dt.datetime) -> Message | None:
    if alert.seen_until is None:
        return None
    asked = asked_of(alert.question)
    with _speaking(alert.locale):
        found = news(session, asked, since=alert.seen_until, today=beijing_date(now))
        if not found:
            return None
        token = token_of(alert, keyring())
        manage = url_for("alerts.manage", token=token, _external=True)
        subject, body = digest_text(found, asked, manage=manage)
        stop = url_for("alerts.stop", token=token, _external=True)
    # RFC 8058: the mail program stops it with one press, without opening a page.
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Message(to=address_of(alert, keyring()), subject=subject, body=body, headers=headers)


@contextmanager
def _speaking(locale: str) -> Iterator[None]:
    """The language of the reader, and addresses by which the public knows the site."""
    language = next((one for one in LANGUAGES if one.locale == locale), SOURCE)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    base = services().config.public_url + language.prefix
    with app.test_request_context(base_url=base, environ_overrides={LOCALE_KEY: language.locale}):
        yield
