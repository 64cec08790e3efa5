"""Who sees which part of a holder's filing, on which surface: a table. ● stands on it, · does not, x is not let in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.response.operations import answer, invite, token_of
from models.cases.tables import Case
from models.people.tables import Account
from models.people.tokens import Scope, make_token
from models.types import beijing_date, now_utc
from tests.factories import AccountFactory
from tests.support.cases import an_office
from tests.support.filings import FACTS, Walker
from tests.support.holders import a_holder, an_authority
from tests.support.visitors import sign_in

NAME, PHONE, LINK, WORDS, SAID = "测试乙", "13800001234", "6109475723601", "请说明进货来源", "本店有授权"
TOLD = {"name": NAME, "phone": PHONE, "link": LINK, "facts": FACTS["facts"], "asked": WORDS, "said": SAID}
TABLE = """
                        name  phone  link  facts  asked  said
holder: filing           ·     ·      ·     ●      ·      ·
holder: platform         ·     ·      ●     ·      ·      ·
holder: API              ·     ·      ●     ·      ·      ·
agent: filing            x
other holder: filing     x
other holder: API        x
company: respond         ·     ·      ·     ·      ●      ●
intake: case             ·     ·      ·     ●      ·      ·
intake: links            ·     ·      ●     ·      ·      ·
intake: response         ·     ·      ·     ·      ●      ●
intake: export           ·     ·      ●     ·      ·      ·
neighbour: case          x
anybody: receipt         ·     ·      ·     ·      ·      ·
"""


@pytest.fixture
def surfaces(app: Flask, session: Session) -> dict[str, Callable[[], tuple[int, str]]]:
    """Each surface as its reader opens it."""
    office, now = an_office(session), now_utc()
    today = beijing_date(now)
    holder = a_holder(session, office.intake, now=now)
    other = a_holder(session, office.intake, now=now, name="别的公司")
    agent = AccountFactory(confirmed_at=now)
    an_authority(session, holder, agent, ends_on=today + dt.timedelta(days=9), now=now)
    session.commit()
    case = _filed(app, session, holder, today)
    asked = invite(
        session, case=case, company="示例店", words=WORDS, files=[], days=5, actor=office.intake, now=now
    )
    answer(session, invitation=asked, signed_by="店长", represented_by="", body=SAID, files=[], now=now)
    with app.app_context():
        link = token_of(asked, keyring())
    mine, theirs = (_headers(session, one) for one in (holder, other))
    assert case.filing.receipt is not None
    reference, receipt = case.reference, case.filing.receipt.token
    session.commit()
    days = {"since": today.isoformat(), "until": today.isoformat(), "ending": "json"}

    def page(who: Account | None, path: str, **more: object) -> Callable[[], tuple[int, str]]:
        def opened() -> tuple[int, str]:
            client: FlaskClient = sign_in(app.test_client(), who) if who else app.test_client()
            found = (
                client.post(path, data=days)
                if more.get("post")
                else client.get(path, headers=more.get("headers"))
            )  # type: ignore[arg-type]
            return found.status_code, found.get_data(as_text=True)

        return opened

    own, api = f"/account/filings/{reference}", f"/api/v1/account/filings/{reference}"
    at = f"/casework/cases/{reference}"
    return {
        "holder: filing": page(holder, own),
        "holder: platform": page(holder, f"{own}/platform"),
        "holder: API": page(None, api, headers=mine),
        "agent: filing": page(agent, own),
        "other holder: filing": page(other, own),
        "other holder: API": page(None, api, headers=theirs),
        "company: respond": page(None, f"/respond/{link}"),
        "intake: case": page(office.intake, at),
        "intake: links": page(office.intake, f"{at}/links"),
        "intake: response": page(office.intake, f"{at}/response"),
        "intake: export": page(office.intake, "/casework/commerce", post=True),
        "neighbour: case": page(office.sibling_handler, at),
        "anybody: receipt": page(None, f"/verify/{receipt}"),
    }


def _filed(app: Flask, session: Session, holder: Account, today: dt.date) -> Case:
    walker = Walker(sign_in(app.test_client(), holder), "/account/file")
    walker.send("", right_type="trademark")
    walker.send("facts", **{**FACTS, "respondent_uscc": "", "has_links": "y", "platform_notified": "y"})
    item = f"https://item.taobao.com/item.htm?id={LINK}"
    walker.send("links", links=item, act="add")
    walker.send("links", act="continue")
    walker.send("platform", platform="taobao", notified_on=today.isoformat(), measure="none")
    walker.send("contact", name=NAME, phone=PHONE, email="")
    walker.submit()
    return session.scalars(select(Case)).one()


def _headers(session: Session, account: Account) -> dict[str, str]:
    now = now_utc()
    given = {"scopes": [Scope.FILING_READ], "expires_at": now + dt.timedelta(days=1), "now": now}
    _made, secret = make_token(session, name="系统", actor=account, account=account, **given)  # type: ignore[arg-type]
    return {"Authorization": f"Bearer {secret}"}


def test_who_sees_what(surfaces: dict[str, Callable[[], tuple[int, str]]]) -> None:
    head, *lines = [line for line in TABLE.splitlines() if line.strip()]
    fields, wrong = head.split(), []
    for line in lines:
        name = line[:24].strip()
        marks = line[24:].split()
        status, text = surfaces[name]()
        if marks == ["x"]:
            wrong += [f"{name}: let in with {status}"] if status not in (403, 404) else []
            continue
        assert status == 200, f"{name}: {status}"
        main = text.partition("<main")[2].partition("</main>")[0] or text
        seen = ["●" if TOLD[field] in main else "·" for field in fields]
        wrong += [f"{name}: {dict(zip(fields, seen, strict=True))}"] if seen != marks else []
    assert {line[:24].strip() for line in lines} == set(surfaces)
    assert not wrong, "\n".join(wrong)
