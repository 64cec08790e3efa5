"""What the form of a number tells: nothing about the right, and never a refusal."""

from __future__ import annotations

import pytest

from models.filings.right_numbers import NUMBER_FORM_LABELS, NumberForm, form_of
from models.kinds import RightType


@pytest.mark.parametrize(
    ("right", "typed", "form"),
    [
        (RightType.PATENT_INFRINGEMENT, "ZL201710601862.3", NumberForm.WELL_FORMED),
        (RightType.PATENT_INFRINGEMENT, "zl 2018 1156 4288 x", NumberForm.WELL_FORMED),
        (RightType.PATENT_INFRINGEMENT, "９７１０１７６５．４", NumberForm.WELL_FORMED),
        (RightType.PATENT_PASSING_OFF, "202310123456.7", NumberForm.WRONG_CHECK),
        (RightType.PATENT_PASSING_OFF, "专利产品", NumberForm.WRONG_CHECK),
        (RightType.TRADEMARK, "第 1234567 号", NumberForm.WELL_FORMED),
        (RightType.TRADEMARK, "G1234567", NumberForm.WELL_FORMED),
        (RightType.TRADEMARK, "12345678901", NumberForm.UNUSUAL),
        (RightType.PLANT_VARIETY, "CNA20150001.1", NumberForm.UNCHECKED),
        (RightType.COPYRIGHT, "国作登字-2020-F-00000001", NumberForm.UNCHECKED),
        (RightType.TRADEMARK, "  ", NumberForm.UNCHECKED),
    ],
)
def test_the_form_is_judged_where_there_is_one(right: RightType, typed: str, form: NumberForm) -> None:
    assert form_of(right, typed) is form


def test_a_right_form_is_never_called_a_valid_right() -> None:
    assert "不等于权利有效" in NUMBER_FORM_LABELS[NumberForm.WELL_FORMED]
