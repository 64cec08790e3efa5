"""The public figure of lateness can't be made to look better by not answering."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from models.clocks.operations import cancel_deadline, meet_deadline, start_deadline
from models.clocks.punctuality import Punctuality, punctuality
from models.clocks.tables import SubjectKind
from tests.support.clocks import NOW, at, case, decision

SINCE = at("2026-11-01")


def start(session: Session, number: int, on: str) -> None:
    start_deadline(session, rule_id="report_verify", subject=case(number), started_at=at(on), now=NOW)


def meet(session: Session, number: int, on: str) -> None:
    session.flush()
    meet_deadline(session, rule_id="report_verify", subject=case(number), now=at(on))


def figure(session: Session) -> Punctuality:
    session.flush()
    return punctuality(session, since=SINCE, now=NOW)[SubjectKind.CASE]


def test_nothing_done_is_no_figure(loaded: Session) -> None:
    assert punctuality(loaded, since=SINCE, now=NOW) == dict.fromkeys(SubjectKind, Punctuality(0, 0))


@pytest.mark.parametrize(
    ("started", "met", "expected"),
    [
        ("2026-11-02", "2026-11-10", Punctuality(ended=1, in_time=1)),
        ("2026-10-12", "2026-11-20", Punctuality(ended=1, in_time=0)),  # met, but late
        ("2026-10-12", None, Punctuality(ended=1, in_time=0)),  # ran out unmet on 2 November
        ("2026-11-16", None, Punctuality(ended=0, in_time=0)),  # still running
        ("2026-10-09", "2026-10-12", Punctuality(ended=0, in_time=0)),  # met before the span
        ("2026-09-01", None, Punctuality(ended=0, in_time=0)),  # ran out before the span
    ],
)
def test_a_deadline_counts_where_it_was_met_or_ran_out(
    loaded: Session, started: str, met: str | None, expected: Punctuality
) -> None:
    start(loaded, 1, started)
    if met:
        meet(loaded, 1, met)
    assert figure(loaded) == expected


def test_what_is_no_longer_owed_does_not_count(loaded: Session) -> None:
    start(loaded, 1, "2026-10-12")
    loaded.flush()
    cancel_deadline(loaded, rule_id="report_verify", subject=case(1), now=NOW)
    assert figure(loaded) == Punctuality(0, 0)


def test_cases_and_decisions_are_counted_apart(loaded: Session) -> None:
    start(loaded, 1, "2026-11-02")
    meet(loaded, 1, "2026-11-03")
    start_deadline(
        loaded, rule_id="penalty_publish", subject=decision(1), started_at=at("2026-09-01"), now=NOW
    )
    loaded.flush()
    meet_deadline(loaded, rule_id="penalty_publish", subject=decision(1), now=at("2026-11-05"))
    loaded.flush()
    found = punctuality(loaded, since=SINCE, now=NOW)
    others = dict.fromkeys(SubjectKind, Punctuality())
    assert found == {
        **others,
        SubjectKind.CASE: Punctuality(1, 1),
        SubjectKind.DECISION: Punctuality(1, 0),
    }
