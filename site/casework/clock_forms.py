"""Forms of suspending, resuming and extending a deadline."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from casework.forms import FILER_SEES, STAFF_SEES
from models.clocks.rules import Rule
from models.clocks.terms import REASONS
from shared.fields import Answered, DateField, Select, TextArea, TextField
from shared.forms import Form
from shared.i18n import label


class SuspendForm(Form):
    """For what reason, from when, shown by what."""

    reason = Select(
        _l("中止的事由"),
        [Answered(_l("请选择中止的事由。"))],
        hint=_l("只列出该时限的规定允许扣除的事由。"),
    )
    from_on = DateField(_l("自哪天起不计入"), [Answered(_l("请填写中止的日期，例如 2026-11-22。"))])
    evidence = TextField(
        _l("依据材料"),
        [Answered(_l("请填写依据材料的名称或者文号，例如检测委托书。"))],
        who_sees=STAFF_SEES,
        max_chars=200,
    )

    def offer(self, rule: Rule) -> None:
        """Fills the reasons that the rule lists."""
        reasons = [(reason.value, label(REASONS[reason])) for reason in rule.excluded]
        self.reason.choices = [("", gettext("请选择")), *reasons]


class ResumeForm(Form):
    """From when the count goes on."""

    on = DateField(
        _l("自哪天起恢复计算"),
        [Answered(_l("请填写恢复计算的日期，例如 2026-11-22。"))],
        hint=_l("这一天起重新计入期限，剩余的时间不变。"),
    )


class ExtendForm(Form):
    """Why."""

    reason = TextArea(
        _l("延长的理由"),
        [Answered(_l("请写明延长的理由，举报投诉人会收到告知。"))],
        who_sees=FILER_SEES,
        max_chars=1000,
    )
