"""`user create` makes accounts that can sign in, and never takes a password from the command line."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from flask_security import verify_password
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.people.queries import account_by_username
from models.people.roles import AccountKind, Role
from models.people.tables import Account, Unit
from tests.factories import UnitFactory

PASSWORD = "correct horse battery"


@pytest.fixture
def unit(session: Session) -> Unit:
    made = UnitFactory(code="city-desk")
    session.commit()
    return made


def _create(app: Flask, *arguments: str, given: str = PASSWORD) -> Result:
    command = ["user", "create", "--password-stdin", "--name", "李某", *arguments]
    return app.test_cli_runner().invoke(args=command, input=f"{given}\n")


def test_staff_get_their_roles_in_their_unit(app: Flask, session: Session, unit: Unit) -> None:
    result = _create(app, "Li.Mou", "--role", "intake", "--role", "head", "--unit", "city-desk")
    assert result.exit_code == 0, result.output
    account = account_by_username(session, "li.mou")
    assert account.kind is AccountKind.STAFF
    assert {(held.role, held.unit_id) for held in account.assignments} == {
        (Role.INTAKE, unit.id),
        (Role.HEAD, unit.id),
    }
    with app.app_context():
        assert verify_password(PASSWORD, account.password)


def test_without_a_role_it_is_a_rights_holder(app: Flask, session: Session) -> None:
    assert _create(app, "brand", "--email", "Brand@Example.org").exit_code == 0
    account = account_by_username(session, "brand")
    assert account.kind is AccountKind.RIGHTS_HOLDER
    assert account.email == "brand@example.org"


def test_the_password_is_asked_for_twice(app: Flask, session: Session) -> None:
    command = ["user", "create", "asked", "--name", "李某"]
    different = app.test_cli_runner().invoke(args=command, input=f"{PASSWORD}\nsomething else\n" * 2)
    assert different.exit_code != 0
    same = app.test_cli_runner().invoke(args=command, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert same.exit_code == 0, same.output
    assert account_by_username(session, "asked").password != PASSWORD


@pytest.mark.parametrize(
    ("arguments", "given", "code"),
    [
        (["short"], "short", 2),
        (["half", "--role", "intake"], PASSWORD, 2),
        (["nowhere", "--role", "intake", "--unit", "no-such-unit"], PASSWORD, 2),
        (["odd", "--role", "emperor", "--unit", "city-desk"], PASSWORD, 2),
    ],
)
def test_misuse_makes_no_account(
    app: Flask, session: Session, unit: Unit, arguments: list[str], given: str, code: int
) -> None:
    result = _create(app, *arguments, given=given)
    assert result.exit_code == code, result.output
    assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_a_name_is_given_once(app: Flask, session: Session) -> None:
    _create(app, "brand")
    again = _create(app, "BRAND ")
    assert again.exit_code == 1
    assert "已有人使用" in again.output
