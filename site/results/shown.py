"""What results show of decisions. The texts are read once and kept; whether one may be seen is asked each time.

The same decisions come up again and again, and reading one from the database costs more than finding it. So a search asks
the database for versions only: which of the hits are public now, and whether what is kept of them still stands.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.decisions.kinds import DecisionKind
from models.decisions.queries import Version, public_decisions, public_versions
from models.decisions.tables import Decision
from search.decisions import shown_zones
from search.snippets import Zoned

DOCUMENTS_KEPT = 500  # some 30 KB each


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The public facts of a decision among results; money in fen, days in Beijing."""

    public_id: str
    kind: DecisionKind
    document_number: str
    party_name: str
    party_uscc: str | None
    cause_name: str
    right_type: str | None
    facts: str
    basis: str
    penalty_kinds: tuple[str, ...]
    penalty: str
    fine_fen: int | None
    confiscated_fen: int | None
    decided_on: dt.date
    ends_on: dt.date | None
    authority_name: str
    published_at: dt.datetime | None
    updated_at: dt.datetime
    text: Zoned


def shown(decision: Decision) -> Shown:
    """What results show of this one."""
    return Shown(
        public_id=decision.public_id,
        kind=decision.kind,
        document_number=decision.document_number,
        party_name=decision.party_name,
        party_uscc=decision.party_uscc,
        cause_name=decision.cause_name,
        right_type=decision.right_type,
        facts=decision.facts,
        basis=decision.basis,
        penalty_kinds=tuple(decision.penalty_kinds),
        penalty=decision.penalty,
        fine_fen=decision.fine_fen,
        confiscated_fen=decision.confiscated_fen,
        decided_on=decision.decided_on,
        ends_on=decision.ends_on,
        authority_name=decision.authority_name,
        published_at=decision.published_at,
        updated_at=decision.updated_at,
        text=Zoned(shown_zones(decision)),
    )


class Shelf:
    """Decisions that were found last, by version. A version never changes, so nothing on the shelf grows stale."""

    def __init__(self, most: int = DOCUMENTS_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Version, Shown] = OrderedDict()
        self._lock = threading.Lock()

    def public(self, session: Session, ids: Sequence[int], *, today: dt.date) -> list[Shown]:
        """Those of `ids` that are public on that Beijing day, in their order."""
        versions = public_versions(session, ids, today=today)
        found = self._known(versions)
        missing = [number for number in versions if number not in found]
        if missing:
            read = public_decisions(session, missing, today=today)
            fresh = {number: shown(decision) for number, decision in read.items()}
            self._keep({_version(read[number]): one for number, one in fresh.items()})
            found |= fresh
        return [found[number] for number in ids if number in found]

    def _known(self, versions: dict[int, Version]) -> dict[int, Shown]:
        with self._lock:
            known = {number: version for number, version in versions.items() if version in self._kept}
            for version in known.values():
                self._kept.move_to_end(version)
            return {number: self._kept[version] for number, version in known.items()}

    def _keep(self, fresh: dict[Version, Shown]) -> None:
        with self._lock:
            self._kept |= fresh
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _version(decision: Decision) -> Version:
    return decision.public_id, decision.row_version


shelf = Shelf()
