"""The administrator's pages about accounts, read by the page critic and used as an administrator would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import verify_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import LedgerEvent
from models.people.queries import account_by_username
from models.people.roles import AccountKind, Role, UnitKind
from models.people.tables import Account, Unit
from tests.factories import AccountFactory, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.visitors import sign_in

LANGUAGES = ["", "/en", "/zh-hant"]
NEW = {
    "username": "li.si",
    "display_name": "李某",
    "email": "Li.Si@example.org",
    "unit": "bureau",
    "role": "intake",
    "password": "correct horse battery",
}


@pytest.fixture
def bureau(session: Session) -> Unit:
    return UnitFactory(code="bureau", name="示例市市场监督管理局")


@pytest.fixture
def admin(app: Flask, session: Session, bureau: Unit) -> FlaskClient:
    """The browser of an administrator who has just signed in."""
    UnitFactory(
        code="police", name="示例市公安局", kind=UnitKind.OUTSIDE, outside_kind="police", parent=bureau
    )
    account = StaffFactory(username="admin", role=Role.ADMINISTRATOR, unit=bureau)
    session.commit()
    return sign_in(app.test_client(), account)


@pytest.fixture
def person(admin: FlaskClient, session: Session, bureau: Unit) -> Account:
    """A member of staff whose account is managed."""
    made = StaffFactory(username="wang.wu", display_name="王某", role=Role.HANDLER, unit=bureau)
    session.commit()
    return made


@pytest.fixture
def act(admin: FlaskClient, person: Account, session: Session) -> Callable[..., str]:
    """`act("close")` presses that button on the person's page and gives the text of the page that follows."""

    def press(name: str, **data: str) -> str:
        response = admin.post(f"/admin/accounts/{person.id}/{name}", data=data, follow_redirects=True)
        assert response.status_code == 200, response.text
        session.refresh(person)
        return response.text

    return press


def problems(page: object) -> list[str]:
    return [link["href"] for link in page.select("#problems a")]  # type: ignore[attr-defined]


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(LedgerEvent.act).order_by(LedgerEvent.id)))


