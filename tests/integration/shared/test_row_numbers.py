"""A number that no row can have is no number: the first page, or a sentence, and never an error of the database."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.people.roles import AccountKind
from tests.factories import AccountFactory
from tests.support.cases import an_office
from tests.support.visitors import sign_in

TOO_LARGE = "9" * 30


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/casework/notices?before={TOO_LARGE}", 200),
        (f"/casework/?view=done&sort=opened&after={TOO_LARGE}", 422),
        (f"/casework/?after=2026-01-01_{TOO_LARGE}", 422),
    ],
)
def test_staff(app: Flask, session: Session, path: str, status: int) -> None:
    officer = an_office(session).intake
    session.commit()
    assert sign_in(app.test_client(), officer).get(path).status_code == status


def test_rights_holders_and_marking_as_read(app: Flask, session: Session) -> None:
    holder, officer = AccountFactory(kind=AccountKind.RIGHTS_HOLDER), an_office(session).intake
    session.commit()
    assert sign_in(app.test_client(), holder).get(f"/account/?before={TOO_LARGE}").status_code == 200
    read = sign_in(app.test_client(), officer).post("/casework/notices/read", data={"up_to": TOO_LARGE})
    assert read.status_code == 303
    many = sign_in(app.test_client(), officer).post("/casework/bulk/assign", data={"case": f"{TOO_LARGE}:1"})
    assert many.status_code == 422
