"""Every way through the questions: what it becomes, what it asks for, and what is both a complaint and a report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.clocks.queries import deadlines_of
from models.filings.kinds import ELSEWHERE
from models.filings.receipts import damaged
from models.filings.tables import Evidence, Filing, Identity
from models.kinds import Track
from models.triage.rule_files import read_triage
from models.triage.rules import Kind
from models.triage.terms import Need
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.filings import FACTS, JPEG, Walker, codes_on

NAMED = {"name": "测试甲某某", "phone": "13800001234", "address": "演示路 987 号", "email": ""}
TRIAGE = read_triage()
# One combination of answers for each rule that has a procedure here.
ONE_A_RULE = list(
    {TRIAGE.rule_for(way, kind.value).id: (way, kind) for way, kind in TRIAGE.ways() if kind}.items()
)
Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


@pytest.fixture
def walker(client: FlaskClient) -> Walker:
    return Walker(client)


def _to_facts(walker: Walker, way: str, kind: str) -> None:
    situation, _dot, choice = way.partition(".")
    if situation == "refund":
        walker.send("refund", situation=choice)
    else:
        walker.send("", situation=situation)
    walker.send("kind", right_type=kind)
    if situation == "owner" and choice:
        walker.send("wish", situation=choice)
    if walker.client.get("/file/facts").location == "/file/competent":
        walker.send("competent")


@pytest.mark.parametrize(("rule_id", "way"), ONE_A_RULE, ids=[rule_id for rule_id, _way in ONE_A_RULE])
def test_every_rule_is_walked_to_its_receipt(
    walker: Walker, session: Session, rule_id: str, way: tuple[str, Kind]
) -> None:
    rule = next(rule for rule in TRIAGE.rules if rule.id == rule_id)
    _to_facts(walker, way[0], way[1].value)
    empty = Pages(walker.client).post("/file/facts", dict.fromkeys(FACTS, ""))
    asked = {link["href"].removeprefix("#") for link in empty.select(".problems a")}
    fields = {
        Need.RESPONDENT: "respondent_name",
        Need.RESPONDENT_ADDRESS: "respondent_address",
        Need.PLACE: "region_code",
        Need.FACTS: "facts",
        Need.REQUEST: "request",
    }
    assert asked == {name for need, name in fields.items() if need in rule.needs}
    walker.send("facts", **FACTS)
    if walker.client.get("/file/contact").location == "/file/aid":
        walker.send("aid", applicant="small", helps=["judgement"])
    anonymous = walker.send("contact", how="anonymous").status_code
    assert anonymous == (422 if {Need.NAMED, Need.IDENTITY} & set(rule.needs) else 303)
    walker.send("contact", how="named", **NAMED)
    check = Pages(walker.client).get("/file/check")
    assert rule.tells in check.text
    address = walker.submit().location
    assert tuple(session.scalars(select(Filing.track).order_by(Filing.id))) == rule.tracks
    Pages(walker.client).get(address)


@pytest.mark.parametrize("choice", ["disclosure", "review", "discipline", "petition"])
def test_what_is_nobodys_matter_here_ends_on_a_page_that_says_where_to_turn(
    walker: Walker, choice: str
) -> None:
    Pages(walker.client).get("/file/other")
    assert walker.send("", situation="other").location == "/file/other"
    assert walker.send("other", situation=choice).location == "/file/competent"
    rule = TRIAGE.rule_for(f"other.{choice}", "")
    assert rule is not None
    page = Pages(walker.client).get("/file/competent").text
    assert rule.authority in page
    assert rule.reach in page
    for step in ("kind", "facts", "check"):
        assert walker.client.get(f"/file/{step}").location == "/file/competent"
    assert walker.send("competent").location == "/file/kind", "what is an offence in it can be reported"


def test_another_authoritys_matter_is_left_as_a_lead(walker: Walker, session: Session) -> None:
    walker.send("", situation="report")
    walker.send("kind", right_type="border")
    page = Pages(walker.client).get("/file/competent").text
    assert "中华人民共和国郑州海关" in page
    assert "12360" in page
    assert walker.send("competent").location == "/file/facts"
    walker.send("facts", **FACTS)
    walker.send("contact", how="anonymous")
    walker.submit()
    filing = session.scalars(select(Filing)).one()
    assert filing.data["left_as_lead"] is True
    assert filing.data["conduct"] == "border"


def test_what_happened_elsewhere_is_told_after_the_place(walker: Walker, session: Session) -> None:
    walker.send("", situation="report")
    walker.send("kind", right_type="trademark")
    assert walker.send("facts", **{**FACTS, "region_code": ELSEWHERE}).location == "/file/outside"
    assert walker.client.get("/file/check").location == "/file/outside"
    assert "12315" in Pages(walker.client).get("/file/outside").text
    walker.send("outside")
    walker.send("contact", how="anonymous")
    walker.submit()
    assert session.scalars(select(Filing)).one().data["left_as_lead"] is True


def test_another_kind_is_told_anew(walker: Walker) -> None:
    walker.send("", situation="report")
    walker.send("kind", right_type="copyright")
    walker.send("competent")
    walker.send("kind", right_type="plant_variety")
    assert walker.client.get("/file/facts").location == "/file/competent"


def test_the_check_names_who_is_usually_competent(walker: Walker) -> None:
    walker.to_check()
    assert "宝丰县市场监督管理局" in walker.client.get("/file/check").text


def test_a_rights_holder_who_told_the_platform_hears_of_the_fifteen_days(walker: Walker) -> None:
    _to_facts(walker, "owner", "trademark")
    walker.send("facts", **FACTS, platform_notified="y")
    walker.send("platform", platform="taobao", notified_on="2026-03-01", measure="none")
    walker.send("contact", **NAMED)
    assert "15 日内" in Pages(walker.client).get("/file/check").text


def _both(walker: Walker) -> str:
    _to_facts(walker, "refund.both", "trademark")
    walker.send("facts", **FACTS)
    walker.upload((JPEG, "一.jpg"))
    walker.send("contact", **NAMED)
    return str(walker.submit().location)


def test_a_complaint_and_a_report_are_two_cases_each_with_its_clocks(
    walker: Walker, session: Session
) -> None:
    _both(walker)
    complaint, report = session.scalars(select(Filing).order_by(Filing.id))
    assert (complaint.track, report.track) == (Track.COMPLAINT, Track.REPORT)
    cases = {case.filing_id: case for case in session.scalars(select(Case))}
    clocks = deadlines_of(session, list(cases.values()))
    rules = {number: {clock.rule_id for clock in clocks[case.id]} for number, case in cases.items()}
    assert "complaint_accept" in rules[complaint.id]
    assert "report_verify" not in rules[complaint.id]
    assert "report_verify" in rules[report.id]
    assert "complaint_accept" not in rules[report.id]
    assert complaint.request
    assert report.request is None


def test_both_stand_on_one_receipt_show_one_stored_file_and_are_sealed_apart(
    walker: Walker, session: Session
) -> None:
    _both(walker)
    complaint, report = session.scalars(select(Filing).order_by(Filing.id))
    assert complaint.receipt_id == report.receipt_id
    assert [file.id for file in complaint.evidence] == [file.id for file in report.evidence]
    assert len(session.scalars(select(Evidence)).all()) == 1
    assert len(session.scalars(select(Identity)).all()) == 2
    assert not list(damaged(session))


def test_one_code_opens_both_and_each_leads_to_the_other(walker: Walker, session: Session) -> None:
    address = _both(walker)
    receipt = Pages(walker.client).get(address)
    reference, code = codes_on(receipt)
    complaint, report = session.scalars(select(Filing).order_by(Filing.id))
    assert reference == complaint.reference
    assert report.shown_reference.replace("-", "") in "".join(
        span.text for span in receipt.select("#reference-2 span")
    )
    assert walker.client.get(f"/receipt/{report.reference}").location == address
    stranger = walker.client.application.test_client()
    for one, other in ((complaint, report), (report, complaint)):
        stranger.post("/track/leave")
        opened = stranger.post("/track", data={"reference": one.reference, "code": code})
        page = Pages(stranger).get(opened.location)
        assert page.select_one(f"a[href='/track/{other.reference}']")
        Pages(stranger).get(f"/track/{other.reference}")


def test_the_receipt_of_two_asks_the_database_little(walker: Walker, count_queries: Counter) -> None:
    address = _both(walker)
    with count_queries() as statements:
        assert walker.client.get(address).status_code == 200
    assert len(statements) <= 12, statements


def test_two_filings_of_one_sending_sent_twice_are_two(walker: Walker, session: Session) -> None:
    _to_facts(walker, "refund.both", "trademark")
    walker.send("facts", **FACTS)
    walker.send("contact", **NAMED)
    token = walker.token()
    assert walker.send("check", token=token).location == walker.send("check", token=token).location
    assert len(session.scalars(select(Filing)).all()) == 2


@pytest.mark.parametrize("track", [Track.AID, Track.CONSULTATION])
def test_who_names_no_opponent_is_told_about_the_question_that_was_asked(
    walker: Walker, track: Track
) -> None:
    ways = [one for _id, one in ONE_A_RULE]
    way, kind = next(one for one in ways if TRIAGE.rule_for(one[0], one[1].value).tracks == (track,))
    _to_facts(walker, way, kind.value)
    page = Pages(walker.client).post("/en/file/facts", {"facts": ""})
    asked = page.find("label", attrs={"for": "facts"}).get_text()
    word = "help" if track is Track.AID else "know"
    assert word in asked, asked
    assert ("help" if track is Track.AID else "question") in page.find(id="problems").get_text()
