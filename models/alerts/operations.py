"""Verbs on alerts. Nothing here says to whoever asks whether an address is known."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.alerts.links import digest_of, sealed
from models.alerts.tables import Alert
from models.alerts.terms import Rhythm, next_time
from models.filings.sealing import Keyring
from models.ledger.operations import record
from models.people.actors import WORKER, System

READER = System("reader")
CONFIRM_WITHIN = dt.timedelta(hours=48)
MOST_OF_AN_ADDRESS = 20
MOST_UNCONFIRMED = 3  # so that nobody's mailbox can be filled by others


def ask_for(
    session: Session,
    *,
    address: str,
    question: str,
    rhythm: Rhythm,
    locale: str,
    keys: Keyring,
    now: dt.datetime,
) -> Alert | None:
    """A new alert, or the one that this address has for this question. None when no mail may be sent: there are too many
    of this address, or too many that wait to be confirmed.
    """
    digest = digest_of(address, keys)
    same = select(Alert).where(Alert.address_digest == digest, Alert.question == question)
    known = session.scalar(same)
    if known is not None:
        is_fresh = known.confirmed_at is None and now - known.created_at < dt.timedelta(minutes=10)
        return None if is_fresh else known
    if (
        _count(session, digest) >= MOST_OF_AN_ADDRESS
        or _count(session, digest, unconfirmed=True) >= MOST_UNCONFIRMED
    ):
        return None
    handle = secrets.token_hex(8)
    alert = Alert(
        handle=handle,
        sealed_address=sealed(address, handle, keys),
        address_digest=digest,
        question=question,
        rhythm=rhythm,
        locale=locale,
        created_at=now,
    )
    session.add(alert)
    record(session, act="alert.ask", subject=alert, actor=READER, now=now)
    session.flush()
    return alert


def confirm(session: Session, alert: Alert, *, now: dt.datetime) -> Alert:
    """Whoever got the mail wants it. What is published from now on is news."""
    if alert.confirmed_at is None:
        alert.confirmed_at = alert.seen_until = now
        alert.next_at = next_time(alert.rhythm, now)
        record(session, act="alert.confirm", subject=alert, actor=READER, now=now)
    return alert


def stop(session: Session, alert: Alert, *, now: dt.datetime) -> None:
    """Forgets the alert and the address."""
    record(session, act="alert.stop", subject=alert, actor=READER, now=now)
    session.flush()
    session.delete(alert)


def take_due(session: Session, *, now: dt.datetime, limit: int) -> list[tuple[int, dt.datetime]]:
    """Alerts whose time has come: their ids, and the time that had come. Each is put off to its next time."""
    due = select(Alert).where(Alert.next_at <= now).order_by(Alert.next_at).limit(limit)
    found = []
    for alert in session.scalars(due.with_for_update(skip_locked=True)):
        if alert.next_at is not None:
            found.append((alert.id, alert.next_at))
            alert.next_at = next_time(alert.rhythm, now)
    return found


def note_sent(alert: Alert, *, until: dt.datetime) -> None:
    """What was published up to then has been told."""
    alert.seen_until = until


def drop_unconfirmed(session: Session, now: dt.datetime) -> int:
    """Forgets addresses whose owners did not confirm in time; returns how many."""
    late = (Alert.confirmed_at.is_(None), Alert.created_at < now - CONFIRM_WITHIN)
    found = list(session.scalars(select(Alert).where(*late)))
    for alert in found:
        record(session, act="alert.drop", subject=alert, actor=WORKER, now=now)
        session.flush()
        session.delete(alert)
    return len(found)


def _count(session: Session, digest: str, *, unconfirmed: bool = False) -> int:
    which = [Alert.address_digest == digest]
    which += [Alert.confirmed_at.is_(None)] if unconfirmed else []
    return session.scalar(select(func.count()).select_from(Alert).where(*which)) or 0
