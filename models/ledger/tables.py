"""The table of events, and the triggers by which both databases refuse to change or delete one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import DDL, CheckConstraint, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Identifier, UTCDateTime

HASH_LENGTH = 64


class LedgerEvent(Base):
    """One act. It holds ids, field names and salted digests, never personal data, so that erasure stays possible.

    `id` counts 1, 2, 3 … without a gap; `hash` is SHA-256 over `previous_hash` and the canonical form of the rest.
    """

    __tablename__ = "ledger_events"

    id: Mapped[Identifier]
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    actor: Mapped[str] = mapped_column(String(64), comment="account:12, filer, system:worker")
    act: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(64))
    data: Mapped[str] = mapped_column(Text, comment="canonical JSON")
    previous_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)

    __table_args__ = (
        CheckConstraint("id > 0", name="counts_from_one"),
        Index("ix_ledger_events_subject", "subject_kind", "subject_id"),
        Index("ix_ledger_events_act_id", "act", "id"),
        Index("ix_ledger_events_actor_id", "actor", "id"),
        Index("ix_ledger_events_actor_act_id", "actor", "act", "id"),
    )


SQLITE_TRIGGERS = (
    *(
        f"CREATE TRIGGER ledger_events_no_{verb.lower()} BEFORE {verb} ON ledger_events "
        "BEGIN SELECT RAISE(ABORT, 'ledger_events is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes the row in its way without asking the trigger for DELETE.
    "CREATE TRIGGER ledger_events_no_replace BEFORE INSERT ON ledger_events "
    "WHEN EXISTS (SELECT 1 FROM ledger_events WHERE id = NEW.id OR hash = NEW.hash) "
    "BEGIN SELECT RAISE(ABORT, 'ledger_events is append-only'); END",
)

POSTGRESQL_TRIGGERS = (
    "CREATE OR REPLACE FUNCTION ledger_events_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'ledger_events is append-only'; END $$",
    "CREATE TRIGGER ledger_events_no_change BEFORE UPDATE OR DELETE ON ledger_events "
    "FOR EACH ROW EXECUTE FUNCTION ledger_events_refuse()",
    "CREATE TRIGGER ledger_events_no_truncate BEFORE TRUNCATE ON ledger_events "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_events_refuse()",
)

for _dialect, _statements in (("sqlite", SQLITE_TRIGGERS), ("postgresql", POSTGRESQL_TRIGGERS)):
    for _statement in _statements:
        _ddl = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(LedgerEvent.__table__, "after_create", _ddl)
