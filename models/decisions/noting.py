"""Writing an act on a decision into the ledger and, where the public sees something else then, telling the index."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from models import ledger, outbox
from models.decisions.states import Act
from models.decisions.tables import Decision
from models.ledger.operations import Acts

_WAITING = "huhang_decisions_to_index"
_PUBLIC_ACTS = frozenset({Act.PUBLISH, Act.CORRECT, Act.WITHDRAW, Act.HOLD, Act.RESUME, Act.END})


def note(
    session: Session,
    decision: Decision,
    act: str,
    actor: Acts,
    now: dt.datetime,
    data: Mapping[str, object],
    *,
    is_public: bool = False,
) -> None:
    """`is_public` says that search has something to learn from it, as it has from every move of public life."""
    ledger.record(session, act=f"decision.{act}", subject=decision, actor=actor, now=now, data=data)
    if is_public or act in _PUBLIC_ACTS:
        put_in_index(session, decision, now=now)


def put_in_index(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Asks the worker to bring the index in line with the state; every change of it asks anew."""
    waiting: list[outbox.Queued] | None = session.info.get(_WAITING)
    work = _work(decision, now)
    if waiting is None:
        outbox.put(session, kind="search-index", key=work.key, payload=work.payload, now=now)
    else:
        waiting.append(work)


@contextlib.contextmanager
def indexed_together(session: Session, *, now: dt.datetime) -> Iterator[None]:
    """Inside, the index is asked once for all decisions, at the end: for imports of thousands."""
    waiting: list[outbox.Queued] = []
    session.info[_WAITING] = waiting
    try:
        yield
        outbox.put_all(session, waiting, now=now)
    finally:
        del session.info[_WAITING]


def _work(decision: Decision, now: dt.datetime) -> outbox.Queued:
    key = f"search-index:decision:{decision.id}:{now.timestamp()}:{decision.state}"
    return outbox.Queued(kind="search-index", key=key, payload={"kind": "decision", "id": decision.id})
