"""脱敏: the original is kept, each mark decided by a person, nothing approved while one that blocks is open."""

from __future__ import annotations

import dataclasses
import json

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.decisions.kinds import PartyKind
from models.decisions.operations import amend, approve, enter, submit_for_review
from models.decisions.publication import publish
from models.decisions.redaction.kinds import Choice, KeepGround, MarkKind, Origin
from models.decisions.redaction.marking import digest_of
from models.decisions.redaction.operations import (
    keep,
    link_filing,
    look_for_filers,
    mark_by_hand,
    mask,
    mask_all_blocking,
)
from models.decisions.redaction.queries import marks_of, original_of
from models.decisions.redaction.tables import RedactionMark
from models.decisions.states import State
from models.decisions.tables import Decision
from models.errors import ActRefused, Conflict, Invalid
from models.filings.submissions import Person
from models.kinds import Track
from models.ledger import LedgerEvent
from models.people.actors import WORKER
from models.people.tables import Account, Unit
from tests.factories import NOW
from tests.support.cases import a_filing
from tests.support.decisions import a_content

FACTS = "证人陈伟国称，其电话13800138000，现住平岭县白石镇柳树村6组18号。陈伟国签字。"
MASKED = "证人某某称，其电话***，现住***。某某签字。"


@pytest.fixture
def waiting(session: Session, unit: Unit, maker: Account) -> Decision:
    decision = enter(session, content=a_content(facts=FACTS), unit=unit, actor=maker, now=NOW)
    return submit_for_review(session, decision, actor=maker, now=NOW)


def kinds(session: Session, decision: Decision) -> list[MarkKind]:
    return [one.kind for one in marks_of(session, decision)]


def test_what_is_found_waits_and_nothing_is_approved_meanwhile(
    session: Session, waiting: Decision, maker: Account, reviewer: Account
) -> None:
    assert kinds(session, waiting) == [
        MarkKind.PERSON_NAME,
        MarkKind.MOBILE_PHONE,
        MarkKind.HOME_ADDRESS,
        MarkKind.PERSON_NAME,
    ]
    for open_mark in marks_of(session, waiting):
        with pytest.raises(ActRefused):
            approve(session, waiting, revision=waiting.revision, actor=reviewer, now=NOW)
        mask(session, waiting, open_mark, actor=maker, now=NOW)
    approve(session, waiting, revision=waiting.revision, actor=reviewer, now=NOW)
    publish(session, waiting, actor=WORKER, now=NOW)
    assert (waiting.state, waiting.facts) == (State.PUBLISHED, MASKED)


def test_the_original_is_kept_apart_with_its_digest(
    session: Session, waiting: Decision, maker: Account
) -> None:
    mask_all_blocking(session, waiting, actor=maker, now=NOW)
    original = original_of(session, waiting)
    assert original is not None
    assert original.texts["facts"] == FACTS
    assert original.sha256 == waiting.served_sha256 == digest_of(original.texts)


def test_a_choice_is_a_new_revision_with_its_maker_in_the_ledger_and_no_text(
    session: Session, waiting: Decision, maker: Account, reviewer: Account
) -> None:
    read = waiting.revision
    mask_all_blocking(session, waiting, actor=maker, now=NOW)
    session.commit()
    assert waiting.revision == read + 1
    assert {one.chosen_by_id for one in marks_of(session, waiting)} == {maker.id}
    event = session.scalars(select(LedgerEvent).where(LedgerEvent.act == "redaction.mask")).one()
    assert json.loads(event.data)["kinds"] == ["home_address", "mobile_phone", "person_name"]
    assert "陈伟国" not in event.data
    assert "13800138000" not in event.data
    with pytest.raises(Conflict):
        approve(session, waiting, revision=read, actor=reviewer, now=NOW)


