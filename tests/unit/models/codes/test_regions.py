import pytest

from models.codes.regions import PROVINCES, contains_region, is_region_code, province_name


@pytest.mark.parametrize("code", ["410000", "419001", "140703", "442000"])
def test_regions_of_the_bureaus_are_regions(code: str) -> None:
    assert is_region_code(code)


@pytest.mark.parametrize("code", ["", "41", "990000", "41040a", "４１０４００"])
def test_other_text_is_no_region(code: str) -> None:
    assert not is_region_code(code)


def test_the_province_of_a_region_is_named() -> None:
    assert province_name("419001") == "河南省"
    assert province_name("990000") is None
    assert len(PROVINCES) == 34


@pytest.mark.parametrize(
    ("outer", "inner", "lies_in"),
    [
        ("410000", "410422", True),
        ("410000", "419001", True),
        ("410400", "410422", True),
        ("410400", "419001", False),
        ("410422", "410422", True),
        ("410422", "410423", False),
        ("419001", "419001", True),
        ("410000", "140700", False),
    ],
)
def test_a_region_contains_what_lies_below_it(outer: str, inner: str, lies_in: bool) -> None:
    assert contains_region(outer, inner) is lies_in
