import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as reference

from models.codes.uscc import (
    ALPHABET,
    PLACEHOLDER,
    is_valid_uscc,
    normalise_uscc,
    one_slip_from,
    organisation_check_character,
    uscc_check_character,
    uscc_region,
)

GENUINE = ["91110000600037341L", "91330106673959654P", "91440300708461136T"]
first17 = st.builds(
    lambda head, region, tail: head + region + tail,
    st.text(ALPHABET, min_size=2, max_size=2),
    st.from_regex(r"\A[0-9]{6}\Z"),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@pytest.mark.parametrize("code", GENUINE)
def test_genuine_codes_are_valid(code: str) -> None:
    assert is_valid_uscc(code)


@pytest.mark.parametrize(
    "code",
    [
        "91330106673959654M",
        "",
        "91110000600037341",
        "91110000600037341LL",
        "91110000600037341l",
        "9111000060003734IL",
        "91A10000600037341L",
        "9１110000600037341L",
        PLACEHOLDER,
    ],
)
def test_anything_else_is_not(code: str) -> None:
    assert not is_valid_uscc(code)


@given(first17)
def test_every_check_character_makes_a_valid_code_and_no_other_does(body: str) -> None:
    right = uscc_check_character(body)
    assert is_valid_uscc(body + right)
    assert [character for character in ALPHABET if is_valid_uscc(body + character)] == [right]


def test_it_agrees_with_the_public_library_on_a_thousand_codes() -> None:
    dice = random.Random(7)  # noqa: S311 - a repeatable sample
    for _ in range(1000):
        region = "".join(dice.choices("0123456789", k=6))
        code = "91" + region + "".join(dice.choices(ALPHABET, k=10))
        assert is_valid_uscc(code) == reference.is_valid(code)


@given(first17, st.data())
def test_one_wrong_or_two_swapped_characters_are_noticed(body: str, data: st.DataObject) -> None:
    code = body + uscc_check_character(body)
    place = data.draw(st.integers(0, 16))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or not is_valid_uscc(swapped)
    other = data.draw(st.sampled_from([character for character in ALPHABET if character != code[place]]))
    assert not is_valid_uscc(code[:place] + other + code[place + 1 :])


def test_a_rural_collective_begins_with_a_letter() -> None:
    body = "N2410422MF0000001"
    assert is_valid_uscc(body + uscc_check_character(body))


@pytest.mark.parametrize(
    "typed", [" 91110000 600037341l ", "９１１１００００６０００３７３４１Ｌ", "91110000-600037341-L"]
)
def test_full_width_spaces_and_case_are_folded(typed: str) -> None:
    assert normalise_uscc(typed) == "91110000600037341L"


def test_the_region_is_read() -> None:
    assert uscc_region("91330106673959654P") == "330106"


@pytest.mark.parametrize("body", ["", "9111000060003734", "9111000060003734I"])
def test_a_body_that_cannot_be_one_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="seventeen"):
        uscc_check_character(body)


@pytest.mark.parametrize(("body", "check"), [("60003734", "1"), ("67395965", "4"), ("70846113", "6")])
def test_the_organisation_code_inside_has_a_check_of_its_own(body: str, check: str) -> None:
    assert organisation_check_character(body) == check


def test_an_organisation_code_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="eight"):
        organisation_check_character("6000373")


@pytest.mark.parametrize(
    "written",
    [
        "91110000600037341M",
        "91110000600073341L",
        "9111000060037341L",
        "911100006000373411L",
        "91110000600037314L",
    ],
)
def test_a_code_is_found_from_one_with_a_slip(written: str) -> None:
    meant = set(one_slip_from(written))
    assert GENUINE[0] in meant
    assert all(len(code) == 18 for code in meant)
    assert GENUINE[1] not in meant


def test_what_is_far_from_a_code_leads_nowhere() -> None:
    assert list(one_slip_from("9111")) == []
