"""A paper from draft to void: who may say what, the number, the frozen row, the filer's name."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.cases.intake import receive
from models.cases.operations import accept
from models.cases.queries import case_of_filing
from models.cases.tables import Case
from models.cases.terms import State
from models.errors import ActRefused, Invalid, NotAllowed
from models.filings.tables import IdentityOpening
from models.kinds import Track
from models.ledger.queries import events_of
from models.papers import operations
from models.papers.delivery import deliver
from models.papers.issuing import Office as IssuingOffice
from models.papers.issuing import content_of, issue
from models.papers.kinds import paper_kind
from models.papers.sealing import rewrap_papers
from models.papers.tables import Paper, PaperCounter
from models.papers.templates import take_template
from models.papers.terms import PaperState, Recipient, Way
from models.people.actors import FILER
from tests.support.cases import OPENED, Office, a_case_in, an_office, led_to
from tests.support.filings import KEYS, PERSON, a_submission
from tests.support.papers import a_template, an_issuing_office, confirm_prefix, text_of

DAY = dt.timedelta(days=1)
RESULT = {"处理结果": "已对当事人罚款三千元。"}


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def issuing(session: Session, office: Office, tmp_path: Path) -> IssuingOffice:
    confirm_prefix(session, office.head)
    return an_issuing_office(tmp_path)


@pytest.fixture
def report(session: Session, office: Office) -> Case:
    return a_case_in(session, office, State.INVESTIGATING, Track.REPORT)


@pytest.fixture
def complaint(session: Session, office: Office) -> Case:
    """A complaint that somebody filed by name."""
    submission = a_submission(Track.COMPLAINT, person=PERSON)
    filing = receive(session, submission=submission, actor=FILER, now=OPENED, keys=KEYS).filing
    case = case_of_filing(session, filing.id)
    accept(session, case=case, actor=office.intake, now=OPENED)
    return case


def _approved(session: Session, office: Office, case: Case) -> Paper:
    kind, common = paper_kind("report_result"), {"now": OPENED}
    paper = operations.draft(
        session, case=case, kind=kind, fields=RESULT, to_unit=None, actor=office.intake, **common
    )
    operations.submit(session, paper=paper, actor=office.intake, **common)
    return operations.approve(session, paper=paper, actor=office.head, **common)


def _acceptance(session: Session, office: Office, case: Case) -> Paper:
    kind = paper_kind("acceptance")
    return operations.draft(
        session, case=case, kind=kind, fields={}, to_unit=None, actor=office.intake, now=OPENED
    )


def test_another_person_approves_before_it_is_issued(
    session: Session, office: Office, issuing: IssuingOffice, report: Case
) -> None:
    kind = paper_kind("report_result")
    paper = operations.draft(
        session, case=report, kind=kind, fields=RESULT, to_unit=None, actor=office.head, now=OPENED
    )
    with pytest.raises(ActRefused):
        issue(session, paper=paper, office=issuing, actor=office.intake, now=OPENED)
    operations.submit(session, paper=paper, actor=office.head, now=OPENED)
    with pytest.raises(NotAllowed):
        operations.approve(session, paper=paper, actor=office.head, now=OPENED)
    operations.approve(session, paper=paper, actor=office.province_head, now=OPENED)
    with pytest.raises(ActRefused):  # what was approved is what is issued
        operations.revise(session, paper=paper, fields=RESULT, to_unit=None, actor=office.head, now=OPENED)
    issue(session, paper=paper, office=issuing, actor=office.intake, now=OPENED)
    told = text_of(content_of(paper, as_pdf=False, files=issuing.files, keys=KEYS))
    assert RESULT["处理结果"] in told
    assert f"登记编号 {report.shown_reference}" in told
    assert paper.document_number == "平市监举告字〔2026〕1号"
    assert paper.document_number in told
    session.commit()
    assert [event.act for event in events_of(session, subject_kind="papers", subject_id=str(paper.id))][
        -1
    ] == "paper.issue"


def test_what_is_lacking_is_named(session: Session, office: Office, report: Case) -> None:
    kind = paper_kind("transfer_letter")
    with pytest.raises(Invalid) as refused:
        operations.draft(
            session, case=report, kind=kind, fields={}, to_unit=None, actor=office.intake, now=OPENED
        )
    assert set(refused.value.errors) == {"移送理由"}
    with pytest.raises(ActRefused):  # nothing was mediated in a report
        operations.draft(
            session,
            case=report,
            kind=paper_kind("mediation_paper"),
            fields={},
            to_unit=None,
            actor=office.intake,
            now=OPENED,
        )


def test_an_issued_row_never_changes(
    session: Session, office: Office, issuing: IssuingOffice, report: Case
) -> None:
    paper = issue(
        session, paper=_approved(session, office, report), office=issuing, actor=office.intake, now=OPENED
    )
    session.commit()
    for change in (
        "UPDATE papers SET number = 7",
        "UPDATE papers SET docx_sha256 = '0'",
        "UPDATE papers SET fields = '{}'",
        "UPDATE papers SET state = 'draft'",
        "DELETE FROM papers",
    ):
        with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
            session.execute(text(change))
    operations.void(session, paper=paper, reasons="文号写错", actor=office.intake, now=OPENED)
    session.commit()
    with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
        session.execute(text("UPDATE papers SET state = 'issued'"))


def test_a_void_paper_is_replaced_by_one_with_the_next_number(
    session: Session, office: Office, issuing: IssuingOffice, complaint: Case
) -> None:
    first = issue(
        session,
        paper=_acceptance(session, office, complaint),
        office=issuing,
        actor=office.intake,
        now=OPENED,
    )
    kind, common = paper_kind("acceptance"), {"actor": office.intake, "now": OPENED}
    with pytest.raises(ActRefused):
        operations.draft(
            session, case=complaint, kind=kind, fields={}, to_unit=None, replaces=first, **common
        )
    operations.void(session, paper=first, reasons="日期有误", **common)
    second = operations.draft(
        session, case=complaint, kind=kind, fields={}, to_unit=None, replaces=first, **common
    )
    issue(session, paper=second, office=issuing, **common)
    assert (first.number, second.number, first.state) == (1, 2, PaperState.VOID)


def test_a_number_of_what_was_rolled_back_is_drawn_again(
    session: Session, office: Office, issuing: IssuingOffice, report: Case
) -> None:
    paper = _approved(session, office, report)
    session.commit()
    issue(session, paper=paper, office=issuing, actor=office.intake, now=OPENED)
    session.rollback()
    assert session.scalar(select(PaperCounter)) is None
    issue(session, paper=paper, office=issuing, actor=office.intake, now=OPENED)
    assert paper.number == 1


def test_numbers_begin_anew_with_the_year_in_beijing(
    session: Session, office: Office, issuing: IssuingOffice, complaint: Case
) -> None:
    before, after = (dt.datetime(2026, 12, 31, hour, 30, tzinfo=dt.UTC) for hour in (15, 16))
    papers = [_acceptance(session, office, complaint) for _ in range(3)]
    for paper, now in zip(papers, (before, before, after), strict=True):
        issue(session, paper=paper, office=issuing, actor=office.intake, now=now)
    assert [(paper.year, paper.number) for paper in papers] == [(2026, 1), (2026, 2), (2027, 1)]


def test_the_filers_name_is_opened_on_record_and_kept_sealed(
    session: Session, office: Office, issuing: IssuingOffice, complaint: Case, tmp_path: Path
) -> None:
    paper = _acceptance(session, office, complaint)
    issue(session, paper=paper, office=issuing, actor=office.intake, now=OPENED)
    session.commit()
    opening = session.scalars(select(IdentityOpening)).one()
    assert opening.account_id == office.intake.id
    assert "投诉受理决定书" in opening.words
    assert PERSON.name in text_of(content_of(paper, as_pdf=False, files=issuing.files, keys=KEYS))
    stored = [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert [content[:2] for content in stored] != [b"PK"]
    assert PERSON.name not in str(paper.fields)
    # A new vault key wraps the paper's own key anew, and the bytes stay what they were.
    new = dataclasses.replace(KEYS, vault_key=b"n" * 32, old_vault_keys=(KEYS.vault_key,))
    assert rewrap_papers(session, keys=new, limit=10) == 1
    only_new = dataclasses.replace(new, old_vault_keys=())
    assert PERSON.name in text_of(content_of(paper, as_pdf=False, files=issuing.files, keys=only_new))


def test_two_people_open_the_envelope_where_the_bureau_wants_it(
    session: Session, office: Office, issuing: IssuingOffice, complaint: Case
) -> None:
    kind, common = paper_kind("acceptance"), {"actor": office.intake, "now": OPENED}
    paper = operations.draft(
        session, case=complaint, kind=kind, fields={}, to_unit=None, wants_two=True, **common
    )
    with pytest.raises(ActRefused):
        issue(session, paper=paper, office=issuing, **common)
    operations.submit(session, paper=paper, **common)
    operations.approve(session, paper=paper, actor=office.head, now=OPENED)
    assert issue(session, paper=paper, office=issuing, **common).number == 1


def test_what_a_kind_may_not_name_stays_in_the_envelope(
    session: Session, office: Office, issuing: IssuingOffice, complaint: Case
) -> None:
    """A mediation notice says the name, and neither telephone nor address."""
    led_to(session, office, complaint, State.MEDIATING)
    fields = {"调解时间": "周三", "调解地点或者方式": "本局", "调解员": "王某"}
    paper = operations.draft(
        session,
        case=complaint,
        kind=paper_kind("mediation_notice"),
        fields=fields,
        to_unit=None,
        actor=office.intake,
        now=OPENED,
    )
    issue(session, paper=paper, office=issuing, actor=office.intake, now=OPENED)
    told = text_of(content_of(paper, as_pdf=False, files=issuing.files, keys=KEYS))
    assert PERSON.name in told
    assert PERSON.phone not in told
    assert PERSON.address not in told


def test_grounds_and_reasons_come_from_the_case(
    session: Session, office: Office, issuing: IssuingOffice, complaint: Case
) -> None:
    led_to(session, office, complaint, State.MEDIATION_ENDED)
    kind = paper_kind("mediation_end")
    paper = operations.draft(
        session, case=complaint, kind=kind, fields={}, to_unit=None, actor=office.intake, now=OPENED
    )
    issue(session, paper=paper, office=issuing, actor=office.intake, now=OPENED)
    told = text_of(content_of(paper, as_pdf=False, files=issuing.files, keys=KEYS))
    assert "投诉人撤回投诉，或者双方自行和解。和解" in told
    assert "根据《市场监督管理投诉举报处理办法》第二十三条第一款第一项" in told


def test_delivery_wants_proof_a_fitting_day_and_a_fitting_party(
    session: Session, office: Office, issuing: IssuingOffice, report: Case
) -> None:
    paper = _approved(session, office, report)
    common = {"paper": paper, "actor": office.intake, "now": OPENED + DAY}
    today = (OPENED + DAY).date()
    with pytest.raises(ActRefused):
        deliver(session, way=Way.POST, recipient=Recipient.FILER, on=today, proof="x", **common)
    issue(session, paper=paper, office=issuing, actor=office.intake, now=OPENED)
    for changed, wrong in (
        ({"proof": " "}, "proof"),
        ({"on": today + DAY}, "on"),
        ({"on": today - 3 * DAY}, "on"),
        ({"recipient": Recipient.RESPONDENT}, "recipient"),
        ({"way": Way.ONLINE}, "way"),
    ):
        right = {"way": Way.POST, "recipient": Recipient.FILER, "on": today, "proof": "邮件单号 1"}
        with pytest.raises(Invalid) as refused:
            deliver(session, **{**right, **changed}, **common)
        assert set(refused.value.errors) == {wrong}
    deliver(session, **right, **common)
    assert [one.proof for one in paper.deliveries] == ["邮件单号 1"]


def test_the_bureaus_own_template_is_used_in_versions(
    session: Session, office: Office, issuing: IssuingOffice, report: Case
) -> None:
    kind, common = paper_kind("report_result"), {"actor": office.head, "now": OPENED}
    given = {"kind": kind, "maker": issuing.maker, "files": issuing.files, "file_name": "我局.docx"}
    with pytest.raises(Invalid, match="没有名为“案号”的字段"):
        take_template(session, content=a_template("{{ 案号 }}"), **given, **common)
    for words in ("第一版 {{ 文号 }}", "第二版 {{ 文号 }} {{ 处理结果 }}"):
        made = take_template(session, content=a_template(words), **given, **common)
    paper = issue(
        session, paper=_approved(session, office, report), office=issuing, actor=office.intake, now=OPENED
    )
    assert (made.version, paper.template_id) == (2, made.id)
    told = text_of(content_of(paper, as_pdf=False, files=issuing.files, keys=KEYS))
    assert told == "第二版 平市监举告字〔2026〕1号 已对当事人罚款三千元。"
