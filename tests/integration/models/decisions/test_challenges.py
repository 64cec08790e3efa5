"""Reviews and lawsuits: when a decision becomes final, and what follows when it is changed."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from models.clocks.queries import deadlines_of
from models.decisions.challenges.kinds import CHANGES, ChallengeKind, Outcome
from models.decisions.challenges.operations import close_challenge, note_service, open_challenge
from models.decisions.challenges.tables import Challenge
from models.decisions.kinds import DecisionKind
from models.decisions.operations import approve
from models.decisions.publication import publish, withdraw
from models.decisions.tables import Decision
from models.errors import ActRefused, Conflict, Invalid
from models.people.actors import WORKER
from models.people.tables import Account
from tests.factories import NOW

SERVED = dt.date(2026, 2, 24)
IN_MAY = dt.datetime(2026, 5, 20, 2, tzinfo=dt.UTC)


def challenged(
    session: Session, decision: Decision, actor: Account, kind: ChallengeKind, filed_on: dt.date
) -> Challenge:
    return open_challenge(
        session, decision, kind=kind, authority_name="测试市人民政府", filed_on=filed_on, actor=actor, now=IN_MAY
    )  # fmt: skip


def closed(
    session: Session,
    challenge: Challenge,
    actor: Account,
    outcome: Outcome,
    on: dt.date,
    served_on: dt.date | None,
) -> Decision:
    return close_challenge(
        session, challenge, outcome=outcome, outcome_on=on, served_on=served_on, document_number="",
        actor=actor, now=IN_MAY,
    )  # fmt: skip


def test_final_when_six_months_have_passed_without_a_challenge(
    session: Session, published: Decision, maker: Account
) -> None:
    assert published.final_on is None
    note_service(session, published, served_on=SERVED, actor=maker, now=NOW)
    assert published.final_on == dt.date(2026, 8, 25)


def test_an_adjudication_is_final_when_sixty_days_have_passed(
    session: Session, published: Decision, maker: Account
) -> None:
    published.kind, published.penalty_kinds, published.fine_fen = DecisionKind.ADJUDICATION, [], None
    note_service(session, published, served_on=SERVED, actor=maker, now=NOW)
    assert published.final_on == dt.date(2026, 4, 26)


def test_a_withdrawal_names_the_law_of_its_kind_of_decision(
    session: Session, published: Decision, maker: Account
) -> None:
    published.kind, published.penalty_kinds, published.fine_fen = DecisionKind.OTHER, [], None
    withdraw(session, published, reason="原决定已被依法撤销。", actor=maker, now=IN_MAY)
    assert published.end_basis == "参照《中华人民共和国行政处罚法》第四十八条第二款"


def test_not_final_while_challenged_and_then_from_the_ruling_on(
    session: Session, published: Decision, maker: Account
) -> None:
    note_service(session, published, served_on=SERVED, actor=maker, now=NOW)
    review = challenged(session, published, maker, ChallengeKind.RECONSIDERATION, dt.date(2026, 3, 10))
    assert published.final_on is None
    closed(session, review, maker, Outcome.UPHELD, dt.date(2026, 5, 8), dt.date(2026, 5, 11))
    assert published.final_on == dt.date(2026, 5, 27)
    suit = challenged(session, published, maker, ChallengeKind.LITIGATION, dt.date(2026, 5, 15))
    assert published.final_on is None
    closed(session, suit, maker, Outcome.UPHELD, dt.date(2026, 5, 18), None)
    assert published.final_on is None  # nobody knows when the judgment was served
    appeal = challenged(session, published, maker, ChallengeKind.APPEAL, dt.date(2026, 5, 19))
    closed(session, appeal, maker, Outcome.UPHELD, dt.date(2026, 5, 20), dt.date(2026, 5, 20))
    assert published.final_on == dt.date(2026, 5, 20)


def test_what_was_taken_back_leaves_the_first_limits(
    session: Session, published: Decision, maker: Account
) -> None:
    note_service(session, published, served_on=SERVED, actor=maker, now=NOW)
    review = challenged(session, published, maker, ChallengeKind.RECONSIDERATION, dt.date(2026, 3, 10))
    closed(session, review, maker, Outcome.ABANDONED, dt.date(2026, 3, 20), None)
    assert published.final_on == dt.date(2026, 8, 25)


@pytest.mark.parametrize("outcome", sorted(CHANGES))
def test_a_changed_decision_is_to_be_withdrawn_in_three_working_days(
    session: Session, published: Decision, maker: Account, outcome: Outcome
) -> None:
    review = challenged(session, published, maker, ChallengeKind.RECONSIDERATION, dt.date(2026, 3, 10))
    closed(session, review, maker, outcome, dt.date(2026, 5, 18), dt.date(2026, 5, 18))
    assert (published.final_on, published.changed_on) == (None, dt.date(2026, 5, 18))
    (clock,) = [
        one for one in deadlines_of(session, [published])[published.id] if one.rule_id == "decision_withdraw"
    ]
    assert clock.legal_end == dt.date(2026, 5, 21)
    withdraw(session, published, reason="原处罚决定已被依法撤销。", actor=maker, now=IN_MAY)
    assert clock.met_at == IN_MAY
    with pytest.raises(ActRefused):
        challenged(session, published, maker, ChallengeKind.LITIGATION, dt.date(2026, 5, 19))


def test_what_was_changed_before_it_was_public_never_is(
    session: Session, in_review: Decision, maker: Account, reviewer: Account
) -> None:
    review = challenged(session, in_review, maker, ChallengeKind.RECONSIDERATION, dt.date(2026, 3, 10))
    closed(session, review, maker, Outcome.ANNULLED, dt.date(2026, 5, 18), None)
    approve(session, in_review, revision=1, actor=reviewer, now=IN_MAY)
    with pytest.raises(ActRefused, match="不能公示"):
        publish(session, in_review, actor=WORKER, now=IN_MAY)


def test_one_at_a_time_and_in_their_order(session: Session, published: Decision, maker: Account) -> None:
    with pytest.raises(ActRefused, match="一审"):
        challenged(session, published, maker, ChallengeKind.APPEAL, dt.date(2026, 3, 10))
    review = challenged(session, published, maker, ChallengeKind.RECONSIDERATION, dt.date(2026, 3, 10))
    with pytest.raises(Conflict):
        challenged(session, published, maker, ChallengeKind.LITIGATION, dt.date(2026, 3, 11))
    closed(session, review, maker, Outcome.UPHELD, dt.date(2026, 4, 1), None)
    with pytest.raises(Conflict):
        closed(session, review, maker, Outcome.ANNULLED, dt.date(2026, 4, 2), None)
    with pytest.raises(ActRefused, match="登记过"):
        challenged(session, published, maker, ChallengeKind.RECONSIDERATION, dt.date(2026, 4, 10))


@pytest.mark.parametrize("filed_on", [dt.date(2026, 2, 19), dt.date(2026, 5, 21)])
def test_days_that_cannot_be(
    session: Session, published: Decision, maker: Account, filed_on: dt.date
) -> None:
    with pytest.raises(Invalid):
        challenged(session, published, maker, ChallengeKind.LITIGATION, filed_on)
    with pytest.raises(Invalid):
        note_service(session, published, served_on=filed_on, actor=maker, now=IN_MAY)
