import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.clocks.queries import deadlines_of
from models.companies.queries import company_by_uscc
from models.decisions.kinds import PartyKind, PenaltyKind
from models.decisions.operations import amend, approve, enter, return_to_maker, submit_for_review
from models.decisions.states import State
from models.decisions.tables import Decision
from models.errors import ActRefused, Conflict, Invalid
from models.ledger.queries import events_of, verify
from models.outbox import OutboxRow
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory
from tests.support.decisions import a_content, invented_uscc


def test_a_new_decision_is_a_draft_with_both_publication_clocks(session: Session, draft: Decision) -> None:
    assert draft.state is State.DRAFT
    clocks = {deadline.rule_id: deadline.legal_end for deadline in deadlines_of(session, [draft])[draft.id]}
    # Decided on Friday 20 February 2026, inside the Spring Festival holidays; 28 February is a make-up workday.
    assert clocks == {"credit_publish": dt.date(2026, 3, 3), "penalty_publish": dt.date(2026, 3, 20)}


def test_the_number_is_taken_however_its_brackets_are_written(
    session: Session, draft: Decision, unit: Unit, maker: Account
) -> None:
    again = a_content(document_number="测市监处罚[2026] 001 号")
    with pytest.raises(Invalid) as refused:
        enter(session, content=again, unit=unit, actor=maker, now=NOW)
    assert "document_number" in refused.value.errors


def test_every_wrong_field_is_told_at_once(session: Session, unit: Unit, maker: Account) -> None:
    wrong = a_content(facts=" ", penalty_kinds=(), decided_on=dt.date(2026, 3, 3), uscc=None)
    with pytest.raises(Invalid) as refused:
        enter(session, content=wrong, unit=unit, actor=maker, now=NOW)
    assert set(refused.value.errors) == {"facts", "penalty_kinds", "decided_on", "uscc"}


def test_a_company_is_noted_by_its_code_with_its_names(session: Session, unit: Unit, maker: Account) -> None:
    for number, name, day in (
        ("1", "护航旧名有限公司", 5),
        ("2", "护航新名有限公司", 9),
        ("3", "护航古名有限公司", 1),
    ):
        content = a_content(
            document_number=f"测市监处罚〔2026〕{number}号", party_name=name, decided_on=dt.date(2026, 2, day)
        )
        enter(session, content=content, unit=unit, actor=maker, now=NOW)
    company = company_by_uscc(session, invented_uscc(1))
    assert company is not None
    assert company.name == "护航新名有限公司"
    assert {known.name for known in company.names} == {
        "护航旧名有限公司",
        "护航新名有限公司",
        "护航古名有限公司",
    }


def test_a_person_is_public_by_family_name_only(session: Session, unit: Unit, maker: Account) -> None:
    content = a_content(
        party_name="张测试", party_kind=PartyKind.PERSON, uscc=None, facts="张测试在集市销售假冒商品。"
    )
    decision = enter(session, content=content, unit=unit, actor=maker, now=NOW)
    assert decision.party_name == "张某"
    assert decision.facts == "张某在集市销售假冒商品。"
    assert decision.served_party_name == "张测试"
    assert decision.company is None


def test_the_maker_cannot_approve(session: Session, in_review: Decision, maker: Account) -> None:
    with pytest.raises(ActRefused, match="另一位审核员"):
        approve(session, in_review, revision=1, actor=maker, now=NOW)


def test_only_a_reviewer_of_the_unit_approves(session: Session, in_review: Decision) -> None:
    stranger = StaffFactory(role=Role.REVIEWER)
    with pytest.raises(ActRefused, match="权限"):
        approve(session, in_review, revision=1, actor=stranger, now=NOW)


def test_what_changed_after_it_was_opened_is_not_approved(
    session: Session, in_review: Decision, maker: Account, reviewer: Account
) -> None:
    amend(session, in_review, content=a_content(penalty="罚款3000元。"), actor=maker, now=NOW)
    with pytest.raises(Conflict):
        approve(session, in_review, revision=1, actor=reviewer, now=NOW)
    assert approve(session, in_review, revision=2, actor=reviewer, now=NOW).state is State.APPROVED


@pytest.mark.parametrize("field", ["facts", "evidence_text", "remedy", "full_text", "party_text"])
def test_a_phone_number_anywhere_in_the_text_blocks(
    session: Session, in_review: Decision, maker: Account, reviewer: Account, field: str
) -> None:
    amend(session, in_review, content=a_content(**{field: "联系电话13800138000"}), actor=maker, now=NOW)
    with pytest.raises(ActRefused, match="手机号码"):
        approve(session, in_review, revision=2, actor=reviewer, now=NOW)


def test_a_mere_warning_is_not_published(
    session: Session, unit: Unit, maker: Account, reviewer: Account
) -> None:
    content = a_content(penalty_kinds=(PenaltyKind.WARNING,))
    decision = enter(session, content=content, unit=unit, actor=maker, now=NOW)
    submit_for_review(session, decision, actor=maker, now=NOW)
    with pytest.raises(ActRefused, match="第二条第二款"):
        approve(session, decision, revision=1, actor=reviewer, now=NOW)


def test_it_goes_back_with_a_reason(session: Session, in_review: Decision, reviewer: Account) -> None:
    with pytest.raises(Invalid):
        return_to_maker(session, in_review, reason=" ", actor=reviewer, now=NOW)
    return_to_maker(session, in_review, reason="金额与正文不符", actor=reviewer, now=NOW)
    assert (in_review.state, in_review.return_reason) == (State.DRAFT, "金额与正文不符")


def test_approval_queues_the_publication(session: Session, in_review: Decision, reviewer: Account) -> None:
    later = NOW + dt.timedelta(hours=3)
    approve(session, in_review, revision=1, actor=reviewer, now=NOW, publish_at=later)
    queued = session.scalars(select(OutboxRow).where(OutboxRow.kind == "publish-decision")).one()
    assert queued.payload == {"decision_id": in_review.id}
    assert queued.due_at == later


def test_a_corrected_day_of_decision_restarts_the_clocks(
    session: Session, draft: Decision, maker: Account
) -> None:
    content = dataclasses.replace(a_content(), decided_on=dt.date(2026, 3, 2))
    amend(session, draft, content=content, actor=maker, now=NOW)
    running = {deadline.rule_id: deadline.started_on for deadline in deadlines_of(session, [draft])[draft.id]}
    assert running == {"credit_publish": dt.date(2026, 3, 2), "penalty_publish": dt.date(2026, 3, 2)}


def test_each_act_is_in_the_ledger_without_a_name(
    session: Session, in_review: Decision, reviewer: Account
) -> None:
    approve(session, in_review, revision=1, actor=reviewer, now=NOW)
    session.commit()
    events = events_of(session, subject_kind="decisions", subject_id=str(in_review.id))
    assert [event.act for event in events] == ["decision.enter", "decision.submit", "decision.approve"]
    assert not any("护航" in event.data for event in events)
    assert list(verify(session)) == []


def test_the_database_itself_wants_two_people(session: Session, published: Decision) -> None:
    published.reviewer_id = published.maker_id
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def test_the_database_itself_wants_a_reviewer(session: Session, published: Decision) -> None:
    published.reviewer_id = None
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()
