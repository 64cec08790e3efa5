"""Who may reach what, asked of every address there is. No list of addresses stands here, so none can be forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.people.permissions import ROLE_PERMISSIONS
from models.people.roles import AccountKind, Role
from models.people.tables import Account, Assignment
from shared.access import public
from shared.accounts import FOREIGN_ACCESS
from tests.factories import AccountFactory, StaffFactory, UnitFactory
from tests.support.addresses import Address, addresses
from tests.support.visitors import sign_in

KINDS = {"casework": AccountKind.STAFF, "admin": AccountKind.STAFF, "account": AccountKind.RIGHTS_HOLDER}
# Text in an address is a code that is looked up exactly; anything else has a converter that says what it is.
CODES = {
    "cell",
    "period",
    "right_type",
    "address",
    "reference",
    "public_id",
    "token",
    "filename",
    "uscc",
    "rule",
    "rule_id",
    "key",
    "kind_id",
    "code",
    "name",
    "act",
    "schedule",
}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")


@pytest.fixture
def everything(app: Flask) -> list[Address]:
    """Every address of the application."""
    return list(addresses(app))


@pytest.fixture
def protected(everything: list[Address]) -> list[Address]:
    """Those that ask for an account."""
    return [one for one in everything if one.access and not one.access.is_public and not one.access.is_closed]


@pytest.fixture
def visit(app: Flask, session: Session) -> Callable[[Account], FlaskClient]:
    """`visit(account)` is a browser in which that account has just signed in."""

    def browser(account: Account) -> FlaskClient:
        session.commit()
        return sign_in(app.test_client(), account)

    return browser


class TestDeclarations:
    """What can be seen without asking."""

    def test_every_address_says_who_may_reach_it(self, everything: list[Address]) -> None:
        silent = [str(one) for one in everything if one.access is None]
        assert not silent, "decorate the view with @public, @requires(…) or @signed_in() of shared.access"

    def test_what_is_said_about_libraries_is_about_views_that_exist(self, app: Flask) -> None:
        assert FOREIGN_ACCESS.keys() - app.view_functions.keys() == set()

    def test_our_own_views_speak_for_themselves(self, app: Flask) -> None:
        ours = {name for name, view in app.view_functions.items() if hasattr(view, "huhang_access")}
        assert not ours & FOREIGN_ACCESS.keys()

    def test_what_lies_under_a_surface_is_for_the_people_of_that_surface(
        self, everything: list[Address]
    ) -> None:
        """A calendar program can't sign in; a secret in its address does that for it."""
        open_to_others = [
            str(one)
            for one in everything
            if one.is_under in KINDS and "token" not in one.rule.arguments
            if not one.access or one.access.kind is not KINDS[one.is_under]
        ]
        assert not open_to_others

    def test_what_staff_do_lies_under_their_surfaces(self, everything: list[Address]) -> None:
        astray = [
            str(one)
            for one in everything
            if one.access and one.access.any_of and KINDS.get(one.is_under) is not AccountKind.STAFF
        ]
        assert not astray

    def test_every_act_of_an_administrator_asks_for_a_fresh_password(self, everything: list[Address]) -> None:
        stale = [
            str(one)
            for one in everything
            if one.is_under == "admin" and one.method != "GET"
            if one.access and not one.access.asks_password(one.method)
        ]
        assert not stale

    def test_no_closed_view_of_a_library_answers(
        self, client: FlaskClient, everything: list[Address]
    ) -> None:
        closed = [one for one in everything if one.access and one.access.is_closed]
        assert closed
        assert {one.open(client).status_code for one in closed} == {404}


class TestAddresses:
    """How addresses look."""

    def test_words_are_joined_by_hyphens(self, everything: list[Address]) -> None:
        parts = {
            part
            for one in everything
            for part in re.sub(r"<[^>]*>", "", one.rule.rule).split("/")
            if part and not part.startswith(".")
        }
        assert not [part for part in parts if not KEBAB.fullmatch(part.removesuffix("."))]

    def test_every_parameter_says_what_it_is(self, everything: list[Address]) -> None:
        untyped = {
            (str(one), name)
            for one in everything
            for name in one.rule.arguments - set(one.rule.defaults or {})
            if name not in CODES and not re.search(rf"<[^<>]+:{name}>", one.rule.rule)
        }
        assert not untyped, "write <int:…>, <any(…):…> …; a code that is looked up exactly goes into CODES"

    def test_a_number_that_no_row_can_have_is_an_unknown_address(
        self, everything: list[Address], visit: Callable[[Account], FlaskClient]
    ) -> None:
        browser = visit(_with_every_role())
        numbered = [one for one in everything if "<int:" in one.rule.rule and one.method == "GET"]
        assert numbered
        for one in numbered:
            path = re.sub(r"(?<=/)1(?=/|\.|$)", "99999999999999999999", one.path)
            assert browser.get(path).status_code == 404, str(one)


