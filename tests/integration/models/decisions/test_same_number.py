"""Two people enter the same number at once: one is in, the other is told, and neither sees an error page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.database import Database
from models.decisions import operations
from models.decisions.tables import Decision
from models.errors import Conflict, DomainError
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests import factories
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.support.decisions import a_content


def test_the_second_of_two_at_once_is_told(real_database: Database) -> None:
    with real_database.writing() as session, factories.using(session):
        unit = UnitFactory()
        makers = [StaffFactory(role=Role.PUBLISHER, unit=unit).id for _ in range(2)]
        unit_id = unit.id
        session.commit()
    first_is_in = Event()

    def enter(maker_id: int, *, is_first: bool) -> str:
        if not is_first:
            first_is_in.wait(10)
        with real_database.writing() as session:
            unit, maker = session.get_one(Unit, unit_id), session.get_one(Account, maker_id)
            try:
                operations.enter(session, content=a_content(), unit=unit, actor=maker, now=NOW)
                first_is_in.set()
                session.commit()
            except DomainError as error:
                return error.sentence
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = [pool.submit(enter, makers[0], is_first=True), pool.submit(enter, makers[1], is_first=False)]
        sentences = [one.result(30) for one in told]
    assert sentences[0] == ""
    assert "文号" in sentences[1]
    with real_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 1


def test_what_the_check_could_not_see_the_database_refuses_in_words(
    session: Session, unit: Unit, maker: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    operations.enter(session, content=a_content(), unit=unit, actor=maker, now=NOW)
    monkeypatch.setattr(operations, "_refuse_taken_number", lambda *_arguments, **_more: None)
    with pytest.raises(Conflict, match="刚刚已经录入"):
        operations.enter(session, content=a_content(facts="另一份"), unit=unit, actor=maker, now=NOW)
    assert session.scalar(select(func.count()).select_from(Decision)) == 1, "the rest of the act can go on"
