"""What ended after a backup was made stays ended when that backup is brought back.

The ends are known from three places: the journal in the data folder, the database that is being replaced, and the feeds
of removals that the site itself gives out (`/decisions/removals.json`, `/lists/removals.json`), which somebody who keeps
copies will have when database and folder are lost.
"""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from cli.backup.manifest import BackupError
from models.removals import JOURNAL_FILE, Removal, What, removal_of

# Read without the models: the database that goes may be older than they are.
_ENDED = {
    What.DECISION: ("decisions", "end_kind", "ended_at", "withdrawal_reason"),
    What.SERIOUS: ("serious_entries", "end_kind", "ended_at", "NULL"),
    What.INFRINGERS: ("infringer_entries", "end_kind", "ended_at", "NULL"),
    What.COMMENDED: ("commended_entries", "end_kind", "ended_at", "NULL"),
    What.BULLETIN: ("bulletins", "'withdrawn'", "withdrawn_at", "withdrawal_reason"),
}


def removals_here(connection: Connection) -> list[Removal]:
    """The ends that the database knows which is about to be replaced; none of tables that it does not have."""
    inspector = inspect(connection)
    found = []
    for what, (table, kind, moment, reason) in _ENDED.items():
        if inspector.has_table(table):
            asked = f"SELECT public_id, {kind}, {moment}, {reason} FROM {table} WHERE {moment} IS NOT NULL"  # noqa: S608
            found += [_removal(what, *row) for row in connection.execute(text(asked))]
    return found


def removals_noted(data_dir: Path) -> list[Removal]:
    """The ends of the journal; a line that was cut off is passed over."""
    path = data_dir / JOURNAL_FILE
    found = []
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            found.append(removal_of(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def removals_in(path: Path) -> list[Removal]:
    """The ends of a saved feed, or of a journal that was kept elsewhere."""
    try:
        if path.suffix == ".jsonl":
            return [
                removal_of(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line
            ]
        return [removal_of(one) for one in json.loads(path.read_text(encoding="utf-8"))["items"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupError(
            f"{path} 读不懂：应当是 /decisions/removals.json、/lists/removals.json 的内容，或者 {JOURNAL_FILE}。"
        ) from None


def _removal(what: What, public_id: str, kind: str, moment: object, reason: str | None) -> Removal:
    return removal_of(
        {"what": what.value, "id": public_id, "end_kind": kind, "ended_at": str(moment), "reason": reason}
    )
