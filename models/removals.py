"""What has left the public, by permanent id alone: told to those who keep copies, and kept when a backup comes back.

A backup is older than the ends that came after it. So each end is also a line in a journal beside the database
(`removals.jsonl` in the data folder), which nothing that replaces the database touches.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import ledger
from models.bulletins.kinds import BulletinState
from models.bulletins.tables import Bulletin
from models.decisions.kinds import EndKind
from models.decisions.publication import end_again
from models.decisions.tables import Decision
from models.ledger.operations import Acts
from models.lists.kinds import EntryEnd, EntryState, ListKind
from models.lists.leaving import end
from models.lists.tables import TABLES, Entry

JOURNAL_FILE = "removals.jsonl"
_TAKEN_DOWN = "withdrawn"


class What(enum.StrEnum):
    """Which record it was. The lists have the names that `ListKind` gives them."""

    DECISION = "decision"
    SERIOUS = ListKind.SERIOUS.value
    INFRINGERS = ListKind.INFRINGERS.value
    COMMENDED = ListKind.COMMENDED.value
    BULLETIN = "bulletin"


@dataclass(frozen=True)
class Removal:
    """One end: what it was, its permanent id, the kind of end, and the reason where one is published."""

    what: What
    public_id: str
    kind: str
    ended_at: dt.datetime
    reason: str | None = None

    def line(self) -> str:
        """Itself as a line of the journal."""
        plain = {
            "what": self.what.value,
            "id": self.public_id,
            "end_kind": self.kind,
            "ended_at": self.ended_at.isoformat(),
            "reason": self.reason,
        }
        return json.dumps(plain, ensure_ascii=False) + "\n"


def removal_of(plain: dict[str, str | None]) -> Removal:
    """From a line of the journal, or an item of a feed. KeyError, TypeError or ValueError where it is neither."""
    moment = dt.datetime.fromisoformat(plain["ended_at"] or "")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)  # SQLite forgets the zone
    what = What(plain.get("what") or plain.get("list") or What.DECISION)
    return Removal(what, plain["id"] or "", plain["end_kind"] or "", moment, plain.get("reason"))


def removed_since(session: Session, moment: dt.datetime) -> list[Removal]:
    """What was public and has ended from that instant on, the first first."""
    found = [
        *_decisions(session, moment),
        *(one for kind in ListKind for one in _entries(session, kind, moment)),
        *_bulletins(session, moment),
    ]
    return sorted(found, key=lambda one: (one.ended_at, one.public_id))


def keep_removed(session: Session, removals: Iterable[Removal], *, actor: Acts, now: dt.datetime) -> int:
    """Ends in a restored database what had ended; returns how many were brought back to their end."""
    known = {(one.what, one.public_id): one for one in removals}
    return sum(_BRING_BACK[one.what](session, one, actor, now) for one in known.values())


def _decisions(session: Session, moment: dt.datetime) -> list[Removal]:
    columns = (Decision.public_id, Decision.end_kind, Decision.ended_at, Decision.withdrawal_reason)
    rows = session.execute(
        select(*columns).where(Decision.ended_at >= moment, Decision.published_at.is_not(None))
    )
    return [Removal(What.DECISION, name, str(kind), _at(at), reason) for name, kind, at, reason in rows]


def _entries(session: Session, kind: ListKind, moment: dt.datetime) -> list[Removal]:
    table = TABLES[kind]
    ended = (table.ended_at >= moment, table.published_at.is_not(None))
    rows = session.execute(select(table.public_id, table.end_kind, table.ended_at).where(*ended))
    return [Removal(What(kind.value), name, str(end), _at(at)) for name, end, at in rows]


def _bulletins(session: Session, moment: dt.datetime) -> list[Removal]:
    columns = (Bulletin.public_id, Bulletin.withdrawn_at, Bulletin.withdrawal_reason)
    rows = session.execute(select(*columns).where(Bulletin.withdrawn_at >= moment))
    return [Removal(What.BULLETIN, name, _TAKEN_DOWN, _at(at), reason) for name, at, reason in rows]


def _at(moment: dt.datetime | None) -> dt.datetime:
    assert moment is not None, "the question asks for those that have one"  # noqa: S101
    return moment


def _end_decision(session: Session, one: Removal, actor: Acts, now: dt.datetime) -> bool:
    decision = session.scalar(select(Decision).where(Decision.public_id == one.public_id))
    if decision is None or decision.ended_at is not None:
        return False
    end_again(
        session, decision, kind=EndKind(one.kind), ended_at=one.ended_at, reason=one.reason, actor=actor, now=now
    )  # fmt: skip
    return True


def _end_entry(session: Session, one: Removal, actor: Acts, now: dt.datetime) -> bool:
    table = TABLES[ListKind(one.what.value)]
    entry: Entry | None = session.scalar(select(table).where(table.public_id == one.public_id))
    if entry is None or entry.state in (EntryState.ENDED, EntryState.DROPPED):
        return False
    end(session, entry, EntryEnd(one.kind), None, actor, now)
    entry.ended_at = one.ended_at
    return True


def _take_down(session: Session, one: Removal, actor: Acts, now: dt.datetime) -> bool:
    """A draft, or one that waits for its reviewer, is not public and stays: somebody will read it before it is."""
    bulletin = session.scalar(select(Bulletin).where(Bulletin.public_id == one.public_id))
    if bulletin is None or bulletin.state is not BulletinState.PUBLISHED:
        return False
    bulletin.state, bulletin.withdrawn_at, bulletin.updated_at = BulletinState.WITHDRAWN, one.ended_at, now
    bulletin.withdrawal_reason = one.reason or "已经撤下。"
    ledger.record(
        session, act="bulletin.withdraw", subject=bulletin, actor=actor, now=now, data={"after": "restore"}
    )
    return True


_BRING_BACK = {
    What.DECISION: _end_decision,
    What.SERIOUS: _end_entry,
    What.INFRINGERS: _end_entry,
    What.COMMENDED: _end_entry,
    What.BULLETIN: _take_down,
}
