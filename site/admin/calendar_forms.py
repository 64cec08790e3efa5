"""Forms of the calendar."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from models.clocks.calendar import DayKind
from models.people.tables import Unit
from shared.fields import Answered, DateField, Radios, Select, Shown, TextArea, TextField
from shared.forms import Form
from shared.i18n import in_script

WHY = _l("会记入日历的变更记录和每个受影响的时限，写明通知的名称和文号。")


class OneFile(Shown, FileField):
    """One file."""

    component = "files"


class DayForm(Form):
    """What a day is, and why."""

    kind = Radios(
        _l("这一天是"),
        [Answered(_l("请选择这一天是什么日子。"))],
        choices=[
            (DayKind.HOLIDAY.value, _l("放假")),
            (DayKind.MAKEUP.value, _l("调休补班")),
            (DayKind.WORKDAY.value, _l("普通工作日")),
            (DayKind.WEEKEND.value, _l("普通休息日")),
        ],
    )
    name = TextField(_l("节日名称"), hint=_l("放假和调休补班要写，例如国庆节。"), max_chars=80)
    reason = TextArea(_l("原因和依据"), [Answered(_l("请写明原因和依据。"))], hint=WHY, max_chars=500, rows=3)


class NoticeForm(Form):
    """The yearly notice."""

    file = OneFile(
        _l("年度安排文件"),
        [Answered(_l("请选择文件。"))],
        hint=_l("holiday-cn 的年度 JSON 文件：year、papers 和 days（name、date、isOffDay）。"),
        attributes={"accept": "application/json,.json"},
    )


class ClosingForm(Form):
    """A unit, a day, why."""

    unit = Select(_l("停办的机构"), [Answered(_l("请选择机构。"))])
    on = DateField(_l("停办的日期"), [Answered(_l("请填写停办的日期，例如 2026-11-22。"))])
    reason = TextField(
        _l("停办的原因"),
        [Answered(_l("请写明停办的原因。"))],
        hint=_l("例如办公楼停电。举报投诉人在时限的逐日说明里会看到。"),
        max_chars=80,
    )

    def offer(self, units: Iterable[Unit]) -> None:
        """Fills the units."""
        choices = [(str(unit.id), in_script(unit.name)) for unit in units]
        self.unit.choices = [("", gettext("请选择")), *choices]


class OpeningForm(Form):
    """Why a closing day is taken back."""

    reason = TextField(_l("取消停办的原因"), [Answered(_l("请写明取消停办的原因。"))], max_chars=80)
