"""Decisions that other systems send: a draft each, the same one when it is sent again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.decisions.content import DecisionContent
from models.decisions.operations import enter
from models.decisions.tables import Decision
from models.errors import Conflict
from models.ledger.operations import Acts
from models.people.tables import Unit


def take_in(
    session: Session,
    *,
    content: DecisionContent,
    unit: Unit,
    actor: Acts,
    source_sha256: str,
    now: dt.datetime,
) -> tuple[Decision, bool]:
    """The draft, and whether it is new. The authority and its number 文号 say which decision is meant.

    Raises Conflict when that number is there with another content: people may have worked on it, so it is theirs to
    change; and Invalid by field as `enter` does. `source_sha256` is of what was sent.
    """
    same = (Decision.authority_name == content.authority_name, Decision.number_key == content.number_key)
    known = session.scalar(select(Decision).where(*same))
    if known is None:
        made = enter(session, content=content, unit=unit, actor=actor, now=now, source_sha256=source_sha256)
        return made, True
    if known.content_sha256 != content.digest():
        raise Conflict("这个机关的这个文号已经有了，内容与送来的不同，没有改动；请在办案后台更正。")
    return known, False
