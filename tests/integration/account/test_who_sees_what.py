"""Who sees which part of a holder's filing, on which surface: a table. ● stands on it, · does not, x is not let in."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.operations import accept
from models.cases.response.operations import answer, invite, token_of
from models.cases.tables import Case
from models.holders.tables import Authority, HeldFiling
from models.kinds import Track
from models.people.tables import Account
from models.people.tokens import Scope, make_token
from models.types import beijing_date, now_utc
from models.webhooks.operations import add_webhook, queue_calls
from models.webhooks.tables import Webhook, WebhookCall
from shared.services import services
from tests.factories import AccountFactory
from tests.support.cases import Office, a_case, an_office
from tests.support.filings import FACTS, Walker
from tests.support.holders import a_holder, a_right, an_authority
from tests.support.visitors import sign_in

NAME, PHONE, LINK, WORDS, SAID = "测试乙", "13800001234", "6109475723601", "请说明进货来源", "本店有授权"
PROOF = "注册证.jpg"
TOLD = {"name": NAME, "phone": PHONE, "link": LINK, "facts": FACTS["facts"], "asked": WORDS, "said": SAID}
DAY = dt.timedelta(days=1)
TABLE = """
                          name  phone  link  facts  asked  said  number  proof
holder: filing             ·     ·      ·     ●      ·      ·      ●      ·
holder: platform           ·     ·      ●     ·      ·      ·      ●      ·
holder: right              ·     ·      ·     ·      ·      ·      ·      ●
holder: API                ·     ·      ●     ·      ·      ·      ●      ·
holder: API, other scope   x
holder: webhook            ·     ·      ·     ·      ·      ·      ●      ·
agent: principal's own     x
agent: right               x
agent: what it filed       ·     ·      ·     ●      ·      ·      ·      ·
agent: API                 ·     ·      ·     ·      ·      ·      ·      ·
ended agent: what it filed x
ended agent: API           x
principal: by its agent    ·     ·      ·     ●      ·      ·      ·      ·
other holder: filing       x
other holder: right        x
other holder: API          x
other holder: webhook      x
company: respond           ·     ·      ·     ·      ●      ●      ·      ·
company: another's file    x
company: API               x
intake: case               ·     ·      ·     ●      ·      ·      ●      ·
intake: links              ·     ·      ●     ·      ·      ·      ●      ·
intake: response           ·     ·      ·     ·      ●      ●      ●      ·
intake: right              ·     ·      ·     ·      ·      ·      ·      ●
intake: JSON of links      ·     ·      ●     ·      ·      ·      ●      ·
intake: sheet of links     ·     ·      ●     ·      ·      ·      ●      ·
neighbour: case            x
neighbour: response        x
neighbour: JSON of links   ·     ·      ·     ·      ·      ·      ·      ·
anybody: receipt           ·     ·      ·     ·      ·      ·      ●      ·
"""


Surfaces = dict[str, Callable[[], tuple[int, str]]]


@dataclass(frozen=True)
class Scene:
    """Who there is, and what there is to see."""

    office: Office
    holder: Account
    other: Account
    agent: Account
    gone: Account
    right: str
    reference: str
    by_agent: str
    by_gone: str
    link: str
    receipt: str


@pytest.fixture
def surfaces(app: Flask, session: Session) -> Surfaces:
    """Each surface as its reader opens it."""
    scene = _scene(app, session)
    return {**_of_holders(app, session, scene), **_of_others(app, scene)}


def _scene(app: Flask, session: Session) -> Scene:
    office, now = an_office(session), now_utc()
    today = beijing_date(now)
    holder, other = (
        a_holder(session, office.intake, now=now, name=name) for name in ("演示公司", "别的公司")
    )
    with app.app_context():
        right = a_right(session, holder, office.intake, services().files, now=now)
        for one in (holder, other):
            add_webhook(
                session, account=one, address="http://127.0.0.1:9/", is_strict=False, keys=keyring(), now=now
            )
    agent, gone = AccountFactory(confirmed_at=now), AccountFactory(confirmed_at=now)
    by_agent, by_gone = (_by_agent(session, holder, one, today) for one in (agent, gone))
    session.scalars(select(Authority).where(Authority.agent_id == gone.id)).one().ends_on = today - DAY
    session.commit()
    case = _filed(app, session, holder, today)
    accept(session, case=case, actor=office.intake, now=now)
    asked = invite(
        session, case=case, company="示例店", words=WORDS, files=[], days=5, actor=office.intake, now=now
    )
    answer(session, invitation=asked, signed_by="店长", represented_by="", body=SAID, files=[], now=now)
    queue_calls(session, entry=case.acts[-1], now=now)
    with app.app_context():
        link = token_of(asked, keyring())
    assert case.filing.receipt is not None
    session.commit()
    return Scene(
        office, holder, other, agent, gone, str(right.id), case.reference, by_agent, by_gone, link,
        case.filing.receipt.token,
    )  # fmt: skip


def _of_holders(app: Flask, session: Session, scene: Scene) -> Surfaces:
    page, token = partial(_opened, app), partial(_headers, session)
    holder, other, agent, gone = scene.holder, scene.other, scene.agent, scene.gone
    under, right = "/account/filings/", f"/account/rights/{scene.right}"
    own, api = under + scene.reference, f"/api/v1{under}{scene.reference}"
    by_agent, by_gone = under + scene.by_agent, under + scene.by_gone
    return {
        "holder: filing": page(holder, own),
        "holder: platform": page(holder, f"{own}/platform"),
        "holder: right": page(holder, right),
        "holder: API": page(None, api, headers=token(holder)),
        "holder: API, other scope": page(None, api, headers=token(holder, Scope.FILING_CREATE)),
        "holder: webhook": partial(_called, session, holder),
        "agent: principal's own": page(agent, own),
        "agent: right": page(agent, right),
        "agent: what it filed": page(agent, by_agent),
        "agent: API": page(None, f"/api/v1{by_agent}", headers=token(agent)),
        "ended agent: what it filed": page(gone, by_gone),
        "ended agent: API": page(None, f"/api/v1{by_gone}", headers=token(gone)),
        "principal: by its agent": page(holder, by_gone),
        "other holder: filing": page(other, own),
        "other holder: right": page(other, right),
        "other holder: API": page(None, api, headers=token(other)),
        "other holder: webhook": partial(_called, session, other),
    }


def _of_others(app: Flask, scene: Scene) -> Surfaces:
    page, intake, neighbour = partial(_opened, app), scene.office.intake, scene.office.sibling_handler
    at, link = f"/casework/cases/{scene.reference}", f"/respond/{scene.link}"
    today = beijing_date(now_utc()).isoformat()
    export = partial(page, path="/casework/commerce")
    as_json, as_sheet = ({"since": today, "until": today, "ending": one} for one in ("json", "xlsx"))
    return {
        "company: respond": page(None, link),
        "company: another's file": page(None, f"{link}/files/1", data={"x": "y"}),
        "company: API": page(None, f"/api/v1/account/filings/{scene.reference}"),
        "intake: case": page(intake, at),
        "intake: links": page(intake, f"{at}/links"),
        "intake: response": page(intake, f"{at}/response"),
        "intake: right": page(intake, f"/casework/holders/rights/{scene.right}"),
        "intake: JSON of links": export(intake, data=as_json),
        "intake: sheet of links": export(intake, data=as_sheet),
        "neighbour: case": page(neighbour, at),
        "neighbour: response": page(neighbour, f"{at}/response"),
        "neighbour: JSON of links": export(neighbour, data=as_json),
        "anybody: receipt": page(None, f"/verify/{scene.receipt}"),
    }


def _opened(
    app: Flask,
    who: Account | None,
    path: str,
    *,
    headers: dict[str, str] | None = None,
    data: dict[str, str] | None = None,
) -> Callable[[], tuple[int, str]]:
    def opened() -> tuple[int, str]:
        client = sign_in(app.test_client(), who) if who else app.test_client()
        found = client.post(path, data=data) if data else client.get(path, headers=headers)
        content = found.get_data()
        if content.startswith(b"PK"):  # a sheet is a folder of XML
            with zipfile.ZipFile(io.BytesIO(content)) as sheet:
                content = b"".join(sheet.read(name) for name in sheet.namelist())
        return found.status_code, content.decode()

    return opened


def _called(session: Session, account: Account) -> tuple[int, str]:
    """What the account's webhook is told."""
    wanted = select(WebhookCall).join(Webhook).where(Webhook.account_id == account.id)
    call = session.scalars(wanted).first()
    return (200, json.dumps(call.payload, ensure_ascii=False)) if call else (404, "")


