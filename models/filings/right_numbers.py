"""The number of a right as a filer types it: what it is called for each kind of right, and what its form tells.

A number is never refused: it may stand on the product just so, and a wrong one is evidence of passing off. A right form
says nothing about whether the right exists or is in force, and the words say that.
"""

from __future__ import annotations

import enum

from models.codes.patents import is_valid_patent_number
from models.codes.trademarks import looks_like_trademark_number
from models.kinds import RightType


class NumberForm(enum.StrEnum):
    """How a number looks."""

    WELL_FORMED = "well_formed"
    UNUSUAL = "unusual"
    WRONG_CHECK = "wrong_check"
    UNCHECKED = "unchecked"


NUMBER_FORM_LABELS: dict[NumberForm, str] = {
    NumberForm.WELL_FORMED: "格式正确，不等于权利有效。",
    NumberForm.UNUSUAL: "与常见的写法不同，可能抄错；产品上就是这样标的，不用改。",
    NumberForm.WRONG_CHECK: "校验位不符，可能抄错；产品上就是这样标的，不用改。",
    NumberForm.UNCHECKED: "",
}

# Kinds of right that have no number are left out: nobody is asked for one.
NUMBER_NAME_LABELS: dict[RightType, str] = {
    RightType.TRADEMARK: "商标注册号",
    RightType.PATENT_INFRINGEMENT: "专利号",
    RightType.PATENT_PASSING_OFF: "产品上标的专利号",
    RightType.COPYRIGHT: "作品登记号",
    RightType.GEOGRAPHICAL_INDICATION: "地理标志注册号或公告号",
    RightType.PLANT_VARIETY: "品种权号",
    RightType.LAYOUT_DESIGN: "布图设计登记号",
    RightType.SPECIAL_SIGN: "特殊标志登记号",
    RightType.OTHER: "商标注册号、专利号等",
}

_PATENTS = (RightType.PATENT_INFRINGEMENT, RightType.PATENT_PASSING_OFF)


def form_of(right_type: RightType, typed: str) -> NumberForm:
    """What the form of `typed` tells; numbers without a known form are not judged."""
    if not typed.strip():
        return NumberForm.UNCHECKED
    if right_type in _PATENTS:
        return NumberForm.WELL_FORMED if is_valid_patent_number(typed) else NumberForm.WRONG_CHECK
    if right_type is RightType.TRADEMARK:
        return NumberForm.WELL_FORMED if looks_like_trademark_number(typed) else NumberForm.UNUSUAL
    return NumberForm.UNCHECKED
