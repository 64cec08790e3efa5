"""Makes much data of some: every case and decision again and again, by plain INSERTs, with new references and numbers.

Good for reading only: the ledger knows nothing of the copies, and PostgreSQL's sequences don't count them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from cli.schema import whole_metadata
from models.decisions.tables import new_public_id
from models.filings.references import new_reference

COPIED = ("filings", "cases", "case_acts", "transfers", "deadlines", "decisions")
STEP = 10_000_000  # what one round of copies adds to every id


def multiply(connection: Connection, times: int) -> None:
    """Afterwards there is `times` as much of everything in COPIED."""
    tables = [table for table in whole_metadata().sorted_tables if table.name in COPIED]
    originals = {table: connection.execute(select(table)).mappings().all() for table in tables}
    for number in range(1, times):
        references: dict[str, str] = {}
        for table, rows in originals.items():
            copies = [_copy(table, row, number, references) for row in rows]
            connection.execute(insert(table), copies)


def _copy(table: Table, row: Mapping[Any, Any], number: int, references: dict[str, str]) -> dict[str, Any]:
    shift = STEP * number
    copy = {**row, "id": row["id"] + shift}
    for key in table.foreign_keys:
        if key.column.table.name in COPIED and copy[key.parent.name] is not None:
            copy[key.parent.name] += shift
    if "subject_id" in copy:  # of cases and decisions alike
        copy["subject_id"] += shift
    if "reference" in copy:
        copy["reference"] = references.setdefault(copy["reference"], new_reference())
    if "submission_token" in copy:
        copy["submission_token"] = secrets.token_urlsafe(32)
    if "number_key" in copy:
        copy["number_key"] = f"{copy['number_key']}-{number}"
        copy["public_id"] = new_public_id()
    return copy
