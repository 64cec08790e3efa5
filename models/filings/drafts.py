"""Drafts: answers given so far, kept on the server so that nothing is lost by an error, a lost page or a double click."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.filings import sealing
from models.filings.sealing import Keyring
from models.filings.tables import Draft

KEEP = dt.timedelta(days=30)
_PURPOSE = "draft"

Answers = dict[str, Any]


def new_token() -> str:
    """A token for a draft that is yet to be written."""
    return secrets.token_urlsafe(32)


def answers_of(session: Session, token: str, *, keys: Keyring) -> Answers | None:
    """The answers kept under `token`; None when there is no draft of that token."""
    draft = _draft(session, token)
    if draft is None:
        return None
    plain = sealing.unseal(keys.derived(_PURPOSE), draft.ciphertext, belongs_to=_owner(token))
    answers: Answers = json.loads(plain)
    return answers


def save_answers(
    session: Session, *, token: str, answers: Mapping[str, Any], now: dt.datetime, keys: Keyring
) -> None:
    """Keeps `answers` under `token`, in place of what was there. Thirty days without a change end a draft."""
    plain = json.dumps(answers, ensure_ascii=False).encode()
    sealed = sealing.seal(keys.derived(_PURPOSE), plain, belongs_to=_owner(token))
    draft = _draft(session, token)
    if draft is None:
        session.add(Draft(submission_token=token, ciphertext=sealed, saved_at=now))
    else:
        draft.ciphertext, draft.saved_at = sealed, now


def drop_draft(session: Session, token: str) -> None:
    """Forgets the answers; evidence is not touched."""
    session.execute(delete(Draft).where(Draft.submission_token == token))


def drop_stale_drafts(session: Session, now: dt.datetime) -> int:
    """Forgets drafts that nobody has touched for thirty days; returns how many. Their files follow (operations)."""
    stale = delete(Draft).where(Draft.saved_at <= now - KEEP)
    return int(session.execute(stale).rowcount)  # type: ignore[attr-defined]


def _draft(session: Session, token: str) -> Draft | None:
    return session.scalar(select(Draft).where(Draft.submission_token == token))


def _owner(token: str) -> str:
    return f"draft:{token}"
