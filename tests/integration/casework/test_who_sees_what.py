"""Who sees what of a case, as one table that is walked for real: its page, a file, the identity, the queue and its
counts, the search, the export, what other cases say of it, who is told when something happens, and the board of supervision.

Each row is a person by their relation to the case; ● opens, · is refused and shows nothing, not even a number in a list.
What filers, agents and companies see of a filing stands in tests/integration/account/test_who_sees_what.py.
"""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.counting import counts
from models.cases.moves import Notes, move
from models.cases.operations import open_case
from models.cases.queue import sight_of
from models.cases.recusal.operations import recuse
from models.cases.recusal.terms import RecusalReason
from models.cases.sight import Sight, View
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.commerce.operations import Row, add_links, send_links
from models.filings.duplicates import mark_unmarked
from models.filings.submissions import Person
from models.filings.vault import seal
from models.kinds import Track
from models.people.actors import FILER
from models.people.permissions import Permission, can
from models.people.roles import Role
from models.people.tables import Account
from models.people.tokens import OFFICE_SCOPES, make_token
from models.signals.matching import matches
from models.supervision.board import loads, units_seen
from models.supervision.case_news import tell_units
from models.supervision.limits import Figure, limits
from models.types import beijing_date, now_utc
from tests.factories import AccountFactory, StaffFactory
from tests.support.cases import OPENED, Office, a_case_in, a_filing, brought_to, handed_on, in_the_county
from tests.support.evidence import filed
from tests.support.visitors import sign_in

ITEM = "https://item.taobao.com/item.htm?id=610947572360"

LONG_AFTER = OPENED + dt.timedelta(days=100)
DOORS = ("page", "file", "identity", "queue", "count", "search", "export", "alike", "told", "board")

