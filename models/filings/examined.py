"""What every file has that somebody outside handed in: the untouched original, the scanner's verdict, the copy for reading.

Evidence, proofs of rights and a named company's files are kept in tables of their own and examined alike.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.filings.kinds import CopyObstacle, CopyState, ScanState
from models.types import BigId, Identifier, UTCDateTime, string_enum

UNEXAMINED = "copy_state = 'pending' OR scan_state IN ('not_scanned', 'failed')"


class Examined:
    """Columns of a table of such files. Whoever inherits adds `examined_checks()` and whose file it is."""

    __tablename__: str

    id: Mapped[Identifier]
    file_name: Mapped[str] = mapped_column(
        String(255), comment="as given, without folders and control characters"
    )
    media_type: Mapped[str] = mapped_column(String(100), comment="by content")
    size: Mapped[int] = mapped_column(BigId, comment="bytes")
    sha256: Mapped[str] = mapped_column(String(64))
    store_key: Mapped[str] = mapped_column(String(64), unique=True)
    received_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    scan_state: Mapped[ScanState] = mapped_column(string_enum(ScanState), default=ScanState.NOT_SCANNED)
    scan_finding: Mapped[str | None] = mapped_column(
        String(200), comment="the scanner's name for what it found"
    )
    copy_state: Mapped[CopyState] = mapped_column(string_enum(CopyState), default=CopyState.PENDING)
    copy_obstacle: Mapped[CopyObstacle | None] = mapped_column(string_enum(CopyObstacle))
    copy_key: Mapped[str | None] = mapped_column(
        String(64), unique=True, comment="where the store has the copy"
    )
    copy_media_type: Mapped[str | None] = mapped_column(String(100))
    copy_size: Mapped[int | None] = mapped_column(BigId, comment="bytes")
    copy_sha256: Mapped[str | None] = mapped_column(String(64))

    @property
    def ledger_subject(self) -> Base | None:
        """Under what the ledger has the acts on this file: itself, unless its table says otherwise."""
        assert isinstance(self, Base)  # noqa: S101 - only tables inherit
        return self

    @property
    def is_infected(self) -> bool:
        """Whether the scanner found malware in it."""
        return self.scan_state is ScanState.INFECTED


def examined_checks() -> tuple[CheckConstraint, ...]:
    """What the columns of a file keep to, whatever it belongs to."""
    return (
        CheckConstraint("size > 0", name="is_not_empty"),
        CheckConstraint("(scan_state = 'infected') = (scan_finding IS NOT NULL)", name="finding_is_named"),
        CheckConstraint(
            "(copy_state = 'impossible') = (copy_obstacle IS NOT NULL)", name="obstacle_is_named"
        ),
        CheckConstraint(
            "(copy_state = 'made') = (copy_key IS NOT NULL AND copy_media_type IS NOT NULL "
            "AND copy_size IS NOT NULL AND copy_sha256 IS NOT NULL)",
            name="copy_is_whole",
        ),
        CheckConstraint("scan_state <> 'infected' OR copy_state <> 'made'", name="infected_has_no_copy"),
    )


def examined_tables() -> dict[str, type[Examined]]:
    """Every table of such files by its name, without being listed here."""
    return {
        mapper.class_.__tablename__: mapper.class_
        for mapper in sorted(Base.registry.mappers, key=lambda one: one.class_.__name__)
        if issubclass(mapper.class_, Examined)
    }
