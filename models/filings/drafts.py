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
from models.filings.leaks import code_like
from models.filings.references import LONGEST_TYPED, code_hmac, is_same_digest, new_code, normalise
from models.filings.sealing import Keyring
from models.filings.tables import Draft

KEEP = dt.timedelta(days=30)
_PURPOSE = "draft"

Answers = dict[str, Any]


def new_token() -> str:
    """A token for a draft that is yet to be written."""
    return secrets.token_urlsafe(32)


def answers_of(session: Session, token: str, *, now: dt.datetime, keys: Keyring) -> Answers | None:
    """The answers kept under `token`; None when there is no draft of that token, or its time is over."""
    draft = _draft(session, token)
    if draft is None or draft.saved_at <= now - KEEP:
        return None
    plain = keys.unseal(_PURPOSE, draft.ciphertext, belongs_to=_owner(token))
    answers: Answers = json.loads(plain)
    return answers


def save_answers(
    session: Session, *, token: str, answers: Mapping[str, Any], now: dt.datetime, keys: Keyring
) -> None:
    """Keeps `answers` under `token`, in place of what was there. Thirty days without a change end a draft."""
    plain = json.dumps(answers, ensure_ascii=False, default=_plain).encode()
    sealed = sealing.seal(keys.derived(_PURPOSE), plain, belongs_to=_owner(token))
    draft = _draft(session, token)
    if draft is None:
        session.add(Draft(submission_token=token, ciphertext=sealed, saved_at=now))
    else:
        draft.ciphertext, draft.saved_at = sealed, now


def make_resume_code(session: Session, *, token: str, scope: str, keys: Keyring) -> str | None:
    """A code of 80 bits that takes the draft up again; the one before it, if any, is of no use any more.

    It is kept as an HMAC only, bound to `scope`: whose drafts these are. None when there is no draft of that token.
    """
    draft = _draft(session, token)
    if draft is None:
        return None
    code = new_code()
    draft.resume_hmac = _resume_hmac(code, scope, keys)
    return code


def take_up(session: Session, *, code: str, scope: str, now: dt.datetime, keys: Keyring) -> str | None:
    """The token of the draft that `code` takes up, however it is typed; None for a wrong code and an ended draft alike.

    One HMAC and one look-up by it are done whether or not there is such a draft; one that is found lives thirty days
    from now on.
    """
    digest = _resume_hmac(normalise(code[:LONGEST_TYPED]), scope, keys)
    draft = session.scalar(select(Draft).where(Draft.resume_hmac == digest, Draft.saved_at > now - KEEP))
    if draft is None:
        return None
    draft.saved_at = now
    return draft.submission_token


def holds_resume_code(session: Session, *, token: str, text: str, scope: str, keys: Keyring) -> bool:
    """Whether `text` has the code of this draft in it."""
    draft = _draft(session, token)
    if draft is None or draft.resume_hmac is None:
        return False
    return any(is_same_digest(_resume_hmac(one, scope, keys), draft.resume_hmac) for one in code_like(text))


def drop_draft(session: Session, token: str) -> None:
    """Forgets the answers; evidence is not touched."""
    session.execute(delete(Draft).where(Draft.submission_token == token))


def drop_stale_drafts(session: Session, now: dt.datetime) -> int:
    """Forgets drafts that nobody has touched for thirty days; returns how many. Their files follow (operations)."""
    stale = delete(Draft).where(Draft.saved_at <= now - KEEP)
    return int(session.execute(stale).rowcount)  # type: ignore[attr-defined]


def reseal_drafts(session: Session, *, keys: Keyring) -> int:
    """Seals every draft under the present vault key, after it was changed; returns how many there were."""
    drafts = list(session.scalars(select(Draft)))
    for draft in drafts:
        owner = _owner(draft.submission_token)
        plain = keys.unseal(_PURPOSE, draft.ciphertext, belongs_to=owner)
        draft.ciphertext = sealing.seal(keys.derived(_PURPOSE), plain, belongs_to=owner)
    return len(drafts)


def _draft(session: Session, token: str) -> Draft | None:
    return session.scalar(select(Draft).where(Draft.submission_token == token))


def _resume_hmac(code: str, scope: str, keys: Keyring) -> str:
    return code_hmac(keys.code_key, f"resume:{scope}", code)


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"a draft keeps text, numbers and dates, not {type(value).__name__}")


def _owner(token: str) -> str:
    return f"draft:{token}"
