"""What is published as data: files that are ready, and the tree of commitments. Nothing here names anybody."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import BigId, Identifier, UTCDateTime

HASH_LENGTH = 64


class DataFile(Base):
    """A file for download. It is made anew as soon as something that it holds is no longer public."""

    __tablename__ = "data_files"

    id: Mapped[Identifier]
    name: Mapped[str] = mapped_column(String(80), unique=True)
    store_key: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigId)
    sha256: Mapped[str] = mapped_column(String(HASH_LENGTH))
    rows: Mapped[int]
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    first_made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    covers_from: Mapped[dt.date | None] = mapped_column(Date, comment="days of publication that it holds")
    covers_to: Mapped[dt.date | None] = mapped_column(Date)
    ended_seen: Mapped[int] = mapped_column(
        comment="how many decisions of these days had ended when it was made; one more, and it is not given out"
    )
    good_until_on: Mapped[dt.date | None] = mapped_column(
        Date, comment="the first last public day of what it holds: not given out after it"
    )
    removed: Mapped[int] = mapped_column(default=0, comment="rows left out since it was first made")

    __table_args__ = (CheckConstraint("first_made_at <= made_at", name="made_in_order"),)


class Commitment(Base):
    """A leaf of the tree: that a record was public with this content. Without the salt it tells nothing about it."""

    __tablename__ = "data_commitments"

    position: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    decision_id: Mapped[int] = mapped_column(
        BigId, index=True, comment="no foreign key: it outlives the record"
    )
    row_version: Mapped[int] = mapped_column(comment="of the record when it was last looked at")
    salt: Mapped[str | None] = mapped_column(String(HASH_LENGTH), comment="destroyed with the record")
    added_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    erased_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("(salt IS NULL) = (erased_at IS NOT NULL)", name="erased_has_no_salt"),
        Index(
            "uq_data_commitments_one_alive",
            "decision_id",
            unique=True,
            sqlite_where=text("salt IS NOT NULL"),
            postgresql_where=text("salt IS NOT NULL"),
        ),
    )


class TreeNode(Base):
    """The hash of a complete subtree. Written once, never changed."""

    __tablename__ = "data_tree_nodes"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH))


class SignedHead(Base):
    """The tree as it stood at a moment, signed: size and root. `content` is the canonical JSON that was signed."""

    __tablename__ = "data_heads"

    id: Mapped[Identifier]
    tree_size: Mapped[int] = mapped_column(BigId)
    root: Mapped[str] = mapped_column(String(HASH_LENGTH))
    content: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(128), comment="hexadecimal")
    key_id: Mapped[str] = mapped_column(String(16))
    signed_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)

    __table_args__ = (CheckConstraint("tree_size >= 0", name="size_is_not_negative"),)
