"""Officers see what may be the same matter; filers see only what is their own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.cases.terms import State
from models.filings.duplicates import mark, mark_unmarked
from models.filings.tables import Filing, FilingMark
from models.kinds import Track
from models.people.tables import Account
from models.types import now_utc
from tests.pages import Pages
from tests.support.cases import Office, a_case_in, an_office
from tests.support.filings import FACTS, Walker

Counter = Callable[[], AbstractContextManager[list[str]]]
NAMED = {"how": "named", "name": "测试甲某某", "phone": "13800001234", "email": ""}
OTHER_FACTS = {
    **FACTS,
    "respondent_name": "另一家演示店",
    "facts": "店里摆着几瓶白酒，瓶盖上的码扫出来显示已经被查过很多次。",
}


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


def _signed_in(app: Flask, account: Account) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = account.fs_uniquifier, True
    return client


def _file(app: Flask, facts: dict[str, str] = FACTS, **contact: str) -> str:
    walker = Walker(app.test_client())
    walker.send("", situation="report")
    walker.send("kind", right_type="trademark")
    walker.send("facts", **facts)
    walker.send("contact", **(contact or {"how": "anonymous"}))
    return str(walker.submit().location).rpartition("/")[2]


def test_officers_see_what_is_alike_and_in_what(app: Flask, office: Office) -> None:
    first = _file(app)
    second = _file(app, {**FACTS, "facts": FACTS["facts"] + "昨天还在卖。"})
    _file(app, OTHER_FACTS)
    soup = Pages(_signed_in(app, office.intake)).get(f"/casework/cases/{second}/related")
    (row,) = soup.select("tbody tr")
    assert first[:4] in row.text
    assert "同一被举报（投诉）方" in row.text
    assert "文字相似" in row.text
    assert soup.select_one(f"a[href='/casework/cases/{second[:4]}-{second[4:]}']")


def test_the_same_person_is_shown_to_those_who_may_open_envelopes_only(app: Flask, office: Office) -> None:
    _file(app, **NAMED)
    other = _file(app, OTHER_FACTS, **NAMED)
    seen = Pages(_signed_in(app, office.intake)).get(f"/casework/cases/{other}/related").text
    assert "同一联系电话" in seen
    assert "13800001234" not in seen
    assert "测试甲" not in seen
    assert (
        "同一联系电话" not in Pages(_signed_in(app, office.head)).get(f"/casework/cases/{other}/related").text
    )


def test_cases_out_of_sight_are_not_named(app: Flask, office: Office) -> None:
    reference = _file(app)
    _file(app)
    for who, status in ((office.county_handler, 404), (office.intake, 200)):
        assert _signed_in(app, who).get(f"/casework/cases/{reference}/related").status_code == status


def test_nobody_learns_that_somebody_else_has_reported_the_same(app: Flask) -> None:
    _file(app)
    stranger = Walker(app.test_client())
    stranger.to_check()
    assert "您可能已经提交过" not in Pages(stranger.client).get("/file/check").text


def test_a_filer_is_shown_what_is_their_own(app: Flask, session: Session) -> None:
    walker = Walker(app.test_client())
    walker.to_check()
    walker.submit()
    walker.to_check()
    page = Pages(walker.client).get("/file/check")
    filing = session.scalars(select(Filing)).one()
    assert page.select_one(f"a[href='/track/{filing.reference}']")
    assert walker.submit().status_code == 303, "a hint, not a bar"
    walker.client.post("/track/leave")
    walker.to_check()
    assert "您可能已经提交过" not in walker.client.get("/file/check").text


def test_many_alike_ask_the_database_no_more(app: Flask, office: Office, count_queries: Counter) -> None:
    client = _signed_in(app, office.intake)
    counts = []
    for number in (2, 6):
        reference = [_file(app, **NAMED) for _ in range(number)][-1]
        with count_queries() as statements:
            assert client.get(f"/casework/cases/{reference}/related").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12, counts


def test_filings_of_before_are_marked_by_the_worker(app: Flask, session: Session) -> None:
    _file(app)
    session.execute(delete(FilingMark))
    assert mark_unmarked(session, now_utc()) == 1
    assert mark_unmarked(session, now_utc()) == 0


def test_from_what_is_alike_one_merges_and_the_pages_say_so(
    app: Flask, session: Session, office: Office
) -> None:
    lead, member = (a_case_in(session, office, State.HANDLING, Track.REPORT) for _ in range(2))
    for case in (lead, member):
        mark(session, case.filing)
    session.commit()
    client = _signed_in(app, office.intake)
    page = Pages(client).get(f"/casework/cases/{member.shown_reference}/related")
    link = page.select_one(f"a[href*='merge?lead={lead.shown_reference}']")
    assert link
    form = Pages(client).get(str(link["href"]))
    assert form.select_one(f"input[name=lead][value='{lead.shown_reference}']")
    data = {"version": member.version, "lead": "K7QM-2XHD", "reasons": "同一店铺"}
    Pages(client).post(f"/casework/cases/{member.shown_reference}/merge", data)
    data["lead"] = lead.shown_reference
    assert client.post(f"/casework/cases/{member.shown_reference}/merge", data=data).status_code == 303
    for one, other in ((lead, member), (member, lead)):
        shown = Pages(client).get(f"/casework/cases/{one.shown_reference}")
        assert shown.select_one(f".summary a[href$='{other.reference}'], dd a[href$='{other.reference}']")
    Pages(client).get(f"/en/casework/cases/{member.shown_reference}/split")
