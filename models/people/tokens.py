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
from models.errors import ActRefused, Invalid, NotFound
from models.ledger import record
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime
from models.wording import said

PREFIX = "hh_"
SHOWN_LENGTH = 8
LONGEST_NAME = 100
_NOTED_EVERY = dt.timedelta(minutes=1)


class Scope(enum.StrEnum):
    """What a token may do."""

    DECISION_ENTER = "decision:enter"
    FILING_CREATE = "filing:create"
    FILING_LINKS = "filing:links"
    FILING_READ = "filing:read"
    WEBHOOK_MANAGE = "webhook:manage"


SCOPE_LABELS: dict[Scope, str] = {
    Scope.DECISION_ENTER: "录入决定书草稿（POST /api/v1/decisions）",
    Scope.FILING_CREATE: "提交登记（POST /api/v1/filings）",
    Scope.FILING_LINKS: "提交时附上网店、商品链接，一次最多 300 个",
    Scope.FILING_READ: "查看本账号和本单位的办件（GET /api/v1/account/filings）",
    Scope.WEBHOOK_MANAGE: "设置和删除通知地址（/api/v1/account/webhooks）",
}
OFFICE_SCOPES = (
    Scope.DECISION_ENTER,
    Scope.FILING_CREATE,
    Scope.FILING_LINKS,
)  # of other offices' systems, which have no account here
OWN_SCOPES = tuple(
    scope for scope in Scope if scope is not Scope.DECISION_ENTER
)  # of rights-holders' systems
LONGEST_LIFE = dt.timedelta(days=366)  # of a rights-holder's token
MOST_TOKENS = 20


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

    account_id: Mapped[int | None] = mapped_column(
        BigId,
        ForeignKey("accounts.id"),
        index=True,
        comment="whose it is; empty: another office's, made by staff",
    )

    made_by: Mapped[Account] = relationship(foreign_keys=[made_by_id], lazy="joined", innerjoin=True)
    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])

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
    account: Account | None = None,
) -> tuple[ApiToken, str]:
    """Makes a token; the second of the pair is the secret, which is told once and kept nowhere.

    With an `account` it acts for that account and no other, and ends within a year.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        sentence = said("请写明令牌给哪个系统用（%(limit)s 字以内）。", limit=LONGEST_NAME)
        raise Invalid(sentence, {"name": sentence})
    if not scopes:
        sentence = said("请至少选择一项权限。")
        raise Invalid(sentence, {"scopes": sentence})
    _refuse_beyond(session, account, scopes, expires_at, now)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        name=name,
        start=secret[:SHOWN_LENGTH],
        sha256=_hash(secret),
        scopes=sorted(scope.value for scope in scopes),
        made_by_id=actor.id,
        made_at=now,
        expires_at=expires_at,
        account_id=account.id if account else None,
    )
    session.add(token)
    session.flush()
    data = {"scopes": token.scopes}
    record(session, act="token.make", subject=token, actor=actor, now=now, data=data)
    return token, secret


def revoke_token(session: Session, *, token_id: int, actor: Account, now: dt.datetime) -> None:
    """Takes a token back, for good; `NotFound` when there is none, nothing when it was taken back before.

    Staff take back any; the holder of an account its own.
    """
    token = session.get(ApiToken, token_id)
    if token is None or not (actor.is_staff or token.account_id == actor.id):
        raise NotFound("没有这个令牌。")
    if token.revoked_at is None:
        token.revoked_at = now
        record(session, act="token.revoke", subject=token, actor=actor, now=now)


def token_by_secret(session: Session, secret: str, *, now: dt.datetime) -> ApiToken | None:
    """The token whose secret this is; None when there is none, it has expired or was taken back, or its holder is gone."""
    if not secret.startswith(PREFIX):
        return None
    wanted = select(ApiToken).where(ApiToken.sha256 == _hash(secret)).options(lazyload(ApiToken.made_by))
    token = session.scalar(wanted)
    if token is None or not token.is_good(now):
        return None
    return token if token.account is None or token.account.active else None


def used_token(session: Session, token_id: int, *, now: dt.datetime) -> ApiToken:
    """The token that acts now; that it was used is noted once a minute."""
    token = session.get_one(ApiToken, token_id, options=[lazyload(ApiToken.made_by)])
    if token.last_used_at is None or now - token.last_used_at >= _NOTED_EVERY:
        token.last_used_at = now
    return token


def tokens(session: Session) -> list[ApiToken]:
    """The tokens that staff have made for other offices, the newest first."""
    wanted = select(ApiToken).where(ApiToken.account_id.is_(None))
    return list(session.scalars(wanted.order_by(ApiToken.id.desc())))


def tokens_of(session: Session, account: Account) -> list[ApiToken]:
    """The tokens of an account, the newest first."""
    wanted = select(ApiToken).where(ApiToken.account_id == account.id)
    return list(session.scalars(wanted.order_by(ApiToken.id.desc())))


def _refuse_beyond(
    session: Session,
    account: Account | None,
    scopes: Collection[Scope],
    expires_at: dt.datetime | None,
    now: dt.datetime,
) -> None:
    """An office's token follows nobody's filings; a holder's ends, and there are not very many."""
    if account is None:
        if set(scopes) - set(OFFICE_SCOPES):
            sentence = said("请至少选择一项权限。")
            raise Invalid(sentence, {"scopes": sentence})
        return
    if set(scopes) - set(OWN_SCOPES):
        sentence = said("请至少选择一项权限。")
        raise Invalid(sentence, {"scopes": sentence})
    if expires_at is None or expires_at > now + LONGEST_LIFE:
        sentence = said("有效期最长一年。")
        raise Invalid(sentence, {"days": sentence})
    if len([one for one in tokens_of(session, account) if one.is_good(now)]) >= MOST_TOKENS:
        raise ActRefused("有效的令牌太多了，请先停用不用的。")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