def _by_agent(session: Session, holder: Account, agent: Account, today: dt.date) -> str:
    """The reference of a filing that the agent made for the holder."""
    authority = an_authority(session, holder, agent, ends_on=today, now=now_utc())
    filing = a_case(session, Track.CLUE).filing
    filing.account_id, filing.is_anonymous, filing.facts = agent.id, False, FACTS["facts"]
    held = HeldFiling(
        filing_id=filing.id, organisation_id=authority.organisation_id, authority_id=authority.id
    )
    session.add(held)
    session.flush()
    return filing.reference


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
    return session.scalars(select(Case).order_by(Case.id.desc())).first()  # type: ignore[return-value]


def _headers(session: Session, account: Account, scope: Scope = Scope.FILING_READ) -> dict[str, str]:
    now = now_utc()
    given = {"scopes": [scope], "expires_at": now + DAY, "now": now}
    _made, secret = make_token(session, name="系统", actor=account, account=account, **given)  # type: ignore[arg-type]
    session.commit()
    return {"Authorization": f"Bearer {secret}"}


def test_who_sees_what(surfaces: Surfaces, session: Session) -> None:
    case = session.scalars(select(Case).order_by(Case.id.desc())).first()
    assert case is not None
    told = {**TOLD, "number": case.shown_reference, "proof": PROOF}
    head, *lines = [line for line in TABLE.splitlines() if line.strip()]
    fields, wrong = head.split(), []
    for line in lines:
        name, marks = line[:26].strip(), line[26:].split()
        status, text = surfaces[name]()
        if marks == ["x"]:
            wrong += [f"{name}: let in with {status}"] if status not in (401, 403, 404) else []
            continue
        assert status == 200, f"{name}: {status}"
        main = text.partition("<main")[2].partition("</main>")[0] or text
        seen = ["●" if told[field] in main else "·" for field in fields]
        wrong += [f"{name:27}{'      '.join(seen)}"] if seen != marks else []
    assert {line[:26].strip() for line in lines} == set(surfaces)
    assert not wrong, "\n".join(wrong)
