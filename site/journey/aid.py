"""The page of who asks for aid: who they are, what help is wanted, whether it hurries, what happened abroad."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Optional

from journey import drafts
from journey.aid_words import rules_here
from journey.drafts import Draft
from journey.gaps import gap
from journey.pages import keep_answers, page
from journey.pausing import answers_in, put_aside
from journey.surface import Step, Surface
from models.aid.terms import (
    DISPUTE_KIND_LABELS,
    OVERSEAS,
    Abroad,
    Application,
    DisputeKind,
)
from models.overseas.countries import COUNTRIES
from shared.fields import Answered, Checkboxes, DateField, Radios, Select
from shared.forms import Form
from shared.i18n import label


class AidForm(Form):
    """What is wanted, by whom; the last three are for disputes abroad."""

    applicant = Radios(
        _l("您（您代表的一方）是"),
        [Answered(_l("请选择您是哪一类申请人。"))],
        choices=lambda: [(one, label(text)) for one, text in rules_here().applicants.items()],
    )
    helps = Checkboxes(
        _l("需要哪些帮助？"),
        [Answered(_l("请至少选择一项需要的帮助。"))],
        choices=lambda: [(one, label(text)) for one, text in rules_here().helps.items()],
    )
    green = Checkboxes(
        _l("有没有需要加急的情形？"),
        hint=_l("符合的，核实后走绿色通道，优先办理；没有就不选。请在下一步上传能说明的材料。"),
        choices=lambda: [(one, label(ground.text)) for one, ground in rules_here().green.items()],
    )
    country = Select(
        _l("海外纠纷发生在哪个国家或者地区？"),
        hint=_l("不是海外纠纷的，下面三项都不用填。"),
        choices=lambda: [("", _("请选择")), *((code, label(name)) for code, name in COUNTRIES.items())],
    )
    kind = Select(
        _l("海外发生了什么？"),
        choices=lambda: [
            ("", _("请选择")),
            *((one.value, label(text)) for one, text in DISPUTE_KIND_LABELS.items()),
        ],
    )
    due_on = DateField(
        _l("对方或者当地机关要求的最近一个期限"),
        [Optional()],
        hint=_l("例如答辩、复函的最后一天，决定有多急。不知道就空着。"),
    )

    def validate_country(self, field: Any) -> None:
        """Needed for help with a dispute abroad."""
        if OVERSEAS in (self.helps.data or ()) and not field.data:
            raise ValidationError(_("请选择海外纠纷发生的国家或者地区。"))

    def validate_kind(self, field: Any) -> None:
        """Goes with the country."""
        if (self.country.data or OVERSEAS in (self.helps.data or ())) and not field.data:
            raise ValidationError(_("请选择海外发生了什么。"))


def aid(surface: Surface) -> ResponseReturnValue:
    """Who asks for what help?"""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.AID):
        return redirect(surface.url(first), 303)
    form = AidForm(data=_with_day(draft.typed(Step.AID)))
    if kept := put_aside(surface, draft, Step.AID, form):
        return kept
    if not form.validate_on_submit():
        return page("aid", surface, draft, Step.AID, form)
    return keep_answers(surface, draft, Step.AID, answers_in(form))


def applied(draft: Draft) -> Application:
    """The answers of the step."""
    told = _with_day(draft.of(Step.AID))
    abroad = None
    if told.get("country") and told.get("kind"):
        abroad = Abroad(told["country"], DisputeKind(told["kind"]), told.get("due_on") or None)
    return Application(told["applicant"], tuple(told["helps"]), tuple(told.get("green") or ()), abroad)


def _with_day(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The date comes back from the draft as text."""
    kept = dict(answers)
    if isinstance(kept.get("due_on"), str):
        kept["due_on"] = dt.date.fromisoformat(kept["due_on"]) if kept["due_on"] else None
    return kept
