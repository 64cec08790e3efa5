"""What a deadline stands on, named by kind and number, so that clocks need not know cases or decisions."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from models.clocks.tables import SubjectKind

_BY_TABLE = {
    "cases": SubjectKind.CASE,
    "decisions": SubjectKind.DECISION,
    "serious_entries": SubjectKind.SERIOUS_ENTRY,
    "infringer_entries": SubjectKind.INFRINGER_ENTRY,
    "commended_entries": SubjectKind.COMMENDED_ENTRY,
    "incoming_letters": SubjectKind.LETTER,
}


class Numbered(Protocol):
    """A mapped case, decision or entry of a list, already flushed."""

    __tablename__: str

    @property
    def id(self) -> int: ...


class SubjectRef(NamedTuple):
    """Kind and primary key."""

    kind: SubjectKind
    id: int


def ref(subject: Numbered | SubjectRef) -> SubjectRef:
    """The reference of a mapped object; a reference is given back as it is."""
    if isinstance(subject, SubjectRef):
        return subject
    if subject.id is None:  # a mapped object before its flush, whatever its annotation says
        raise ValueError("a deadline can only stand on something that was flushed")
    return SubjectRef(_BY_TABLE[subject.__tablename__], subject.id)
