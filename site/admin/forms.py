"""The administrators' forms."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.people.roles import ROLE_LABELS, Role
from models.people.tables import Unit
from models.people.tokens import OFFICE_SCOPES, SCOPE_LABELS
from shared.fields import Answered, Checkboxes, EmailField, PasswordField, Select, TextField
from shared.forms import Form
from shared.i18n import label
from shared.sign_in_forms import PASSWORD_HINT


class NewAccount(Form):
    """A new member of staff, with a first role."""

    username = TextField(
        _l("账号名"),
        [Answered(_l("请填写账号名。"))],
        max_chars=64,
        hint=_l("登录时用，例如姓名拼音。建好后不能修改。"),
        attributes={"autocapitalize": "none", "spellcheck": "false"},
    )
    display_name = TextField(_l("姓名"), [Answered(_l("请填写姓名。"))], max_chars=100)
    email = EmailField(_l("邮箱"), hint=_l("用来找回密码。"), max_chars=255)
    unit = Select(_l("机构"), [Answered(_l("请选择机构。"))])
    role = Select(_l("岗位"), [Answered(_l("请选择岗位。"))])
    password = PasswordField(
        _l("初始密码"),
        [Answered(_l("请填写初始密码。"))],
        hint=PASSWORD_HINT,
        attributes={"autocomplete": "new-password"},
    )


class NewAssignment(Form):
    """One more role."""

    unit = Select(_l("机构"), [Answered(_l("请选择机构。"))])
    role = Select(_l("岗位"), [Answered(_l("请选择岗位。"))])


def offer(form: NewAccount | NewAssignment, units: Iterable[Unit]) -> None:
    """Fills the choices of unit and role; outside bodies have no staff here."""
    places = [(unit.code, unit.name) for unit in units if not unit.is_outside]
    form.unit.choices = [("", _l("请选择")), *places]
    form.role.choices = [("", _l("请选择")), *((role.value, label(ROLE_LABELS[role])) for role in Role)]


class NewToken(Form):
    """A token for another system."""

    name = TextField(
        _l("给哪个系统用"),
        [Answered(_l("请写明令牌给哪个系统用。"))],
        hint=_l("例如“12345 热线转办”。停用时靠它认出来。"),
        max_chars=100,
    )
    scopes = Checkboxes(_l("可以做什么"), [Answered(_l("请至少选择一项权限。"))], choices=())
    days = Select(_l("有效期"), choices=())

    def offer(self) -> None:
        """Fills the choices."""
        self.scopes.choices = [
            (scope.value, label(text)) for scope, text in SCOPE_LABELS.items() if scope in OFFICE_SCOPES
        ]
        self.days.choices = [("365", _("一年")), ("90", _("三个月")), ("", _("不限"))]


class NewPassword(Form):
    """A password that the administrator hands over in person."""

    password = PasswordField(
        _l("新的初始密码"),
        [Answered(_l("请填写新的初始密码。"))],
        hint=PASSWORD_HINT,
        attributes={"autocomplete": "new-password"},
    )
