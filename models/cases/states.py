"""The transition table: per track, from where, by which act, to where, who may, what it needs, starts, stops, tells.

Everything that can happen to a case stands in it once, and `flask cases table` prints it. It is made of the acts that
the tracks share (`shape`) and of what the law makes different from track to track (`procedures`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.cases.procedures import PROCEDURES, Procedure
from models.cases.recusal.terms import RECUSAL_BASIS
from models.cases.shape import FILER, SHAPE
from models.cases.terms import ACT_LABELS, ENDED, STATE_LABELS, Act, State
from models.errors import ActRefused
from models.kinds import Track
from models.wording import Sentence, said

__all__ = [
    "FILER",
    "FINAL",
    "NEW",
    "TABLE",
    "Transition",
    "require",
    "states_for",
    "states_of",
    "transition",
    "why_not",
]

NEW = "new"
_EVERYWHERE = {
    **dict.fromkeys((Act.SORT, Act.ASSIGN, Act.TAKE_ON), "本局内部工作安排"),
    Act.RECUSE: RECUSAL_BASIS,
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One row. `from_state` None is a case that does not exist yet; `who` names permissions, or the filer."""

    track: Track
    from_state: State | None
    act: Act
    to_state: State
    who: tuple[str, ...]
    needs: tuple[str, ...]
    basis: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    tells: tuple[str, ...]

    @property
    def final(self) -> bool:
        """Whether nothing leaves `to_state`."""
        return self.to_state in FINAL


def _rows(track: Track, procedure: Procedure) -> Iterator[Transition]:
    for move in SHAPE:
        if track not in move.tracks:
            continue
        for from_state in move.froms or procedure.withdraw_from:
            to_state = move.to or from_state
            if to_state is None:
                raise AssertionError("a case that does not exist cannot stay where it is")
            basis = move.basis or _EVERYWHERE.get(move.act) or procedure.basis[move.act]
            yield Transition(
                track,
                from_state,
                move.act,
                to_state,
                move.who,
                move.needs,
                basis,
                procedure.starts(move.act),
                procedure.stops(move.act),
                move.tells,
            )


TABLE: tuple[Transition, ...] = tuple(row for track in Track for row in _rows(track, PROCEDURES[track]))

_LEAVES = {row.from_state for row in TABLE}
FINAL: frozenset[State] = frozenset(state for state in State if state not in _LEAVES)
_BY_MOVE = {(row.track, row.from_state, row.act): row for row in TABLE}


def transition(track: Track, from_state: State | None, act: Act) -> Transition | None:
    """The row for `act` from that state, or None when the table has none."""
    return _BY_MOVE.get((track, from_state, act))


def require(track: Track, from_state: State | None, act: Act) -> Transition:
    """The row for `act`; ActRefused with a sentence that says when the act would be possible."""
    row = transition(track, from_state, act)
    if row is None:
        raise ActRefused(why_not(track, from_state, act))
    return row


def why_not(track: Track, from_state: State | None, act: Act) -> Sentence:
    """Why `act` is not possible from that state, and from which ones it would be."""
    here = STATE_LABELS[from_state] if from_state else "未登记"
    if from_state in ENDED:
        return said("办件“%(state)s”，不能再办理“%(act)s”。", state=here, act=ACT_LABELS[act])
    if not states_for(track, act):
        return said("这类办件没有“%(act)s”这一步。", act=ACT_LABELS[act])
    if act is Act.WITHDRAW and track in (Track.REPORT, Track.CLUE):
        return said("核查已经开始，举报不能撤回；您仍可以补充说明。")
    return said(
        "办件现在是“%(state)s”；“%(act)s”只在%(states)s时可以办理。",
        state=here,
        act=ACT_LABELS[act],
        states=[said("“%(state)s”", state=STATE_LABELS[state]) for state in states_for(track, act)],
    )


def states_for(track: Track, act: Act) -> tuple[State, ...]:
    """The states from which `act` is possible."""
    return tuple(row.from_state for row in TABLE if row.track is track and row.act is act and row.from_state)


def states_of(track: Track) -> frozenset[State]:
    """The states that a case of this track can be in."""
    return frozenset(row.to_state for row in TABLE if row.track is track)
