"""The same description against what writes: filings by generated bodies, with a token, every check, nothing left to luck."""

from __future__ import annotations

import uuid

import schemathesis
from flask import Flask
from hypothesis import given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sqlalchemy.orm import Session

from models.people.tokens import Scope, make_token
from models.types import now_utc
from tests.integration.api.test_contract import EXAMPLES, LIMITS
from tests.support.cases import an_office


def test_filing_keeps_its_promise_whatever_is_sent(app: Flask, session: Session) -> None:
    office = an_office(session)
    _made, secret = make_token(
        session,
        actor=office.intake,
        now=now_utc(),
        name="contract",
        scopes=[Scope.FILING_CREATE],
        expires_at=None,
    )
    session.commit()
    api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    asked: list[int] = []

    def check(case: schemathesis.Case) -> None:
        """A fresh key each time. A filing that the schema allows may still be refused for what only a person can judge."""
        case.headers["Authorization"] = f"Bearer {secret}"
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
        answer = case.call()
        asked.append(answer.status_code)
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    settings(LIMITS, max_examples=3 * EXAMPLES)(
        given(case=api["/api/v1/filings"]["POST"].as_strategy())(check)
    )()
    assert {201, 422} <= set(asked), "some are taken, some are not"
