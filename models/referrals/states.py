"""The steps of a referral as one table: from where, to where, by which act of the case, on which article, which clocks.

Regulation 310 (移送规定, 2020) is meant by every article that names no other. Nobody is asked by the table who decides:
the acts of the case say that (`models.cases.shape`).
"""

from __future__ import annotations

from dataclasses import dataclass

from models.cases.terms import Act
from models.errors import ActRefused
from models.referrals.terms import STANDING_LABELS, STEP_BASIS_LABELS, STEP_LABELS, Standing, Step
from models.wording import said


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `starts`, `meets`, `drops`: rule ids of clocks that begin, are kept, or are no longer owed by the step."""

    step: Step
    froms: tuple[Standing, ...]
    to: Standing
    act: Act
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    asks_document: bool = True

    @property
    def basis(self) -> str:
        """The article."""
        return STEP_BASIS_LABELS[self.step]


_REVIEWED = (Standing.RECEIVED, Standing.PAPERS_ASKED)
_DECIDED = ("police_decide", "police_decide_reconsideration")
_OURS = ("crime_papers", "crime_reconsider", "crime_supervision")

TABLE: tuple[Row, ...] = (
    Row(Step.PROPOSE, (), Standing.PROPOSED, Act.PROPOSE_REFERRAL, ("crime_approve",)),
    Row(
        Step.APPROVE,
        (Standing.PROPOSED,),
        Standing.APPROVED,
        Act.APPROVE_REFERRAL,
        ("crime_transfer",),
        ("crime_approve",),
    ),
    Row(
        Step.DECLINE,
        (Standing.PROPOSED,),
        Standing.DECLINED,
        Act.DECLINE_REFERRAL,
        meets=("crime_approve",),
    ),
    Row(
        Step.HAND_OVER,
        (Standing.APPROVED,),
        Standing.SENT,
        Act.REFER,
        meets=("crime_transfer",),
    ),
    Row(
        Step.RECEIPT,
        (Standing.SENT,),
        Standing.RECEIVED,
        Act.HEAR_POLICE,
        ("police_decide",),
    ),
    Row(
        Step.FORWARD,
        (Standing.SENT, Standing.RECEIVED),
        Standing.SENT,
        Act.HEAR_POLICE,
        drops=("police_decide",),
    ),
    Row(
        Step.ASK_PAPERS,
        (Standing.RECEIVED,),
        Standing.PAPERS_ASKED,
        Act.HEAR_POLICE,
        ("crime_papers",),
    ),
    Row(
        Step.SEND_PAPERS,
        (Standing.PAPERS_ASKED,),
        Standing.RECEIVED,
        Act.PURSUE_REFERRAL,
        meets=("crime_papers",),
    ),
    Row(
        Step.FILE,
        (*_REVIEWED, Standing.RECONSIDERING, Standing.SUPERVISED),
        Standing.FILED,
        Act.HEAR_POLICE,
        ("crime_hand_over",),
        _DECIDED,
        _OURS,
    ),
    Row(
        Step.REFUSE,
        (*_REVIEWED, Standing.SUPERVISED),
        Standing.REFUSED,
        Act.HEAR_POLICE,
        ("crime_reconsider",),
        ("police_decide",),
        ("crime_papers",),
    ),
    Row(
        Step.ASK_AGAIN,
        (Standing.REFUSED,),
        Standing.RECONSIDERING,
        Act.PURSUE_REFERRAL,
        ("police_decide_reconsideration",),
        ("crime_reconsider",),
    ),
    Row(
        Step.UPHOLD,
        (Standing.RECONSIDERING,),
        Standing.UPHELD,
        Act.HEAR_POLICE,
        ("crime_supervision",),
        ("police_decide_reconsideration",),
    ),
    # Also where the police let their time pass (移送规定 Art 17).
    Row(
        Step.ASK_SUPERVISION,
        (Standing.RECEIVED, Standing.REFUSED, Standing.RECONSIDERING, Standing.UPHELD),
        Standing.SUPERVISED,
        Act.PURSUE_REFERRAL,
        meets=("crime_supervision",),
        drops=("crime_reconsider", *_DECIDED),
    ),
    Row(
        Step.HAND_OVER_GOODS,
        (Standing.FILED,),
        Standing.CONCLUDED,
        Act.CONCLUDE_REFERRAL,
        meets=("crime_hand_over",),
    ),
    Row(
        Step.RESUME,
        (Standing.REFUSED, Standing.UPHELD, Standing.SUPERVISED),
        Standing.RESUMED,
        Act.RESUME,
        drops=("crime_reconsider", "crime_supervision"),
        asks_document=False,
    ),
    Row(
        Step.TAKE_BACK,
        (Standing.FILED, Standing.CONCLUDED),
        Standing.RESUMED,
        Act.RESUME,
        drops=("crime_hand_over",),
    ),
)

OVER = frozenset({Standing.DECLINED, Standing.RESUMED})
BY_STEP = {row.step: row for row in TABLE}
# Steps with a page of their own; the others are written down on one common page.
BY_THEMSELVES = frozenset({Step.PROPOSE, Step.APPROVE, Step.DECLINE, Step.HAND_OVER})


def possible(standing: Standing) -> tuple[Row, ...]:
    """The steps that lead on from there."""
    return tuple(row for row in TABLE if standing in row.froms)


def require(standing: Standing, step: Step) -> Row:
    """The row of the step; ActRefused with a sentence that says from where it would be possible."""
    row = BY_STEP[step]
    if standing not in row.froms:
        raise ActRefused(
            said(
                "移送现在是“%(here)s”；“%(step)s”只在%(there)s时可以办理。",
                here=STANDING_LABELS[standing],
                step=STEP_LABELS[step],
                there=[said("“%(state)s”", state=STANDING_LABELS[one]) for one in row.froms],
            )
        )
    return row
