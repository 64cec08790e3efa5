"""Demo accounts: one for each role, one for a rights-holder, and an officer in every unit that gets cases.

The password stands here in the open on purpose: these accounts exist only where the demo was loaded, and the demo
refuses to load in production.
"""

from dataclasses import dataclass

from sqlalchemy import select

from cli.demo import names
from cli.demo.companies import local_units
from cli.demo.dice import dice
from models.people.profiles import BureauProfile
from models.people.roles import ROLE_LABELS, AccountKind, Role
from models.people.tables import Account
from shared.database import session
from shared.services import services

PASSWORD = "huhang-demo-12330"  # noqa: S105 - see above
RIGHTS_HOLDER = "demo-rights-holder"
COUNTY = "demo-county"
COLLEAGUE = "demo-handler-2"

_USERNAMES = {
    Role.INTAKE: "demo-intake",
    Role.HANDLER: "demo-handler",
    Role.HEAD: "demo-head",
    Role.SUPERVISOR: "demo-supervisor",
    Role.PUBLISHER: "demo-publisher",
    Role.REVIEWER: "demo-reviewer",
    Role.STATISTICIAN: "demo-statistics",
    Role.ADMINISTRATOR: "demo-admin",
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to be made, and what the start-up message shows of it. Rights-holders have no unit."""

    username: str
    label: str
    password: str
    kind: AccountKind
    display_name: str
    unit_code: str | None = None
    roles: tuple[Role, ...] = ()
    organisation: str | None = None
    uscc: str | None = None
    is_shown: bool = True


def accounts(profile: BureauProfile) -> tuple[DemoAccount, ...]:
    """All demo accounts of a bureau. The first unit below the bureau has the shown county officer."""
    own = (_member(role, username, profile) for role, username in _USERNAMES.items())
    officers = (
        _officer(unit.code, unit.place, is_first=number == 0)
        for number, unit in enumerate(local_units(profile))
    )
    return (*own, _colleague(profile), *officers, _rights_holder())


def member(role: Role) -> str:
    """The username of the bureau's member with `role`."""
    return _USERNAMES[role]


def officer_of(unit_code: str, profile: BureauProfile) -> str:
    """The username of whoever acts for a unit below the bureau."""
    first = local_units(profile)[0].code
    return COUNTY if unit_code == first else f"{COUNTY}-{unit_code}"


def shown_accounts() -> tuple[DemoAccount, ...]:
    """The demo accounts to try that are in the database and open; none where no demo was loaded."""
    there = set(session.scalars(select(Account.username).where(Account.is_demo, Account.active)))
    return tuple(
        account for account in accounts(services().bureau) if account.is_shown and account.username in there
    )


def _member(role: Role, username: str, profile: BureauProfile) -> DemoAccount:
    return DemoAccount(
        username=username,
        label=ROLE_LABELS[role],
        password=PASSWORD,
        kind=AccountKind.STAFF,
        display_name=f"演示{ROLE_LABELS[role]}",
        unit_code=profile.bureau.unit,
        roles=(role,),
    )


def _colleague(profile: BureauProfile) -> DemoAccount:
    """A second handler: some reports are made by two."""
    return DemoAccount(
        username=COLLEAGUE,
        label=ROLE_LABELS[Role.HANDLER],
        password=PASSWORD,
        kind=AccountKind.STAFF,
        display_name="演示承办人乙",
        unit_code=profile.bureau.unit,
        roles=(Role.HANDLER,),
        is_shown=False,
    )


def _officer(unit_code: str, place: str, *, is_first: bool) -> DemoAccount:
    return DemoAccount(
        username=COUNTY if is_first else f"{COUNTY}-{unit_code}",
        label=f"{place}承办人",
        password=PASSWORD,
        kind=AccountKind.STAFF,
        display_name=f"演示{place}承办人",
        unit_code=unit_code,
        roles=(Role.INTAKE, Role.HANDLER),
        is_shown=is_first,
    )


def _rights_holder() -> DemoAccount:
    return DemoAccount(
        username=RIGHTS_HOLDER,
        label="权利人",
        password=PASSWORD,
        kind=AccountKind.RIGHTS_HOLDER,
        display_name="演示权利人",
        organisation="北京示例云杉股份有限公司",
        uscc=names.uscc(dice(0, RIGHTS_HOLDER), names.COMPANY, "110000"),
    )
