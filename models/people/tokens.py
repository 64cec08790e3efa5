"""Tokens by which other systems act here: made by an administrator, shown once, kept as a hash, taken back at will."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import secrets
from collections.abc import Collection
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column, relationship

from models.base import Base
from models.errors import Invalid, NotFound
from models.ledger import record
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime

PREFIX = "hh_"
SHOWN_LENGTH = 8
LONGEST_NAME = 100
_NOTED_EVERY = dt.timedelta(minutes=1)


class Scope(enum.StrEnum):
    """What a token may do."""

    FILING_CREATE = "filing:create"


SCOPE_LABELS: dict[Scope, str] = {Scope.FILING_CREATE: "提交登记（POST /api/v1/filings）"}


class ApiToken(Base):
    """接口令牌. The secret has 256 random bits, so a plain hash keeps it as safe as a slow one would."""

    __tablename__ = "api_tokens"

    id: Mapped[Identifier]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), comment="which system it is for")
    start: Mapped[str] = mapped_column(String(SHOWN_LENGTH), comment="how it begins, to tell tokens apart")
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any]] = mapped_column(JSON)
    made_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    last_used_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    made_by: Mapped[Account] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (CheckConstraint("length(name) > 0", name="has_name"),)

    @property
    def ledger_name(self) -> str:
        return f"token:{self.id}"

    def is_good(self, now: dt.datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


def make_token(
    session: Session,
    *,
    name: str,
    scopes: Collection[Scope],
    expires_at: dt.datetime | None,
    actor: Account,
    now: dt.datetime,
) -> tuple[ApiToken, str]:
    """Makes a token; the second of the pair is the secret, which is told once and kept nowhere."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        sentence = f"请写明令牌给哪个系统用（{LONGEST_NAME} 字以内）。"
        raise Invalid(sentence, {"name": sentence})
    if not scopes:
        sentence = "请至少选择一项权限。"
        raise Invalid(sentence, {"scopes": sentence})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        name=name,
        start=secret[:SHOWN_LENGTH],
        sha256=_hash(secret),
        scopes=sorted(scope.value for scope in scopes),
        made_by_id=actor.id,
        made_at=now,
        expires_at=expires_at,
    )
    session.add(token)
    session.flush()
    data = {"scopes": token.scopes}
    record(session, act="token.make", subject=token, actor=actor, now=now, data=data)
    return token, secret


def revoke_token(session: Session, *, token_id: int, actor: Account, now: dt.datetime) -> None:
    """Takes a token back, for good; `NotFound` when there is none, nothing when it was taken back before."""
    token = session.get(ApiToken, token_id)
    if token is None:
        raise NotFound("没有这个令牌。")
    if token.revoked_at is None:
        token.revoked_at = now
        record(session, act="token.revoke", subject=token, actor=actor, now=now)


def token_by_secret(session: Session, secret: str, *, now: dt.datetime) -> ApiToken | None:
    """The token whose secret this is; None when there is none, or it has expired or was taken back."""
    if not secret.startswith(PREFIX):
        return None
    wanted = select(ApiToken).where(ApiToken.sha256 == _hash(secret)).options(lazyload(ApiToken.made_by))
    token = session.scalar(wanted)
    return token if token is not None and token.is_good(now) else None


def used_token(session: Session, token_id: int, *, now: dt.datetime) -> ApiToken:
    """The token that acts now; that it was used is noted once a minute."""
    token = session.get_one(ApiToken, token_id, options=[lazyload(ApiToken.made_by)])
    if token.last_used_at is None or now - token.last_used_at >= _NOTED_EVERY:
        token.last_used_at = now
    return token


def tokens(session: Session) -> list[ApiToken]:
    """All tokens, the newest first."""
    return list(session.scalars(select(ApiToken).order_by(ApiToken.id.desc())))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
