"""What of the decisions made is public, and on what legal ground the rest is not: by the year of the decision.

Only numbers. A number behind which fewer than `LEAST` decisions that are not public stand is withheld, and so is the sum
of its year where it would give that number away.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, case, cast, extract, func, select
from sqlalchemy.orm import Session

from models.decisions.kinds import PenaltyKind
from models.decisions.queries import is_public
from models.decisions.states import State
from models.decisions.tables import Decision

LEAST = 5  # the usual threshold of official statistics
_WARNING_ONLY = json.dumps([PenaltyKind.WARNING.value])


class Ground(enum.StrEnum):
    """Why a decision is public, or is not."""

    PUBLIC = "public"
    TERM_OVER = "term_over"
    UNFULFILLED = "unfulfilled"
    WITHDRAWN = "withdrawn"
    WARNING_ONLY = "warning_only"
    WAITING = "waiting"


GROUND_LABELS = {
    Ground.PUBLIC: "公示中",
    Ground.TERM_OVER: "公示期满",
    Ground.UNFULFILLED: "期满未履行",
    Ground.WITHDRAWN: "已撤回",
    Ground.WARNING_ONLY: "仅受警告",
    Ground.WAITING: "待审核、待公示",
}
# The articles behind each ground; being public and being on the way there need none of their own.
GROUND_BASIS_LABELS = {
    Ground.PUBLIC: "《中华人民共和国行政处罚法》第四十八条第一款",
    Ground.TERM_OVER: "每份决定书适用的公示期限规定",
    Ground.UNFULFILLED: "《信用修复管理办法》：期满没有履行的，按行业主管部门的规定办理",
    Ground.WITHDRAWN: "《中华人民共和国行政处罚法》第四十八条第二款、《市场监督管理行政处罚信息公示规定》第十一条",
    Ground.WARNING_ONLY: "《市场监督管理行政处罚信息公示规定》第二条第二款",
    Ground.WAITING: "《市场监督管理行政处罚信息公示规定》第九条：二十个工作日内公示",
}


@dataclass(frozen=True, slots=True)
class Year:
    """The decisions of one year. None is a number that is withheld."""

    year: int
    made: int | None
    by_ground: Mapping[Ground, int | None]


def coverage(session: Session, *, today: dt.date) -> list[Year]:
    """Year by year, the newest first. One query."""
    year, ground = extract("year", Decision.decided_on), _ground(today)
    counted: dict[int, dict[Ground, int]] = {}
    for which, name, count in session.execute(select(year, ground, func.count()).group_by(year, ground)):
        counted.setdefault(int(which), {})[Ground(name)] = count
    return [publishable(which, counted[which]) for which in sorted(counted, reverse=True)]


def publishable(year: int, counts: Mapping[Ground, int]) -> Year:
    """A year as it may be told. What is public anybody can count, and zero hides nobody."""
    told = {
        ground: None
        if ground is not Ground.PUBLIC and 0 < counts.get(ground, 0) < LEAST
        else counts.get(ground, 0)
        for ground in Ground
    }
    withheld: Sequence[Ground] = [ground for ground, count in told.items() if count is None]
    return Year(year, None if len(withheld) == 1 else sum(counts.values()), told)


def _ground(today: dt.date) -> ColumnElement[str]:
    state = Decision.state
    return case(
        (is_public(today), Ground.PUBLIC.value),
        (state.in_((State.PUBLISHED, State.ENDED)), Ground.TERM_OVER.value),
        (state == State.EXPIRED_UNFULFILLED, Ground.UNFULFILLED.value),
        (state == State.WITHDRAWN, Ground.WITHDRAWN.value),
        (cast(Decision.penalty_kinds, Text) == _WARNING_ONLY, Ground.WARNING_ONLY.value),
        else_=Ground.WAITING.value,
    )
