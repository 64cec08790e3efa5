"""What a number tells while it is typed: the words beside the field. The same checks as on sending, asked by the page's script.

A right form is never a right that holds; a number that looks wrong is told and taken all the same, where the law lets it.
"""

from __future__ import annotations

from flask import Response, jsonify, request
from flask_babel import gettext as _

from journey import drafts
from journey.surface import Surface
from journey.triage import right_type
from models.codes.identity import IDENTITY_FAULT_LABELS, check_identity_number
from models.codes.patents import PATENT_KIND_LABELS, parse_patent_number
from models.codes.trademarks import NICE_CLASS_LABELS
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.filings.right_numbers import NUMBER_FORM_LABELS, form_of
from models.kinds import RightType
from models.types import beijing_date, now_utc
from shared.i18n import label

LONGEST = 60


def look(surface: Surface) -> Response:
    """The sentence for one field and what stands in it; "" where there is nothing to say. Nothing is kept."""
    name, typed = request.form.get("name", ""), request.form.get("value", "")[:LONGEST].strip()
    if not typed:
        return jsonify(sentence="")
    if name == "right_number":
        return jsonify(sentence=_of_right(right_type(drafts.current(surface)), typed))
    tellers = {
        "respondent_uscc": _of_company,
        "uscc": _of_company,
        "id_number": _of_identity,
        "nice_class": _of_class,
    }
    teller = tellers.get(name)
    return jsonify(sentence=teller(typed) if teller else "")


def _of_right(right: RightType, typed: str) -> str:
    sentence = label(NUMBER_FORM_LABELS[form_of(right, typed)])
    number = parse_patent_number(typed)
    if number is None or right not in (RightType.PATENT_INFRINGEMENT, RightType.PATENT_PASSING_OFF):
        return sentence
    kind = label(PATENT_KIND_LABELS[number.kind])
    return _("%(year)s 年申请的%(kind)s专利。%(sentence)s", year=number.year, kind=kind, sentence=sentence)


def _of_company(typed: str) -> str:
    if is_valid_uscc(normalise_uscc(typed)):
        return _("格式正确，不等于企业存在。")
    return _("校验位不对，请对照营业执照核对 18 位代码，或者留空。")


def _of_identity(typed: str) -> str:
    found = check_identity_number(typed, today=beijing_date(now_utc()))
    if found.fault:
        return label(IDENTITY_FAULT_LABELS[found.fault])
    return _("地区码少见，请再看一遍；没有抄错就不用改。") if found.has_unusual_region else _("格式正确。")


def _of_class(typed: str) -> str:
    name = NICE_CLASS_LABELS.get(int(typed)) if typed.isascii() and typed.isdigit() else None
    return (
        _("第 %(number)s 类：%(name)s", number=typed, name=label(name))
        if name
        else _("国际分类只有 1 至 45 类。")
    )
