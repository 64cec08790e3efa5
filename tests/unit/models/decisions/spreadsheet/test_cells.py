import datetime as dt

import pytest

from models.decisions.spreadsheet.cells import CellError, code_of, day_of, fen_of, required_text, text_of
from tests.support.decisions import invented_uscc

DAY = dt.date(2026, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        dt.datetime(2026, 3, 5, 8, 30),  # noqa: DTZ001 - a spreadsheet has no zones
        46086,
        46086.4,
        "46086",
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "20260305",
        "2026年3月5日",
        "２０２６年３月５日",
        "2026-03-05 00:00:00",
        " 2026/03/05 ",
    ],
)
def test_a_day_is_read_in_every_form(cell: object) -> None:
    assert day_of(cell) == DAY


@pytest.mark.parametrize("cell", ["2026-13-05", "2026-02-30", "昨天", "5/3/2026", 12, True])
def test_what_is_no_day_is_refused(cell: object) -> None:
    with pytest.raises(CellError):
        day_of(cell)


@pytest.mark.parametrize("cell", [None, "", "  ", "NULL", "无", "/"])
def test_nothing_is_no_day(cell: object) -> None:
    assert day_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "fen"),
    [(0.2, 200_000), ("0.2", 200_000), (1e-06, 1), (0.1 + 0.2, 300_000), (3, 3_000_000), (None, None)],
)
def test_amounts_are_exact(cell: object, fen: int | None) -> None:
    assert fen_of(cell) == fen


@pytest.mark.parametrize("cell", ["贰仟元", "-0.5", "0.1234567"])
def test_what_is_no_amount_is_refused(cell: object) -> None:
    with pytest.raises(CellError):
        fen_of(cell)


def test_a_code_is_checked() -> None:
    code = invented_uscc(1)
    assert code_of(f" {code.lower()} ") == code
    assert code_of("0" * 17 + "X") is None
    for wrong in (code[:-1], code[:-1] + ("A" if code[-1] != "A" else "B")):
        with pytest.raises(CellError):
            code_of(wrong)


def test_a_code_kept_as_a_number_has_lost_its_end() -> None:
    with pytest.raises(CellError, match="存成了数字"):
        code_of(914104001234567890)


def test_text_is_cleaned_of_signs_that_nobody_sees() -> None:
    assert text_of("第一行\r\n第二行\x07 ") == "第一行\n第二行"
    assert text_of(12.0) == "12"


@pytest.mark.parametrize("cell", [None, "", "空", "NULL", "#REF!", "长" * 11])
def test_a_required_text_is_there_and_fits(cell: object) -> None:
    with pytest.raises(CellError):
        required_text(cell, 10)
