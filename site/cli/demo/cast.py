"""Who acts in the demo: makes the accounts, and finds the one that does an act in a unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.demo.accounts import COLLEAGUE, RIGHTS_HOLDER, accounts, member, officer_of
from models.cases.terms import Act
from models.papers.prefixes import confirm, prefix_of
from models.people.actors import COMMAND
from models.people.operations import assign_role, create_account
from models.people.profiles import BureauProfile
from models.people.roles import Role
from models.people.tables import Account, Unit

_AT_THE_DESK = {Act.ACCEPT, Act.REFUSE, Act.TRANSFER, Act.ASSIGN}
_BY_ROLE = {
    Act.DESIGNATE: Role.HEAD,
    Act.DECIDE_AID: Role.HEAD,
    Act.FILE: Role.HEAD,
    Act.NOT_FILE: Role.HEAD,
    Act.APPROVE_REFERRAL: Role.HEAD,
    Act.UPHOLD: Role.SUPERVISOR,
    Act.REJECT: Role.SUPERVISOR,
}


@dataclass(frozen=True)
class Cast:
    """The demo's accounts by username and its units by code."""

    profile: BureauProfile
    units: dict[str, Unit]
    people: dict[str, Account]

    def with_role(self, role: Role) -> Account:
        """The bureau's member with that role."""
        return self.people[member(role)]

    @property
    def team(self) -> tuple[Account, Account]:
        """The bureau's two handlers, who report on a referral together."""
        return self.with_role(Role.HANDLER), self.people[COLLEAGUE]

    @property
    def rights_holder(self) -> Account:
        return self.people[RIGHTS_HOLDER]

    def officer(self, unit_code: str, act: Act) -> Account:
        """Who does `act` in a unit: in the bureau the desk or the handler, elsewhere the unit's one officer."""
        if act in _BY_ROLE:
            return self.with_role(_BY_ROLE[act])
        if unit_code != self.profile.bureau.unit:
            return self.people[officer_of(unit_code, self.profile)]
        return self.with_role(Role.INTAKE if act in _AT_THE_DESK else Role.HANDLER)


def engage(session: Session, *, profile: BureauProfile, password_hash: str, now: dt.datetime) -> Cast:
    """Makes all demo accounts and gives them their roles; the profile's units are there already."""
    units = {unit.code: unit for unit in session.scalars(select(Unit))}
    people = {}
    for wanted in accounts(profile):
        account = create_account(
            session,
            kind=wanted.kind,
            username=wanted.username,
            display_name=wanted.display_name,
            password_hash=password_hash,
            actor=COMMAND,
            now=now,
            organisation=wanted.organisation,
            uscc=wanted.uscc,
            is_demo=True,
        )
        for role in wanted.roles if wanted.unit_code else ():
            unit = units[wanted.unit_code or ""]
            assign_role(session, account=account, unit=unit, role=role, actor=COMMAND, now=now)
        people[wanted.username] = account
    cast = Cast(profile, units, people)
    _confirm_prefixes(session, cast, now)
    return cast


def _confirm_prefixes(session: Session, cast: Cast, now: dt.datetime) -> None:
    """So that papers can have numbers."""
    prefixes = {prefix_of(cast.profile, one.code) for one in cast.profile.units if not one.is_outside}
    for prefix in sorted(prefixes, key=lambda one: one.owner):
        confirm(
            session,
            profile=cast.profile,
            unit=cast.units[prefix.owner],
            text=prefix.text,
            actor=cast.with_role(Role.HEAD),
            now=now,
        )
