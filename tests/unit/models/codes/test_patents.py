import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes.patents import (
    PatentKind,
    is_valid_patent_number,
    normalise_patent_number,
    parse_patent_number,
    patent_check_character,
)


@pytest.mark.parametrize("number", ["201710601862.3", "201811564288.X", "97101765.4", "95115608.X"])
def test_published_numbers_pass(number: str) -> None:
    assert is_valid_patent_number(number)


def test_the_obvious_dummy_fails_and_its_right_check_is_six() -> None:
    assert not is_valid_patent_number("202310123456.7")
    assert is_valid_patent_number("202310123456.6")


@pytest.mark.parametrize(
    "typed",
    [
        "ZL201811564288.X",
        "ZL 2018 1 1564288.x",
        "zl201811564288X",
        "ＺＬ２０１８１１５６４２８８．Ｘ",
        "ZL201811564288。X",
        "ZL201811564288·X",
    ],
)
def test_every_usual_way_of_writing_is_read_the_same(typed: str) -> None:
    assert normalise_patent_number(typed) == "ZL201811564288.X"


def test_the_parts_are_told() -> None:
    number = parse_patent_number("ZL201811564288.X")
    assert number is not None
    assert (number.kind, number.year, number.is_granted) == (PatentKind.INVENTION, 2018, True)


@pytest.mark.parametrize(
    ("typed", "year"), [("97101765.4", 1997), ("CN95115608.X", 1995), ("02100001.8", 2002)]
)
def test_old_numbers_have_two_digits_of_year_and_claim_no_grant(typed: str, year: int) -> None:
    number = parse_patent_number(typed)
    assert number is not None
    assert (number.year, number.is_granted) == (year, False)


@pytest.mark.parametrize(
    "typed", ["", "ZL", "2018115642881.X", "ZL201841564288.X", "第五号", "ZL20181156428٣.X"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert parse_patent_number(typed) is None


def test_an_unreadable_number_is_kept_as_typed() -> None:
    assert normalise_patent_number("专利申请中 123") == "专利申请中123"


@given(st.integers(1985, 2099), st.sampled_from("12389"), st.integers(0, 9_999_999))
def test_one_wrong_digit_is_noticed(year: int, kind: str, serial: int) -> None:
    body = f"{year}{kind}{serial:07}"
    check = patent_check_character(body)
    assert is_valid_patent_number(f"ZL{body}.{check}")
    wrong = body[:-1] + str((int(body[-1]) + 1) % 10)
    assert not is_valid_patent_number(f"ZL{wrong}.{check}")


@pytest.mark.parametrize("body", ["", "2018", "20181156428A"])
def test_a_body_that_cannot_be_one_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="twelve or eight"):
        patent_check_character(body)
