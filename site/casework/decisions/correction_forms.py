"""The form by which a correction of a published record is proposed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import NumberRange, Optional

from models.decisions.corrections.kinds import GROUND_LABELS, CorrectionGround
from models.decisions.corrections.operations import AMOUNTS, MAX_REASON, MAX_WORDS
from shared.fields import Answered, MoneyField, Radios, TextArea
from shared.forms import Form
from shared.i18n import label

_AMOUNT = [Optional(), NumberRange(min=0, message=_l("金额不能是负数。"))]
_ANYBODY = _l("所有人：确认以后写进公示页面的更正记录")


class CorrectionForm(Form):
    """What stands there, what is right, and why."""

    ground = Radios(_l("为什么更正"), [Answered(_l("请选择为什么更正。"))], choices=[])
    old_words = TextArea(
        _l("公示文本里的原文"),
        rows=2,
        max_chars=MAX_WORDS,
        hint=_l("从公示页面复制要改的那一段；凡是出现的地方一并改。要遮去的文字确认以后不再保存。"),
        who_sees=_l("所有人；要遮去的文字只有工作人员在确认以前看得到"),
    )
    new_words = TextArea(
        _l("改正为"), rows=2, max_chars=MAX_WORDS, hint=_l("遮去的，空着就写“××”。"), who_sees=_ANYBODY
    )
    fine_fen = MoneyField(_l("罚款金额改为（元）"), _AMOUNT, hint=_l("只在登记的罚款金额有误时填写。"))
    confiscated_fen = MoneyField(_l("没收金额改为（元）"), _AMOUNT, hint=_l("只在登记的没收金额有误时填写。"))
    reason = TextArea(
        _l("更正的理由"),
        [Answered(_l("请写明更正的理由；理由会公开。"))],
        rows=3,
        max_chars=MAX_REASON,
        hint=_l("不要写要遮去的文字。"),
        who_sees=_ANYBODY,
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(prefix="correction-", **kwargs)  # the page has other forms with reasons

    def offer(self) -> None:
        """The choices in the reader's language."""
        self.ground.choices = [(ground.value, label(text)) for ground, text in GROUND_LABELS.items()]

    def proposal(self) -> dict[str, Any]:
        """As the verb takes it."""
        amounts = {name: self[name].data for name in AMOUNTS}
        return {
            "ground": CorrectionGround(self.ground.data),
            "reason": self.reason.data,
            "old_words": self.old_words.data or "",
            "new_words": self.new_words.data or "",
            "amounts": {name: _fen(yuan) for name, yuan in amounts.items() if yuan is not None},
        }


def _fen(yuan: Decimal) -> int:
    return int(yuan * 100)
