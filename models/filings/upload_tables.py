"""Files that are still on their way: what came so far lies in the store piece by piece, so any web machine can go on."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.types import BigId, Identifier, UTCDateTime

ADDRESS_LENGTH = 43


class Upload(Base):
    """A file that comes in pieces under a draft. When the last one is there it becomes evidence, and this is gone."""

    __tablename__ = "uploads"

    id: Mapped[Identifier]
    address: Mapped[str] = mapped_column(
        String(ADDRESS_LENGTH), unique=True, comment="its name on the web, random"
    )
    submission_token: Mapped[str] = mapped_column(String(64), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigId, comment="bytes that were announced")
    received: Mapped[int] = mapped_column(BigId, default=0, comment="bytes that are there")
    expires_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, index=True)

    pieces: Mapped[list[UploadPiece]] = relationship(
        back_populates="upload", order_by="UploadPiece.place", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("size > 0", name="is_not_empty"),
        CheckConstraint("received BETWEEN 0 AND size", name="received_within_size"),
    )


class UploadPiece(Base):
    """One piece, a file of its own in the store."""

    __tablename__ = "upload_pieces"

    id: Mapped[Identifier]
    upload_id: Mapped[int] = mapped_column(BigId, ForeignKey("uploads.id", ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(BigId, comment="the byte of the file at which it begins")
    size: Mapped[int] = mapped_column(BigId)
    store_key: Mapped[str] = mapped_column(String(64), unique=True)

    upload: Mapped[Upload] = relationship(back_populates="pieces")

    __table_args__ = (
        UniqueConstraint("upload_id", "place"),
        CheckConstraint("size > 0", name="is_not_empty"),
    )
