"""Who is told about a deadline: the handler, or the people of a role in the unit that has to act and above it.

Where a unit has nobody in a role, the nearest unit above it that has somebody is told instead, so that no rung is
climbed in an empty room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.batches import in_batches
from models.cases.tables import Case
from models.clocks.subjects import SubjectRef
from models.clocks.tables import SubjectKind
from models.decisions.tables import Decision
from models.lists.queries import entry_subjects
from models.people.roles import AccountKind, Role
from models.people.tables import Account, Assignment, Unit
from models.supervision.ladder import Step
from models.supervision.terms import Told

CLIMBS = frozenset({Role.HEAD, Role.SUPERVISOR})
ENTRY_KINDS = (
    *(SubjectKind.SERIOUS_ENTRY, SubjectKind.INFRINGER_ENTRY, SubjectKind.COMMENDED_ENTRY),
    SubjectKind.LETTER,
)


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose a case, decision or entry is: the person, if there is one, and the unit that has to act."""

    account_id: int | None
    unit_id: int


@dataclass
class Staffing:
    """The units and the people on duty in them, read once for many questions."""

    lines: dict[int, tuple[int, ...]] = field(
        default_factory=dict
    )  # a unit and those above it, nearest first
    people: defaultdict[tuple[int, Role], list[int]] = field(default_factory=lambda: defaultdict(list))
    on_duty: set[int] = field(default_factory=set)

    @classmethod
    def read(cls, session: Session) -> Staffing:
        """As it is now."""
        found = cls()
        for unit_id, path in session.execute(select(Unit.id, Unit.path)):
            found.lines[unit_id] = tuple(reversed([int(part) for part in path.strip("/").split("/")]))
        staff = (Account.active, Account.kind == AccountKind.STAFF)
        held = select(Assignment.unit_id, Assignment.role, Assignment.account_id).join(Account).where(*staff)
        for unit_id, role, account_id in session.execute(held.order_by(Assignment.id)):
            found.people[unit_id, role].append(account_id)
            found.on_duty.add(account_id)
        return found

    def told(self, step: Step, hands: Hands) -> list[int]:
        """The accounts that a step tells, each once, in the order of the ladder."""
        found: dict[int, None] = {}
        for who in step.to:
            found.update(dict.fromkeys(self._accounts(who, hands, step.levels_up)))
        return list(found)

    def responsible(self, hands: Hands, who: Told = Told.HANDLER) -> list[int]:
        """Whom to tell that a date has moved."""
        return list(dict.fromkeys(self._accounts(who, hands, 0)))

    def _accounts(self, who: Told, hands: Hands, levels_up: int) -> Iterator[int]:
        person = hands.account_id
        if person in self.on_duty and person is not None and who in (Told.HANDLER, Told.PUBLISHER):
            yield person
            return
        line = self.lines.get(hands.unit_id, (hands.unit_id,))
        levels = 1 + (levels_up if who.role in CLIMBS else 0)
        near = [account for unit in line[:levels] for account in self.people.get((unit, who.role), ())]
        yield from near or self._nearest(line[levels:], who.role)

    def _nearest(self, line: Sequence[int], role: Role) -> Sequence[int]:
        return next((self.people[unit, role] for unit in line if self.people.get((unit, role))), ())


def hands_of(session: Session, subjects: Iterable[SubjectRef]) -> dict[SubjectRef, Hands]:
    """Whose the cases, decisions and entries are; one that is not there is left out."""
    wanted: defaultdict[SubjectKind, set[int]] = defaultdict(set)
    for subject in subjects:
        wanted[subject.kind].add(subject.id)
    found: dict[SubjectRef, Hands] = {}
    for chunk in in_batches(wanted[SubjectKind.CASE]):
        for row in session.execute(
            select(Case.id, Case.handler_id, Case.unit_id, Case.origin_unit_id, Unit.outside_kind)
            .join(Unit, Unit.id == Case.unit_id)
            .where(Case.id.in_(chunk))
        ):
            unit_id = row.origin_unit_id if row.outside_kind else row.unit_id
            found[SubjectRef(SubjectKind.CASE, row.id)] = Hands(row.handler_id, unit_id)
    for chunk in in_batches(wanted[SubjectKind.DECISION]):
        for one in session.execute(
            select(Decision.id, Decision.maker_id, Decision.unit_id).where(Decision.id.in_(chunk))
        ):
            found[SubjectRef(SubjectKind.DECISION, one.id)] = Hands(one.maker_id, one.unit_id)
    found |= _of_entries(session, wanted)
    return found


def _of_entries(session: Session, wanted: Mapping[SubjectKind, set[int]]) -> dict[SubjectRef, Hands]:
    """Of entries of the lists: who proposed them."""
    found: dict[SubjectRef, Hands] = {}
    entries = entry_subjects()
    for kind in ENTRY_KINDS:
        for chunk in in_batches(wanted.get(kind, set())):
            mine = (entries.c.kind == kind.value, entries.c.id.in_(chunk))
            for one in session.execute(
                select(entries.c.id, entries.c.maker_id, entries.c.unit_id).where(*mine)
            ):
                found[SubjectRef(kind, one.id)] = Hands(one.maker_id, one.unit_id)
    return found
