"""What each track has of its own: until when the filer may withdraw, the legal basis of each act, and the clocks.

A clock says which acts start it and which ones stop it. Where another unit or person is to act, a test walks every way
through the table and finds no case that ends with a clock running.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.cases.shape import BEFORE_ANSWER, UNDECIDED
from models.cases.terms import Act, State
from models.kinds import Track


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule of the clocks, started by some acts and stopped by others. A clock that runs is not started anew."""

    rule_id: str
    started_by: frozenset[Act]
    stopped_by: frozenset[Act]


@dataclass(frozen=True, slots=True)
class Procedure:
    """What one track has of its own."""

    withdraw_from: tuple[State, ...]
    basis: Mapping[Act, str]
    clocks: tuple[Clock, ...]

    def starts(self, act: Act) -> tuple[str, ...]:
        """The rule ids of the clocks that `act` starts."""
        return tuple(clock.rule_id for clock in self.clocks if act in clock.started_by)

    def stops(self, act: Act) -> tuple[str, ...]:
        """The rule ids of the clocks that `act` stops."""
        return tuple(clock.rule_id for clock in self.clocks if act in clock.stopped_by)


def _clock(rule_id: str, start: Act, *stops: Act) -> Clock:
    return Clock(rule_id, frozenset({start}), frozenset(stops))


# By which letters to outside bodies are answered: the letter starts its own (`models.cases.outside`).
LETTER_CLOCKS = ("local_cooperation", "assistance_reply")

# Clocks of the desk's own, which the filer's pages leave out.
INTERNAL_CLOCKS = frozenset(
    {
        *LETTER_CLOCKS,
        *("crime_approve", "crime_transfer", "crime_papers", "crime_reconsider", "crime_supervision"),
        *("crime_hand_over", "police_decide", "police_decide_reconsideration", "police_forward"),
        "reward_tell",  # a proposal is no promise
    }
)

_SENDING = (Act.TRANSFER, Act.ACKNOWLEDGE, Act.RETURN, Act.RECALL)
_CONTESTING = (Act.ESCALATE, Act.DESIGNATE)
_TAKEN_ON = (Act.ACCEPT, Act.REFUSE, Act.WITHDRAW)

# Promises of the bureau that every track keeps.
_PROMISES = (
    # Kept by whatever decides where the filing is handled.
    _clock("local_transfer", Act.RECEIVE, Act.TRANSFER, Act.ESCALATE, *_TAKEN_ON),
    # The bureau's own, shorter promise to say whether it takes the matter on; the law's limit runs beside it.
    _clock("local_accept", Act.RECEIVE, *_TAKEN_ON),
    _clock("local_acknowledge", Act.TRANSFER, Act.ACKNOWLEDGE, Act.RETURN, Act.RECALL, Act.WITHDRAW),
    # The closing itself is the feedback, so it starts and keeps the promise at once.
    _clock("local_feedback", Act.CLOSE, Act.CLOSE),
    # What an outside body was asked for in writing; nothing that the filer waits for. The kind of letter says which
    # runs, and it is kept when the last letter of the kind is answered.
    *(
        Clock(rule_id, frozenset(), frozenset({Act.ANSWER, Act.REFUSE, Act.WITHDRAW}))
        for rule_id in LETTER_CLOCKS
    ),
    _clock("dispute_decide", Act.DISPUTE, Act.UPHOLD, Act.REJECT),
    _clock("dispute_rework", Act.UPHOLD, Act.ANSWER, Act.WITHDRAW),
)
# Who is competent: to be agreed in seven working days, or designated in seven (Order 121 Art 33; 程序规定 Art 13, 16).
_COMPETENCE = (
    _clock(
        "jurisdiction_dispute",
        Act.RETURN,
        Act.ACKNOWLEDGE,
        Act.ASSIGN,
        Act.TAKE_ON,
        Act.ANSWER,
        Act.FILE,
        Act.NOT_FILE,
        Act.MEDIATE,
        Act.END_MEDIATION,
        Act.ESCALATE,
        *_TAKEN_ON,
    ),
    _clock("jurisdiction_designate", Act.ESCALATE, Act.DESIGNATE, Act.WITHDRAW),
)

_DISPUTING = dict.fromkeys((Act.DISPUTE, Act.UPHOLD, Act.REJECT), "121号 第26条；本局服务承诺")
_ASKING = (Act.ASK_OUTSIDE, Act.HEAR_OUTSIDE)
_MARKET = {
    **_DISPUTING,
    **dict.fromkeys(_ASKING, "行政处罚法 第26条"),
    **dict.fromkeys(_SENDING, "121号 第41条"),
    **dict.fromkeys(_CONTESTING, "121号 第33条；程序规定 第13、16条"),
}