def test_what_is_kept_with_a_reason_is_published(
    session: Session, unit: Unit, maker: Account, reviewer: Account
) -> None:
    content = a_content(facts="出库单编号为13800138000，非电话号码。")
    decision = submit_for_review(
        session, enter(session, content=content, unit=unit, actor=maker, now=NOW), actor=maker, now=NOW
    )
    (mark,) = marks_of(session, decision)
    with pytest.raises(Invalid, match="理由"):
        keep(session, decision, mark, ground=KeepGround.NOT_SUCH, words=" ", actor=maker, now=NOW)
    keep(session, decision, mark, ground=KeepGround.NOT_SUCH, words="出库单编号", actor=maker, now=NOW)
    approve(session, decision, revision=decision.revision, actor=reviewer, now=NOW)
    publish(session, decision, actor=WORKER, now=NOW)
    assert "13800138000" in decision.facts


def test_what_is_private_stays_only_with_the_superiors_number(
    session: Session, waiting: Decision, maker: Account
) -> None:
    first = marks_of(session, waiting)[0]
    ground = KeepGround.SUPERIOR_APPROVED
    with pytest.raises(Invalid) as refused:
        keep(session, waiting, first, ground=ground, words="经批准", actor=maker, now=NOW)
    assert set(refused.value.errors) == {"approval_number"}
    keep(
        session, waiting, first, ground=ground, words="经批准", approval_number="测市监复〔2026〕3号", actor=maker, now=NOW
    )  # fmt: skip
    assert first.approval_number == "测市监复〔2026〕3号"


def test_an_amendment_keeps_what_was_decided_and_asks_about_what_is_new(
    session: Session, waiting: Decision, maker: Account
) -> None:
    mask_all_blocking(session, waiting, actor=maker, now=NOW)
    longer = FACTS + "另查，联系人电话13900139000。"
    amend(session, waiting, content=a_content(facts=longer), actor=maker, now=NOW)
    session.flush()
    marks = marks_of(session, waiting)
    assert [one.choice for one in marks] == [Choice.MASKED] * 4 + [Choice.OPEN]
    assert waiting.facts == MASKED + "另查，联系人电话13900139000。"


def test_what_is_marked_by_hand_goes_everywhere_and_survives_an_amendment(
    session: Session, unit: Unit, maker: Account
) -> None:
    content = a_content(facts="绰号老猫的人到场。", evidence_text="与老猫有关的照片三张。")
    decision = enter(session, content=content, unit=unit, actor=maker, now=NOW)
    mark_by_hand(session, decision, stretch="老猫", kind=MarkKind.PERSON_NAME, actor=maker, now=NOW)
    assert (decision.facts, decision.evidence_text) == ("绰号某某的人到场。", "与某某有关的照片三张。")
    with pytest.raises(Invalid, match="原文里没有"):
        mark_by_hand(session, decision, stretch="老虎", kind=MarkKind.OTHER, actor=maker, now=NOW)
    more = dataclasses.replace(content, facts="绰号老猫的人再次到场。")
    amend(session, decision, content=more, actor=maker, now=NOW)
    assert decision.facts == "绰号某某的人再次到场。"


def test_the_name_of_a_party_who_is_a_person_gives_way_without_asking(
    session: Session, unit: Unit, maker: Account
) -> None:
    content = a_content(party_kind=PartyKind.PERSON, party_name="何秀兰", uscc=None, facts="何 秀兰摆摊。")
    decision = enter(session, content=content, unit=unit, actor=maker, now=NOW)
    (mark,) = marks_of(session, decision)
    assert (mark.kind, mark.origin, decision.facts) == (MarkKind.PARTY_NAME, Origin.POLICY, "何某摆摊。")
    with pytest.raises(ActRefused, match="政策"):
        mask(session, decision, mark, actor=maker, now=NOW)