class TestVisitors:
    """Somebody without an account."""

    def test_a_person_is_asked_to_sign_in_and_a_program_gets_401(
        self, client: FlaskClient, protected: list[Address]
    ) -> None:
        for one in protected:
            response = one.open(client)
            if one.is_data:
                assert response.status_code == 401, str(one)
                assert response.content_type == "application/problem+json"
                continue
            assert response.status_code == 303, str(one)
            to = urlsplit(response.location)
            assert to.path == "/sign-in", str(one)
            assert parse_qs(to.query).get("next") == ([one.path] if one.method == "GET" else None), str(one)

    def test_a_program_is_not_sent_to_a_page(self, client: FlaskClient, protected: list[Address]) -> None:
        for one in protected:
            response = client.open(one.path, method=one.method, headers={"Accept": "application/json"})
            assert (response.status_code, response.content_type) == (401, "application/problem+json"), str(
                one
            )

    @pytest.mark.parametrize("prefix", ["/en", "/zh-hant"])
    def test_the_way_to_sign_in_and_back_keeps_the_language(
        self, client: FlaskClient, protected: list[Address], prefix: str
    ) -> None:
        for one in protected:
            if one.method == "GET" and not one.is_data:
                to = urlsplit(client.get(prefix + one.path).location)
                assert to.path == f"{prefix}/sign-in"
                assert parse_qs(to.query)["next"] == [prefix + one.path]

    def test_after_a_form_one_comes_back_to_the_page_it_stood_on(self, client: FlaskClient) -> None:
        page = "http://localhost/en/admin/accounts/1?x=1"
        response = client.post("/en/admin/accounts/1/password", headers={"Referer": page})
        assert parse_qs(urlsplit(response.location).query)["next"] == ["/en/admin/accounts/1?x=1"]

    def test_no_other_site_is_the_way_back(self, client: FlaskClient) -> None:
        response = client.post("/admin/accounts/1/password", headers={"Referer": "https://evil.example/page"})
        assert response.location == "/sign-in"


class TestAccounts:
    """Somebody with the wrong account, or too little of one."""

    def test_a_rights_holder_gets_nothing_of_the_staffs(
        self, protected: list[Address], visit: Callable[[Account], FlaskClient]
    ) -> None:
        browser = visit(AccountFactory())
        theirs = [one for one in protected if one.access and one.access.kind is AccountKind.STAFF]
        assert theirs
        assert {str(one): one.open(browser).status_code for one in theirs} == {
            str(one): 403 for one in theirs
        }

    def test_staff_get_nothing_of_the_rights_holders(
        self, protected: list[Address], visit: Callable[[Account], FlaskClient]
    ) -> None:
        browser = visit(_with_every_role())
        theirs = [one for one in protected if one.access and one.access.kind is AccountKind.RIGHTS_HOLDER]
        assert theirs
        assert {one.open(browser).status_code for one in theirs} == {403}

    @pytest.mark.parametrize("role", [None, *Role])
    def test_a_role_without_the_permission_gets_403(
        self, protected: list[Address], visit: Callable[[Account], FlaskClient], role: Role | None
    ) -> None:
        browser = visit(_with_every_role([role] if role else []))
        held = ROLE_PERMISSIONS[role] if role else frozenset()
        for one in protected:
            if one.access and one.access.any_of and not one.access.any_of & held:
                assert one.open(browser).status_code == 403, str(one)

    def test_a_closed_account_is_a_visitor(
        self, protected: list[Address], visit: Callable[[Account], FlaskClient]
    ) -> None:
        account = _with_every_role()
        account.active = False
        browser = visit(account)
        assert {one.open(browser).status_code for one in protected if one.method == "GET"} <= {303, 401}


class TestLooking:
    """A GET changes nothing: the session of these tests fails where it would write."""

    @pytest.mark.parametrize("kind", [None, *AccountKind])
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_every_page_answers_whoever_asks(
        self,
        app: Flask,
        everything: list[Address],
        visit: Callable[[Account], FlaskClient],
        kind: AccountKind | None,
        prefix: str,
    ) -> None:
        account = {
            None: None,
            AccountKind.STAFF: _with_every_role,
            AccountKind.RIGHTS_HOLDER: AccountFactory,
        }[kind]
        someone = account() if account else None
        statuses = {
            str(one): (visit(someone) if someone else app.test_client()).get(prefix + one.path).status_code
            for one in everything
            if one.method == "GET"
        }
        # 503: there is no search index here
        assert not {one: status for one, status in statuses.items() if status >= 500 and status != 503}


def test_a_view_that_says_nothing_is_refused(app: Flask) -> None:
    app.add_url_rule("/silent", view_func=lambda: "open", endpoint="silent")
    app.add_url_rule("/spoken", view_func=public(lambda: "open"), endpoint="spoken")
    assert app.test_client().get("/silent").status_code == 403
    assert app.test_client().get("/spoken").status_code == 200


def _with_every_role(roles: list[Role] | None = None) -> Account:
    unit = UnitFactory()
    held = list(Role) if roles is None else roles
    return StaffFactory(assignments=[Assignment(role=role, unit=unit) for role in held])
