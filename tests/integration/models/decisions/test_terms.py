"""The term of publication: put off by two people, held for a person where nothing is fulfilled, shortened by new rules."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.decisions.kinds import Fulfilment
from models.decisions.queries import due_to_end, public_decisions
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.operations import (
    approve_postponement,
    ask_postponement,
    close_term,
    note_fulfilment,
    reconsider_term,
    refuse_postponement,
)
from models.decisions.term.queries import terms_to_reconsider
from models.decisions.term.tables import Postponement
from models.errors import ActRefused, Conflict, Invalid
from models.people.actors import WORKER
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory

LAST = dt.date(2027, 2, 20)  # the last public day of the decision of the fixture
AFTER = dt.datetime(2027, 2, 21, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def head(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.HEAD, unit=unit)
    return made


def asked(session: Session, decision: Decision, actor: Account, **changes: object) -> Postponement:
    words = {"until_on": dt.date(2027, 2, 21), "basis": "《信用修复管理办法》第十条", "why": "正在核实"}
    return ask_postponement(session, decision, actor=actor, now=NOW, **{**words, **changes})  # type: ignore[arg-type]


def unfulfilled(session: Session, decision: Decision, actor: Account) -> None:
    note_fulfilment(
        session, decision, fulfilment=Fulfilment.UNFULFILLED, fulfilled_on=None, actor=actor, now=NOW
    )


def test_putting_off_needs_another_person(
    session: Session, published: Decision, maker: Account, reviewer: Account, head: Account
) -> None:
    unfulfilled(session, published, maker)
    waiting = asked(session, published, maker, until_on=dt.date(2027, 8, 20))
    assert published.ends_on == LAST
    for person in (maker, reviewer):
        with pytest.raises(ActRefused):
            approve_postponement(session, waiting, actor=person, now=NOW)
    approve_postponement(session, waiting, actor=head, now=NOW)
    assert (published.ends_on, published.end_policy) == (dt.date(2027, 8, 20), "postponed")
    assert published.end_basis == "《信用修复管理办法》第十条"


def test_without_a_record_of_non_fulfilment_no_later_than_any_generation(
    session: Session, published: Decision, maker: Account
) -> None:
    with pytest.raises(Invalid, match="改正") as refused:
        asked(session, published, maker, until_on=dt.date(2029, 3, 3))
    assert "2029-03-02" in refused.value.errors["until_on"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basis": " "}, "basis"),
        ({"why": ""}, "why"),
        ({"until_on": LAST}, "until_on"),
        ({"basis": "护航示例商贸有限公司没有履行"}, "basis"),
    ],
)
def test_what_is_missing_is_said(
    session: Session, published: Decision, maker: Account, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        asked(session, published, maker, **changes)
    assert list(refused.value.errors) == [field]


def test_one_request_at_a_time_and_a_refusal_with_reasons(
    session: Session, published: Decision, maker: Account, head: Account
) -> None:
    waiting = asked(session, published, maker)
    with pytest.raises(Conflict):
        asked(session, published, maker)
    with pytest.raises(Invalid):
        refuse_postponement(session, waiting, reason=" ", actor=head, now=NOW)
    refuse_postponement(session, waiting, reason="没有依据", actor=head, now=NOW)
    assert published.ends_on == LAST
    with pytest.raises(Conflict):
        approve_postponement(session, waiting, actor=head, now=NOW)
    assert asked(session, published, maker).is_open


def test_the_database_itself_wants_two_people(session: Session, published: Decision, maker: Account) -> None:
    waiting = asked(session, published, maker)
    waiting.decided_by, waiting.approved_at = maker, NOW
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_unfulfilled_one_is_hidden_and_waits_for_a_person(
    session: Session, published: Decision, maker: Account, head: Account
) -> None:
    unfulfilled(session, published, maker)
    close_term(session, published, actor=WORKER, now=AFTER)
    session.flush()
    today = AFTER.date()
    assert published.state is State.EXPIRED_UNFULFILLED
    assert public_decisions(session, [published.id], today=today) == {}
    assert due_to_end(session, today=today, limit=9) == []
    waiting = ask_postponement(
        session, published, until_on=dt.date(2027, 5, 1), basis="《信用修复管理办法》第十条", why="仍未履行",
        actor=maker, now=AFTER,
    )  # fmt: skip
    approve_postponement(session, waiting, actor=head, now=AFTER)
    session.flush()
    assert published.state is State.PUBLISHED
    assert list(public_decisions(session, [published.id], today=today)) == [published.id]


def test_fulfilled_while_it_waits_it_ends(session: Session, published: Decision, maker: Account) -> None:
    unfulfilled(session, published, maker)
    close_term(session, published, actor=WORKER, now=AFTER)
    note_fulfilment(
        session, published, fulfilment=Fulfilment.FULFILLED, fulfilled_on=dt.date(2027, 2, 1), actor=maker, now=AFTER
    )  # fmt: skip
    assert published.state is State.ENDED
    with pytest.raises(ActRefused):
        asked(session, published, maker)


def test_nobody_fulfils_before_the_decision_or_tomorrow(
    session: Session, published: Decision, maker: Account
) -> None:
    for day in (None, dt.date(2026, 2, 19), dt.date(2026, 3, 3)):
        with pytest.raises(Invalid):
            note_fulfilment(
                session, published, fulfilment=Fulfilment.FULFILLED, fulfilled_on=day, actor=maker, now=NOW
            )


def test_rules_that_come_into_force_shorten_what_is_public_and_never_lengthen_it(
    session: Session, published: Decision
) -> None:
    published.ends_on, published.end_policy, published.term_rules = dt.date(2029, 3, 2), "R1", "R1"
    session.flush()
    in_april = dt.datetime(2026, 4, 1, 1, tzinfo=dt.UTC)
    assert terms_to_reconsider(session, today=in_april.date(), limit=9) == [published.id]
    assert reconsider_term(session, published, actor=WORKER, now=in_april)
    assert (published.ends_on, published.end_policy, published.term_rules) == (LAST, "R3", "R3")
    session.flush()
    assert terms_to_reconsider(session, today=in_april.date(), limit=9) == []
    published.ends_on = dt.date(2026, 8, 1)
    assert not reconsider_term(session, published, actor=WORKER, now=in_april)
    assert published.ends_on == dt.date(2026, 8, 1)


def test_a_day_that_was_put_off_stays_when_rules_come(
    session: Session, published: Decision, maker: Account, head: Account
) -> None:
    unfulfilled(session, published, maker)
    approve_postponement(
        session, asked(session, published, maker, until_on=dt.date(2027, 8, 20)), actor=head, now=NOW
    )
    assert not reconsider_term(
        session, published, actor=WORKER, now=dt.datetime(2026, 4, 1, 1, tzinfo=dt.UTC)
    )
    assert published.ends_on == dt.date(2027, 8, 20)