def test_an_operator_gives_way_but_not_in_the_trade_name(
    session: Session, unit: Unit, maker: Account
) -> None:
    content = a_content(
        party_kind=PartyKind.SOLE_TRADER,
        party_name="平岭县马会兰烟酒店",
        legal_representative="马会兰",
        facts="平岭县马会兰烟酒店的经营者马会兰到场。",
    )
    decision = enter(session, content=content, unit=unit, actor=maker, now=NOW)
    standing = enter(
        session,
        content=dataclasses.replace(content, document_number="测市监处罚〔2026〕002号"),
        unit=unit,
        actor=maker,
        now=NOW,
        stands_elsewhere=True,
    )
    for one in (decision, standing):
        assert one.facts == "平岭县马会兰烟酒店的经营者马某到场。"


def test_the_filer_of_a_linked_filing_is_always_found(
    session: Session, unit: Unit, maker: Account, reviewer: Account
) -> None:
    text = "经查，当事人与钱小满素有纠纷，钱 小满曾留下0375-7654321。"
    decision = submit_for_review(
        session, enter(session, content=a_content(facts=text), unit=unit, actor=maker, now=NOW),
        actor=maker, now=NOW,
    )  # fmt: skip
    link_filing(session, decision, a_filing(session, Track.COMPLAINT), actor=maker, now=NOW)
    session.flush()
    mask_all_blocking(session, decision, actor=maker, now=NOW)
    with pytest.raises(ActRefused, match="举报投诉人"):
        approve(session, decision, revision=decision.revision, actor=reviewer, now=NOW)
    person = Person(name="钱小满", phone="13700137000", address="平岭县")
    found = look_for_filers(session, decision, reveal=lambda _filing: person, actor=maker, now=NOW)
    assert found == 2
    mask_all_blocking(session, decision, actor=maker, now=NOW)
    assert decision.facts == "经查，当事人与某某素有纠纷，某某曾留下***。"
    approve(session, decision, revision=decision.revision, actor=reviewer, now=NOW)


def test_a_name_that_was_kept_is_open_again_once_it_is_the_filers(
    session: Session, unit: Unit, maker: Account
) -> None:
    decision = enter(session, content=a_content(facts="证人钱小满称属实。"), unit=unit, actor=maker, now=NOW)
    (mark,) = marks_of(session, decision)
    keep(
        session, decision, mark, ground=KeepGround.NOT_SUCH, words="商品名", approval_number="", actor=maker, now=NOW
    )  # fmt: skip
    link_filing(session, decision, a_filing(session, Track.COMPLAINT), actor=maker, now=NOW)
    session.flush()
    assert (
        look_for_filers(session, decision, reveal=lambda _filing: Person(name="钱小满"), actor=maker, now=NOW)
        == 1
    )
    (mark,) = marks_of(session, decision)
    assert (mark.kind, mark.choice, mark.words) == (MarkKind.FILER, Choice.OPEN, None)


def test_after_an_amendment_the_filer_is_looked_for_again(
    session: Session, unit: Unit, maker: Account, reviewer: Account
) -> None:
    decision = enter(session, content=a_content(), unit=unit, actor=maker, now=NOW)
    link_filing(session, decision, a_filing(session, Track.COMPLAINT), actor=maker, now=NOW)
    session.flush()
    look_for_filers(session, decision, reveal=lambda _filing: Person(name="钱小满"), actor=maker, now=NOW)
    amend(session, decision, content=a_content(facts="另有钱小满的货。"), actor=maker, now=NOW)
    submit_for_review(session, decision, actor=maker, now=NOW)
    with pytest.raises(ActRefused, match="举报投诉人"):
        approve(session, decision, revision=decision.revision, actor=reviewer, now=NOW)


def test_marks_of_what_is_public_can_no_longer_be_changed(
    session: Session, published: Decision, maker: Account
) -> None:
    with pytest.raises(ActRefused):
        mark_by_hand(session, published, stretch="水杯", kind=MarkKind.OTHER, actor=maker, now=NOW)


def test_the_database_refuses_a_choice_without_its_maker(session: Session, waiting: Decision) -> None:
    mark = session.scalars(select(RedactionMark).limit(1)).one()
    mark.choice, mark.replacement = Choice.MASKED, "***"
    with pytest.raises(IntegrityError, match="chosen_has_maker"), session.begin_nested():
        session.flush()
