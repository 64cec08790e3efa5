"""The named company is heard: from invitation to outcome, in time or late, represented; it never learns who filed."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.intake import receive
from models.cases.response.operations import token_of
from models.cases.response.tables import Invitation, Statement
from models.cases.tables import Case
from models.cases.terms import Act, Outcome, State
from models.filings.kinds import CopyState
from models.filings.submissions import Person
from models.filings.tables import Evidence
from models.ledger.tables import LedgerEvent
from models.people.actors import FILER
from models.people.tables import Account
from models.types import beijing_date
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office
from tests.support.documents import SECRET, a_photo
from tests.support.evidence import examine_queued
from tests.support.filings import JPEG, a_submission
from tests.support.visitors import sign_in

FILER_ONLY = {
    "name": "张举报",
    "phone": "13911112222",
    "email": "filer@secret.example",
    "address": "示例市某路 7 号",
    "organisation": "举报人茶具有限公司",
}
FACTS = "我在张举报茶具店隔壁看到的，当时我穿红衣服。"
FILE_NAME = "张举报的手机照片.jpg"
WORDS = "请说明你店在售“护水”牌水杯的来源和授权。"


@pytest.fixture(autouse=True)
def _at_opening() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def case(app: Flask, session: Session, office: Office) -> Case:
    """A case filed by name, accepted, with one file that has a copy and one that has none."""
    store = app.extensions["huhang_services"].files
    submission = a_submission(person=Person(**FILER_ONLY), facts=FACTS)
    for name in (FILE_NAME, "张举报的录音.amr"):
        kept = store.save(io.BytesIO(JPEG + name.encode()), limit=1 << 20)
        row = Evidence(
            submission_token=submission.token,
            file_name=name,
            media_type="image/jpeg",
            size=kept.size,
            sha256=kept.sha256,
            store_key=kept.key,
            received_at=OPENED,
        )
        if name == FILE_NAME:
            copy = store.save(io.BytesIO(JPEG), limit=1 << 20)
            row.copy_state, row.copy_key, row.copy_media_type = CopyState.MADE, copy.key, "image/jpeg"
            row.copy_size, row.copy_sha256 = copy.size, copy.sha256
        session.add(row)
    session.flush()
    with app.app_context():
        keys = keyring()
    made = receive(session, submission=submission, actor=FILER, now=OPENED, keys=keys).case
    session.commit()
    return made


def _desk(app: Flask, session: Session, officer: Account) -> FlaskClient:
    session.commit()
    return sign_in(app.test_client(), officer)


def _invite(app: Flask, session: Session, office: Office, case: Case) -> str:
    desk = _desk(app, session, office.intake)
    files = [str(file.id) for file in case.filing.evidence]
    told = {"company": "演示水杯店", "words": WORDS, "days": "7", "files": files[:1]}
    assert desk.post(f"/casework/cases/{case.reference}/response", data=told).status_code == 303
    page = Pages(desk).get(f"/casework/cases/{case.reference}/response")
    link = re.search(r"http://localhost(/respond/\S+)", page.text)
    assert link is not None
    return link.group(1)


def _secrets(case: Case) -> list[str]:
    return [
        *FILER_ONLY.values(),
        FACTS,
        FILE_NAME,
        "红衣服",
        case.reference,
        case.shown_reference,
        *(file.sha256 for file in case.filing.evidence),
        *(file.store_key for file in case.filing.evidence),
    ]


def test_from_invitation_to_outcome_without_a_word_of_the_filer(
    app: Flask, session: Session, office: Office, case: Case
) -> None:
    link = _invite(app, session, office, case)
    company = app.test_client()
    seen = [str(Pages(company).get(prefix + link)) for prefix in ("", "/en")]
    copy = company.post(f"{link}/files/1")
    assert copy.data == JPEG
    seen.append(str(copy.headers))
    copy.close()
    answered = company.post(
        link,
        data={
            "body": "货从正规渠道进的。",
            "signed_by": "店主李四",
            "represented_by": "演示律师事务所 王律师",
            "files": (io.BytesIO(a_photo()), "进货单.jpg"),
        },
    )
    assert answered.status_code == 303
    case.state, case.outcome, case.reasons = State.CLOSED, Outcome.NOT_FILED, "张举报说的没有证据"
    case.accepted_at = case.answered_at = case.closed_at = OPENED
    case.last_act = Act.CLOSE
    session.commit()
    after = Pages(company).get(link)
    seen.append(str(after))
    for expected in ("货从正规渠道进的。", "王律师", "按期", "不予立案", "行政复议"):
        assert expected in after.text
    told = [secret for secret in (*_secrets(case), "没有证据") if any(secret in page for page in seen)]
    assert told == []
    desk = _desk(app, session, office.intake)
    shown = Pages(desk).get(f"/en/casework/cases/{case.reference}/response")
    assert "货从正规渠道进的。" in shown.text
    events = session.scalars(select(LedgerEvent.data).where(LedgerEvent.act.like("respondent.%"))).all()
    assert events
    assert not any("李四" in data or "渠道" in data for data in events)
    statement = session.scalars(select(Statement)).one()
    at = f"/casework/cases/{case.reference}/response/files/{statement.files[0].id}"
    assert desk.post(at).status_code == 409, "no copy yet"
    with app.app_context():
        examine_queued(session)
    with desk.post(at) as sanitised, desk.post(f"{at}/original") as original:
        assert SECRET not in sanitised.data
        assert original.data == a_photo()


def test_an_answer_sent_twice_is_one(app: Flask, session: Session, office: Office, case: Case) -> None:
    link, company = _invite(app, session, office, case), app.test_client()

    def sent(body: str, photo: bytes) -> int:
        files = (io.BytesIO(photo), "进货单.jpg")
        told = {"body": body, "signed_by": "李四", "files": files}
        return company.post(link, data=told).status_code

    assert [sent("有授权。", a_photo()) for _ in range(2)] == [303, 303]
    assert len(session.scalars(select(Statement)).all()) == 1
    assert len(session.scalars(select(LedgerEvent).where(LedgerEvent.act == "respondent.answer")).all()) == 1
    assert sent("有授权。", JPEG) == 303, "another file is another answer"
    assert len(session.scalars(select(Statement)).all()) == 2


def test_an_answer_on_paper_is_entered_and_late_by_the_day_on_which_it_came(
    app: Flask, session: Session, office: Office, case: Case
) -> None:
    link = _invite(app, session, office, case)
    invitation = session.scalars(select(Invitation)).one()
    path = f"/casework/cases/{case.reference}/response/{invitation.id}/paper"
    opened, due = beijing_date(OPENED), invitation.due_on

    def entered(by: Account, on: dt.date, body: str = "手写的说明") -> int:
        files = (io.BytesIO(a_photo()), "扫描件.jpg")
        told = {"received_on": on.isoformat(), "body": body, "signed_by": "店主李四", "files": files}
        return _desk(app, session, by).post(path, data=told).status_code

    with time_machine.travel(OPENED + dt.timedelta(days=20), tick=False):
        assert entered(office.supervisor, due) == 403
        assert entered(office.county_handler, due) == 404
        for days in (-1, 21):
            assert entered(office.intake, opened + dt.timedelta(days=days)) == 422
        assert entered(office.intake, due, body="") == 422
        assert session.scalars(select(Statement)).all() == []
        assert [entered(office.intake, due) for _ in range(2)] == [303, 303], "two clicks are one"
        assert entered(office.intake, due + dt.timedelta(days=1)) == 303
        at = f"/casework/cases/{case.reference}/response"
        desk = Pages(_desk(app, session, office.intake)).get(at)
    first, second = session.scalars(select(Statement).order_by(Statement.id)).all()
    assert (first.is_late, second.is_late) == (False, True)
    assert first.files[0].file_name == "扫描件.jpg"
    events = session.scalars(select(LedgerEvent).where(LedgerEvent.act == "respondent.paper")).all()
    assert [event.actor for event in events] == [office.intake.ledger_name] * 2
    assert office.intake.display_name in desk.text
    company = Pages(app.test_client()).get(link).text
    assert "手写的说明" in company
    assert office.intake.display_name not in company


def test_who_is_not_the_party_says_so_and_the_case_tells_it(
    app: Flask, session: Session, office: Office, case: Case
) -> None:
    link, company = _invite(app, session, office, case), app.test_client()
    told = {"body": "我们是同名的另一家。", "signed_by": "李四"}
    assert company.post(link, data={**told, "denial": "nobody"}).status_code == 422
    assert company.post(link, data={**told, "denial": "namesake"}).status_code == 303
    assert "名称相同" in Pages(company).get(link).text
    assert "No: somebody else used our name" in Pages(company).get("/en" + link).text
    desk, at = _desk(app, session, office.intake), f"/casework/cases/{case.reference}"
    assert "说自己不是当事人" in Pages(desk).get(f"{at}/response").text
    assert "与此事无关" not in Pages(desk).get(at).text
    number = session.scalars(select(Statement.id)).one()
    found = {"upheld": "yes", "reasons": "营业执照核对属实"}
    assert desk.post(f"{at}/response/statements/{number}", data=found).status_code == 303
    page = Pages(desk).get(at).text
    assert "经核实与此事无关" in page
    assert "营业执照核对属实" in page
    assert "予以采纳" in Pages(company).get(link).text


def test_a_refused_file_says_why_and_nothing_is_sent(
    app: Flask, session: Session, office: Office, case: Case
) -> None:
    link = _invite(app, session, office, case)
    files = [
        (io.BytesIO(a_photo()), "好.jpg"),
        (io.BytesIO(b"MZ\x90"), "坏.exe"),
        (io.BytesIO(b""), "空.pdf"),
    ]
    page = app.test_client().post(link, data={"body": "有授权。", "signed_by": "李四", "files": files})
    assert page.status_code == 422
    assert "坏.exe：" in page.text
    assert "空.pdf：" in page.text
    assert "有授权。" in page.text, "the words stay"
    assert session.scalars(select(Statement)).first() is None


def test_only_what_was_released_is_given_out(
    app: Flask, session: Session, office: Office, case: Case
) -> None:
    link = _invite(app, session, office, case)
    assert [app.test_client().post(f"{link}/files/{number}").status_code for number in (0, 2, 99)] == [
        404
    ] * 3
    desk = _desk(app, session, office.intake)
    without_copy = str(case.filing.evidence[1].id)
    told = {"company": "演示水杯店", "words": WORDS, "days": "7", "files": [without_copy]}
    assert desk.post(f"/casework/cases/{case.reference}/response", data=told).status_code == 422


def test_a_late_answer_is_taken_and_marked(app: Flask, session: Session, office: Office, case: Case) -> None:
    link = _invite(app, session, office, case)
    invitation = session.scalars(select(Invitation)).one()
    invitation.due_on = beijing_date(OPENED) - dt.timedelta(days=1)
    session.commit()
    company = app.test_client()
    assert company.post(link, data={"body": "迟了", "signed_by": "李四"}).status_code == 303
    assert session.scalars(select(Statement.is_late)).one()
    assert "逾期" in Pages(company).get(link).text


@pytest.mark.parametrize("outcome", [None, Outcome.REFERRED])
def test_an_end_that_is_not_the_companys_business_is_told_as_an_end(
    app: Flask, session: Session, office: Office, case: Case, outcome: Outcome | None
) -> None:
    link = _invite(app, session, office, case)
    assert "办理已经结束" not in Pages(app.test_client()).get(link).text
    case.state, case.closed_at, case.last_act = State.WITHDRAWN, OPENED, Act.WITHDRAW
    if outcome:
        case.state, case.outcome, case.reasons, case.last_act = State.CLOSED, outcome, "移送公安", Act.CLOSE
        case.accepted_at = case.answered_at = OPENED
    session.commit()
    page = Pages(app.test_client()).get(link).text
    assert "办理已经结束" in page
    assert not any(word in page for word in ("撤回", "移送", "公安")), (
        "neither the filer nor a suspect's pursuers"
    )


def test_a_link_that_is_forged_revoked_or_over_opens_nothing(
    app: Flask, session: Session, office: Office, case: Case
) -> None:
    link, company = _invite(app, session, office, case), app.test_client()
    assert company.get(link[:-1] + ("a" if link[-1] != "a" else "b")).status_code == 404
    with app.app_context():
        token = token_of(session.scalars(select(Invitation)).one(), keyring())
    assert (
        company.get(f"/outside/{token}").status_code == 404
    )  # a link of one kind is worth nothing as another
    with time_machine.travel(OPENED + dt.timedelta(days=181), tick=False):
        assert company.get(link).status_code == 410
    desk = _desk(app, session, office.intake)
    number = session.scalars(select(Invitation.id)).one()
    desk.post(f"/casework/cases/{case.reference}/response/{number}/revoke")
    assert company.get(link).status_code == 410
    assert company.post(link, data={"body": "在吗", "signed_by": "李四"}).status_code == 410
    assert session.scalars(select(Statement)).first() is None


def test_who_handles_the_case_invites_and_nobody_else(
    app: Flask, session: Session, office: Office, case: Case
) -> None:
    path = f"/casework/cases/{case.reference}/response"
    told = {"company": "演示水杯店", "words": WORDS, "days": "7"}
    assert _desk(app, session, office.supervisor).post(path, data=told).status_code == 403
    assert _desk(app, session, office.county_handler).get(path).status_code == 404
    assert session.scalars(select(Invitation)).first() is None
    page = Pages(_desk(app, session, office.intake)).post(path, {**told, "words": ""})
    assert "请写明请对方说明的事项" in page.text
