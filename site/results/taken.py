"""A file that staff take out of the house: an act in the ledger, with what it was, its rows and its digest.

So such a file is asked for by POST, as every act is. What the public downloads is no act of anybody's office.
"""

from __future__ import annotations

from flask import Response

from models.ledger import record
from models.people.tables import Account
from models.types import now_utc
from results.exports import Export, chunks
from shared.database import session

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def taken(export: Export, *, act: str, name: str, content_type: str, actor: Account) -> Response:
    """The file as an attachment `name`, kept by no cache; `act` of `actor` is noted with the name of the file."""
    data = {"file": name, "rows": export.rows, "sha256": export.sha256}
    record(session, act=act, subject=actor, actor=actor, now=now_utc(), data=data)
    response = Response(chunks(export), content_type=content_type, headers=export.headers())
    response.call_on_close(export.file.close)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
