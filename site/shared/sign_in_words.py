"""Flask-Security's messages in our words. Only those that a person can meet here are listed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

Message = tuple[object, str]

_EXPIRED = _("这个链接已经过期或用过了，请重新申请。")
_WRONG_CODE = _("动态口令不对。请看手机上现在显示的 6 位数字，再填一次。")

_MESSAGES: dict[str, Message] = {
    "ANONYMOUS_USER_REQUIRED": (_("您已经登录。"), "info"),
    "DISABLED_ACCOUNT": (_("这个账号已停用，请联系管理员。"), "error"),
    "FORGOT_PASSWORD": (_("忘记密码？"), "info"),
    "GENERIC_AUTHN_FAILED": (_("账号或密码不对，请检查后再试。"), "error"),
    "GENERIC_RECOVERY": (_("如果这个邮箱有账号，我们会发去一封邮件，请按其中的链接设置新密码。"), "info"),
    "INVALID_CODE": (_WRONG_CODE, "error"),
    "INVALID_PASSWORD": (_("密码不对。"), "error"),
    "INVALID_PASSWORD_CODE": (_("密码不对。"), "error"),
    "INVALID_RECOVERY_CODE": (_("恢复码不对，或已经用过。"), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (_EXPIRED, "error"),
    "LOGIN": (_("请先登录。"), "info"),
    "NO_RECOVERY_CODES_SETUP": (_("还没有生成恢复码。"), "info"),
    "PASSWORD_CHANGE": (_("密码已经修改。"), "success"),
    "PASSWORD_INVALID_LENGTH": (_("密码至少要有 %(length)s 个字符。"), "error"),
    "PASSWORD_IS_THE_SAME": (_("新密码要和原来的不同。"), "error"),
    "PASSWORD_MISMATCH": (_("两次填写的密码不一样。"), "error"),
    "PASSWORD_NOT_PROVIDED": (_("请填写密码。"), "error"),
    "PASSWORD_RESET": (_("密码已经重设，您已登录。"), "success"),
    "PASSWORD_RESET_EXPIRED": (_EXPIRED, "error"),
    "PASSWORD_RESET_NO_LOGIN": (_("密码已经重设，请用新密码登录。"), "success"),
    "PASSWORD_RESET_REQUEST": (
        _("如果这个邮箱有账号，我们会发去一封邮件，请按其中的链接设置新密码。"),
        "info",
    ),
    "PASSWORD_TOO_SIMPLE": (_("这个密码太简单。"), "error"),
    "REAUTHENTICATION_REQUIRED": (_("接下来的操作比较敏感，请再输入一次密码。"), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_("身份已确认。"), "success"),
    "RETYPE_PASSWORD_MISMATCH": (_("两次填写的密码不一样。"), "error"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (_("动态口令已经设好，下次登录时需要它。"), "success"),
    "TWO_FACTOR_DISABLED": (_("动态口令已经关闭。"), "success"),
    "TWO_FACTOR_INVALID_TOKEN": (_WRONG_CODE, "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("登录成功。"), "success"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_("请选择一种方式。"), "error"),
    "TWO_FACTOR_PERMISSION_DENIED": (_("请先用密码登录。"), "error"),
    "TWO_FACTOR_SETUP_EXPIRED": (_("设置已经超时，请重新开始。"), "error"),
    "UNAUTHENTICATED": (_("请先登录。"), "info"),
    "UNAUTHORIZED": (_("您没有访问这里的权限。"), "error"),
    "USER_DOES_NOT_EXIST": (_("账号或密码不对，请检查后再试。"), "error"),
}

_SUBJECTS: dict[str, object] = {
    "PASSWORD_RESET": _("设置新密码"),
    "PASSWORD_NOTICE": _("您的密码已经修改"),
    "PASSWORD_CHANGE_NOTICE": _("您的密码已经修改"),
}


def messages() -> dict[str, object]:
    """The settings by which Flask-Security takes these words."""
    spoken: dict[str, object] = {f"SECURITY_MSG_{name}": message for name, message in _MESSAGES.items()}
    spoken.update({f"SECURITY_EMAIL_SUBJECT_{name}": subject for name, subject in _SUBJECTS.items()})
    return spoken
