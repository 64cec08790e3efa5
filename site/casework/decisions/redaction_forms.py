"""The forms of redaction: mask, keep with a reason, mark by hand, name the filing that it goes back to."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from models.decisions.redaction.kinds import KEEP_GROUND_LABELS, MARK_KIND_LABELS, KeepGround, MarkKind
from models.decisions.redaction.operations import LONGEST_REPLACEMENT
from shared.fields import Answered, Radios, Select, TextArea, TextField
from shared.forms import Form

STAFF = _l("工作人员；不公示")
_BY_HAND = [kind for kind in MarkKind if kind is not MarkKind.PARTY_NAME]


class MaskForm(Form):
    """One click; other words may stand in the place."""

    replacement = TextField(_l("改为"), hint=_l("留空时写作 *** 或“某某”。"), max_chars=LONGEST_REPLACEMENT)


class KeepForm(Form):
    """Why the stretch stays."""

    ground = Radios(
        _l("保留的理由"),
        [Answered(_l("请选择保留的理由。"))],
        choices=[(ground.value, _l(text)) for ground, text in KEEP_GROUND_LABELS.items()],
    )
    words = TextArea(
        _l("具体说明"),
        [Answered(_l("请写明为什么可以保留。"))],
        rows=2,
        who_sees=STAFF,
        max_chars=500,
    )
    approval_number = TextField(
        _l("上级批准文号"), hint=_l("涉及商业秘密或个人隐私、经批准公示的必填。"), max_chars=100
    )

    def chosen(self) -> dict[str, Any]:
        """The arguments of the verb."""
        return {
            "ground": KeepGround(self.ground.data),
            "words": self.words.data,
            "approval_number": self.approval_number.data or "",
        }


class HandForm(Form):
    """What no detector found."""

    stretch = TextField(
        _l("还要遮去的文字"),
        [Answered(_l("请照原文填写要遮去的文字。"))],
        hint=_l("原文里出现的每一处都会遮去。"),
        max_chars=200,
    )
    kind = Select(
        _l("属于"),
        [Answered(_l("请选择它属于哪一类信息。"))],
        choices=[(kind.value, _l(MARK_KIND_LABELS[kind])) for kind in reversed(_BY_HAND)],
    )


class LinkForm(Form):
    """The filing that led to the decision."""

    reference = TextField(
        _l("来源办件的登记编号"),
        [Answered(_l("请填写登记编号。"))],
        hint=_l("系统会在文本里查找举报投诉人的姓名、电话等，不显示身份信息；查找会留痕。"),
        max_chars=20,
    )
