"""Onto the lists and off them: the procedure, the rules, the basis that falls, early removal, restoration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.decisions.kinds import DecisionKind, EndKind, Fulfilment
from models.decisions.publication import withdraw
from models.decisions.states import State
from models.decisions.tables import Decision
from models.errors import ActRefused, Conflict, Invalid
from models.lists import leaving, operations, removal
from models.lists.kinds import EntryEnd, EntryState, Hearing, ListKind
from models.lists.leads import repeat_leads
from models.lists.queries import entries_to_end, listed, listed_by_code
from models.lists.tables import Entry, SeriousEntry
from models.people.actors import WORKER
from models.people.tables import Account, Unit
from models.types import beijing_date
from tests.factories import NOW
from tests.support.decisions import invented_uscc

TODAY = beijing_date(NOW)
NOTIFIED = dt.date(2026, 2, 10)  # five working days later lies before TODAY
CODE, NAME = invented_uscc(1), "护航示例商贸有限公司"


def proposed(
    session: Session,
    kind: ListKind,
    decisions: Sequence[Decision],
    unit: Unit,
    actor: Account,
    **changes: str,
) -> Entry:
    words = {"uscc": CODE, "name": NAME, "reason": "五年内多次侵犯注册商标专用权", **changes}
    return operations.propose(
        session, kind=kind, decisions=decisions, unit=unit, actor=actor, now=NOW, **words
    )


def published(
    session: Session,
    kind: ListKind,
    decisions: Sequence[Decision],
    unit: Unit,
    maker: Account,
    decider: Account,
) -> Entry:
    """An entry that went the whole way of its list."""
    entry = proposed(session, kind, decisions, unit, maker)
    operations.notify(session, entry, on=NOTIFIED, actor=maker, now=NOW)
    if kind is ListKind.SERIOUS:
        operations.hear(session, entry, hearing=Hearing.HEARING, on=TODAY, actor=maker, now=NOW)
        operations.consent(
            session, entry, authority="测试省市场监督管理局", number="测市监函〔2026〕1号", on=TODAY, actor=maker, now=NOW
        )  # fmt: skip
    operations.decide(session, entry, number="测列严〔2026〕1号", on=TODAY, actor=decider, now=NOW)
    operations.publish(session, entry, actor=decider, now=NOW)
    session.flush()
    return entry


def test_the_serious_list_takes_every_step_in_its_order(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    entry = proposed(session, ListKind.SERIOUS, two[:1], unit, proposer)
    with pytest.raises(ActRefused):
        operations.decide(session, entry, number="一", on=TODAY, actor=decider, now=NOW)
    with pytest.raises(ActRefused):
        operations.publish(session, entry, actor=decider, now=NOW)
    with pytest.raises(ActRefused):
        operations.hear(session, entry, hearing=Hearing.WAIVED, on=TODAY, actor=proposer, now=NOW)
    operations.drop(session, entry, reason="没有主观故意", actor=decider, now=NOW)
    done = published(session, ListKind.SERIOUS, two[:1], unit, proposer, decider)
    assert done.ends_on == dt.date(2029, 3, 2)
    assert listed(session, ListKind.SERIOUS, today=TODAY) == [done]
    assert listed(session, ListKind.INFRINGERS, today=TODAY) == []
    assert listed(session, ListKind.SERIOUS, today=dt.date(2029, 3, 3)) == []


def test_who_proposes_does_not_decide(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    entry = proposed(session, ListKind.INFRINGERS, two, unit, proposer)
    operations.notify(session, entry, on=NOTIFIED, actor=proposer, now=NOW)
    with pytest.raises(ActRefused):
        operations.decide(session, entry, number="一", on=TODAY, actor=proposer, now=NOW)
    entry.decider = proposer
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_register_lasts_no_longer_than_what_it_rests_on(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    entry = published(session, ListKind.INFRINGERS, two, unit, proposer, decider)
    assert entry.ends_on == min(one.ends_on for one in two if one.ends_on) == dt.date(2026, 8, 1)


@pytest.mark.parametrize("kind", [ListKind.SERIOUS, ListKind.INFRINGERS])
def test_with_the_basis_the_entry_falls_in_the_same_transaction(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account, kind: ListKind
) -> None:
    entry = published(session, kind, two, unit, proposer, decider)
    assert listed_by_code(session, [CODE], today=TODAY) == {CODE: [entry]}
    withdraw(session, two[0], reason="复议决定撤销了原处罚决定", actor=decider, now=NOW)
    session.flush()
    assert listed(session, kind, today=TODAY) == []
    assert listed_by_code(session, [CODE], today=TODAY) == {}
    assert entries_to_end(session, kind, today=TODAY, limit=9) == [entry]
    leaving.end_due(session, entry, actor=WORKER, now=NOW)
    assert (entry.state, entry.end_kind) == (EntryState.ENDED, EntryEnd.REVOKED)


def test_a_serious_listing_outlives_the_publication_of_its_decision(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    entry = published(session, ListKind.SERIOUS, two, unit, proposer, decider)
    assert listed(session, ListKind.SERIOUS, today=dt.date(2028, 1, 1)) == [entry]


def test_the_commended_have_no_penalty_and_fall_with_one(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    with pytest.raises(ActRefused, match="有公示中的处罚决定"):
        proposed(session, ListKind.COMMENDED, [], unit, proposer)
    other = invented_uscc(9)
    entry = proposed(session, ListKind.COMMENDED, [], unit, proposer, uscc=other, name="护航守信有限公司")
    operations.notify(session, entry, on=NOTIFIED, actor=proposer, now=NOW)
    operations.decide(session, entry, number="红〔2026〕1号", on=TODAY, actor=decider, now=NOW)
    operations.publish(session, entry, actor=decider, now=NOW)
    session.flush()
    assert listed(session, ListKind.COMMENDED, today=TODAY) == [entry]
    two[0].party_uscc = other
    session.flush()
    assert listed(session, ListKind.COMMENDED, today=TODAY) == []


@pytest.mark.parametrize(
    ("kind", "counting"),
    [
        (DecisionKind.PENALTY, {ListKind.SERIOUS, ListKind.INFRINGERS}),
        (DecisionKind.ADJUDICATION, {ListKind.INFRINGERS}),
        (DecisionKind.OTHER, set()),
    ],
)
def test_each_list_counts_the_kinds_of_decision_of_its_rule(
    session: Session,
    two: list[Decision],
    unit: Unit,
    proposer: Account,
    kind: DecisionKind,
    counting: set[ListKind],
) -> None:
    for one in two:
        one.kind, one.penalty_kinds, one.fine_fen = kind, [], None
    session.flush()
    assert bool(repeat_leads(session, proposer, today=TODAY)) == (ListKind.INFRINGERS in counting)
    for which in (ListKind.SERIOUS, ListKind.INFRINGERS):
        if which in counting:
            assert proposed(session, which, two, unit, proposer).kind is which
        else:
            with pytest.raises(ActRefused, match="依据决定书不是"):
                proposed(session, which, two, unit, proposer)
    if kind is DecisionKind.OTHER:
        assert proposed(session, ListKind.COMMENDED, [], unit, proposer)
    else:
        with pytest.raises(ActRefused, match="公示中的处罚决定或者行政裁决"):
            proposed(session, ListKind.COMMENDED, [], unit, proposer)


def test_in_henan_only_final_decisions_count(
    session: Session, two: list[Decision], unit: Unit, proposer: Account
) -> None:
    two[1].final_on = None
    with pytest.raises(ActRefused, match="还没有终局"):
        proposed(session, ListKind.INFRINGERS, two, unit, proposer)
    unit.region_code = "140700"
    assert proposed(session, ListKind.INFRINGERS, two, unit, proposer).rule == "INF-1.1"


def test_what_does_not_satisfy_the_rule(
    session: Session, two: list[Decision], unit: Unit, proposer: Account
) -> None:
    with pytest.raises(ActRefused, match="至少 2 份"):
        proposed(session, ListKind.INFRINGERS, two[:1], unit, proposer)
    with pytest.raises(ActRefused, match="不是这一家"):
        proposed(session, ListKind.INFRINGERS, two, unit, proposer, uscc=invented_uscc(2))
    two[0].decided_on = dt.date(2020, 1, 1)
    with pytest.raises(ActRefused, match="超过 5 年"):
        proposed(session, ListKind.INFRINGERS, two, unit, proposer)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"uscc": "1"}, "uscc"), ({"name": " "}, "name"), ({"reason": "联系电话13800138000"}, "reason")],
)
def test_what_is_wrong_is_said(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        proposed(session, ListKind.INFRINGERS, two, unit, proposer, **changes)
    assert list(refused.value.errors) == [field]


def test_once_at_a_time(session: Session, two: list[Decision], unit: Unit, proposer: Account) -> None:
    proposed(session, ListKind.INFRINGERS, two, unit, proposer)
    with pytest.raises(Conflict):
        proposed(session, ListKind.INFRINGERS, two, unit, proposer)
    assert proposed(session, ListKind.SERIOUS, two, unit, proposer).kind is ListKind.SERIOUS


def test_early_removal_after_a_year_when_all_is_fulfilled_and_back_again_if_it_was_a_lie(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    entry = published(session, ListKind.SERIOUS, two[:1], unit, proposer, decider)
    with pytest.raises(Invalid):
        removal.ask_early_removal(session, entry, on=TODAY, actor=proposer, now=NOW)
    later = dt.datetime(2027, 3, 3, 1, tzinfo=dt.UTC)
    removal.ask_early_removal(session, entry, on=dt.date(2027, 3, 2), actor=proposer, now=later)
    with pytest.raises(ActRefused, match="记录受理"):
        removal.grant_early_removal(session, entry, reason="已整改", actor=decider, now=later)
    removal.accept_early_removal(session, entry, on=dt.date(2027, 3, 3), actor=proposer, now=later)
    with pytest.raises(ActRefused, match="已经履行"):
        removal.grant_early_removal(session, entry, reason="已整改", actor=decider, now=later)
    two[0].fulfilment, two[0].fulfilled_on = Fulfilment.FULFILLED, dt.date(2026, 3, 2)
    removal.grant_early_removal(session, entry, reason="已整改", actor=decider, now=later)
    session.flush()
    assert (entry.end_kind, listed(session, ListKind.SERIOUS, today=later.date())) == (EntryEnd.EARLY, [])
    with pytest.raises(ActRefused):
        leaving.restore(session, entry, reason="材料虚假", actor=proposer, now=later)
    again = leaving.restore(session, entry, reason="材料虚假", actor=decider, now=later)
    assert isinstance(entry, SeriousEntry)
    assert (again.ends_on, again.restored_from_id) == (dt.date(2030, 3, 3), entry.id)
    assert listed(session, ListKind.SERIOUS, today=later.date()) == [again]
    assert entry.state is EntryState.ENDED


def test_a_refused_request_leaves_it_listed(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    entry = published(session, ListKind.SERIOUS, two[:1], unit, proposer, decider)
    later = dt.datetime(2027, 3, 3, 1, tzinfo=dt.UTC)
    removal.ask_early_removal(session, entry, on=dt.date(2027, 3, 2), actor=proposer, now=later)
    with pytest.raises(Conflict):
        removal.ask_early_removal(session, entry, on=dt.date(2027, 3, 2), actor=proposer, now=later)
    removal.refuse_early_removal(session, entry, reason="罚款未缴", actor=decider, now=later)
    assert entry.state is EntryState.PUBLISHED
    removal.ask_early_removal(session, entry, on=dt.date(2027, 3, 3), actor=proposer, now=later)


def test_an_objection_marks_the_entry_until_it_is_settled(
    session: Session, two: list[Decision], unit: Unit, proposer: Account, decider: Account
) -> None:
    entry = published(session, ListKind.INFRINGERS, two, unit, proposer, decider)
    leaving.object_to(session, entry, on=TODAY, actor=proposer, now=NOW)
    with pytest.raises(Conflict):
        leaving.object_to(session, entry, on=TODAY, actor=proposer, now=NOW)
    assert entry.objected_on == TODAY
    leaving.settle_objection(session, entry, reason="核实无误", actor=decider, now=NOW)
    assert entry.objected_on is None
    leaving.revoke(session, entry, reason="决定有误", actor=decider, now=NOW)
    session.flush()
    assert listed(session, ListKind.INFRINGERS, today=TODAY) == []


def test_repeats_raise_a_lead_with_its_evidence_and_list_nobody(
    session: Session, two: list[Decision], unit: Unit, proposer: Account
) -> None:
    (lead,) = repeat_leads(session, proposer, today=TODAY)
    assert (lead.uscc, list(lead.decisions), lead.problems) == (CODE, two, ())
    assert lead.same_rights == ("1234567",)
    assert listed(session, ListKind.INFRINGERS, today=TODAY) == []
    two[1].state, two[1].ended_at = State.ENDED, NOW
    two[1].end_kind = EndKind.EXPIRED
    (lead,) = repeat_leads(session, proposer, today=TODAY)
    assert "至少 2 份" in lead.problems[0], "what is no longer public is evidence, and lists nobody"
    two[1].state, two[1].ended_at, two[1].end_kind = State.PUBLISHED, None, None
    assert repeat_leads(session, proposer, today=dt.date(2030, 9, 1)) == [], "five years are over"
    proposed(session, ListKind.INFRINGERS, two, unit, proposer)
    assert repeat_leads(session, proposer, today=TODAY) == []
