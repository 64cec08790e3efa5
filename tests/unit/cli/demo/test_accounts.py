import pytest

from cli.demo.accounts import accounts, officer_of
from cli.demo.companies import local_units
from models.codes.uscc import is_valid_uscc
from models.people.profile_files import available_profiles, load_profile
from models.people.roles import AccountKind, Role


@pytest.mark.parametrize("key", available_profiles())
def test_there_is_one_account_to_try_for_every_role(key: str) -> None:
    shown = [account for account in accounts(load_profile(key)) if account.is_shown]
    assert {role for account in shown for role in account.roles} == set(Role)
    assert len({account.username for account in shown}) == len(shown) == len(Role) + 2


@pytest.mark.parametrize("key", available_profiles())
def test_every_unit_that_gets_cases_has_an_officer(key: str) -> None:
    profile = load_profile(key)
    by_name = {account.username: account for account in accounts(profile)}
    for unit in local_units(profile):
        assert by_name[officer_of(unit.code, profile)].unit_code == unit.code


def test_the_rights_holder_has_an_invented_company() -> None:
    holder = next(
        account for account in accounts(load_profile("henan")) if account.kind is AccountKind.RIGHTS_HOLDER
    )
    assert holder.organisation is not None
    assert "示例" in holder.organisation
    assert holder.uscc is not None
    assert is_valid_uscc(holder.uscc)
