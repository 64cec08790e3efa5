"""The eight grounds of Order 121 Art 23(1): each ends a mediation in the same state, with the same clock, paper and remedies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from journey.mediation import show_remedies
from models.cases.decisions import outcomes_for
from models.cases.grounds import GROUND_LABELS, NEXT_STEP_LABELS, Ground, grounds_for
from models.cases.mediation.operations import end_mediation, settle
from models.cases.mediation.queries import limit_of, mediations_of
from models.cases.mediation.remedies import RemedyKind, remedies_for
from models.cases.mediation.terms import Result, Writing
from models.cases.operations import answer, close
from models.cases.tables import Case
from models.cases.terms import Act, Outcome, State
from models.clocks.queries import deadlines_of
from models.errors import ActRefused, Invalid
from models.kinds import Track
from models.papers.issuing import content_of, issue
from models.papers.kinds import kinds_for, paper_kind
from models.papers.operations import draft
from models.types import beijing_date
from tests.support.cases import OPENED, Office, a_case_in
from tests.support.filings import KEYS
from tests.support.mediation import an_offer
from tests.support.papers import an_issuing_office, confirm_prefix, text_of

# The law is the same on either database.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

SOON, LATE = OPENED + dt.timedelta(days=3), OPENED + dt.timedelta(days=62)
WHY = "双方在本局电话中已经说明。"


@dataclass(frozen=True)
class Row:
    """One item of Art 23(1): from where it can end the case, when, and until when both are told (Art 23(2))."""

    ground: Ground
    item: str
    states: tuple[State, ...] = (State.ACCEPTED, State.HANDLING, State.MEDIATING)
    at: dt.datetime = SOON
    told_by: dt.date = dt.date(2026, 12, 2)  # seven working days after Monday 23 November


ROWS = [
    Row(Ground.MEDIATION_RECONCILED, "第一项"),
    Row(Ground.MEDIATION_DECLINED, "第二项"),
    Row(Ground.MEDIATION_NO_AGREEMENT, "第三项", states=(State.MEDIATING,)),
    Row(Ground.MEDIATION_COSTS, "第四项"),
    Row(Ground.MEDIATION_TOO_LONG, "第五项", at=LATE, told_by=dt.date(2027, 2, 1)),
    Row(Ground.MEDIATION_NOT_ADMISSIBLE, "第六项"),
    Row(Ground.MEDIATION_PARTY_GONE, "第七项"),
    Row(Ground.MEDIATION_OTHER, "第八项"),
]


def _end(session: Session, case: Case, office: Office, row: Row) -> Case:
    return end_mediation(session, case=case, ground=row.ground, reasons=WHY, actor=office.intake, now=row.at)


def _open_clocks(session: Session, case: Case) -> dict[str, dt.date]:
    return {one.rule_id: one.legal_end for one in deadlines_of(session, [case])[case.id] if one.is_open}


def _papers_of_the_end(case: Case) -> set[str]:
    return {kind.id for kind in kinds_for(case)} & {"mediation_end", "mediation_paper"}


@pytest.mark.parametrize("state", [State.MEDIATED, State.ANSWERED, State.CLOSED])
def test_a_settled_mediation_has_no_paper_of_its_end(session: Session, office: Office, state: State) -> None:
    assert _papers_of_the_end(a_case_in(session, office, state)) == {"mediation_paper"}


def test_the_table_is_the_article(session: Session) -> None:
    listed = grounds_for(Track.COMPLAINT, beijing_date(OPENED), Act.END_MEDIATION)
    assert list(listed) == [row.ground for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.ground.value)
def test_a_ground_ends_it_with_clock_paper_and_remedies(
    session: Session, office: Office, tmp_path: Path, row: Row
) -> None:
    confirm_prefix(session, office.head)
    for state in (State.ACCEPTED, State.HANDLING, State.MEDIATING):
        case = a_case_in(session, office, state)
        an_offer(session, case, office.intake, OPENED)
        if state not in row.states:
            with pytest.raises(Invalid, match="第2项"):
                _end(session, case, office, row)
            continue
        assert limit_of(session, case) is not None
        _end(session, case, office, row)
        (mediation,) = mediations_of(session, case.id)
        assert (case.state, mediation.result, mediation.ended_at) == (
            State.MEDIATION_ENDED,
            Result.ENDED,
            row.at,
        )
        assert limit_of(session, case) is None, "the sixty days are over"
        assert _open_clocks(session, case)["mediation_end_notice"] == row.told_by
    with pytest.raises(ActRefused):  # there is nothing left to agree on
        settle(session, case=case, terms="退款", writing=Writing.RECORD, actor=office.intake, now=row.at)

    ways = {one.kind for one in remedies_for(case.right_type, beijing_date(row.at))}
    assert show_remedies(mediation)
    assert {RemedyKind.COURT, RemedyKind.ARBITRATION} <= ways, "Art 25"
    assert "起诉" in NEXT_STEP_LABELS[row.ground]

    assert _papers_of_the_end(case) == {"mediation_end"}
    common = {"actor": office.intake, "now": row.at}
    paper = draft(session, case=case, kind=paper_kind("mediation_end"), fields={}, to_unit=None, **common)  # type: ignore[arg-type]
    issuing = an_issuing_office(tmp_path)
    issue(session, paper=paper, office=issuing, **common)  # type: ignore[arg-type]
    told = text_of(content_of(paper, as_pdf=False, files=issuing.files, keys=KEYS))
    cited = f"《市场监督管理投诉举报处理办法》第二十三条第一款{row.item}"
    for words in (
        GROUND_LABELS[row.ground],
        WHY,
        cited,
        "终止调解",
        "提起诉讼",
        "仲裁",
        case.shown_reference,
    ):
        assert words in told

    assert outcomes_for(case) == (Outcome.MEDIATION_ENDED, Outcome.REFERRED)
    answer(session, case=case, body="调解已经终止。", **common)  # type: ignore[arg-type]
    assert "mediation_end_notice" not in _open_clocks(session, case), "both were told"
    close(session, case=case, outcome=Outcome.MEDIATION_ENDED, reasons=WHY, **common)  # type: ignore[arg-type]
    assert case.state is State.CLOSED
    assert _papers_of_the_end(case) == {"mediation_end"}, "whoever was told by telephone still gets the paper"
