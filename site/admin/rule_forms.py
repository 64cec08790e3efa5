"""Forms of local versions of rules."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from models.clocks.local_rules import LocalVersion
from models.clocks.tables import ClockRule
from models.clocks.terms import REASONS, START_EVENTS, UNITS, Reason, StartEvent, Unit
from shared.fields import Answered, Checkboxes, DateField, NumberField, Select, TextArea, TextField, Tick
from shared.forms import Form
from shared.i18n import label


class LocalVersionForm(Form):
    """A version of a rule that holds in this installation only."""

    rule_id = TextField(
        _l("规则编号"),
        [Answered(_l("请填写规则编号。"))],
        hint=_l("沿用已有的编号，就是该规则的本局版本；新的编号是一条新规则，例如 local_reply。"),
        max_chars=40,
        attributes={"autocapitalize": "none", "spellcheck": "false"},
    )
    title = TextField(_l("名称"), [Answered(_l("请填写名称。"))], max_chars=80)
    n = NumberField(_l("长度"), [Answered(_l("请填写长度，例如 5。"))])
    unit = Select(_l("单位"), [Answered(_l("请选择单位。"))])
    start_event = Select(_l("自哪件事之日起算"), [Answered(_l("请选择起算的事件。"))])
    is_promise = Tick(_l("这是本局服务承诺，不是法定时限"))
    basis = TextField(_l("依据的条款"), hint=_l("例如 某某条例 第12条；服务承诺不填。"), max_chars=200)
    law = TextField(_l("依据的文件全称"), hint=_l("名称、文号和发布机关；服务承诺不填。"), max_chars=200)
    in_force_from = DateField(
        _l("施行日期"),
        [Answered(_l("请填写施行日期，例如 2026-11-22。"))],
        hint=_l("不早于今天；此前起算的时限不变。"),
    )
    in_force_to = DateField(_l("失效日期"))
    extension_n = NumberField(_l("可以延长多少"), hint=_l("单位同上；不能延长的不填。"))
    extension_approver = TextField(_l("延长由谁批准"), max_chars=40)
    excluded = Checkboxes(_l("可以不计入期限的事由"))
    note = TextArea(_l("说明"), max_chars=500, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = ("", gettext("请选择"))
        self.unit.choices = [nothing, *((unit.value, label(text)) for unit, text in UNITS.items())]
        self.start_event.choices = [
            nothing,
            *((event.value, label(text)) for event, text in START_EVENTS.items()),
        ]
        self.excluded.choices = [(reason.value, label(text)) for reason, text in REASONS.items()]

    def begin_with(self, row: ClockRule | None) -> None:
        """What an existing rule says, to be changed."""
        if row is None:
            return
        self.rule_id.data, self.title.data, self.n.data = row.rule_id, row.title, row.n
        self.unit.data, self.start_event.data = row.unit.value, row.start_event.value
        self.is_promise.data = row.is_local_promise
        self.extension_n.data, self.extension_approver.data = row.extension_n, row.extension_approver
        self.excluded.data = list(row.excluded)

    def wanted(self) -> LocalVersion:
        """The checked answers."""
        return LocalVersion(
            rule_id=self.rule_id.data,
            title=self.title.data,
            n=self.n.data,
            unit=Unit(self.unit.data),
            start_event=StartEvent(self.start_event.data),
            in_force_from=self.in_force_from.data,
            in_force_to=self.in_force_to.data,
            basis=self.basis.data or "",
            law=self.law.data or "",
            is_promise=self.is_promise.data,
            extension_n=self.extension_n.data,
            extension_approver=self.extension_approver.data or "",
            excluded=tuple(Reason(value) for value in self.excluded.data or ()),
            note=self.note.data or "",
        )


class EndForm(Form):
    """The last day of a local version."""

    on = DateField(
        _l("最后一个适用日"),
        [Answered(_l("请填写日期，例如 2026-11-22。"))],
        hint=_l("这一天以后起算的事项改按其他版本；已经起算的不变。"),
    )
