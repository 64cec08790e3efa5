"""Where to call, with which secret; and each call with what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people.tables import Account
from models.types import BigId, Identifier, UTCDateTime

LONGEST_ADDRESS = 500


class Webhook(Base):
    """One address of an account. After a rotation calls are signed by both secrets until `old_until`."""

    __tablename__ = "webhooks"

    id: Mapped[Identifier]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"), index=True)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    seal_name: Mapped[str] = mapped_column(String(40), unique=True, comment="what the secrets are sealed for")
    secret: Mapped[bytes] = mapped_column(LargeBinary, comment="sealed")
    old_secret: Mapped[bytes | None] = mapped_column(LargeBinary, comment="sealed")
    old_until: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    last_ok_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    disabled_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime, comment="after long failure")
    removed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint("length(address) > 0", name="has_address"),
        CheckConstraint("(old_secret IS NULL) = (old_until IS NULL)", name="old_secret_ends"),
    )

    @property
    def is_on(self) -> bool:
        """Whether it is called."""
        return self.disabled_at is None and self.removed_at is None


class WebhookCall(Base):
    """One event for one webhook, called until it answers 2xx or the tries are used up."""

    __tablename__ = "webhook_calls"

    id: Mapped[Identifier]
    webhook_id: Mapped[int] = mapped_column(BigId, ForeignKey("webhooks.id"))
    event: Mapped[str] = mapped_column(String(40), comment="the receiver tells repeats by it")
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, comment="references and states; nothing of persons")
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    last_result: Mapped[str | None] = mapped_column(String(80), comment="a status, or what kind of error")
    delivered_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    given_up_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    webhook: Mapped[Webhook] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        UniqueConstraint("webhook_id", "event"),
        CheckConstraint("delivered_at IS NULL OR given_up_at IS NULL", name="ends_once"),
        Index("ix_webhook_calls_webhook_id_id", "webhook_id", "id"),
    )
