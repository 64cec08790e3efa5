"""Verbs about people: a profile's units, accounts, roles, sessions, each noted in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import ActRefused, Invalid
from models.ledger import LedgerEvent
from models.ledger.queries import events_of
from models.people import operations
from models.people.actors import COMMAND
from models.people.operations import create_account, install_profile
from models.people.profile_files import load_profile
from models.people.profiles import BureauProfile, UnitSpec
from models.people.queries import account_by_sign_in_name, account_by_username, active_units, staff_counts
from models.people.roles import AccountKind, Role, UnitKind
from models.people.tables import Account, Unit
from tests.factories import NOW, AccountFactory, StaffFactory, UnitFactory

PROFILE = load_profile("pingdingshan")


def install(session: Session, profile: BureauProfile = PROFILE) -> dict[str, Unit]:
    install_profile(session, profile, actor=COMMAND, now=NOW)
    session.commit()
    return {unit.code: unit for unit in session.scalars(select(Unit))}


def acts(session: Session, **about: str) -> list[str]:
    wanted = select(LedgerEvent.act).order_by(LedgerEvent.id)
    return list(session.scalars(wanted.filter_by(**about)))


def changed(code: str, **fields: Any) -> BureauProfile:
    units = tuple(replace(unit, **fields) if unit.code == code else unit for unit in PROFILE.units)
    return replace(PROFILE, units=units)


class TestProfile:
    """The units of the bureau's file, made, renamed, closed and opened again."""

    def test_each_unit_is_made_under_its_parent(self, session: Session) -> None:
        units = install(session)
        assert units.keys() == {spec.code for spec in PROFILE.units}
        for spec in PROFILE.units:
            unit = units[spec.code]
            above = units[spec.parent] if spec.parent else None
            assert (unit.name, unit.kind, unit.region_code) == (spec.name, spec.kind, spec.region_code)
            assert unit.path == f"{above.path if above else '/'}{unit.id}/"
            assert above is None or above.contains(unit)
        assert acts(session) == ["unit.open"] * len(PROFILE.units)

    def test_installing_twice_changes_nothing_and_notes_nothing(self, session: Session) -> None:
        before = {code: _columns(unit) for code, unit in install(session).items()}
        noted = len(acts(session))
        after = {code: _columns(unit) for code, unit in install(session).items()}
        assert after == before
        assert len(acts(session)) == noted

    def test_a_unit_renamed_keeps_its_number_and_the_ledger_says_what_changed(self, session: Session) -> None:
        number = install(session)["bureau"].id
        renamed = install(session, changed("bureau", name="改名后的市场监督管理局"))["bureau"]
        assert (renamed.id, renamed.name) == (number, "改名后的市场监督管理局")
        event = events_of(session, subject_kind="units", subject_id=str(number))[-1]
        assert (event.act, event.data) == ("unit.change", '{"fields":["name"]}')

    def test_a_unit_no_longer_named_is_closed_and_comes_back_as_it_was(self, session: Session) -> None:
        number = install(session)["xinhua"].id
        without = tuple(unit for unit in PROFILE.units if unit.code != "xinhua")
        closed = install(session, replace(PROFILE, units=without))["xinhua"]
        assert not closed.is_active
        assert closed not in active_units(session)
        again = install(session)["xinhua"]
        assert (again.id, again.is_active) == (number, True)
        about = [event.act for event in events_of(session, subject_kind="units", subject_id=str(number))]
        assert about == ["unit.open", "unit.close", "unit.change"]

    def test_a_unit_that_moves_takes_the_units_below_along(self, session: Session) -> None:
        below = UnitSpec("below", "某工作站", UnitKind.WORK_STATION, "410402", parent="xinhua")
        install(session, replace(PROFILE, units=(*PROFILE.units, below)))
        moved = changed("xinhua", parent="henan")
        units = install(session, replace(moved, units=(*moved.units, below)))
        assert units["xinhua"].path == f"{units['henan'].path}{units['xinhua'].id}/"
        assert units["xinhua"].contains(units["below"])
        assert not units["bureau"].contains(units["below"])

    def test_parents_come_before_children(self, session: Session) -> None:
        install(session)
        seen: set[int | None] = {None}
        for unit in active_units(session):
            assert unit.parent_id in seen
            seen.add(unit.id)


@pytest.fixture
def create(session: Session) -> Callable[..., Account]:
    """Makes an account; only what the test is about has to be said."""

    def make(username: str = "zhang.san", **fields: Any) -> Account:
        given = {"kind": AccountKind.STAFF, "display_name": "张某", "password_hash": "hash", **fields}
        return create_account(session, username=username, actor=COMMAND, now=NOW, **given)

    return make


