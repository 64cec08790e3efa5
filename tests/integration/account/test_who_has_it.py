"""Who has a case: the account's list, its interface and the tracking page say the same."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.cases.terms import State
from models.people.tokens import OWN_SCOPES, make_token
from models.types import now_utc
from tests.pages import Pages
from tests.support.cases import Office, a_case_in, an_office
from tests.support.holders import a_holder
from tests.support.visitors import sign_in


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "state", [State.HANDLING, State.TRANSFERRED, State.CONTESTED, State.CLOSED, State.DISPUTED]
)
def test_the_list_the_interface_and_the_tracking_page_agree(
    app: Flask, session: Session, office: Office, state: State, language: str
) -> None:
    holder = a_holder(session, office.intake, now=now_utc())
    case = a_case_in(session, office, state)
    case.filing.account_id = holder.id
    expires_at = now_utc() + dt.timedelta(days=30)
    given = {"scopes": OWN_SCOPES, "account": holder, "expires_at": expires_at}
    _made, secret = make_token(session, name="系统", actor=holder, now=now_utc(), **given)  # type: ignore[arg-type]
    session.commit()
    told = {
        State.HANDLING: office.bureau.name,
        State.TRANSFERRED: office.county.name,
        State.CONTESTED: case.designator_unit.name if case.designator_unit else None,
        State.CLOSED: office.bureau.name,
        State.DISPUTED: None,
    }[state]
    client, headers = sign_in(app.test_client(), holder), {"Authorization": f"Bearer {secret}"}
    (row,) = client.get("/api/v1/account/filings", headers=headers).get_json()["items"]
    whole = client.get(f"/api/v1/account/filings/{case.reference}", headers=headers).get_json()
    assert (row["unit"], whole["unit"]) == (told, told)
    cell = (
        Pages(client).get(f"{language}/account/").select_one("tbody tr").select("td")[2].get_text(strip=True)
    )
    assert cell == (told or {"": "督办人员", "/en": "Supervision"}[language])
    lead = Pages(client).get(f"{language}/account/filings/{case.reference}").select_one("main p.lead")
    has_it = told is not None and state is not State.CLOSED
    assert (lead is not None and str(told) in lead.get_text()) is has_it


def test_the_interface_describes_when_nobody_is_named(app: Flask) -> None:
    schemas = app.test_client().get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    for name in ("OwnFiling", "OwnFilingWhole"):
        unit = schemas[name]["properties"]["unit"]
        assert unit["type"] == ["string", "null"]
        assert "dispute" in unit["description"]
