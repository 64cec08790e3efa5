"""The forms of registration and of the organisation's own pages."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Email, EqualTo, Length

from models.codes.trademarks import is_nice_class
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.filings.parties import POWER_LABELS
from models.kinds import RIGHT_TYPE_LABELS, RightType
from shared.fields import (
    Answered,
    AtMost,
    Checkboxes,
    DateField,
    EmailField,
    FilesField,
    NumberField,
    PasswordField,
    Radios,
    Select,
    TextArea,
    TextField,
)
from shared.forms import Form
from shared.i18n import label
from shared.sign_in_forms import PASSWORD_HINT

PROOF_TYPES = "image/*,application/pdf,.doc,.docx"
# Kinds of right that somebody holds; passing off and unfair competition are no rights of anybody's.
HELD = tuple(
    one for one in RightType if one not in (RightType.PATENT_PASSING_OFF, RightType.UNFAIR_COMPETITION)
)


class AskForm(Form):
    """Where the link for registering goes."""

    email = EmailField(
        _l("邮箱"),
        [
            Answered(_l("请填写邮箱。")),
            Email(_l("邮箱地址不完整，例如 name@example.com。")),
            Length(max=254),
        ],
        hint=_l("以后用它登录。先收到一封邮件，打开里面的链接接着填写。"),
        attributes={"autocomplete": "email"},
    )


class OrganisationForm(Form):
    """The organisation that somebody belongs to."""

    organisation = TextField(_l("单位名称"), [Answered(_l("请填写单位名称，与营业执照一致。")), AtMost(200)])
    uscc = TextField(
        _l("统一社会信用代码"),
        [Answered(_l("请填写营业执照上的 18 位代码。"))],
        hint=_l("18 位，在营业执照上。"),
        width="medium",
    )

    def validate_uscc(self, field: Any) -> None:
        """A code that cannot be one is a slip: the check character tells."""
        field.data = normalise_uscc(field.data or "")
        if not is_valid_uscc(field.data):
            raise ValidationError(_("这个代码的校验位不对，请对照营业执照核对 18 位代码。"))


class RegisterForm(OrganisationForm):
    """The rest, once the address is confirmed."""

    display_name = TextField(
        _l("您的姓名"),
        [Answered(_l("请填写您的姓名。")), AtMost(50)],
        who_sees=_l("核验的工作人员和您单位的成员"),
        width="medium",
        attributes={"autocomplete": "name"},
    )
    password = PasswordField(
        _l("密码"),
        [Answered(_l("请设一个密码。"))],
        hint=PASSWORD_HINT,
        attributes={"autocomplete": "new-password"},
    )
    password_again = PasswordField(
        _l("再输一次密码"),
        [Answered(_l("请再输一次密码。")), EqualTo("password", _l("两次填写的密码不一样。"))],
        attributes={"autocomplete": "new-password"},
    )


class ProofForm(Form):
    """Files that prove something."""

    files = FilesField(_l("选择证明文件"), accept=PROOF_TYPES)


class RightForm(Form):
    """A right, as its certificate has it."""

    right_type = Select(
        _l("权利种类"),
        [Answered(_l("请选择权利种类。"))],
        choices=lambda: [(one.value, label(RIGHT_TYPE_LABELS[one])) for one in HELD],
    )
    title = TextField(
        _l("名称"),
        [Answered(_l("请填写权利的名称，例如商标文字、专利名称。")), AtMost(200)],
        hint=_l("商标文字、专利名称、作品名称等，与证书一致。"),
    )
    number = TextField(
        _l("注册号、专利号或登记号"),
        [Answered(_l("请填写证书上的号码；没有号码的作品请填写底稿的名称。")), AtMost(60)],
        width="medium",
    )
    nice_class = NumberField(
        _l("国际分类"), hint=_l("商标才填，1 至 45。一个号码几个类的，分开登记。"), width="short"
    )
    expires_on = DateField(
        _l("有效期到哪一天？"), hint=_l("没有期限的不填。过了这一天，提交时不能再选用这项权利。")
    )
    files = FilesField(_l("证明文件"), accept=PROOF_TYPES)

    def validate_nice_class(self, field: Any) -> None:
        """There are forty-five classes."""
        if field.data is not None and not is_nice_class(field.data):
            raise ValidationError(_("国际分类只有 1 至 45 类，请核对，或者留空。"))


class AuthorityForm(Form):
    """What an agent may do, and until when (Order 121 Art 11)."""

    email = EmailField(
        _l("代理人的邮箱"),
        [
            Answered(_l("请填写代理人的邮箱。")),
            Email(_l("邮箱地址不完整，例如 name@example.com。")),
            Length(max=254),
        ],
        hint=_l("我们发邮件请对方接受；对方要用这个邮箱注册账号。"),
    )
    matters = TextArea(
        _l("委托事项"),
        [Answered(_l("请照委托书写明委托事项。"))],
        max_chars=200,
        rows=2,
    )
    power = Radios(
        _l("权限"),
        [Answered(_l("请选择委托书写明的权限。"))],
        choices=lambda: [(power.value, label(text)) for power, text in POWER_LABELS.items()],
    )
    rights = Checkboxes(
        _l("哪些权利"), hint=_l("都不勾选，就是本单位的全部权利，包括以后登记的。"), choices=()
    )
    ends_on = DateField(_l("委托期限到哪一天？"), [Answered(_l("请填写委托期限的最后一天。"))])
    files = FilesField(_l("委托书"), accept=PROOF_TYPES)


class ActForm(Form):
    """A button; only the token matters."""
