import datetime as dt

import pytest

from models.codes.identity import (
    IdentityFault,
    check_identity_number,
    identity_check_character,
    is_valid_identity_number,
)

TODAY = dt.date(2026, 11, 22)


def invented(first17: str) -> str:
    return first17 + identity_check_character(first17)


def test_the_standards_own_example_is_valid() -> None:
    assert is_valid_identity_number("11010519491231002X", today=TODAY)


@pytest.mark.parametrize(
    "first17",
    [
        "41900119900101001",  # Jiyuan, born before the code existed
        "14072619900101001",  # a county that has since become a district
        "41270219820101001",  # a region that no longer exists
        "81000019900101001",  # residence permit, Hong Kong
        "82000019900101001",  # residence permit, Macao
        "83000019900101001",  # residence permit, Taiwan
        "93215619900101001",  # permanent residence card
    ],
)
def test_numbers_that_strict_tables_wrongly_refuse_are_valid_without_a_warning(first17: str) -> None:
    check = check_identity_number(invented(first17), today=TODAY)
    assert check.is_valid
    assert not check.has_unusual_region


def test_an_unknown_region_only_warns() -> None:
    check = check_identity_number(invented("00000019900101001"), today=TODAY)
    assert check.is_valid
    assert check.has_unusual_region


@pytest.mark.parametrize("born", ["20990101", "20261123", "19900230", "18691231", "00000000"])
def test_a_birth_date_that_cannot_be_is_a_fault(born: str) -> None:
    number = invented(f"410402{born}001")
    assert check_identity_number(number, today=TODAY).fault is IdentityFault.BIRTH_DATE


def test_somebody_born_today_has_a_number() -> None:
    assert is_valid_identity_number(invented("41040220261122001"), today=TODAY)


def test_a_wrong_check_character_is_told_apart_from_a_wrong_form() -> None:
    assert check_identity_number("110105194912310021", today=TODAY).fault is IdentityFault.CHECK_CHARACTER
    assert check_identity_number("11010519491231002Y", today=TODAY).fault is IdentityFault.FORM
    assert check_identity_number("110105491231002", today=TODAY).fault is IdentityFault.FORM


def test_a_small_x_full_width_digits_and_spaces_are_read() -> None:
    assert is_valid_identity_number("110105 19491231 002x", today=TODAY)
    assert is_valid_identity_number("１１０１０５１９４９１２３１００２Ｘ", today=TODAY)


def test_a_body_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(ValueError, match="seventeen"):
        identity_check_character("1101051949123100")
