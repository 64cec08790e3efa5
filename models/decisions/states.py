"""The life of a decision: closed states, and one table of the moves that are allowed."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from models.errors import ActRefused
from models.wording import said


class State(enum.StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    EXPIRED_UNFULFILLED = "expired_unfulfilled"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


STATE_LABELS = {
    State.DRAFT: "草稿",
    State.IN_REVIEW: "待审核",
    State.APPROVED: "待公示",
    State.PUBLISHED: "公示中",
    State.EXPIRED_UNFULFILLED: "期满未履行",
    State.WITHDRAWN: "已撤回",
    State.ENDED: "已停止公示",
}


class Act(enum.StrEnum):
    AMEND = "amend"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    HOLD = "hold"
    RESUME = "resume"
    END = "end"


ACT_LABELS = {
    Act.AMEND: "修改",
    Act.SUBMIT: "提交审核",
    Act.RETURN: "退回",
    Act.APPROVE: "审核通过",
    Act.PUBLISH: "公示",
    Act.CORRECT: "更正",
    Act.WITHDRAW: "撤回公示",
    Act.HOLD: "转人工确认",
    Act.RESUME: "继续公示",
    Act.END: "停止公示",
}


@dataclass(frozen=True, slots=True)
class Move:
    """From where an act leads where."""

    act: Act
    sources: frozenset[State]
    target: State | None  # None: stays where it is


MOVES = {
    move.act: move
    for move in (
        Move(Act.AMEND, frozenset({State.DRAFT, State.IN_REVIEW}), None),
        Move(Act.SUBMIT, frozenset({State.DRAFT}), State.IN_REVIEW),
        Move(Act.RETURN, frozenset({State.IN_REVIEW, State.APPROVED}), State.DRAFT),
        Move(Act.APPROVE, frozenset({State.IN_REVIEW}), State.APPROVED),
        Move(Act.PUBLISH, frozenset({State.APPROVED}), State.PUBLISHED),
        Move(Act.CORRECT, frozenset({State.PUBLISHED, State.EXPIRED_UNFULFILLED}), None),
        Move(Act.WITHDRAW, frozenset({State.PUBLISHED, State.EXPIRED_UNFULFILLED}), State.WITHDRAWN),
        # The term is over and the penalty not fulfilled: hidden from the public until a person decides.
        Move(Act.HOLD, frozenset({State.PUBLISHED}), State.EXPIRED_UNFULFILLED),
        Move(Act.RESUME, frozenset({State.EXPIRED_UNFULFILLED}), State.PUBLISHED),
        # An approved record whose term has run out before it was shown ends without ever being public.
        Move(Act.END, frozenset({State.APPROVED, State.PUBLISHED, State.EXPIRED_UNFULFILLED}), State.ENDED),
    )
}


def next_state(state: State, act: Act) -> State:
    """The state after `act`; ActRefused with a sentence when the table has no such move."""
    move = MOVES[act]
    if state not in move.sources:
        allowed = [STATE_LABELS[source] for source in State if source in move.sources]
        raise ActRefused(
            said(
                "“%(state)s”的决定书不能%(act)s，“%(allowed)s”的才可以。",
                state=STATE_LABELS[state],
                act=ACT_LABELS[act],
                allowed=allowed,
            )
        )
    return move.target or state


def acts_from(state: State) -> list[Act]:
    """The acts that the table allows in a state, in the order of a decision's life."""
    return [act for act, move in MOVES.items() if state in move.sources]
