"""The forms of a mechanism and of a member."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from casework.acts.base import to_choose
from models.cooperation.operations import Agreement, Contact
from models.cooperation.tables import Mechanism
from models.cooperation.terms import SCOPE_LABELS, Scope
from models.people.profiles import OUTSIDE_KIND_LABELS, OutsideKind
from models.people.tables import Unit
from shared.fields import Answered, DateField, EmailField, Radios, Select, TextArea, TextField
from shared.forms import Form
from shared.i18n import in_script, label

NEW_BODY = "new"


class MechanismForm(Form):
    """What was agreed."""

    name = TextField(
        _l("名称"),
        [Answered(_l("请填写协作机制的名称。"))],
        hint=_l("例如：四市知识产权行政执法协作机制。"),
        max_chars=100,
    )
    scope = Radios(
        _l("范围"),
        [Answered(_l("请选择跨部门或者跨区域。"))],
        choices=lambda: [(one.value, label(words)) for one, words in SCOPE_LABELS.items()],
    )
    document_number = TextField(_l("协议或者文件的文号"), max_chars=100)
    covers = TextArea(
        _l("协作的事项"),
        [Answered(_l("请写明协作的事项。"))],
        hint=_l("例如：线索移送、协助调查、联合执法、案件会商，以及答复的期限。"),
        max_chars=2000,
        rows=4,
    )
    since_on = DateField(_l("开始的日期"), [Answered(_l("请填写开始的日期，例如 2026-11-22。"))])
    until_on = DateField(_l("结束的日期"), hint=_l("没有约定的不填。"))

    @classmethod
    def of(cls, mechanism: Mechanism | None) -> MechanismForm:
        """Empty, or with what is known."""
        return cls(obj=mechanism)

    @property
    def agreement(self) -> Agreement:
        """What was filled in."""
        return Agreement(
            name=self.name.data or "",
            scope=Scope(self.scope.data),
            covers=self.covers.data or "",
            since_on=self.since_on.data,
            until_on=self.until_on.data,
            document_number=self.document_number.data or "",
        )


class MemberForm(Form):
    """Which body, and whom to ask for there. A body that is not known yet is named here."""

    unit = Select(_l("单位"), [Answered(_l("请选择一个单位，或者选“名单里没有”。"))])
    name = TextField(_l("单位全称"), hint=_l("名单里没有的填写。"), max_chars=100)
    outside_kind = Select(_l("单位的种类"), hint=_l("名单里没有的填写。"))
    region_code = TextField(_l("所在地区划代码"), hint=_l("六位数字，例如 330100；可以不填。"), max_chars=6)
    office = TextField(
        _l("对口的处室"),
        [Answered(_l("请填写对口的处室。"))],
        hint=_l("例如：知识产权保护科。"),
        max_chars=100,
    )
    contact = TextField(_l("联系人"), max_chars=50)
    phone = TextField(_l("工作电话"), max_chars=50)
    email = EmailField(_l("工作邮箱"), hint=_l("发函时可以把链接直接发到这里。"), max_chars=254)

    @classmethod
    def among(cls, units: Sequence[Unit]) -> MemberForm:
        """The form with the bodies that are known."""
        form = cls()
        known = [(str(one.id), in_script(one.name)) for one in units]
        form.unit.choices = to_choose([*known, (NEW_BODY, _("名单里没有，在下面填写"))])
        form.outside_kind.choices = to_choose(
            (one.value, label(OUTSIDE_KIND_LABELS[one])) for one in OutsideKind
        )
        return form

    def validate_name(self, field: TextField) -> None:
        """A body that is not known yet needs its name."""
        if self.is_new_body and not field.data:
            raise ValidationError(_("请填写单位的全称。"))

    def validate_outside_kind(self, field: Select) -> None:
        """A body that is not known yet needs its kind."""
        if self.is_new_body and not field.data:
            raise ValidationError(_("请选择单位的种类。"))

    @property
    def is_new_body(self) -> bool:
        return bool(self.unit.data == NEW_BODY)

    @property
    def person(self) -> Contact:
        """Whom to ask for."""
        return Contact(
            office=self.office.data or "",
            contact=self.contact.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
        )
