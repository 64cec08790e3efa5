"""The forms of retention: holding a case back, rejecting a list."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from shared.fields import Answered, CodeField, TextArea
from shared.forms import Form


class HoldForm(Form):
    """Which case, and why it is not to be destroyed."""

    reference = CodeField(_l("办件的登记编号"), [Answered(_l("请填写登记编号，8 位。"))])
    words = TextArea(
        _l("暂缓销毁的理由"),
        [Answered(_l("请写明暂缓销毁的理由。"))],
        hint=_l("例如正在行政复议、诉讼或者审计。不要写入个人信息。"),
        max_chars=500,
        rows=2,
    )


class AnswerForm(Form):
    """Why a list is not approved."""

    answer = TextArea(_l("不批准的理由"), [Answered(_l("请写明不批准的理由。"))], max_chars=500, rows=2)
