"""Officers at the same case at once, in transactions of their own: one wins, the others are told, nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.cases.operations import accept, send_message
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act
from models.database import Database
from models.errors import ActRefused, Conflict
from models.ledger.queries import verify
from models.people.tables import Account
from tests import factories
from tests.support.cases import OPENED, Office, a_case, an_office

OFFICERS = 6


@pytest.fixture
def stored(real_database: Database) -> tuple[int, int]:
    """The numbers of a new case and of an intake officer, committed."""
    with real_database.writing() as session, factories.using(session):
        office = an_office(session)
        case = a_case(session)
        session.commit()
        return case.id, office.intake.id


def _at_once(database: Database, stored: tuple[int, int], verb: str) -> list[str]:
    """Every officer in a thread does the verb at the same moment; how it ended for each."""
    number, officer = stored
    together = Barrier(OFFICERS)

    def work(_number: int) -> str:
        together.wait()
        with database.writing() as session:
            case, actor = session.get_one(Case, number), session.get_one(Account, officer)
            try:
                if verb == "accept":
                    accept(session, case=case, actor=actor, now=OPENED)
                else:
                    send_message(session, case=case, body="您好", actor=actor, now=OPENED)
                session.commit()
            except (ActRefused, Conflict) as refused:
                return type(refused).__name__
            return "done"

    with ThreadPoolExecutor(OFFICERS) as pool:
        return list(pool.map(work, range(OFFICERS)))


def _acts(database: Database, number: int, act: Act) -> int:
    with database.reading() as session:
        mine = (CaseAct.case_id == number, CaseAct.act == act)
        return session.scalar(select(func.count(CaseAct.id)).where(*mine)) or 0


def test_of_many_acceptances_at_once_one_counts(real_database: Database, stored: tuple[int, int]) -> None:
    ended = _at_once(real_database, stored, "accept")
    assert ended.count("done") == 1, ended
    assert _acts(real_database, stored[0], Act.ACCEPT) == 1


def test_whatever_was_done_is_kept_and_in_the_ledger(
    real_database: Database, stored: tuple[int, int]
) -> None:
    ended = _at_once(real_database, stored, "message")
    assert _acts(real_database, stored[0], Act.MESSAGE) == ended.count("done") >= 1
    with real_database.reading() as session:
        assert not list(verify(session))


def test_a_change_between_reading_and_writing_is_a_conflict(session: Session, office: Office) -> None:
    case = a_case(session)
    session.commit()
    assert case.version  # loaded as the officer saw it
    meanwhile = update(Case).where(Case.id == case.id).values(version=Case.version + 1)
    session.execute(meanwhile.execution_options(synchronize_session=False))
    with pytest.raises(Conflict, match="又有了变化"):
        accept(session, case=case, actor=office.intake, now=OPENED)
    session.rollback()
