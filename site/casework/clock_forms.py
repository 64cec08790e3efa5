"""Forms of suspending, resuming and extending a deadline."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from casework.acts.base import FILER_SEES, STAFF_SEES
from models.clocks.adjustments import Further, wants_discussion
from models.clocks.rules import Rule
from models.clocks.tables import Deadline
from models.clocks.terms import REASONS
from shared.fields import Answered, DateField, NumberField, Radios, Select, TextArea, TextField
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
    """Why; where the ordinary extensions are used up, also what the collective discussion decided."""

    reason = TextArea(
        _l("延长的理由"),
        [Answered(_l("请写明延长的理由，举报投诉人会收到告知。"))],
        who_sees=FILER_SEES,
        max_chars=1000,
    )
    further_n = NumberField(
        _l("集体讨论确定的延长期限"),
        [Answered(_l("请填写延长多少，只写数字。"))],
        hint=_l("规定的延长已经用完；继续延长须由负责人集体讨论决定，并同时确定期限（程序规定 第64条）。"),
    )
    discussed_on = DateField(_l("集体讨论的日期"), [Answered(_l("请填写集体讨论的日期，例如 2026-11-22。"))])
    minutes = TextField(
        _l("集体讨论记录"),
        [Answered(_l("请填写集体讨论记录的名称或者文号。"))],
        who_sees=STAFF_SEES,
        max_chars=200,
    )

    def fit(self, rule: Rule, deadline: Deadline) -> None:
        """Leaves out what is only asked of an extension beyond the ordinary ones."""
        if not wants_discussion(rule, deadline):
            del self.further_n, self.discussed_on, self.minutes

    @property
    def further(self) -> Further | None:
        """What the discussion decided, where it is asked for."""
        if "further_n" not in self:
            return None
        return Further(self.further_n.data, self.discussed_on.data, self.minutes.data)


class DecideForm(Form):
    """Granted or not; if not, why."""

    decision = Radios(
        _l("是否批准延长"),
        [Answered(_l("请选择批准或者不批准。"))],
        choices=[("grant", _l("批准")), ("decline", _l("不批准"))],
    )
    answer = TextArea(
        _l("不批准的理由"), hint=_l("不批准时填写，申请人会看到。"), who_sees=STAFF_SEES, max_chars=1000
    )