class TestAccounts:
    """Made once, found under every way to write the name."""

    def test_an_account_is_kept_in_one_form_and_noted(
        self, session: Session, create: Callable[..., Account]
    ) -> None:
        account = create(" Ｚｈａｎｇ.San ", email="Zhang.San@Example.ORG ")
        session.commit()
        assert (account.username, account.email) == ("zhang.san", "zhang.san@example.org")
        [event] = events_of(session, subject_kind="accounts", subject_id=str(account.id))
        assert (event.act, event.data) == ("account.create", '{"kind":"staff"}')

    @pytest.mark.parametrize(
        "name",
        ["zhang.san", "ZHANG.SAN", " ｚｈａｎｇ.san", "zhang.san@example.org", "Zhang.San@EXAMPLE.org"],
    )
    def test_it_is_found_under_every_way_to_write_it(
        self, session: Session, create: Callable[..., Account], name: str
    ) -> None:
        account = create(email="zhang.san@example.org")
        assert account_by_sign_in_name(session, name) is account

    @pytest.mark.parametrize("name", ["", " ", "zhang", "san@example.org"])
    def test_nobody_is_found_under_another(
        self, session: Session, create: Callable[..., Account], name: str
    ) -> None:
        create(email="zhang.san@example.org")
        assert account_by_sign_in_name(session, name) is None

    @pytest.mark.parametrize(
        ("fields", "named"),
        [
            ({"username": "ZHANG.SAN"}, {"username"}),
            ({"username": "ｚｈａｎｇ.ｓａｎ"}, {"username"}),
            ({"username": "other", "email": "A@EXAMPLE.ORG"}, {"email"}),
            ({"email": "ａ@example.org"}, {"username", "email"}),
            ({"username": "b@example.org"}, {"username"}),
            ({"username": "other", "email": "no address"}, {"email"}),
        ],
    )
    def test_what_is_taken_or_none_is_refused_at_its_field(
        self, create: Callable[..., Account], fields: dict[str, str], named: set[str]
    ) -> None:
        create(email="a@example.org")
        with pytest.raises(Invalid) as refusal:
            create(**fields)
        assert refusal.value.errors.keys() == named

    def test_whoever_writes_past_the_verb_still_writes_one_form(self, session: Session) -> None:
        account = AccountFactory(username="ＡＢＣ", email="A@B.ORG")
        session.commit()
        assert account_by_username(session, "abc") is account
        assert account.email == "a@b.org"

    def test_an_account_without_address_is_no_double_of_another(self, create: Callable[..., Account]) -> None:
        assert create("one").email is create("two", email=" ").email is None


class TestRoles:
    """Given and taken, within what the bureau can stand."""

    def test_a_role_is_given_once(self, session: Session) -> None:
        account, unit = StaffFactory(role=Role.INTAKE), UnitFactory()
        for _ in range(2):
            operations.assign_role(
                session, account=account, unit=unit, role=Role.HEAD, actor=COMMAND, now=NOW
            )
        session.commit()
        assert [one.role for one in account.assignments] == [Role.INTAKE, Role.HEAD]
        assert acts(session, act="account.assign") == ["account.assign"]
        assert staff_counts(session)[unit.id] == 1

    @pytest.mark.parametrize("taken", [True, False])
    def test_only_a_role_that_is_held_can_be_taken(self, session: Session, taken: bool) -> None:
        account = StaffFactory()
        number = account.assignments[0].id if taken else StaffFactory().assignments[0].id
        operations.revoke_role(session, account=account, assignment_id=number, actor=COMMAND, now=NOW)
        session.commit()
        assert account.assignments == [] if taken else len(account.assignments) == 1
        assert acts(session) == (["account.revoke"] if taken else [])

    def test_rights_holders_outside_bodies_and_closed_units_have_no_roles(self, session: Session) -> None:
        staff, holder = StaffFactory(), AccountFactory()
        outside = UnitFactory(kind=UnitKind.OUTSIDE, outside_kind="police")
        for account, unit in [
            (holder, UnitFactory()),
            (staff, outside),
            (staff, UnitFactory(is_active=False)),
        ]:
            with pytest.raises(Invalid):
                operations.assign_role(
                    session, account=account, unit=unit, role=Role.HEAD, actor=COMMAND, now=NOW
                )

    def test_the_last_administrator_stays(self, session: Session) -> None:
        last = StaffFactory(role=Role.ADMINISTRATOR)
        StaffFactory(role=Role.ADMINISTRATOR, active=False)
        with pytest.raises(ActRefused):
            operations.set_active(session, account=last, is_active=False, actor=COMMAND, now=NOW)
        with pytest.raises(ActRefused):
            operations.revoke_role(
                session, account=last, assignment_id=last.assignments[0].id, actor=COMMAND, now=NOW
            )
        assert last.active
        assert last.assignments

    def test_one_of_two_administrators_can_go(self, session: Session) -> None:
        one, other = StaffFactory(role=Role.ADMINISTRATOR), StaffFactory(role=Role.ADMINISTRATOR)
        operations.set_active(session, account=one, is_active=False, actor=other, now=NOW)
        session.commit()
        assert not one.active


class TestSessions:
    """What ends every session that an account has."""

    @pytest.mark.parametrize(
        ("verb", "arguments", "act"),
        [
            (operations.set_active, {"is_active": False}, "account.close"),
            (operations.set_password, {"password_hash": "new"}, "account.password"),
            (operations.forget_one_time_password, {}, "account.forget_one_time_password"),
        ],
    )
    def test_closing_and_new_secrets_end_sessions(
        self, session: Session, verb: Callable[..., None], arguments: dict[str, Any], act: str
    ) -> None:
        account = StaffFactory()
        before = account.fs_uniquifier
        verb(session, account=account, actor=COMMAND, now=NOW, **arguments)
        session.commit()
        assert account.fs_uniquifier != before
        assert acts(session) == [act]

    def test_closing_twice_is_noted_once(self, session: Session) -> None:
        account = StaffFactory()
        for is_active in (False, False, True, True):
            operations.set_active(session, account=account, is_active=is_active, actor=COMMAND, now=NOW)
        session.commit()
        assert acts(session) == ["account.close", "account.open"]


def _columns(unit: Unit) -> dict[str, object]:
    return {column.key: getattr(unit, column.key) for column in Unit.__table__.columns}