TABLE = """
                                   page file identity queue count search export alike told board
    here:   intake                  ●    ●      ●       ●     ●     ●      ●     ●     ●     ·
    here:   handler                 ●    ●      ●       ●     ●     ●      ●     ●     ·     ·
    here:   head                    ●    ●      ·       ●     ●     ●      ●     ●     ·     ●
    here:   supervisor              ●    ●      ·       ●     ●     ●      ●     ●     ·     ●
    here:   head of the province    ●    ●      ·       ●     ●     ●      ●     ●     ·     ●
    here:   recused                 ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    here:   county below            ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    here:   publisher               ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    here:   administrator           ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    here:   rights-holder           ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    here:   visitor                 ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    here:   token                   ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    county: county handler          ●    ●      ●       ●     ●     ●      ●     ●     ●     ·
    county: county head             ●    ●      ·       ●     ●     ●      ●     ●     ·     ●
    county: intake                  ●    ●      ·       ●     ●     ●      ●     ●     ·     ·
    county: handler                 ●    ●      ·       ●     ●     ●      ●     ●     ·     ·
    county: head                    ●    ●      ·       ●     ●     ●      ●     ●     ·     ●
    county: neighbour               ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    about:  county handler          ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    about:  county intake           ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    about:  county head             ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    about:  intake                  ●    ●      ●       ●     ●     ●      ●     ●     ●     ·
    about:  handler                 ●    ●      ●       ●     ●     ●      ●     ●     ·     ·
    passed: county handler          ●    ●      ·       ●     ●     ●      ●     ●     ·     ·
    passed: county intake           ●    ●      ·       ●     ●     ●      ●     ●     ·     ·
    passed: county head             ●    ●      ·       ●     ●     ●      ●     ●     ·     ·
    passed: neighbour               ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    passed: intake                  ●    ●      ●       ●     ●     ●      ●     ●     ●     ·
    passed: handler                 ●    ●      ●       ●     ●     ●      ●     ●     ·     ·
    ended:  county handler          ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    ended:  county intake           ·    ·      ·       ·     ·     ·      ·     ·     ●     ·
    ended:  county head             ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    ended:  neighbour               ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    ended:  intake                  ●    ●      ●       ●     ·     ●      ●     ●     ·     ·
    ended:  handler                 ●    ●      ●       ●     ·     ●      ●     ●     ·     ·
    ended:  head of the province    ●    ●      ·       ●     ·     ●      ●     ●     ·     ·
    above:  county head             ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    above:  handler                 ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    above:  head                    ·    ·      ·       ·     ·     ·      ·     ·     ·     ·
    above:  head of the province    ●    ●      ·       ●     ●     ●      ●     ●     ·     ●
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
        "recused": StaffFactory(role=Role.INTAKE, unit=office.bureau),
        "county below": office.county_handler,
        "county handler": office.county_handler,
        "county intake": office.county_intake,
        "county head": StaffFactory(role=Role.HEAD, unit=office.county),
        "neighbour": office.sibling_handler,
        "publisher": StaffFactory(role=Role.PUBLISHER, unit=office.bureau),
        "administrator": StaffFactory(role=Role.ADMINISTRATOR, unit=office.bureau),
        "rights-holder": AccountFactory(),
    }
    session.flush()
    return made


def _case(session: Session, office: Office, people: dict[str, Account], where: str) -> Case:
    if where == "county":
        return in_the_county(session, office, Track.COMPLAINT)
    if where == "passed":  # on by the county, between the province and the bureau
        return handed_on(session, office)
    if where == "ended":  # the same, and the filer has the result
        return brought_to(session, office, handed_on(session, office), State.CLOSED)
    if where in ("about", "above"):  # the filing names the county's bureau itself, or the bureau above it
        filing = a_filing(session, Track.COMPLAINT)
        filing.respondent_name = office.county.name if where == "about" else office.bureau.name
        at = office.bureau if where == "about" else office.province
        return open_case(session, filing=filing, unit=at, actor=FILER, now=OPENED)
    made = a_case_in(session, office, State.HANDLING, Track.COMPLAINT)
    made.handler = None  # so that everybody who could have it is told
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


def _client(app: Flask, session: Session, people: dict[str, Account], who: str) -> FlaskClient:
    """Their browser; a visitor has not signed in, a token is a program's with all that tokens may do."""
    client = app.test_client()
    if who == "token":
        day = now_utc() + dt.timedelta(days=1)
        common = {"expires_at": day, "actor": people["administrator"], "now": now_utc()}
        _made, secret = make_token(session, name="系统", scopes=OFFICE_SCOPES, **common)  # type: ignore[arg-type]
        session.commit()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return sign_in(client, people[who]) if who in people else client


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
    today = beijing_date(now_utc())
    add_links(session, token="t", rows=[Row(ITEM)], account=None, today=today)
    send_links(session, token="t", filing=case.filing, again=False)
    if not case.has_ended:
        move(session, case=case, act=Act.SUPPLEMENT, actor=FILER, now=OPENED, notes=Notes("补充"))
    twin = a_filing(session, Track.COMPLAINT)
    twin.respondent_name = case.filing.respondent_name
    mark_unmarked(session, OPENED)
    other = open_case(session, filing=twin, actor=FILER, now=OPENED)
    told = tell_units(session, entry=case.acts[-1], now=OPENED)
    session.commit()
    session.expire_all()
    client, officer = _client(app, session, people, who), people.get(who)
    address = f"/casework/cases/{case.shown_reference}"
    days = {"since": OPENED.date().isoformat(), "until": today.isoformat(), "ending": "json"}
    opens = {
        "page": client.get(address).status_code == 200,
        "file": client.get(f"{address}/evidence/{file}/original").status_code == 200,
        "identity": client.get(f"{address}/identity").status_code == 200,
        "queue": case.shown_reference
        in client.get(f"/casework/?view={'done' if case.has_ended else 'open'}").text,
        "count": officer is not None and _counted(session, officer, other),
        "search": _finds(client, case),
        "export": case.shown_reference in client.post("/casework/commerce", data=days).text,
        "alike": officer is not None and _is_alike(session, officer, other, case),
        "told": officer is not None and officer.id in told,
        "board": officer is not None and _is_on_board(session, officer, case),
    }
    assert opens == expected


def _counted(session: Session, officer: Account, other: Case) -> bool:
    """Whether the figures of the views know of the case: more than of the other one alone."""
    with_both = counts(session, sight_of(session, officer, OPENED.date()))[View.OPEN]
    return with_both > can(officer, Permission.CASE_VIEW, other)


def _is_on_board(session: Session, officer: Account, case: Case) -> bool:
    """Whether the figures of supervision count it and what stands behind them names it, once its limits are over."""
    units = [unit.id for unit in units_seen(session, officer)]
    late = limits(session, officer=officer, units=units, figure=Figure.LATE, now=LONG_AFTER)
    counted = sum(one.late for one in loads(session, officer=officer, units=units, now=LONG_AFTER))
    assert counted == len(late), "a figure opens to what it counts"
    return case.reference in [one.reference for one in late]


def _is_alike(session: Session, officer: Account, other: Case, case: Case) -> bool:
    """Whether the signals of another case tell of this one."""
    found = matches(session, other, Sight(officer, OPENED.date(), OPENED.date()))
    return any(case.id in numbers for numbers in found.values())


def _finds(client: FlaskClient, case: Case) -> bool:
    """By its number or by words of its facts; a number that jumps leads to the page."""
    by_number = client.get(f"/casework/?view=open&q={case.reference}", follow_redirects=True)
    by_words = client.get("/casework/?view=open&q=假冒注册商标的演示商品")
    is_jump = by_number.status_code == 200 and case.shown_reference in by_number.text
    return is_jump or case.shown_reference in by_words.text
