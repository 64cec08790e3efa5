"""The forms of a filer after the closing: how content they are, and why they don't accept it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from shared.fields import Answered, Radios, TextArea
from shared.forms import Form


class RateForm(Form):
    """How content the filer is with what came of it."""

    score = Radios(
        _l("您对这次办理满意吗？"),
        [Answered(_l("请从五档中选择一档。"))],
        choices=[
            ("5", _l("很满意")),
            ("4", _l("满意")),
            ("3", _l("一般")),
            ("2", _l("不满意")),
            ("1", _l("很不满意")),
        ],
    )
    words = TextArea(
        _l("想说的话"), hint=_l("只用于改进工作，不公开，也不影响您的办件。"), max_chars=500, rows=3
    )


class DisputeForm(Form):
    """The filer does not accept the closing."""

    grounds = TextArea(
        _l("您的意见"),
        [Answered(_l("请写明对办理结果有什么意见。"))],
        hint=_l("例如哪些事实没有查、哪一点与实际不符。由没有办理过这个办件的人处理。"),
        who_sees=_l("督办员，以及能查看本办件的工作人员"),
        max_chars=3000,
        rows=6,
    )
