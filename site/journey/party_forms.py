"""Who else is on either side: forms for further respondents, for an agent, and for those who file together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from journey.forms import STAFF
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.filings.parties import POWER_LABELS
from models.types import beijing_date, now_utc
from shared.fields import Answered, AtMost, DateField, PhoneField, Radios, TextArea, TextField, Tick
from shared.forms import Form
from shared.i18n import label


class SeveralForm(Form):
    """One more for a list. Who has nothing to add and goes on need not fill it in."""

    agreed: Any = None
    entry: tuple[str, ...] = ()

    def is_filled_in(self) -> bool:
        """Whether anything was typed about one more."""
        return any(self[name].data for name in self.entry)

    def ask_for(self, act: str, *, has_rows: bool) -> None:
        """What has to be answered: one more, unless there is one already; consent only by who goes on."""
        if act != "add" and has_rows and not self.is_filled_in():
            for name in self.entry:
                self[name].validators = []
        if act == "add" and "agreed" in self:
            self["agreed"].validators = []

    def row(self) -> dict[str, Any]:
        """The one more."""
        return {name: self[name].data or "" for name in self.entry}


class RespondentForm(SeveralForm):
    """One more who is complained of."""

    entry = ("name", "uscc", "address")
    name = TextField(_l("名称"), [Answered(_l("请填写对方的名称。")), AtMost(200)])
    uscc = TextField(_l("统一社会信用代码"), hint=_l("营业执照上的 18 位代码，知道才填。"), width="medium")
    address = TextField(_l("地址"), [AtMost(300)])

    def validate_uscc(self, field: Any) -> None:
        """A code that cannot be one is a slip."""
        field.data = normalise_uscc(field.data or "")
        if field.data and not is_valid_uscc(field.data):
            raise ValidationError(_("这个代码的校验位不对，请对照营业执照核对 18 位代码，或者留空。"))


class CompanionForm(SeveralForm):
    """One more who files together with the filer (Order 121 Art 10, 12); all have to agree."""

    entry = ("name", "phone", "address", "is_representative")
    name = TextField(_l("姓名"), [Answered(_l("请填写这一位的姓名。")), AtMost(50)], who_sees=STAFF)
    phone = PhoneField(
        _l("电话"), [Answered(_l("请填写这一位的电话（121号 第10条）。")), AtMost(30)], width="medium"
    )
    address = TextField(
        _l("通讯地址"), [Answered(_l("请填写这一位的通讯地址（121号 第10条）。")), AtMost(200)]
    )
    is_representative = Tick(_l("推选这一位和我一起做代表人"))
    agreed = Tick(
        _l(
            "各位都同意共同提交，并书面推选了代表人；变更、放弃请求或者和解，会先征得大家同意（121号 第12条）"
        ),
        [Answered(_l("共同提交须经每一位同意；没有同意的，请移除，由其单独提交。"))],
    )

    def row(self) -> dict[str, Any]:
        """The one more."""
        return {**super().row(), "is_representative": bool(self.is_representative.data)}


class AgentForm(Form):
    """The agent, and what the power of attorney says (Order 121 Art 11)."""

    name = TextField(_l("代理人姓名"), [Answered(_l("请填写代理人的姓名。")), AtMost(50)], who_sees=STAFF)
    phone = PhoneField(_l("代理人电话"), [Answered(_l("请填写代理人的电话。")), AtMost(30)], width="medium")
    organisation = TextField(_l("所在单位"), [AtMost(100)], hint=_l("律师事务所、代理机构等。"))
    matters = TextArea(
        _l("委托事项"),
        [Answered(_l("请照委托书写明委托事项。"))],
        hint=_l("照委托书填写，例如：就某商标被侵权一事代为举报投诉。请不要写姓名和电话。"),
        max_chars=200,
        rows=2,
    )
    power = Radios(
        _l("权限"),
        [Answered(_l("请选择委托书写明的权限。"))],
        choices=lambda: [(power.value, label(text)) for power, text in POWER_LABELS.items()],
    )
    ends_on = DateField(_l("委托期限到哪一天？"), [Answered(_l("请填写委托期限的最后一天。"))])

    def leave_mandate_out(self) -> None:
        """The mandate stands on record here, and was perhaps renewed since: it is shown and not asked for again."""
        del self.matters, self.power, self.ends_on

    def validate_ends_on(self, field: Any) -> None:
        """A power that is over allows nothing."""
        if isinstance(field.data, dt.date) and field.data < beijing_date(now_utc()):
            raise ValidationError(_("委托期限已经过了，请换一份有效的委托书。"))
