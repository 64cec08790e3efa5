"""Forms on the term of publication: putting its end off, the answer to that, and what the party has fulfilled."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from models.decisions.kinds import FULFILMENT_LABELS
from shared.fields import Answered, DateField, Radios, TextArea, TextField
from shared.forms import Form
from shared.i18n import label

STAFF = _l("工作人员；不公示")


class PostponeForm(Form):
    """A later last day, with its basis and reason."""

    until_on = DateField(_l("延后到哪一天"), [Answered(_l("请填写延后到哪一天，例如 2027-11-22。"))])
    basis = TextField(
        _l("法律依据"),
        [Answered(_l("请写明法律名称和条款。"))],
        hint=_l("会公示，例如：《信用修复管理办法》第十条。不能写当事人。"),
        max_chars=300,
    )
    why = TextArea(
        _l("延后的理由"), [Answered(_l("请写明延后的理由。"))], rows=3, who_sees=STAFF, max_chars=1000
    )


class RefusePostponementForm(Form):
    """Why the earliest day stands. Its field has a name of its own: several forms share the page."""

    refusal = TextArea(
        _l("不同意的理由"), [Answered(_l("请写明不同意的理由。"))], rows=2, who_sees=STAFF, max_chars=1000
    )


class FulfilmentForm(Form):
    """Whether the party has done what was ordered."""

    fulfilment = Radios(
        _l("当事人是否履行了决定"), [Answered(_l("请选择是否履行。"))], choices=[], who_sees=STAFF
    )
    fulfilled_on = DateField(_l("履行完毕的日期"))

    def offer(self) -> None:
        """The choices in the reader's language."""
        self.fulfilment.choices = [(kind.value, label(text)) for kind, text in FULFILMENT_LABELS.items()]
