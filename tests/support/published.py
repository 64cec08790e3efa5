"""Published decisions in the database and, on demand, in the index."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from models.decisions.operations import enter
from models.decisions.publication import publish_standing
from models.decisions.tables import Decision
from models.people.actors import COMMAND
from models.people.tables import Account, Unit
from tests.factories import NOW
from tests.support.decisions import a_content


def published(
    session: Session, unit: Unit, reviewer: Account, *, now: dt.datetime = NOW, **changes: Any
) -> Decision:
    """A decision that is public since `now`; `changes` are of its content."""
    content = a_content(**changes)
    decision = enter(
        session,
        content=content,
        unit=unit,
        actor=COMMAND,
        now=now,
        source_sha256="0" * 64,
        stands_elsewhere=True,
    )
    publish_standing(session, decision, reviewer=reviewer, actor=COMMAND, now=now)
    session.commit()
    return decision
