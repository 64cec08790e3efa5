"""Which version of a published record one reads: its number, the day from which it stands so, and what is committed to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.data.commitments import commitment_of, living
from models.data.records import record_of
from models.decisions.corrections.tables import Correction
from models.decisions.tables import Decision
from models.types import beijing_date


@dataclass(frozen=True, slots=True)
class Version:
    """`number` is 1 until the first correction; `since` a Beijing day.

    `commitment` (hexadecimal) is what the leaf of the record commits to: its proof gives the salt and the record to
    compute it anew, and it tells nothing when the record has ended. None while the worker has not added this version.
    """

    number: int
    since: dt.date | None
    commitment: str | None


def version_of(session: Session, decision: Decision, corrections: Sequence[Correction]) -> Version:
    """The version that is public now; `corrections` are those that were made, the last first."""
    since = corrections[0].confirmed_at if corrections else decision.published_at
    return Version(
        len(corrections) + 1, beijing_date(since) if since else None, _commitment(session, decision)
    )


def _commitment(session: Session, decision: Decision) -> str | None:
    leaf = living(session, decision)
    # A leaf that has seen an older row may be one of an older content, which the worker is about to replace.
    if leaf is None or leaf.salt is None or leaf.row_version != decision.row_version:
        return None
    return commitment_of(bytes.fromhex(leaf.salt), record_of(decision)).hex()
