"""The forms of what is done beside the acts of a case: opening the envelope, handing out an original, lifting a recusal."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from models.filings.kinds import BY_PROGRAM, OPENING_REASON_LABELS
from shared.fields import Answered, Radios, Select, TextArea, Tick
from shared.forms import Form
from shared.i18n import label


class OriginalForm(Form):
    """Before an original is handed out."""

    knows_of_malware = Tick(_l("我知道这个文件含有病毒，会在隔离的环境里打开"))


class IdentityForm(Form):
    """Why the envelope is opened."""

    reason = Select(_l("查看身份信息的用途"), [Answered(_l("请选择用途。"))])
    words = TextArea(
        _l("具体理由"),
        [Answered(_l("请用一句话写明为什么需要查看，会永久留痕。"))],
        max_chars=500,
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_people = (one for one in OPENING_REASON_LABELS if one not in BY_PROGRAM)
        reasons = [(one.value, label(OPENING_REASON_LABELS[one])) for one in by_people]
        self.reason.choices = [("", gettext("请选择")), *reasons]


class UnsealForm(Form):
    """Granted or not; if not, why."""

    decision = Radios(
        _l("是否批准查看"),
        [Answered(_l("请选择批准或者不批准。"))],
        choices=[("grant", _l("批准")), ("decline", _l("不批准"))],
    )
    answer = TextArea(
        _l("不批准的理由"),
        hint=_l("不批准时填写。"),
        who_sees=_l("申请人"),
        max_chars=500,
        rows=2,
    )


class DismissForm(Form):
    """What came of looking at a signal."""

    reasons = TextArea(
        _l("核对的结果"),
        [Answered(_l("请写明核对的结果。"))],
        hint=_l("例如同名不同店，或者已经分别办理。不要写入举报投诉人的身份信息。"),
        who_sees=_l("能查看本办件的工作人员"),
        max_chars=1000,
        rows=3,
    )


class LiftForm(Form):
    """Why somebody is let in again."""

    reasons = TextArea(
        _l("解除回避的理由"),
        [Answered(_l("请写明解除回避的理由。"))],
        hint=_l("例如只是同名，或者利害关系已经不存在。"),
        max_chars=1000,
        rows=3,
    )
