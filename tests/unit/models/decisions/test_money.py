import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.decisions.money import MAX_FEN, AmountError, fen_to_wan, fen_to_yuan, wan_to_fen, yuan_to_fen


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("0.2", 200_000),
        ("0.000001", 1),
        ("12.345678", 12_345_678),
        ("1,000", 10**9),
        ("３．５", 3_500_000),
        ("0", 0),
    ],
)
def test_ten_thousands_of_yuan_become_exact_fen(written: str, fen: int) -> None:
    assert wan_to_fen(written) == fen


def test_units_and_signs_around_the_number_are_left_out() -> None:
    assert wan_to_fen(" ￥0.5万元 ") == 500_000
    assert yuan_to_fen("¥ 2,000.50元") == 200_050


def test_yuan_that_say_so_are_yuan_in_a_column_of_ten_thousands_too() -> None:
    assert (
        wan_to_fen("3,000元") == wan_to_fen("0.3万") == wan_to_fen("0.3万元") == wan_to_fen("0.3") == 300_000
    )


@pytest.mark.parametrize("written", ["", "two", "-1", "0.0000001", "NaN", "Infinity", "1e30"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(AmountError):
        wan_to_fen(written)


@given(st.integers(min_value=0, max_value=MAX_FEN))
def test_fen_survive_the_way_out_and_back(fen: int) -> None:
    assert wan_to_fen(str(fen_to_wan(fen))) == fen
    assert yuan_to_fen(str(fen_to_yuan(fen))) == fen
