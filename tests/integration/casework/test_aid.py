"""An application for aid: filed with what is wanted, put in the green channel, decided with reasons, read by its filer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.aid.operations import decide_aid, open_green
from models.aid.rules import aid_rules
from models.aid.tables import AidDecision
from models.cases.operations import accept, answer, close
from models.cases.tables import Case
from models.cases.terms import Outcome
from models.clocks.queries import is_open
from models.clocks.tables import Deadline, SubjectKind
from models.errors import ActRefused, Invalid
from models.kinds import Track
from models.papers.fields import case_values
from models.people.tables import Account
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case
from tests.support.filings import PERSON, Walker, codes_on

Browser = Callable[[Account], FlaskClient]
RULES = aid_rules("pingdingshan")
APPLICATION = {"applicant": "small", "helps": ["judgement", "overseas"], "green": ["overseas"]}


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    made = a_case(session, Track.AID)
    accept(session, case=made, actor=office.intake, now=OPENED)
    return made


def running(session: Session, case: Case) -> set[str]:
    """The clocks of aid that run."""
    mine = (Deadline.subject_kind == SubjectKind.CASE, Deadline.subject_id == case.id, is_open())
    return {one.rule_id for one in session.scalars(select(Deadline).where(*mine)) if "aid" in one.rule_id}


def test_the_green_channel_starts_a_shorter_promise_and_a_decision_keeps_both(
    session: Session, office: Office, case: Case
) -> None:
    common = {"case": case, "rules": RULES, "now": OPENED}
    assert running(session, case) == {"aid_decide"}
    with pytest.raises(Invalid, match="情形"):
        open_green(session, ground="lighting", reasons="已核实", actor=office.intake, **common)  # type: ignore[arg-type]
    open_green(session, ground="innovator", reasons="已核实", actor=office.intake, **common)  # type: ignore[arg-type]
    assert running(session, case) == {"aid_decide", "aid_decide_green"}
    with pytest.raises(ActRefused, match="重复"):
        open_green(session, ground="innovator", reasons="已核实", actor=office.intake, **common)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="哪些援助"):
        decide_aid(session, is_given=True, helps=[], reasons="符合", actor=office.head, **common)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="理由"):
        decide_aid(session, is_given=False, helps=[], reasons=" ", actor=office.head, **common)  # type: ignore[arg-type]
    decide_aid(session, is_given=True, helps=["advice"], reasons="符合", actor=office.head, **common)  # type: ignore[arg-type]
    assert running(session, case) == set()


def test_aid_is_given_by_a_decision_alone(session: Session, office: Office, case: Case) -> None:
    common = {"case": case, "actor": office.head, "now": OPENED}
    decide_aid(session, rules=RULES, is_given=False, helps=[], reasons="已过时效", **common)  # type: ignore[arg-type]
    answer(session, body="不提供援助，可以起诉。", **common)  # type: ignore[arg-type]
    with pytest.raises(ActRefused, match="援助决定"):
        close(session, outcome=Outcome.AID_GIVEN, reasons="已办", **common)  # type: ignore[arg-type]
    decide_aid(session, rules=RULES, is_given=True, helps=["advice"], reasons="材料已补齐", **common)  # type: ignore[arg-type]
    assert close(session, outcome=Outcome.AID_GIVEN, reasons="已办", **common).has_ended  # type: ignore[arg-type]


def test_only_an_application_for_aid_is_decided_so(session: Session, office: Office) -> None:
    other = a_case(session, Track.CONSULTATION)
    accept(session, case=other, actor=office.intake, now=OPENED)
    with pytest.raises(ActRefused, match="没有"):
        decide_aid(
            session,
            case=other,
            rules=RULES,
            is_given=False,
            helps=[],
            reasons="不符合",
            actor=office.head,
            now=OPENED,
        )


@pytest.mark.parametrize("language", ["", "/en"])
def test_from_the_application_to_the_decision_on_the_pages(
    app: Flask, client: FlaskClient, session: Session, office: Office, browser: Browser, language: str
) -> None:
    walker, pages = Walker(client), Pages(client)
    walker.send("", situation="aid")
    walker.send("kind", right_type="trademark")
    walker.send("facts", facts="在美国被起诉。", region_code="410421")
    pages.get(f"{language}/file/aid")
    pages.post("/file/aid", {})
    assert "国家" in pages.post("/file/aid", APPLICATION).text
    abroad = {"country": "US", "kind": "lawsuit", "due_on": "2026-11-25"}
    assert walker.send("aid", **APPLICATION, **abroad).status_code == 303
    walker.send("contact", how="named", name=PERSON.name, phone=PERSON.phone, agree="y")
    assert "2026" in pages.get(f"{language}/file/check").text
    reference, code = codes_on(pages.get(walker.submit().location))
    found = session.scalars(select(Case).where(Case.reference == reference)).one()
    accept(session, case=found, actor=office.intake, now=OPENED)
    session.commit()
    intake, head = browser(office.intake), browser(office.head)
    desk = f"/casework/cases/{found.shown_reference}"
    assert "337" not in Pages(intake).get(language + desk).text
    Pages(intake).get(f"{language}{desk}/open-green")
    green = {"version": found.version, "ground": "overseas", "reasons": "已核对美国法院的通知。"}
    assert intake.post(f"{desk}/open-green", data=green).status_code == 303
    assert intake.get(f"{desk}/decide-aid").status_code == 403
    Pages(head).get(f"{language}{desk}/decide-aid")
    session.expire_all()
    decision = {
        "version": found.version,
        "decision": "give",
        "helps": ["overseas"],
        "reasons": "三日内由专家联系。",
    }
    assert head.post(f"{desk}/decide-aid", data=decision).status_code == 303
    assert session.scalars(select(AidDecision.rule)).one() == "overseas_company"
    assert "三日内由专家联系" in Pages(intake).get(language + desk).text
    told = case_values(found)
    assert (told["海外国家或者地区"], told["海外纠纷的类型"]) == ("美国", "被起诉，或者要起诉")
    client.post("/track", data={"reference": reference, "code": code})
    page = pages.get(f"{language}/track/{reference}").text
    assert "三日内由专家联系" in page
    session.expire_all()
    answer(session, case=found, body="专家已经联系。", actor=office.intake, now=OPENED)
