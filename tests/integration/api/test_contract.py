"""The OpenAPI document against the interface that it describes: whatever it allows is asked, every answer is as it says."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import schemathesis
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sqlalchemy.orm import Session

from background import opendata
from background.indexing import rebuild
from models.people.roles import Role
from tests.factories import NOW, StaffFactory
from tests.support.published import published

EXAMPLES = 200 if os.environ.get("HUHANG_TEST_EXPLORE") else 8  # of an operation
# A language has sentences that no schema can tell from others, a cursor is of one question, a rule has a first day.
MEANING = frozenset({"q", "after", "start"})

LIMITS = settings(
    max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(autouse=True)
def _one_decision(app: Flask, session: Session) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        reviewer = StaffFactory(role=Role.REVIEWER)
        published(session, reviewer.assignments[0].unit, reviewer)
        with app.app_context():
            rebuild()
            opendata.grow_tree(session, NOW)
            session.commit()
        yield


def described(app: Flask) -> schemathesis.schemas.BaseSchema:
    """The public reads."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app).include(method="GET")


def check(case: schemathesis.Case) -> None:
    """Asks, and runs every check; a refusal of what only a reader can judge must still be a documented one."""
    judged = MEANING & set(case.query or {})
    case.call_and_validate(excluded_checks=[positive_data_acceptance] if judged else [])


def test_every_public_read_keeps_its_promise(app: Flask) -> None:
    asked = 0
    for found in described(app).get_all_operations():
        operation = found.ok()
        LIMITS(given(case=operation.as_strategy())(check))()
        asked += 1
    assert asked >= 20


def test_what_an_answer_leads_to_keeps_it_too(app: Flask) -> None:
    machine = described(app).as_state_machine()

    class Walk(machine):  # type: ignore[misc, valid-type]
        def validate_response(self, response: object, case: schemathesis.Case, **_: object) -> None:
            case.validate_response(response, excluded_checks=[positive_data_acceptance])

    Walk.run(settings=settings(LIMITS, stateful_step_count=5))