class TestPages:
    """All pages keep the house style, in every language."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("path", ["", "new"])
    def test_the_list_and_the_form(
        self, admin: FlaskClient, person: Account, language: str, path: str
    ) -> None:
        Pages(admin).get(f"{language}/admin/accounts/{path}")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "kind", ["ordinary", "closed", "with one-time password", "oneself", "without role"]
    )
    def test_an_account(
        self, admin: FlaskClient, person: Account, session: Session, language: str, kind: str
    ) -> None:
        if kind == "oneself":
            person = account_by_username(session, "admin")
        elif kind == "without role":
            person.assignments.clear()
        person.active = kind != "closed"
        person.tf_primary_method = "authenticator" if kind == "with one-time password" else None
        session.commit()
        page = Pages(admin).get(f"{language}/admin/accounts/{person.id}")
        buttons = {form["action"].rsplit("/", 1)[-1] for form in page.select("main form")}
        expected = {"roles", "password", "close", "revoke"}
        if kind == "closed":
            expected = expected - {"close"} | {"open"}
        if kind == "oneself":
            expected -= {"close"}
        if kind == "without role":
            expected -= {"revoke"}
        if kind == "with one-time password":
            expected |= {"forget-one-time-password"}
        assert buttons == expected

    def test_roles_and_state_stand_in_the_list(
        self, admin: FlaskClient, person: Account, session: Session
    ) -> None:
        person.active = False
        session.commit()
        row = next(
            row for row in Pages(admin).get("/admin/accounts/").select("tbody tr") if "wang.wu" in row.text
        )
        assert "示例市市场监督管理局 · 承办人" in row.text
        assert "停用" in row.text

    def test_the_list_asks_the_database_as_often_for_many_as_for_few(
        self, admin: FlaskClient, session: Session, count_queries: Callable[..., object], bureau: Unit
    ) -> None:
        def queries() -> int:
            session.commit()
            with count_queries() as statements:
                admin.get("/admin/accounts/")
            return len(statements)

        StaffFactory.create_batch(2, unit=bureau)
        few = queries()
        StaffFactory.create_batch(20, unit=bureau)
        assert queries() == few <= 12

    @pytest.mark.parametrize("kind", ["unknown", "rights-holder"])
    def test_only_accounts_of_staff_are_managed_here(
        self, admin: FlaskClient, session: Session, kind: str
    ) -> None:
        holder = AccountFactory()
        session.commit()
        number = holder.id if kind == "rights-holder" else 404
        Pages(admin).get(f"/admin/accounts/{number}", status=404)
        assert admin.post(f"/admin/accounts/{number}/close").status_code == 404
        assert holder.active


class TestNew:
    """Making an account."""

    def test_it_is_made_with_its_first_role_and_can_sign_in(
        self, app: Flask, admin: FlaskClient, session: Session
    ) -> None:
        response = admin.post("/admin/accounts/new", data=NEW)
        made = account_by_username(session, "li.si")
        assert response.location == f"/admin/accounts/{made.id}"
        assert (made.kind, made.email, made.display_name) == (AccountKind.STAFF, "li.si@example.org", "李某")
        assert [(one.role, one.unit.code) for one in made.assignments] == [(Role.INTAKE, "bureau")]
        with app.app_context():
            assert verify_password(NEW["password"], made.password)
        assert acts(session) == ["account.create", "account.assign"]
        page = Pages(admin).get(response.location)
        assert "账号已经建好" in page.text

    @pytest.mark.parametrize(
        ("wrong", "named"),
        [
            ({"username": ""}, ["#username"]),
            ({"username": "Ｗａｎｇ.WU"}, ["#username"]),
            ({"username": "a b"}, ["#username"]),
            ({"username": "x" * 65}, ["#username"]),
            ({"display_name": " "}, ["#display_name"]),
            ({"email": "wang.wu@EXAMPLE.org"}, ["#email"]),
            ({"email": "no address"}, ["#email"]),
            ({"unit": ""}, ["#unit"]),
            ({"unit": "police"}, ["#unit"]),
            ({"unit": "nowhere"}, ["#unit"]),
            ({"role": "emperor"}, ["#role"]),
            ({"password": "short"}, ["#password"]),
            ({"username": "", "unit": "", "password": ""}, ["#username", "#unit", "#password"]),
        ],
    )
    @pytest.mark.parametrize("language", ["", "/en"])
    def test_a_mistake_is_named_at_its_field_and_what_was_typed_stays(
        self,
        admin: FlaskClient,
        person: Account,
        session: Session,
        wrong: dict[str, str],
        named: list[str],
        language: str,
    ) -> None:
        person.email = "wang.wu@example.org"
        session.commit()
        sent = NEW | wrong
        page = Pages(admin).post(f"{language}/admin/accounts/new", sent)
        assert problems(page) == named
        for name in ("username", "display_name", "email"):
            assert page.select_one(f"#{name}")["value"] == sent[name].strip()
        if sent["unit"] == "bureau":
            assert page.select_one("#unit option[selected]")["value"] == "bureau"
        assert page.select_one("#password")["value"] == ""
        assert session.scalar(select(Account.id).where(Account.username == "li.si")) is None
        assert acts(session) == []


class TestActs:
    """The buttons on the page of an account."""

    def test_a_role_is_given_and_taken(
        self, act: Callable[..., str], person: Account, bureau: Unit, session: Session
    ) -> None:
        assert "岗位已经增加" in act("roles", unit="bureau", role="head")
        assert [one.role for one in person.assignments] == [Role.HANDLER, Role.HEAD]
        assert "岗位已经取消" in act(f"roles/{person.assignments[0].id}/revoke")
        assert [one.role for one in person.assignments] == [Role.HEAD]
        assert acts(session) == ["account.assign", "account.revoke"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_role_half_chosen_says_what_is_missing(
        self, admin: FlaskClient, person: Account, language: str
    ) -> None:
        page = Pages(admin).post(
            f"{language}/admin/accounts/{person.id}/roles", {"unit": "bureau", "role": ""}
        )
        assert problems(page) == ["#role"]
        assert page.select_one("#unit option[selected]")["value"] == "bureau"

    def test_a_password_is_set_and_ends_the_sessions(
        self, app: Flask, act: Callable[..., str], person: Account, session: Session
    ) -> None:
        before = person.fs_uniquifier
        assert "密码已经重设" in act("password", password="another long one")
        with app.app_context():
            assert verify_password("another long one", person.password)
        assert person.fs_uniquifier != before
        assert acts(session) == ["account.password"]

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("password", ["", "short"])
    def test_a_weak_password_is_refused_with_a_sentence(
        self, admin: FlaskClient, person: Account, session: Session, language: str, password: str
    ) -> None:
        page = Pages(admin).post(f"{language}/admin/accounts/{person.id}/password", {"password": password})
        assert problems(page) == ["#password"]
        assert acts(session) == []

    def test_an_account_is_closed_and_opened(
        self, act: Callable[..., str], person: Account, session: Session
    ) -> None:
        assert "账号已经停用" in act("close")
        assert not person.active
        assert "账号已经启用" in act("open")
        assert person.active
        assert acts(session) == ["account.close", "account.open"]

    def test_whoever_has_it_closed_is_signed_out_at_once(
        self, app: Flask, act: Callable[..., str], person: Account
    ) -> None:
        theirs = sign_in(app.test_client(), person)
        assert theirs.get("/sign-in/change-password").status_code == 200
        act("close")
        assert theirs.get("/sign-in/change-password").status_code == 303

    def test_a_lost_phone_is_forgotten(
        self, act: Callable[..., str], person: Account, session: Session
    ) -> None:
        person.tf_primary_method, person.tf_totp_secret = "authenticator", "encrypted"
        person.mf_recovery_codes = ["encrypted"]
        session.commit()
        assert "动态口令已经取消" in act("forget-one-time-password")
        assert (person.tf_primary_method, person.tf_totp_secret, person.mf_recovery_codes) == (
            None,
            None,
            None,
        )
        assert acts(session) == ["account.forget_one_time_password"]

    def test_nobody_closes_their_own_account(self, admin: FlaskClient, session: Session) -> None:
        oneself = account_by_username(session, "admin")
        response = admin.post(f"/admin/accounts/{oneself.id}/close", follow_redirects=True)
        assert "不能停用自己的账号" in response.text
        session.refresh(oneself)
        assert oneself.active

    def test_the_last_administrator_cannot_give_the_role_away(
        self, admin: FlaskClient, session: Session
    ) -> None:
        oneself = account_by_username(session, "admin")
        path = f"/admin/accounts/{oneself.id}/roles/{oneself.assignments[0].id}/revoke"
        assert "最后一名在用的管理员" in Pages(admin).post(path, {}, status=409).text

    def test_another_persons_role_is_not_taken_by_a_wrong_address(
        self, admin: FlaskClient, person: Account, session: Session
    ) -> None:
        other = StaffFactory()
        session.commit()
        admin.post(f"/admin/accounts/{other.id}/roles/{person.assignments[0].id}/revoke")
        session.refresh(person)
        assert len(person.assignments) == 1
