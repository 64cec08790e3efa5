"""Both sides of a mediation at their own pages: the filer at /track, the company by its link, staff in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.grounds import Ground
from models.cases.intake import Received, receive
from models.cases.mediation.queries import open_mediation
from models.cases.mediation.tables import MediationTest
from models.cases.mediation.terms import Chosen, ExamKind
from models.cases.operations import accept
from models.cases.response.operations import token_of
from models.cases.terms import State
from models.kinds import Track
from models.people.actors import FILER
from models.people.tables import Account
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office
from tests.support.filings import PERSON, a_submission
from tests.support.visitors import sign_in

COMPANY_WORDS = "消费者反映水杯不是正品，要求退货退款。"


@pytest.fixture(autouse=True)
def _at_opening() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def received(app: Flask, session: Session, office: Office) -> Received:
    with app.app_context():
        keys = keyring()
    made = receive(
        session, submission=a_submission(Track.COMPLAINT, person=PERSON), actor=FILER, now=OPENED, keys=keys
    )
    accept(session, case=made.case, actor=office.intake, now=OPENED)
    session.commit()
    return made


def _staff(app: Flask, account: Account) -> FlaskClient:
    return sign_in(app.test_client(), account)


def _act(client: FlaskClient, received: Received, path: str, **data: str) -> None:
    version = str(received.case.version)
    answer = client.post(
        f"/casework/cases/{received.filing.reference}/{path}", data={"version": version, **data}
    )
    assert answer.status_code == 303, answer.text


def _offer(client: FlaskClient, received: Received, session: Session) -> None:
    _act(
        client,
        received,
        "offer-mediation",
        words="就退货的争议由本局调解。",
        company="演示店",
        company_words=COMPANY_WORDS,
        days="7",
        organisation="示例市消费者协会",
        scope="退货退款",
    )
    session.expire_all()


@pytest.mark.parametrize("language", ["", "/en"])
def test_each_side_answers_at_its_own_page_and_sees_nothing_of_the_other(
    app: Flask, client: FlaskClient, session: Session, office: Office, received: Received, language: str
) -> None:
    staff, reference = _staff(app, office.intake), received.filing.reference
    Pages(staff).get(f"{language}/casework/cases/{reference}/offer-mediation")
    _offer(staff, received, session)
    mediation = open_mediation(session, received.case.id)
    assert mediation is not None
    assert mediation.invitation is not None
    with app.app_context():
        token = token_of(mediation.invitation, keyring())
    link = f"/respond/{token}/mediation"
    client.post("/track", data={"reference": reference, "code": received.code})
    assert f"/track/{reference}/mediation" in str(Pages(client).get(f"/track/{reference}"))
    company = app.test_client()
    page = Pages(company).get(language + link)
    assert COMPANY_WORDS in page.text
    assert not [one for one in (PERSON.name, PERSON.phone, received.filing.facts) if one and one in page.text]
    Pages(company).post(link, {"agrees": "yes"})  # who answers, and whether it may be entrusted, is wanted
    said = {"agrees": "yes", "entrusts": "no", "signed": "店长"}
    assert company.post(link, data=said).status_code == 303
    Pages(client).get(f"{language}/track/{reference}/mediation")
    assert client.post(f"/track/{reference}/mediation", data={"agrees": "no"}).status_code == 303
    assert "民法典 第188条" in Pages(client).get(f"/track/{reference}/mediation").text
    answers = {"agrees": "yes", "entrusts": "yes"}
    assert client.post(f"/track/{reference}/mediation", data=answers).status_code == 303
    session.expire_all()
    page = Pages(staff).get(f"{language}/casework/cases/{reference}/mediation")
    assert token in page.text
    refused = staff.post(
        f"/casework/cases/{reference}/mediate",
        data={
            "version": str(received.case.version),
            "who": "organisation",
            "mediator_name": "甲",
            "words": "好",
        },
    )
    assert refused.status_code == 422
    _act(staff, received, "mediate", who=str(office.intake.id), words="周三电话调解")
    session.expire_all()
    for act in ("arrange-session", "hold-session", "object-mediator", "settle", "end-mediation"):
        Pages(staff).get(f"{language}/casework/cases/{reference}/{act}")
    Pages(staff).get(f"{language}/casework/cases/{reference}/mediation/tests/new")


def test_a_settlement_fills_its_paper(
    app: Flask, client: FlaskClient, session: Session, office: Office, received: Received
) -> None:
    staff, reference = _staff(app, office.intake), received.filing.reference
    _act(
        staff,
        received,
        "offer-mediation",
        words="电话调解",
        company="演示店",
        company_words=COMPANY_WORDS,
        days="7",
        agreed=["filer", "respondent"],  # type: ignore[arg-type]
        way="phone",
    )
    session.expire_all()
    _act(staff, received, "mediate", who=str(office.intake.id), words="电话调解")
    session.expire_all()
    client.post("/track", data={"reference": reference, "code": received.code})
    address = f"/track/{reference}/mediation"
    assert client.post(address, data={"words": "调解员是店主的亲戚"}).status_code == 303
    session.expire_all()
    head = _staff(app, office.head)
    Pages(head).get(f"/en/casework/cases/{reference}/decide-mediator")
    _act(head, received, "decide-mediator", decision="no", reasons="查明没有亲属关系")
    session.expire_all()
    record = {"arranged": "none", "way": "phone", "place": "本局电话", "record": "双方同意退货"}
    _act(staff, received, "hold-session", **record)
    session.expire_all()
    _act(staff, received, "settle", terms="三日内退款二百元", writing="paper")
    session.expire_all()
    assert received.case.state is State.MEDIATED
    assert "三日内退款二百元" in Pages(client).get(address).text
    draft = Pages(staff).get(f"/casework/cases/{reference}/papers/new/mediation_paper")
    assert "三日内退款二百元" in draft.text
    assert office.intake.display_name in str(draft)


def test_what_runs_out_is_ended_and_both_are_told_where_to_go(
    app: Flask, client: FlaskClient, session: Session, office: Office, received: Received
) -> None:
    staff, reference = _staff(app, office.intake), received.filing.reference
    _offer(staff, received, session)
    mediation = open_mediation(session, received.case.id)
    assert mediation is not None
    told = {"body": "示例检测中心", "costs": "由经营者先垫付", "from_on": OPENED.date()}
    mediation.tests.append(MediationTest(kind=ExamKind.TESTING, chosen=Chosen.AGREED, **told))
    session.commit()
    with time_machine.travel("2027-02-10T02:00:00+00:00", tick=False):
        staff = _staff(app, office.intake)
        _act(
            staff,
            received,
            "end-mediation",
            ground=Ground.MEDIATION_TOO_LONG.value,
            reasons="六十日届满，没有达成协议。",
        )
        client.post("/track", data={"reference": reference, "code": received.code})
        page = Pages(client).get(f"/en/track/{reference}/mediation")
        seen = Pages(staff).get(f"/casework/cases/{reference}/mediation").text
    assert "Civil Code" in page.text
    assert ("调解结束时没有结论" in seen, "正在进行" in seen) == (True, False), "nobody waits for it any more"
    assert page.select_one("main form") is None
