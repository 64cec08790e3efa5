import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks.queries import deadlines_of
from models.decisions.kinds import EndKind
from models.decisions.operations import approve, enter, submit_for_review
from models.decisions.publication import end_publication, publish, withdraw
from models.decisions.queries import (
    decision_by_public_id,
    due_to_end,
    due_to_publish,
    ended_but_indexed,
    newest_public,
    not_public_ids,
    note_left_index,
    public_decisions,
)
from models.decisions.states import State
from models.decisions.tables import Decision
from models.errors import ActRefused, Invalid, NotFound
from models.outbox import OutboxRow
from models.people.actors import WORKER
from models.people.tables import Account, Unit
from models.types import beijing_date
from tests.factories import NOW
from tests.support.decisions import a_content

TODAY = beijing_date(NOW)


def indexing(session: Session) -> list[str]:
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "search-index").order_by(OutboxRow.id))
    return [row.key.rpartition(":")[2] for row in rows]


def test_published_it_is_public_until_the_earliest_end(session: Session, published: Decision) -> None:
    assert published.state is State.PUBLISHED
    assert (published.ends_on, published.end_policy) == (dt.date(2027, 2, 20), "R2")
    assert indexing(session) == ["published"]
    assert [deadline.met_at for deadline in deadlines_of(session, [published])[published.id]] == [
        published.published_at,
        published.published_at,
    ]


def test_an_earlier_stated_end_wins(session: Session, unit: Unit, maker: Account, reviewer: Account) -> None:
    content = a_content(stated_end_on=dt.date(2026, 8, 20))
    decision = enter(session, content=content, unit=unit, actor=maker, now=NOW)
    submit_for_review(session, decision, actor=maker, now=NOW)
    approve(session, decision, revision=1, actor=reviewer, now=NOW)
    assert publish(session, decision, actor=WORKER, now=NOW).ends_on == dt.date(2026, 8, 20)


def test_nothing_is_published_before_its_time(
    session: Session, in_review: Decision, reviewer: Account
) -> None:
    later = NOW + dt.timedelta(days=1)
    approve(session, in_review, revision=1, actor=reviewer, now=NOW, publish_at=later)
    assert due_to_publish(session, now=NOW, limit=9) == []
    with pytest.raises(ActRefused):
        publish(session, in_review, actor=WORKER, now=NOW)
    assert due_to_publish(session, now=later, limit=9) == [in_review.id]


def test_a_term_that_is_over_before_publication_never_shows(
    session: Session, unit: Unit, maker: Account, reviewer: Account
) -> None:
    content = a_content(decided_on=dt.date(2024, 1, 5))
    decision = enter(session, content=content, unit=unit, actor=maker, now=NOW)
    submit_for_review(session, decision, actor=maker, now=NOW)
    approve(session, decision, revision=1, actor=reviewer, now=NOW)
    publish(session, decision, actor=WORKER, now=NOW)
    assert (decision.state, decision.published_at) == (State.ENDED, None)
    with pytest.raises(NotFound):
        decision_by_public_id(session, decision.public_id)


def test_withdrawal_wants_a_reason_that_names_nobody(
    session: Session, published: Decision, reviewer: Account
) -> None:
    for reason in ("", f"{published.party_name}申请", f"代码{published.party_uscc}有误"):
        with pytest.raises(Invalid):
            withdraw(session, published, reason=reason, actor=reviewer, now=NOW)
    withdraw(session, published, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    assert (published.state, published.end_kind) == (State.WITHDRAWN, EndKind.WITHDRAWN)
    assert indexing(session) == ["published", "withdrawn"]


def test_from_withdrawal_on_no_public_read_gives_it(
    session: Session, published: Decision, reviewer: Account
) -> None:
    assert newest_public(session, today=TODAY, limit=5) == [published]
    withdraw(session, published, reason="复议决定撤销了原处罚决定", actor=reviewer, now=NOW)
    session.flush()
    assert newest_public(session, today=TODAY, limit=5) == []
    assert public_decisions(session, [published.id], today=TODAY) == {}
    assert not_public_ids(session, [published.id, 10**9], today=TODAY) == {published.id, 10**9}
    assert ended_but_indexed(session) == {published.id}
    note_left_index(session, [published.id], now=NOW)
    assert ended_but_indexed(session) == set()
    assert not decision_by_public_id(session, published.public_id).is_public(TODAY)


def test_the_last_day_is_public_and_the_next_is_not_even_before_the_worker_comes(
    session: Session, published: Decision
) -> None:
    assert published.ends_on is not None
    last = published.ends_on
    after = last + dt.timedelta(days=1)
    assert published.is_public(last)
    assert not published.is_public(after)
    assert public_decisions(session, [published.id], today=after) == {}
    assert due_to_end(session, today=last, limit=9) == []
    assert due_to_end(session, today=after, limit=9) == [published.id]


def test_it_ends_when_its_term_is_over_and_not_before(session: Session, published: Decision) -> None:
    with pytest.raises(ActRefused):
        end_publication(session, published, actor=WORKER, now=NOW)
    end_publication(session, published, actor=WORKER, now=NOW + dt.timedelta(days=366))
    assert (published.state, published.end_kind) == (State.ENDED, EndKind.EXPIRED)
    assert indexing(session) == ["published", "ended"]