_VERIFICATION = Procedure(
    # After acceptance the bureau verifies on its own duty (程序规定 第18条), whatever the reporter wishes.
    withdraw_from=UNDECIDED,
    basis={
        **_MARKET,
        Act.RECEIVE: "121号 第28条",
        Act.ACCEPT: "121号 第35条第1款；程序规定 第18条",
        Act.REFUSE: "121号 第28、34、35、44条",
        Act.MESSAGE: "121号 第28条",
        Act.SUPPLEMENT: "121号 第28条",
        Act.FILE: "程序规定 第18、19条",
        Act.NOT_FILE: "程序规定 第18、19、20条",
        Act.ANSWER: "121号 第36条；程序规定 第18条",
        Act.CLOSE: "121号 第36条",
        **dict.fromkeys((Act.MERGE, Act.SPLIT), "121号 第35条第2款"),
        Act.PROPOSE_REFERRAL: "移送规定 第3、5条；程序规定 第17条",
        Act.APPROVE_REFERRAL: "移送规定 第5条第2款",
        Act.DECLINE_REFERRAL: "移送规定 第5条第2款",
        Act.REFER: "移送规定 第5、6条；程序规定 第46条",
        Act.HEAR_POLICE: "移送规定 第7至9条",
        Act.PURSUE_REFERRAL: "移送规定 第9条；公安程序规定 第180条",
        Act.CONCLUDE_REFERRAL: "移送规定 第12条",
        Act.RESUME: "移送规定 第10、13条",
        Act.WITHDRAW: "程序规定 第18条",
    },
    clocks=(
        _clock("report_verify", Act.RECEIVE, Act.REFUSE, Act.FILE, Act.NOT_FILE, Act.WITHDRAW),
        _clock("case_decision", Act.FILE, Act.ANSWER),
        *_COMPETENCE,
        *_PROMISES,
    ),
)

_PROMISED = dict.fromkeys(_DISPUTING, "本局服务承诺")
_UNREAD = "81号办法（条号待核）"
_AID = "国知发保字〔2020〕22号"
_ADVICE = "121号 第44条（咨询不适用该办法，按本局服务承诺办理）"

PROCEDURES: dict[Track, Procedure] = {
    Track.COMPLAINT: Procedure(
        withdraw_from=(*BEFORE_ANSWER, State.MEDIATING),
        basis={
            **_MARKET,
            Act.RECEIVE: "121号 第9、10条",
            Act.ACCEPT: "121号 第15条",
            Act.REFUSE: "121号 第15、16条",
            Act.MESSAGE: "121号 第20条",
            Act.SUPPLEMENT: "121号 第10条",
            Act.OFFER_MEDIATION: "121号 第18、19条",
            Act.CONSENT: "121号 第18、19条",
            Act.MEDIATE: "121号 第18、19、21条",
            Act.ARRANGE_SESSION: "121号 第20条",
            Act.HOLD_SESSION: "121号 第20、21、24条",
            Act.OBJECT_MEDIATOR: "121号 第21条",
            Act.DECIDE_MEDIATOR: "121号 第21条",
            Act.SETTLE: "121号 第24条",
            Act.END_MEDIATION: "121号 第23条",
            Act.ANSWER: "121号 第23条第2款、第24条",
            Act.CLOSE: "121号 第23条",
            Act.WITHDRAW: "121号 第23条第1款",
        },
        clocks=(
            _clock("complaint_accept", Act.RECEIVE, *_TAKEN_ON),
            _clock("mediation_limit", Act.ACCEPT, Act.SETTLE, Act.END_MEDIATION, Act.WITHDRAW),
            _clock("mediation_end_notice", Act.END_MEDIATION, Act.ANSWER),
            *_COMPETENCE,
            *_PROMISES,
        ),
    ),
    Track.REPORT: _VERIFICATION,
    Track.CLUE: _VERIFICATION,
    Track.ADJUDICATION: Procedure(
        withdraw_from=BEFORE_ANSWER,
        basis={
            # A ruling itself is contested in court (专利法 第65条); what is disputed here is how it was handled.
            **dict.fromkeys(_DISPUTING, "本局服务承诺；对裁决不服的依专利法 第65条起诉"),
            **dict.fromkeys(_ASKING, "本局内部工作安排"),
            **dict.fromkeys(_SENDING, "专利法实施细则 第95条"),
            **dict.fromkeys(_CONTESTING, "专利法实施细则 第97条"),
            Act.RECEIVE: "专利法 第65条",
            Act.ACCEPT: _UNREAD,
            Act.REFUSE: "专利行政执法办法 第10条（现行接续条文待核）",
            Act.MESSAGE: _UNREAD,
            Act.SUPPLEMENT: _UNREAD,
            Act.ANSWER: "专利法 第65条",
            Act.CLOSE: _UNREAD,
            Act.WITHDRAW: _UNREAD,
        },
        clocks=(_clock("patent_adjudicate", Act.ACCEPT, Act.ANSWER, Act.WITHDRAW), *_PROMISES),
    ),
    Track.AID: Procedure(
        BEFORE_ANSWER,
        {**dict.fromkeys(Act, _AID), **_PROMISED},
        (
            _clock("aid_decide", Act.ACCEPT, Act.DECIDE_AID, Act.ANSWER, Act.WITHDRAW),
            _clock("aid_decide_green", Act.OPEN_GREEN, Act.DECIDE_AID, Act.ANSWER, Act.WITHDRAW),
            *_PROMISES,
        ),
    ),
    Track.CONSULTATION: Procedure(BEFORE_ANSWER, {**dict.fromkeys(Act, _ADVICE), **_PROMISED}, _PROMISES),
}
