"""The description against everything that writes, one operation after the other and one leading to the next, with a token."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
import schemathesis
import time_machine
from flask import Flask
from hypothesis import given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sqlalchemy.orm import Session

from background.indexing import rebuild
from journey.resumable import PIECE
from models.people.tokens import OFFICE_SCOPES, OWN_SCOPES, make_token
from tests.factories import NOW
from tests.integration.api.test_contract import EXAMPLES, LIMITS
from tests.support.cases import an_office
from tests.support.holders import a_holder

OWN = "/api/v1/account/"

schemathesis.serializer.alias(PIECE, "application/octet-stream")  # type: ignore[attr-defined]


@pytest.fixture
def tokens(app: Flask, session: Session) -> Iterator[dict[str, str]]:
    """Of an office's system, and of a holder's."""
    with time_machine.travel(NOW, tick=False):
        office = an_office(session)
        holder = a_holder(session, office.intake, now=NOW)
        until = NOW + dt.timedelta(days=30)
        _one, of_office = make_token(
            session, actor=office.intake, now=NOW, name="office", scopes=OFFICE_SCOPES, expires_at=until
        )
        _two, own = make_token(
            session, actor=holder, account=holder, now=NOW, name="own", scopes=OWN_SCOPES, expires_at=until
        )
        session.commit()
        with app.app_context():
            rebuild()
        yield {"office": f"Bearer {of_office}", "own": f"Bearer {own}"}


def described(app: Flask) -> schemathesis.schemas.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


def test_every_write_keeps_its_promise_whatever_is_sent(app: Flask, tokens: dict[str, str]) -> None:
    """What is allowed by the schema may be refused all the same: an address, a day, an offset has to be right as well."""
    asked: dict[str, set[int]] = {}

    def check(case: schemathesis.Case) -> None:
        case.headers["Authorization"] = tokens["own" if case.path.startswith(OWN) else "office"]
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
        answer = case.call()
        asked.setdefault(f"{case.method} {case.path}", set()).add(answer.status_code)
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    for found in described(app).include(method=["POST", "PATCH", "DELETE"]).get_all_operations():
        operation = found.ok()
        if operation.path != "/api/v1/filings":  # by itself, with more examples
            settings(LIMITS, max_examples=EXAMPLES)(given(case=operation.as_strategy())(check))()
    assert {"POST /api/v1/decisions", "POST /api/v1/uploads", f"POST {OWN}webhooks"} <= set(asked)


def test_one_act_after_another_finds_no_fault(app: Flask, tokens: dict[str, str]) -> None:
    machine = described(app).as_state_machine()

    class Walk(machine):  # type: ignore[misc, valid-type]
        def before_call(self, case: schemathesis.Case) -> None:
            case.headers["Authorization"] = tokens["own" if case.path.startswith(OWN) else "office"]
            case.headers["Idempotency-Key"] = uuid.uuid4().hex

        def validate_response(self, response: object, case: schemathesis.Case, **_: object) -> None:
            case.validate_response(response, excluded_checks=[positive_data_acceptance])

    Walk.run(settings=settings(LIMITS, stateful_step_count=6))
