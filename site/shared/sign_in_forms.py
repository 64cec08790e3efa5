"""Flask-Security's forms with our fields, so that they look, speak and report errors like every other form."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_security import forms as theirs
from flask_security import hash_password
from flask_security.recovery_codes import MfRecoveryForm
from sqlalchemy import or_, select
from wtforms.validators import InputRequired, Length

from models.people.operations import normalise_username
from models.people.tables import Account
from shared.database import session
from shared.fields import CodeField, EmailField, PasswordField, TextField
from shared.forms import Form

PASSWORD_HINT = _("至少 10 个字符。几个不相干的词连起来，既好记又难猜。")


class SignIn(Form, theirs.LoginForm):  # type: ignore[misc]
    """Account name or e-mail address, and password. What exactly was wrong is never told."""

    email = TextField(
        _("账号名或邮箱"),
        [InputRequired(_("请填写账号名或邮箱。"))],
        attributes={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("密码"), [InputRequired(_("请填写密码。"))], attributes={"autocomplete": "current-password"}
    )
    remember = None

    def validate(self, **kwargs: Any) -> bool:
        name = normalise_username(self.email.data or "")
        self.ifield = self.email
        wanted = select(Account).where(or_(Account.username == name, Account.email == name))
        self.user = session.scalars(wanted).first() if name else None
        return bool(super().validate(**kwargs))


class Verify(Form, theirs.VerifyForm):  # type: ignore[misc]
    """The password once more, before an act that wants a fresh session."""

    password = PasswordField(
        _("密码"), [InputRequired(_("请填写密码。"))], attributes={"autocomplete": "current-password"}
    )


class ForgotPassword(Form, theirs.ForgotPasswordForm):  # type: ignore[misc]
    """Where to send the link for a new password."""

    email = EmailField(
        _("账号的邮箱"),
        [InputRequired(_("请填写邮箱。")), Length(max=255)],
        attributes={"autocomplete": "email"},
    )

    def validate(self, **kwargs: Any) -> bool:
        if not Form.validate(self, **kwargs):
            return False
        address = (self.email.data or "").strip().lower()
        self.user = session.scalars(select(Account).where(Account.email == address)).first()
        if self.user is None or not self.user.active:
            hash_password("not-a-password")  # costs the same as for an address that is known
            self.email.errors = [str(_("如果这个邮箱有账号，我们会发去邮件。"))]
            return False
        return True


class ResetPassword(Form, theirs.ResetPasswordForm):  # type: ignore[misc]
    """A new password, twice."""

    password = PasswordField(
        _("新密码"),
        [InputRequired(_("请填写新密码。"))],
        hint=PASSWORD_HINT,
        attributes={"autocomplete": "new-password"},
    )
    password_confirm = PasswordField(
        _("再填一次新密码"), [InputRequired(_("请再填一次。"))], attributes={"autocomplete": "new-password"}
    )


class ChangePassword(Form, theirs.ChangePasswordForm):  # type: ignore[misc]
    """The present password, and a new one twice."""

    password = PasswordField(
        _("现在的密码"),
        [InputRequired(_("请填写现在的密码。"))],
        attributes={"autocomplete": "current-password"},
    )
    new_password = PasswordField(
        _("新密码"),
        [InputRequired(_("请填写新密码。"))],
        hint=PASSWORD_HINT,
        attributes={"autocomplete": "new-password"},
    )
    new_password_confirm = PasswordField(
        _("再填一次新密码"), [InputRequired(_("请再填一次。"))], attributes={"autocomplete": "new-password"}
    )


class OneTimePassword(Form, theirs.TwoFactorVerifyCodeForm):  # type: ignore[misc]
    """The six digits that the app on the phone shows."""

    code = CodeField(
        _("动态口令"),
        [InputRequired(_("请填写动态口令。"))],
        hint=_("手机验证器应用里显示的 6 位数字。"),
        attributes={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class RecoveryCode(Form, MfRecoveryForm):  # type: ignore[misc]
    """One of the codes kept for the day the phone is lost."""

    code = TextField(_("恢复码"), [InputRequired(_("请填写恢复码。"))])


FORMS: dict[str, type[Form]] = {
    "login_form": SignIn,
    "verify_form": Verify,
    "forgot_password_form": ForgotPassword,
    "reset_password_form": ResetPassword,
    "change_password_form": ChangePassword,
    "two_factor_verify_code_form": OneTimePassword,
    "mf_recovery_form": RecoveryCode,
}
