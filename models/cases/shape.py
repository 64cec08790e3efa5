"""The acts of a case, in the order of its life: from where, to where, who may, what it needs, who is told.

What the law makes different from track to track (basis, clocks) stands in `procedures`; `states` makes the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.cases.terms import Act, State
from models.kinds import Track

FILER = "filer"
UNIT = "unit"  # whose turn it is after the act
CHAIN = "chain"  # every unit that passed the case on

ALL_TRACKS = frozenset(Track)
UNDECIDED = (State.RECEIVED, State.FORWARDED, State.CONTESTED)
BEFORE_ANSWER = (
    State.RECEIVED,
    State.FORWARDED,
    State.CONTESTED,
    State.ACCEPTED,
    State.TRANSFERRED,
    State.CONTESTED_ACCEPTED,
    State.HANDLING,
)
OPEN = (*BEFORE_ANSWER, State.ANSWERED, State.DISPUTED)


@dataclass(frozen=True, slots=True)
class Move:
    """An act as its tracks share it; `froms` empty means that the track says from where."""

    act: Act
    froms: tuple[State | None, ...]
    to: State | None  # None: the case stays where it is
    who: tuple[str, ...]
    needs: tuple[str, ...] = ()
    tells: tuple[str, ...] = (FILER,)
    tracks: frozenset[Track] = ALL_TRACKS


_TAKES = ("case:acknowledge",)
_SENDS = ("case:transfer",)
_SUPERVISES = ("case:supervise",)
_BOTH = (FILER, UNIT)

SHAPE: tuple[Move, ...] = (
    Move(Act.RECEIVE, (None,), State.RECEIVED, (FILER, "case:accept"), ("filing",)),
    Move(Act.ACCEPT, (State.RECEIVED,), State.ACCEPTED, ("case:accept",)),
    Move(
        Act.REFUSE, (State.RECEIVED,), State.REFUSED, ("case:accept",), ("ground", "reasons"), (FILER, CHAIN)
    ),
    Move(Act.TRANSFER, (State.RECEIVED,), State.FORWARDED, _SENDS, ("unit", "reasons"), _BOTH),
    Move(
        Act.TRANSFER,
        (State.ACCEPTED, State.HANDLING),
        State.TRANSFERRED,
        _SENDS,
        ("unit", "reasons"),
        _BOTH,
    ),
    Move(Act.ACKNOWLEDGE, (State.FORWARDED,), State.RECEIVED, _TAKES, (), _BOTH),
    Move(Act.ACKNOWLEDGE, (State.TRANSFERRED,), State.HANDLING, _TAKES, (), _BOTH),
    Move(Act.RETURN, (State.FORWARDED,), State.RECEIVED, _TAKES, ("reasons",), _BOTH),
    Move(Act.RETURN, (State.TRANSFERRED,), State.ACCEPTED, _TAKES, ("reasons",), _BOTH),
    Move(Act.RECALL, (State.FORWARDED,), State.RECEIVED, _SENDS, ("reasons",), _BOTH),
    Move(Act.RECALL, (State.TRANSFERRED,), State.ACCEPTED, _SENDS, ("reasons",), _BOTH),
    Move(Act.ESCALATE, (State.RECEIVED,), State.CONTESTED, _SENDS, ("reasons",), _BOTH),
    Move(
        Act.ESCALATE,
        (State.ACCEPTED, State.HANDLING),
        State.CONTESTED_ACCEPTED,
        _SENDS,
        ("reasons",),
        _BOTH,
    ),
    Move(
        Act.DESIGNATE,
        (State.CONTESTED,),
        State.RECEIVED,
        ("case:designate",),
        ("unit", "reasons"),
        (FILER, UNIT, CHAIN),
    ),
    Move(
        Act.DESIGNATE,
        (State.CONTESTED_ACCEPTED,),
        State.HANDLING,
        ("case:designate",),
        ("unit", "reasons"),
        (FILER, UNIT, CHAIN),
    ),
    Move(Act.ASSIGN, (State.ACCEPTED, State.HANDLING), State.HANDLING, ("case:assign",), ("handler",), ()),
    Move(Act.ANSWER, (State.ACCEPTED, State.HANDLING), State.ANSWERED, ("case:answer",), ("answer",)),
    Move(
        Act.CLOSE,
        (State.ANSWERED,),
        State.CLOSED,
        ("case:close",),
        ("answer", "outcome", "reasons"),
        (FILER, CHAIN),
    ),
    Move(Act.DISPUTE, (State.CLOSED,), State.DISPUTED, (FILER,), ("reasons",), _BOTH),
    Move(Act.UPHOLD, (State.DISPUTED,), State.HANDLING, _SUPERVISES, ("handler", "reasons"), _BOTH),
    Move(Act.REJECT, (State.DISPUTED,), State.CLOSED, _SUPERVISES, ("reasons",), _BOTH),
    Move(Act.RECUSE, OPEN, None, ("case:view",), ("reasons",), (UNIT,)),
    Move(Act.MESSAGE, OPEN, None, ("case:answer",), ("body",)),
    Move(Act.SUPPLEMENT, OPEN, None, (FILER,), ("body",), (UNIT,)),
    Move(Act.WITHDRAW, (), State.WITHDRAWN, (FILER,), (), _BOTH),
)
