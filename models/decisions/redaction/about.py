"""What the detectors know of a decision: who the party is, since what is private of a person is public of a company."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.decisions.kinds import PartyKind
from models.decisions.names import private_names, trade_names
from models.decisions.redaction.width import alike


@dataclass(frozen=True, slots=True)
class About:
    """`party_name` as served. A company's legal representative is public, a sole trader's operator is not."""

    party_kind: PartyKind
    party_name: str
    representative: str = ""
    decided_on: dt.date | None = None

    @property
    def is_person(self) -> bool:
        return self.party_kind is PartyKind.PERSON

    @property
    def public_names(self) -> tuple[str, ...]:
        """Names that stay, made alike: a company's own and that of who stands for it; the trade name of a sole trader."""
        if self.party_kind is PartyKind.ORGANISATION:
            return tuple(alike(name) for name in (self.party_name, self.representative) if name)
        if self.is_person:
            return ()
        return tuple(alike(name) for name in trade_names(self.party_name, self.representative))

    @property
    def settled_names(self) -> frozenset[str]:
        """Names on which no detector has a say, made alike: those that stay and those that give way without asking."""
        return frozenset((*self.public_names, *(alike(name) for name, _public in self.private_names)))

    @property
    def may_be_represented_by_anybody(self) -> bool:
        """A company of which nobody has said who stands for it: any name may be that one."""
        return self.party_kind is PartyKind.ORGANISATION and not self.representative

    @property
    def private_names(self) -> list[tuple[str, str]]:
        """Names that give way without asking, each with what stands for it."""
        return private_names(self.party_name, self.party_kind, self.representative)
