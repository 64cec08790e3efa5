"""The acts of a case, in the order of its life: from where, to where, who may, what it needs, who is told.

What the law makes different from track to track (basis, clocks) stands in `procedures`; `states` makes the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.cases.terms import Act, State
from models.kinds import Track

FILER = "filer"
OUTSIDE = "outside"  # an outside body, by its link
RESPONDENT = "respondent"  # the named company, by its link
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
_COMPLAINTS = frozenset({Track.COMPLAINT})
_REPORTS = frozenset({Track.REPORT, Track.CLUE})
_AID = frozenset({Track.AID})
_OTHERS = ALL_TRACKS - _COMPLAINTS - _REPORTS
_MEDIATION = (State.MEDIATING, State.MEDIATED, State.MEDIATION_ENDED)
_FILING = (State.INVESTIGATING, State.NOT_FILED)
_REFERRAL = (State.REFERRING, State.REFERRED, State.POLICE_FILED)
AT_WORK = (State.ACCEPTED, State.HANDLING)
_BEFORE_CLOSING = (*AT_WORK, State.ANSWERED)  # aid may be decided after the answer that tells of it


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
    basis: str = ""  # where the law gives the act another basis from these states than the track has for it


_TAKES = ("case:acknowledge",)
_SENDS = ("case:transfer",)
_ANSWERS = ("case:answer",)
_DECIDES = ("case:file",)
_SUPERVISES = ("case:supervise",)
_REFERS = ("referral:decide",)
_BOTH = (FILER, UNIT)
_SIDES = (FILER, RESPONDENT, *_ANSWERS)

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
    Move(Act.TAKE_ON, AT_WORK, State.HANDLING, _ANSWERS, ("simple",), ()),
    Move(Act.SORT, (State.RECEIVED, *AT_WORK), None, ("case:assign",), ("complexity", "reasons"), ()),
    Move(Act.SORT, _MEDIATION, None, ("case:assign",), ("complexity", "reasons"), (), _COMPLAINTS),
    Move(Act.SORT, _FILING, None, ("case:assign",), ("complexity", "reasons"), (), _REPORTS),
    Move(Act.OPEN_GREEN, AT_WORK, None, _ANSWERS, ("ground", "reasons"), (FILER,), _AID),
    Move(Act.DECIDE_AID, _BEFORE_CLOSING, None, ("aid:decide",), ("reasons",), (FILER,), _AID),
    Move(Act.OFFER_MEDIATION, AT_WORK, None, _ANSWERS, ("body",), (FILER,), _COMPLAINTS),
    Move(Act.CONSENT, AT_WORK, None, _SIDES, ("consent",), (UNIT,), _COMPLAINTS),
    Move(
        Act.MEDIATE,
        AT_WORK,
        State.MEDIATING,
        _ANSWERS,
        ("consent", "mediator", "body"),
        (FILER,),
        _COMPLAINTS,
    ),
    Move(Act.ARRANGE_SESSION, (State.MEDIATING,), None, _ANSWERS, ("session",), (FILER,), _COMPLAINTS),
    Move(Act.HOLD_SESSION, (State.MEDIATING,), None, _ANSWERS, ("record",), (FILER,), _COMPLAINTS),
    Move(Act.OBJECT_MEDIATOR, (State.MEDIATING,), None, _SIDES, ("reasons",), _BOTH, _COMPLAINTS),
    Move(
        Act.DECIDE_MEDIATOR,
        (State.MEDIATING,),
        None,
        ("case:recuse",),
        ("mediator", "reasons"),
        (FILER,),
        _COMPLAINTS,
    ),
    Move(Act.SETTLE, (State.MEDIATING,), State.MEDIATED, _ANSWERS, ("agreement",), (FILER,), _COMPLAINTS),
    Move(
        Act.END_MEDIATION,
        (*AT_WORK, State.MEDIATING),
        State.MEDIATION_ENDED,
        _ANSWERS,
        ("ground", "reasons"),
        (FILER,),
        _COMPLAINTS,
    ),
    Move(
        Act.ANSWER,
        (State.MEDIATED, State.MEDIATION_ENDED),
        State.ANSWERED,
        _ANSWERS,
        ("answer",),
        tracks=_COMPLAINTS,
    ),
    Move(Act.FILE, AT_WORK, State.INVESTIGATING, _DECIDES, ("reasons",), (FILER,), _REPORTS),
    Move(Act.NOT_FILE, AT_WORK, State.NOT_FILED, _DECIDES, ("ground", "reasons"), (FILER,), _REPORTS),
    Move(Act.ANSWER, _FILING, State.ANSWERED, _ANSWERS, ("answer",), tracks=_REPORTS),
    Move(Act.ANSWER, AT_WORK, State.ANSWERED, _ANSWERS, ("answer",), tracks=_OTHERS),
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
    Move(Act.MESSAGE, OPEN, None, _ANSWERS, ("body",)),
    Move(Act.SUPPLEMENT, OPEN, None, (FILER,), ("body",), (UNIT,)),
    *(
        Move(act, states, None, who, needs, tells, tracks)
        for tracks, states in ((_COMPLAINTS, _MEDIATION), (_REPORTS, _FILING), (_REPORTS, _REFERRAL))
        for act, who, needs, tells in (
            (Act.RECUSE, ("case:view",), ("reasons",), (UNIT,)),
            (Act.MESSAGE, _ANSWERS, ("body",), (FILER,)),
            (Act.SUPPLEMENT, (FILER,), ("body",), (UNIT,)),
        )
    ),
    Move(Act.ASSIGN, _MEDIATION, None, ("case:assign",), ("handler",), (), _COMPLAINTS),
    Move(Act.ASSIGN, (*_FILING, *_REFERRAL), None, ("case:assign",), ("handler",), (), _REPORTS),
    # What the referral itself is waiting for, and its clocks, stands in models/referrals/states.py.
    Move(
        Act.PROPOSE_REFERRAL,
        (State.INVESTIGATING,),
        State.REFERRING,
        _ANSWERS,
        ("report", "handlers"),
        (UNIT,),
        _REPORTS,
    ),
    Move(Act.APPROVE_REFERRAL, (State.REFERRING,), None, _REFERS, ("referral",), (UNIT,), _REPORTS),
    Move(
        Act.DECLINE_REFERRAL,
        (State.REFERRING,),
        State.INVESTIGATING,
        _REFERS,
        ("referral", "reasons"),
        (UNIT,),
        _REPORTS,
    ),
    Move(Act.REFER, (State.REFERRING,), State.REFERRED, _ANSWERS, ("referral", "pack"), (FILER,), _REPORTS),
    Move(Act.HEAR_POLICE, (State.REFERRED,), None, _ANSWERS, ("referral",), (UNIT,), _REPORTS),
    Move(Act.PURSUE_REFERRAL, (State.REFERRED,), None, _ANSWERS, ("referral",), (), _REPORTS),
    Move(
        Act.CONCLUDE_REFERRAL,
        (State.REFERRED,),
        State.POLICE_FILED,
        _ANSWERS,
        ("referral",),
        (FILER,),
        _REPORTS,
    ),
    Move(
        Act.RESUME,
        (State.REFERRED, State.POLICE_FILED),
        State.INVESTIGATING,
        _ANSWERS,
        ("referral", "reasons"),
        (FILER,),
        _REPORTS,
    ),
    Move(Act.ANSWER, (State.POLICE_FILED,), State.ANSWERED, _ANSWERS, ("answer",), tracks=_REPORTS),
    Move(
        Act.TRANSFER,
        (State.INVESTIGATING,),
        State.TRANSFERRED,
        _SENDS,
        ("unit", "reasons"),
        _BOTH,
        _REPORTS,
        "程序规定 第14、15、17条",
    ),
    Move(Act.ASK_OUTSIDE, (State.RECEIVED, *AT_WORK), None, _SENDS, ("unit", "body"), ()),
    Move(Act.ASK_OUTSIDE, _MEDIATION, None, _SENDS, ("unit", "body"), (), _COMPLAINTS),
    Move(Act.ASK_OUTSIDE, _FILING, None, _SENDS, ("unit", "body"), (), _REPORTS),
    Move(Act.HEAR_OUTSIDE, OPEN, None, (OUTSIDE,), ("body",), (UNIT,)),
    Move(Act.HEAR_OUTSIDE, _MEDIATION, None, (OUTSIDE,), ("body",), (UNIT,), _COMPLAINTS),
    Move(Act.HEAR_OUTSIDE, (*_FILING, *_REFERRAL), None, (OUTSIDE,), ("body",), (UNIT,), _REPORTS),
    Move(Act.MERGE, AT_WORK, None, ("case:assign",), ("case", "reasons"), (FILER,), _REPORTS),
    Move(
        Act.SPLIT,
        (*AT_WORK, *_FILING, State.ANSWERED, State.DISPUTED),
        None,
        ("case:assign",),
        ("reasons",),
        (FILER,),
        _REPORTS,
    ),
    Move(Act.WITHDRAW, (), State.WITHDRAWN, (FILER,), (), _BOTH),
)
