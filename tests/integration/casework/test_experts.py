"""Experts from the pool to the payment: asked at the desk, answered by a link without an account, paid by somebody else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.aid.terms import Abroad, Application, DisputeKind
from models.cases.intake import receive
from models.cases.operations import accept
from models.cases.tables import Case
from models.errors import ActRefused, Conflict, Gone, Invalid, NotAllowed
from models.experts import pool, requests
from models.experts.papers import KIND, draw_up
from models.experts.pool import Entry
from models.experts.queries import suited, token_of
from models.experts.tables import Expert, ExpertRequest
from models.filings.examination import queue_examination
from models.filings.submissions import Person
from models.filings.tables import IdentityOpening
from models.kinds import RightType, Track
from models.ledger.tables import LedgerEvent
from models.papers.issuing import content_of
from models.papers.kinds import kinds_for, paper_kind
from models.papers.operations import draft, void
from models.people.actors import FILER
from models.people.tables import Account
from models.supervision.tables import StaffNotice
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case
from tests.support.documents import SECRET, a_photo
from tests.support.evidence import examine_queued, filed
from tests.support.filings import PERSON, a_submission
from tests.support.papers import an_issuing_office, confirm_prefix, text_of

Browser = Callable[[Account], FlaskClient]
TODAY = OPENED.date()
NEXT_YEAR = TODAY.replace(year=TODAY.year + 1)
OPINION = "两款灯具的整体视觉效果没有实质性差异。"


def an_entry(**other: object) -> Entry:
    """A professor of patents, in the term."""
    facts = {
        "name": "专家张某",
        "employer": "示例大学",
        "contact": "0375-1234567",
        "fields": ("patent_infringement",),
        "from_on": TODAY,
        "until_on": NEXT_YEAR,
    }
    return Entry(**{**facts, **other})  # type: ignore[arg-type]


@pytest.fixture
def expert(session: Session, office: Office) -> Expert:
    return pool.add(session, unit=office.bureau, entry=an_entry(), actor=office.head, now=OPENED)


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    """An application for aid, accepted."""
    made = a_case(session, Track.AID)
    made.filing.is_anonymous = True
    confirm_prefix(session, office.head)
    accept(session, case=made, actor=office.intake, now=OPENED)
    return made


def asked(session: Session, case: Case, expert: Expert, office: Office, **other: object) -> ExpertRequest:
    """A question, put by the intake officer."""
    facts = {
        "question": "是否近似？",
        "files": [],
        "fee": Decimal("800"),
        "days": 15,
        "now": OPENED,
        "reveal": lambda _filing: Person("申请人"),
    }
    given = {**facts, **other}
    return requests.ask(session, case=case, expert=expert, actor=office.intake, **given)  # type: ignore[arg-type]


class TestConflicts:
    """Who must not be asked."""

    @pytest.mark.parametrize(
        "of",
        [
            {"name": "被投诉人"},
            {"employer": "示例灯饰有限公司"},
            {"interests": "某协会\n中山示例灯饰有限公司"},
            {"employer_uscc": "91420000MA4KTEST0X"},
            {"interests": "9142 0000 ma4ktest0x"},
        ],
    )
    def test_of_the_other_side(
        self, session: Session, office: Office, case: Case, of: dict[str, str]
    ) -> None:
        filing = case.filing
        filing.respondent_name, filing.respondent_uscc = "示例灯饰有限公司", "91420000MA4KTEST0X"
        filing.data = {"respondents": [{"name": "被投诉人", "uscc": "", "address": "", "platform_link": ""}]}
        found = pool.add(session, unit=office.bureau, entry=an_entry(**of), actor=office.head, now=OPENED)
        with pytest.raises(Invalid, match="利害关系"):
            asked(session, case, found, office)

    def test_of_the_filer_whose_envelope_a_program_opens(
        self, session: Session, office: Office, case: Case, expert: Expert
    ) -> None:
        case.filing.is_anonymous = False
        with pytest.raises(Invalid, match="利害关系"):
            asked(session, case, expert, office, reveal=lambda _one: Person("甲", organisation="示例大学"))
        assert asked(session, case, expert, office, reveal=lambda _one: Person("甲")).id

    def test_nobody_whose_term_is_over(
        self, session: Session, office: Office, case: Case, expert: Expert
    ) -> None:
        later = dt.datetime.combine(NEXT_YEAR, dt.time(18), tzinfo=dt.UTC)  # the next day in Beijing
        with pytest.raises(Invalid, match="聘期"):
            asked(session, case, expert, office, now=later)
        pool.let_go(session, expert=expert, reasons="本人申请", actor=office.head, now=OPENED)
        with pytest.raises(Invalid, match="聘期"):
            asked(session, case, expert, office)


def test_who_knows_the_country_of_a_dispute_abroad_comes_first(
    session: Session, office: Office, case: Case, expert: Expert
) -> None:
    case.right_type = RightType.PATENT_INFRINGEMENT
    entry = an_entry(name="熟悉美国的专家", fields=("copyright",), countries=("US",))
    other = pool.add(session, unit=office.bureau, entry=entry, actor=office.head, now=OPENED)
    assert suited(session, case, TODAY) == [expert, other]
    told = Application("company", ("overseas",), abroad=Abroad("US", DisputeKind.LAWSUIT))
    case.filing.data = {"aid": told.as_data()}
    assert suited(session, case, TODAY) == [other, expert]


def test_nobody_is_asked_twice_at_once_and_a_link_that_is_over_answers_nothing(
    session: Session, office: Office, case: Case, expert: Expert
) -> None:
    first = asked(session, case, expert, office)
    with pytest.raises(Invalid, match="已经邀请过"):
        asked(session, case, expert, office)
    with pytest.raises(Gone):
        requests.accept(session, request=first, is_clear=True, now=OPENED + dt.timedelta(days=15))
    with pytest.raises(ActRefused, match="出具意见"):
        requests.give(session, request=first, opinion=OPINION, signed="专家张某", now=OPENED)
    old = first.handle
    assert requests.resend(session, request=first, days=7, actor=office.intake, now=OPENED).handle != old
    requests.cancel(session, request=first, reasons="改请他人", actor=office.intake, now=OPENED)
    assert asked(session, case, expert, office).id != first.id


def test_an_opinion_is_signed_kept_in_the_ledger_and_paid_once_by_another_person(
    session: Session, office: Office, case: Case, expert: Expert
) -> None:
    made = asked(session, case, expert, office)
    requests.accept(session, request=made, is_clear=True, now=OPENED)
    with pytest.raises(Invalid, match="签名"):
        requests.give(session, request=made, opinion=OPINION, signed="李某", now=OPENED)
    requests.give(session, request=made, opinion=OPINION, signed="专家 张某", now=OPENED)
    session.commit()
    events = session.scalars(select(LedgerEvent).where(LedgerEvent.act == "expert.give")).all()
    assert made.opinion_sha256 in events[0].data
    assert events[0].actor == f"expert:{expert.id}"
    assert requests.digest_of(made) == made.opinion_sha256
    made.opinion = OPINION + "！"
    assert requests.digest_of(made) != made.opinion_sha256
    session.rollback()
    told = session.scalars(select(StaffNotice).where(StaffNotice.account_id == office.intake.id)).all()
    assert [one.data["what"] for one in told if one.kind == "expert"] == ["accept", "give"]
    with pytest.raises(NotAllowed):
        requests.pay(session, request=made, voucher="V1", actor=office.intake, now=OPENED)
    requests.pay(session, request=made, voucher="V1", actor=office.head, now=OPENED)
    with pytest.raises(ActRefused):
        requests.pay(session, request=made, voucher="V2", actor=office.head, now=OPENED)


@pytest.mark.parametrize("language", ["", "/en"])
def test_from_the_pool_to_the_payment_on_the_pages(
    app: Flask, client: FlaskClient, session: Session, office: Office, browser: Browser, language: str
) -> None:
    with app.app_context():
        from_filer = a_submission(Track.AID, person=PERSON)
        made = receive(session, submission=from_filer, actor=FILER, now=OPENED, keys=keyring())
    accept(session, case=made.case, actor=office.intake, now=OPENED)
    confirm_prefix(session, office.head)
    intake, head = browser(office.intake), browser(office.head)
    Pages(head).post("/casework/experts/new", {"kind": "judge"})
    entry = {
        "kind": "appraiser",
        "name": "专家张某",
        "employer": "示例大学",
        "contact": "电话",
        "fields": ["copyright"],
    }
    wrong = {**entry, "from_on": str(NEXT_YEAR), "until_on": str(TODAY)}
    assert "不能早于" in Pages(head).post("/casework/experts/new", wrong).text
    term = {"from_on": str(TODAY), "until_on": str(NEXT_YEAR), "countries": ["US"]}
    answer = head.post("/casework/experts/new", data={**entry, **term})
    assert answer.status_code == 303
    Pages(head).get(language + answer.location)
    Pages(head).get(f"{language}{answer.location}/edit")
    assert "专家张某" in Pages(intake).get(f"{language}/casework/experts?country=US").text
    assert "专家张某" not in Pages(intake).get(f"{language}/casework/experts?field=trademark").text
    assert "专家张某" in Pages(intake).get(f"{language}/casework/experts?kind=appraiser").text
    assert "专家张某" not in intake.get("/casework/experts?kind=volunteer").text
    assert intake.get(f"{answer.location}").status_code == 200
    desk = f"/casework/cases/{made.case.shown_reference}/experts"
    Pages(intake).get(f"{language}{desk}/new")
    Pages(intake).post(f"{desk}/new", {})
    number = answer.location.rsplit("/", 1)[1]
    shown = intake.post(
        f"{desk}/new",
        data={"expert": number, "question": "是否近似？", "fee": "800", "days": "15", "address": "z@e.org"},
    )
    assert shown.status_code == 200
    assert session.scalars(select(IdentityOpening.reason)).all() == ["expert"]
    found = re.search(r"/expert/[0-9a-f]{16}-[a-z2-7]{32}", shown.text)
    assert found
    link = found[0]
    assert made.case.shown_reference not in Pages(client).get(language + link).text
    Pages(client).post(f"{link}/accept", {})
    assert client.post(f"{link}/accept", data={"is_clear": "y"}).status_code == 303
    Pages(client).get(language + link)
    Pages(client).post(f"{link}/opinion", {"opinion": OPINION, "signed": "别人"})
    assert client.post(f"{link}/opinion", data={"opinion": OPINION, "signed": "专家张某"}).status_code == 303
    assert OPINION in Pages(client).get(language + link).text
    one = f"{desk}/{session.scalars(select(ExpertRequest.id)).one()}"
    assert OPINION in Pages(intake).get(language + one).text
    assert intake.post(f"{one}/paper").status_code == 303
    assert "专意字" in Pages(intake).get(language + one).text
    assert intake.post(f"{one}/pay", data={"voucher": "V-1"}).status_code == 403
    Pages(head).post(f"{one}/pay", {})
    assert head.post(f"{one}/pay", data={"voucher": "V-1"}).status_code == 303
    assert "V-1" in Pages(head).get(language + one).text
    assert "V-1" not in Pages(client).get(language + link).text
    assert made.case.shown_reference in Pages(intake).get(f"{language}/casework/notices").text
    Pages(intake).get(language + desk)


def test_a_change_of_an_entry_between_reading_and_writing_is_a_conflict_that_accuses_nobody(
    session: Session, office: Office, expert: Expert
) -> None:
    session.commit()
    assert expert.version  # loaded as it was read
    meanwhile = update(Expert).where(Expert.id == expert.id).values(version=Expert.version + 1)
    session.execute(meanwhile.execution_options(synchronize_session=False))
    with pytest.raises(Conflict, match="又有了变化") as refused:
        pool.amend(session, expert=expert, entry=an_entry(name="专家王某"), actor=office.head, now=OPENED)
    assert "同事" not in refused.value.sentence, "it may be the reader's own second click"
    session.rollback()


def test_who_declines_and_whose_link_was_replaced(
    client: FlaskClient, session: Session, office: Office, browser: Browser, case: Case, expert: Expert
) -> None:
    made = asked(session, case, expert, office)
    intake = browser(office.intake)
    one = f"/casework/cases/{case.shown_reference}/experts/{made.id}"
    Pages(intake).get(f"{one}/resend")
    links = [
        re.search(r"/expert/[0-9a-f]{16}-[a-z2-7]{32}", intake.post(f"{one}/resend", data={"days": "7"}).text)
        for _time in range(2)
    ]
    old, new = (found[0] for found in links if found)
    assert client.get(old).status_code == 404
    Pages(client).post(f"{new}/decline", {})
    assert client.post(f"{new}/decline", data={"reasons": "应当回避"}).status_code == 303
    assert client.get(new).status_code == 410
    assert "应当回避" in Pages(intake).get(one).text


def test_the_signed_opinion_becomes_a_paper_word_for_word_and_by_no_other_way(
    session: Session, office: Office, case: Case, expert: Expert, tmp_path: Path
) -> None:
    issuing, intake = an_issuing_office(tmp_path), office.intake
    made = asked(session, case, expert, office)
    with pytest.raises(ActRefused, match="还没有出具"):
        draw_up(session, request=made, office=issuing, actor=intake, now=OPENED)
    requests.accept(session, request=made, is_clear=True, now=OPENED)
    requests.give(session, request=made, opinion=OPINION, signed="专家张某", now=OPENED)
    first = draw_up(session, request=made, office=issuing, actor=intake, now=OPENED)
    words = text_of(content_of(first, as_pdf=False, files=issuing.files, keys=issuing.keys))
    assert all(
        part in words for part in (OPINION, made.opinion_sha256 or "", first.document_number, "专家张某")
    )
    assert "专意字〔2026〕1号" in first.document_number
    with pytest.raises(ActRefused, match="已经生成"):
        draw_up(session, request=made, office=issuing, actor=intake, now=OPENED)
    void(session, paper=first, reasons="版面有误", actor=intake, now=OPENED)
    second = draw_up(session, request=made, office=issuing, actor=intake, now=OPENED)
    assert (second.replaces_id, second.number) == (first.id, 2)
    kind = paper_kind(KIND)
    forged = {**second.fields, "专家意见": "别的意见"}
    with pytest.raises(ActRefused, match="不能自己起草"):
        draft(session, case=case, kind=kind, fields=forged, to_unit=None, actor=intake, now=OPENED)
    assert kind not in kinds_for(case)
    void(session, paper=second, reasons="再核", actor=intake, now=OPENED)
    made.opinion = OPINION + "！"
    with pytest.raises(ActRefused, match="核对不上"):
        draw_up(session, request=made, office=issuing, actor=intake, now=OPENED)


def test_the_expert_takes_the_copy_that_was_sent_along_and_no_other(
    app: Flask, session: Session, office: Office, case: Case, expert: Expert
) -> None:
    with app.app_context():
        sent, kept = (
            filed(session, case, a_photo(), "image/jpeg", name) for name in ("灯具.jpg", "名单.jpg")
        )
        queue_examination(session, [sent, kept], now=OPENED)
        examine_queued(session)
        made = asked(session, case, expert, office, files=[sent])
        session.commit()
        address = f"/expert/{token_of(made, keyring())}/files"
    visitor = app.test_client()
    taken = visitor.post(f"{address}/1", buffered=True)
    assert (taken.status_code, taken.data[:3], SECRET in taken.data) == (200, b"\xff\xd8\xff", False)
    assert "灯具" not in taken.headers["Content-Disposition"]
    assert taken.headers["Cache-Control"] == "no-store"
    assert visitor.post(f"{address}/2").status_code == 404
    (event,) = session.scalars(select(LedgerEvent).where(LedgerEvent.act == "download_evidence_copy"))
    assert event.actor == f"expert:{expert.id}"
