"""The page of who has notified the platform: when, what it did, whether the seller's statement has come back."""

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
from journey.drafts import Draft
from journey.gaps import gap
from journey.pages import keep_answers, page
from journey.pausing import answers_in, put_aside
from journey.secrets import refuse_codes
from journey.surface import Step, Surface
from models.commerce.links import parse_link
from models.commerce.notices.terms import LONGEST_STATEMENT, MEASURE_LABELS, Measure, Told, why_not_reached
from models.commerce.platforms import PLATFORM_LABELS
from models.types import beijing_date, now_utc
from shared.fields import Answered, DateField, Radios, Select, TextArea
from shared.forms import Form
from shared.i18n import label

_DAYS = ("notified_on", "statement_reached_on")


class PlatformForm(Form):
    """What the platform was told, and what came of it (电子商务法 Art 42, 43)."""

    platform = Select(
        _l("通知的是哪个平台？"),
        [Answered(_l("请选择您通知过的平台。"))],
        choices=lambda: [("", _("请选择")), *((one, label(name)) for one, name in PLATFORM_LABELS.items())],
    )
    notified_on = DateField(
        _l("哪一天通知的？"),
        [Answered(_l("请填写通知平台的日期。"))],
        hint=_l("平台收到通知的那一天，在平台的回复或者投诉记录里。"),
    )
    measure = Radios(
        _l("平台做了什么？"),
        [Answered(_l("请选择平台现在的处理情况；不知道就选“不清楚”。"))],
        choices=lambda: [(one.value, label(text)) for one, text in MEASURE_LABELS.items()],
    )
    statement_reached_on = DateField(
        _l("卖家的声明哪一天到达您？"),
        [Optional()],
        hint=_l(
            "卖家声明自己没有侵权的，平台应当转给您；从到达的第二天起算 15 日，不看平台哪天发出。没有收到就空着，以后收到了再补。"
        ),
    )
    statement = TextArea(
        _l("卖家在声明里怎么说？"),
        max_chars=LONGEST_STATEMENT,
        rows=4,
        hint=_l("摘要即可，声明的原文作为证据上传。"),
    )

    def validate_notified_on(self, field: Any) -> None:
        """Not in the future."""
        if isinstance(field.data, dt.date) and field.data > beijing_date(now_utc()):
            raise ValidationError(_("通知平台的日期还没有到。"))

    def validate_statement_reached_on(self, field: Any) -> None:
        """After the notice, and not in the future."""
        notified_on = self.notified_on.data
        if not isinstance(notified_on, dt.date):
            return
        if why := why_not_reached(field.data, notified_on, beijing_date(now_utc())):
            raise ValidationError(label(why))

    def validate_statement(self, field: Any) -> None:
        """Words need their day: the fifteen days hang on it."""
        if field.data and not self.statement_reached_on.data:
            raise ValidationError(_("请在上面填写声明到达您的日期。"))


def platform(surface: Surface) -> ResponseReturnValue:
    """Which platform was notified, when, and what came of it."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.PLATFORM):
        return redirect(surface.url(first), 303)
    form = PlatformForm(data={"platform": _guess(draft), **_with_days(draft.typed(Step.PLATFORM))})
    if kept := put_aside(surface, draft, Step.PLATFORM, form):
        return kept
    if not form.validate_on_submit() or refuse_codes(form, surface, draft):
        return page("platform", surface, draft, Step.PLATFORM, form)
    return keep_answers(surface, draft, Step.PLATFORM, answers_in(form))


def told_of(draft: Draft) -> Told:
    """The answers of the step."""
    answers = _with_days(draft.of(Step.PLATFORM))
    return Told(
        platform=answers["platform"],
        notified_on=answers["notified_on"],
        measure=Measure(answers["measure"]),
        statement_reached_on=answers.get("statement_reached_on") or None,
        statement=answers.get("statement") or "",
    )


def _guess(draft: Draft) -> str:
    """The platform of the link that was given, so that most need not choose."""
    link = draft.of(Step.FACTS).get("platform_link")
    return parse_link(link).platform if link else ""


def _with_days(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Dates come back from the draft as text."""
    kept = dict(answers)
    for name in _DAYS:
        if isinstance(kept.get(name), str):
            kept[name] = dt.date.fromisoformat(kept[name]) if kept[name] else None
    return kept
