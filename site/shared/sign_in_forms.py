"""Flask-Security's forms with our fields, so that they look, speak and report errors like every other form."""

from __future__ import annotations

from typing import Any

from flask import flash
from flask_babel import lazy_gettext as _
from flask_security import forms as theirs
from flask_security import hash_password
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.utils import get_message, validate_redirect_url
from wtforms import RadioField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from models.people.queries import account_by_sign_in_name
from shared.database import database, session
from shared.fields import CodeField, EmailField, PasswordField, TextField
from shared.forms import Form

_MISMATCH = _("两次填写的密码不一样。")
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _stay_here(self)

    def validate(self, **kwargs: Any) -> bool:
        self.ifield = self.email
        # Through a session of its own, gone before the password is hashed: that takes its time on purpose, and
        # SQLite's one writer must not be kept waiting by everybody who guesses.
        with database().reading() as reader:
            self.user = account_by_sign_in_name(reader, self.email.data or "")
        if super().validate(**kwargs):
            return True
        if (
            self.email.data and self.password.data
        ):  # unknown, wrong, closed: one sentence for all, at no field
            self.email.errors, self.password.errors = [], []
            self.form_errors = [str(get_message("GENERIC_AUTHN_FAILED")[0])]
        return False


class Verify(Form, theirs.VerifyForm):  # type: ignore[misc]
    """The password once more, before an act that wants a fresh session."""

    password = PasswordField(
        _("密码"), [InputRequired(_("请填写密码。"))], attributes={"autocomplete": "current-password"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _stay_here(self)


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
        found = account_by_sign_in_name(session, self.email.data or "")
        hash_password(
            "not-a-password"
        )  # so that the answer takes its time, whether the address is known or not
        if found is None or not found.active or not found.email:
            flash(*get_message("PASSWORD_RESET_REQUEST"))  # what the view says to an address that it knows
            return False
        self.user = found
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
        _("再填一次新密码"),
        [InputRequired(_("请再填一次。")), EqualTo("password", _MISMATCH)],
        attributes={"autocomplete": "new-password"},
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
        _("再填一次新密码"),
        [InputRequired(_("请再填一次。")), EqualTo("new_password", _MISMATCH)],
        attributes={"autocomplete": "new-password"},
    )


class OneTimePassword(Form, theirs.TwoFactorVerifyCodeForm):  # type: ignore[misc]
    """The six digits that the app on the phone shows."""

    code = CodeField(
        _("动态口令"),
        [InputRequired(_("请填写动态口令。"))],
        hint=_("手机验证器应用里显示的 6 位数字。"),
        attributes={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class OneTimePasswordSetup(Form, theirs.TwoFactorSetupForm):  # type: ignore[misc]
    """Switches one-time passwords on or off; its two buttons stand in the template, so no control is drawn."""

    setup = StringField()
    phone = StringField()


class Rescue(Form, theirs.TwoFactorRescueForm):  # type: ignore[misc]
    """Flask-Security makes one for each page that asks for the code; we show none."""

    help_setup = RadioField(choices=[])


class RecoveryCode(Form, MfRecoveryForm):  # type: ignore[misc]
    """One of the codes kept for the day the phone is lost."""

    code = TextField(_("恢复码"), [InputRequired(_("请填写恢复码。"))])


def _stay_here(form: SignIn | Verify) -> None:
    """A way on that leads to another site is as good as none; it is no reason to refuse the right password."""
    if not validate_redirect_url(form.next.data or ""):
        form.next.data = ""


FORMS: dict[str, type[Form]] = {
    "login_form": SignIn,
    "verify_form": Verify,
    "forgot_password_form": ForgotPassword,
    "reset_password_form": ResetPassword,
    "change_password_form": ChangePassword,
    "two_factor_setup_form": OneTimePasswordSetup,
    "two_factor_verify_code_form": OneTimePassword,
    "two_factor_rescue_form": Rescue,
    "mf_recovery_form": RecoveryCode,
}
