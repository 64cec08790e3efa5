"""The transition table: per track, from where, by which act, to where, who may, what it needs, starts, stops, tells.

Everything that can happen to a case stands here once, and `flask cases table` prints it. The tracks share one
shape; what the law makes different (basis, clocks, until when a filer may withdraw) is said per track below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from models.cases.terms import ACT_LABELS, STATE_LABELS, Act, State
from models.errors import ActRefused
from models.kinds import Track

FILER = "filer"
NEW = "new"

_OPEN = (
    State.RECEIVED,
    State.FORWARDED,
    State.ACCEPTED,
    State.TRANSFERRED,
    State.HANDLING,
    State.ANSWERED,
)
_UNDECIDED = (State.RECEIVED, State.FORWARDED)
_BEFORE_ANSWER = (State.RECEIVED, State.FORWARDED, State.ACCEPTED, State.TRANSFERRED, State.HANDLING)


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


@dataclass(frozen=True, slots=True)
class _Move:
    """A row of the shape that all tracks share; `froms` empty means that the track says from where."""

    act: Act
    froms: tuple[State | None, ...]
    to: State | None  # None: the case stays where it is
    who: tuple[str, ...]
    needs: tuple[str, ...] = ()
    tells: tuple[str, ...] = (FILER,)


_SHAPE: tuple[_Move, ...] = (
    _Move(Act.RECEIVE, (None,), State.RECEIVED, (FILER, "case:accept"), ("filing",)),
    _Move(Act.ACCEPT, (State.RECEIVED,), State.ACCEPTED, ("case:accept",)),
    _Move(Act.REFUSE, (State.RECEIVED,), State.REFUSED, ("case:accept",), ("ground", "reasons")),
    _Move(
        Act.TRANSFER,
        (State.RECEIVED,),
        State.FORWARDED,
        ("case:transfer",),
        ("unit", "reasons"),
        (FILER, "unit"),
    ),
    _Move(
        Act.TRANSFER,
        (State.ACCEPTED, State.HANDLING),
        State.TRANSFERRED,
        ("case:transfer",),
        ("unit", "reasons"),
        (FILER, "unit"),
    ),
    _Move(Act.ACKNOWLEDGE, (State.FORWARDED,), State.RECEIVED, ("case:acknowledge",)),
    _Move(Act.ACKNOWLEDGE, (State.TRANSFERRED,), State.HANDLING, ("case:acknowledge",)),
    _Move(
        Act.RETURN, (State.FORWARDED,), State.RECEIVED, ("case:acknowledge",), ("reasons",), (FILER, "unit")
    ),
    _Move(
        Act.RETURN, (State.TRANSFERRED,), State.ACCEPTED, ("case:acknowledge",), ("reasons",), (FILER, "unit")
    ),
    _Move(Act.RECALL, (State.FORWARDED,), State.RECEIVED, ("case:transfer",), ("reasons",), (FILER, "unit")),
    _Move(
        Act.RECALL, (State.TRANSFERRED,), State.ACCEPTED, ("case:transfer",), ("reasons",), (FILER, "unit")
    ),
    _Move(Act.ASSIGN, (State.ACCEPTED, State.HANDLING), State.HANDLING, ("case:assign",), ("handler",), ()),
    _Move(Act.ANSWER, (State.ACCEPTED, State.HANDLING), State.ANSWERED, ("case:answer",), ("answer",)),
    _Move(Act.CLOSE, (State.ANSWERED,), State.CLOSED, ("case:close",), ("answer", "outcome", "reasons")),
    _Move(Act.MESSAGE, _OPEN, None, ("case:answer",), ("body",)),
    _Move(Act.SUPPLEMENT, _OPEN, None, (FILER,), ("body",), ("unit",)),
    _Move(Act.WITHDRAW, (), State.WITHDRAWN, (FILER,), (), (FILER, "unit")),
)


@dataclass(frozen=True, slots=True)
class _Procedure:
    """What one track has of its own. `starts` and `stops` are rule ids of the clocks, by act."""

    withdraw_from: tuple[State, ...]
    basis: Mapping[Act, str]
    starts: Mapping[Act, tuple[str, ...]] = field(default_factory=dict)
    stops: Mapping[Act, tuple[str, ...]] = field(default_factory=dict)


_INTERNAL = "本局内部工作安排"
_SENDING = dict.fromkeys((Act.TRANSFER, Act.ACKNOWLEDGE, Act.RETURN, Act.RECALL), "121号 第41条")
_ROUTED = ("local_transfer",)  # kept by whatever decides where the filing is handled
_FEEDBACK = (
    "local_feedback",
)  # the closing itself is the feedback, so it starts and keeps the promise at once

_VERIFICATION = _Procedure(
    # After acceptance the bureau verifies on its own duty (程序规定 第18条), whatever the reporter wishes.
    withdraw_from=_UNDECIDED,
    basis={
        **_SENDING,
        Act.RECEIVE: "121号 第28条",
        Act.ACCEPT: "121号 第35条第1款；程序规定 第18条",
        Act.REFUSE: "121号 第28、34、35、44条",
        Act.MESSAGE: "121号 第28条",
        Act.SUPPLEMENT: "121号 第28条",
        Act.ANSWER: "121号 第36条；程序规定 第18条",
        Act.CLOSE: "121号 第36条",
        Act.WITHDRAW: "程序规定 第18条",
    },
    starts={Act.RECEIVE: ("report_verify", *_ROUTED), Act.CLOSE: _FEEDBACK},
    stops={
        Act.ACCEPT: _ROUTED,
        Act.REFUSE: ("report_verify", *_ROUTED),
        Act.TRANSFER: _ROUTED,
        Act.ANSWER: ("report_verify",),
        Act.CLOSE: _FEEDBACK,
        Act.WITHDRAW: ("report_verify", *_ROUTED),
    },
)

PROCEDURES: dict[Track, _Procedure] = {
    Track.COMPLAINT: _Procedure(
        withdraw_from=_BEFORE_ANSWER,
        basis={
            **_SENDING,
            Act.RECEIVE: "121号 第9、10条",
            Act.ACCEPT: "121号 第15条",
            Act.REFUSE: "121号 第15、16条",
            Act.MESSAGE: "121号 第20条",
            Act.SUPPLEMENT: "121号 第10条",
            Act.ANSWER: "121号 第23条",
            Act.CLOSE: "121号 第23条",
            Act.WITHDRAW: "121号 第23条第1款",
        },
        starts={
            Act.RECEIVE: ("complaint_accept", *_ROUTED),
            Act.ACCEPT: ("mediation_limit",),
            Act.CLOSE: _FEEDBACK,
        },
        stops={
            Act.ACCEPT: ("complaint_accept", *_ROUTED),
            Act.REFUSE: ("complaint_accept", *_ROUTED),
            Act.TRANSFER: _ROUTED,
            Act.ANSWER: ("mediation_limit",),
            Act.CLOSE: _FEEDBACK,
            Act.WITHDRAW: ("complaint_accept", "mediation_limit", *_ROUTED),
        },
    ),
    Track.REPORT: _VERIFICATION,
    Track.CLUE: _VERIFICATION,
    Track.ADJUDICATION: _Procedure(
        withdraw_from=_BEFORE_ANSWER,
        basis={
            **dict.fromkeys(_SENDING, "专利法实施细则 第95条"),
            Act.RECEIVE: "专利法 第65条",
            Act.ACCEPT: "81号办法（条号待核）",
            Act.REFUSE: "专利行政执法办法 第10条（现行接续条文待核）",
            Act.MESSAGE: "81号办法（条号待核）",
            Act.SUPPLEMENT: "81号办法（条号待核）",
            Act.ANSWER: "专利法 第65条",
            Act.CLOSE: "81号办法（条号待核）",
            Act.WITHDRAW: "81号办法（条号待核）",
        },
        starts={Act.RECEIVE: _ROUTED, Act.ACCEPT: ("patent_adjudicate",), Act.CLOSE: _FEEDBACK},
        stops={
            Act.ACCEPT: _ROUTED,
            Act.REFUSE: _ROUTED,
            Act.TRANSFER: _ROUTED,
            Act.ANSWER: ("patent_adjudicate",),
            Act.CLOSE: _FEEDBACK,
            Act.WITHDRAW: ("patent_adjudicate", *_ROUTED),
        },
    ),
}

_SERVICE_STARTS = {Act.RECEIVE: _ROUTED, Act.CLOSE: _FEEDBACK}
_SERVICE_STOPS = {
    **dict.fromkeys((Act.ACCEPT, Act.REFUSE, Act.TRANSFER, Act.WITHDRAW), _ROUTED),
    Act.CLOSE: _FEEDBACK,
}
PROCEDURES[Track.AID] = _Procedure(
    _BEFORE_ANSWER, dict.fromkeys(Act, "国知发保字〔2020〕22号"), _SERVICE_STARTS, _SERVICE_STOPS
)
PROCEDURES[Track.CONSULTATION] = _Procedure(
    _BEFORE_ANSWER,
    dict.fromkeys(Act, "121号 第44条（咨询不适用该办法，按本局服务承诺办理）"),
    _SERVICE_STARTS,
    _SERVICE_STOPS,
)


def _rows(track: Track, procedure: _Procedure) -> Iterator[Transition]:
    for move in _SHAPE:
        for from_state in move.froms or procedure.withdraw_from:
            to_state = move.to or from_state
            if to_state is None:
                raise AssertionError("a case that does not exist cannot stay where it is")
            basis = _INTERNAL if move.act is Act.ASSIGN else procedure.basis[move.act]
            yield Transition(
                track,
                from_state,
                move.act,
                to_state,
                move.who,
                move.needs,
                basis,
                procedure.starts.get(move.act, ()),
                procedure.stops.get(move.act, ()),
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


def why_not(track: Track, from_state: State | None, act: Act) -> str:
    """Why `act` is not possible from that state, and from which ones it would be."""
    here = STATE_LABELS[from_state] if from_state else "未登记"
    if from_state in FINAL:
        return f"办件“{here}”，不能再办理“{ACT_LABELS[act]}”。"
    if act is Act.WITHDRAW and track in (Track.REPORT, Track.CLUE):
        return "核查已经开始，举报不能撤回；您仍可以补充说明。"
    states = "、".join(f"“{STATE_LABELS[state]}”" for state in states_for(track, act))
    return f"办件现在是“{here}”；“{ACT_LABELS[act]}”只在{states}时可以办理。"


def states_for(track: Track, act: Act) -> tuple[State, ...]:
    """The states from which `act` is possible."""
    return tuple(row.from_state for row in TABLE if row.track is track and row.act is act and row.from_state)
