"""Who sees what of a case, as one table that is walked for real: its page, a file, the identity, the queue, the search.

Each row is a person by their relation to the case; ● opens, · is refused and shows nothing, not even a number in a list.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.operations import open_case
from models.cases.recusal.operations import recuse
from models.cases.recusal.terms import RecusalReason
from models.cases.tables import Case
from models.cases.terms import State
from models.filings.submissions import Person
from models.filings.vault import seal
from models.kinds import Track
from models.people.actors import FILER
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import StaffFactory
from tests.support.cases import OPENED, Office, a_case_in, a_filing, in_the_county
from tests.support.evidence import filed
from tests.support.visitors import sign_in

Browser = Callable[[Account], FlaskClient]
DOORS = ("page", "file", "identity", "queue", "search")

TABLE = """
                                   page file identity queue search
    here:   intake                  ●    ●      ●       ●     ●
    here:   handler                 ●    ●      ●       ●     ●
    here:   head                    ●    ●      ·       ●     ●
    here:   supervisor              ●    ●      ·       ●     ●
    here:   head of the province    ●    ●      ·       ●     ●
    here:   recused                 ·    ·      ·       ·     ·
    here:   county below            ·    ·      ·       ·     ·
    here:   publisher               ·    ·      ·       ·     ·
    here:   administrator           ·    ·      ·       ·     ·
    county: county handler          ●    ●      ●       ●     ●
    county: intake                  ●    ●      ·       ●     ●
    county: handler                 ●    ●      ·       ●     ●
    county: head                    ●    ●      ·       ●     ●
    county: neighbour               ·    ·      ·       ·     ·
    about:  county handler          ·    ·      ·       ·     ·
    about:  county intake           ·    ·      ·       ·     ·
    about:  intake                  ●    ●      ●       ●     ●
"""


def rows() -> list[tuple[str, str, dict[str, bool]]]:
    """The table, read."""
    found = []
    for line in TABLE.strip().splitlines()[1:]:
        case, _colon, rest = line.strip().partition(":")
        marks = rest.split()[-len(DOORS) :]
        person = " ".join(rest.split()[: -len(DOORS)])
        found.append((case, person, dict(zip(DOORS, (mark == "●" for mark in marks), strict=True))))
    return found


@pytest.fixture
def people(session: Session, office: Office) -> dict[str, Account]:
    made = {
        "intake": office.intake,
        "handler": StaffFactory(role=Role.HANDLER, unit=office.bureau),
        "head": office.head,
        "supervisor": office.supervisor,
        "head of the province": office.province_head,
        "recused": StaffFactory(role=Role.HANDLER, unit=office.bureau),
        "county below": office.county_handler,
        "county handler": office.county_handler,
        "county intake": office.county_intake,
        "neighbour": office.sibling_handler,
        "publisher": StaffFactory(role=Role.PUBLISHER, unit=office.bureau),
        "administrator": StaffFactory(role=Role.ADMINISTRATOR, unit=office.bureau),
    }
    session.flush()
    return made


def _case(session: Session, office: Office, people: dict[str, Account], where: str) -> Case:
    if where == "county":
        return in_the_county(session, office, Track.COMPLAINT)
    if where == "about":  # the filing names the county's bureau itself
        filing = a_filing(session, Track.COMPLAINT)
        filing.respondent_name = office.county.name
        return open_case(session, filing=filing, actor=FILER, now=OPENED)
    made = a_case_in(session, office, State.HANDLING, Track.COMPLAINT)
    recuse(
        session,
        case=made,
        account=people["recused"],
        reason=RecusalReason.PARTY,
        words="亲属",
        actor=office.head,
        now=OPENED,
    )
    return made


@pytest.mark.parametrize(
    ("where", "who", "expected"), rows(), ids=lambda one: one if isinstance(one, str) else ""
)
def test_the_table_is_true(
    app: Flask,
    session: Session,
    office: Office,
    people: dict[str, Account],
    where: str,
    who: str,
    expected: dict[str, bool],
) -> None:
    case = _case(session, office, people, where)
    with app.app_context():
        seal(session, filing=case.filing, person=Person("周丁", "13900000000"), keys=keyring(), now=OPENED)
        file = filed(session, case, b"x", "image/jpeg").id
    session.expire_all()
    client = sign_in(app.test_client(), people[who])
    address = f"/casework/cases/{case.shown_reference}"
    opens = {
        "page": client.get(address).status_code == 200,
        "file": client.get(f"{address}/evidence/{file}/original").status_code == 200,
        "identity": client.get(f"{address}/identity").status_code == 200,
        "queue": case.shown_reference in client.get("/casework/?view=open").text,
        "search": _finds(client, case),
    }
    assert opens == expected


def _finds(client: FlaskClient, case: Case) -> bool:
    """By its number or by words of its facts; a number that jumps leads to the page."""
    by_number = client.get(f"/casework/?view=open&q={case.reference}", follow_redirects=True)
    by_words = client.get("/casework/?view=open&q=假冒注册商标的演示商品")
    is_jump = by_number.status_code == 200 and case.shown_reference in by_number.text
    return is_jump or case.shown_reference in by_words.text
