"""Revisions that take words away from the schema are taken back with rows that use those words, and made again."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select, text

from cli import schema
from models.aid.operations import decide_aid, open_green
from models.aid.rules import aid_rules
from models.cases.operations import accept
from models.cases.tables import Case
from models.cases.terms import Act
from models.clocks.tables import Deadline
from models.database import Database
from models.experts import pool, requests
from models.experts.pool import Entry
from models.experts.tables import Expert
from models.filings.kinds import OpeningReason
from models.filings.submissions import Person
from models.identity.tables import IdentityRequest
from models.kinds import Track
from tests.factories import using
from tests.support.cases import OPENED, a_case, an_office
from tests.support.schemas import described

TODAY = OPENED.date()


def _filled(database: Database) -> int:
    """An application for aid with the green channel, an expert asked, and a decision; the id of its case."""
    with database.writing() as session, using(session):
        office, rules = an_office(session), aid_rules("pingdingshan")
        case = a_case(session, Track.AID)
        accept(session, case=case, actor=office.intake, now=OPENED)
        entry = Entry("专家张某", "示例大学", "电话", ("copyright",), TODAY, TODAY.replace(year=2027))
        asked = requests.ask(
            session,
            case=case,
            expert=pool.add(session, unit=office.bureau, entry=entry, actor=office.head, now=OPENED),
            question="是否近似？",
            files=[],
            fee=Decimal(0),
            days=15,
            reveal=lambda _filing: Person("申请人"),
            actor=office.intake,
            now=OPENED,
        )
        requests.accept(session, request=asked, is_clear=True, now=OPENED)
        open_green(
            session,
            case=case,
            rules=rules,
            ground="deadline",
            reasons="已核实",
            actor=office.intake,
            now=OPENED,
        )
        decide_aid(
            session,
            case=case,
            rules=rules,
            is_given=True,
            helps=["advice"],
            reasons="符合",
            actor=office.head,
            now=OPENED,
        )
        opening = IdentityRequest(
            case_id=case.id,
            reason=OpeningReason.EXPERT,
            words="邀请专家前核对",
            asked_by_id=office.intake.id,
            asked_at=OPENED,
        )
        session.add(opening)
        session.commit()
        return case.id


def test_aid_and_experts_are_taken_back_with_their_rows_and_made_again(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    before, case_id = described(empty_database), _filled(empty_database)
    schema.downgrade(empty_database, "0056")
    with empty_database.engine.connect() as connection:
        kept = connection.execute(
            text("SELECT last_act FROM cases WHERE id = :id"), {"id": case_id}
        ).scalar_one()
        reasons = connection.execute(text("SELECT reason FROM identity_requests")).scalars().all()
    assert (kept, reasons) == (Act.ACCEPT, ["other"])
    schema.upgrade(empty_database)
    assert described(empty_database) == before
    with empty_database.reading() as session:
        assert [one.act for one in session.scalars(select(Case)).one().acts][-1] is Act.ACCEPT
        assert not session.scalars(select(Expert)).all()
        assert not [one for one in session.scalars(select(Deadline)) if one.rule_id.startswith("aid_")]
