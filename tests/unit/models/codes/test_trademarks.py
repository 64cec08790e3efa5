import pytest

from models.codes.trademarks import NICE_CLASS_LABELS, is_nice_class, looks_like_trademark_number


@pytest.mark.parametrize(
    "typed", ["1", "12345678", "第12345678号", "12345678A", "G1234567", "ｇ１２３４５６７", " 1234 5678 "]
)
def test_usual_numbers_look_right(typed: str) -> None:
    assert looks_like_trademark_number(typed)


@pytest.mark.parametrize("typed", ["", "1234567890", "ZL201811564288.X", "注册中", "٣٣"])
def test_other_text_does_not(typed: str) -> None:
    assert not looks_like_trademark_number(typed)


def test_there_are_forty_five_classes() -> None:
    assert sorted(NICE_CLASS_LABELS) == list(range(1, 46))
    assert is_nice_class(45)
    assert not is_nice_class(0)
    assert not is_nice_class(46)
