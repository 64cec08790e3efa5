"""The forms of the lists: a proposal, and one form for every act, which shows the fields that the act needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import Field
from wtforms.validators import StopValidation

from models.lists.kinds import HEARING_LABELS
from shared.fields import Answered, Checkboxes, CodeField, DateField, Radios, TextArea, TextField, Tick
from shared.forms import Form
from shared.i18n import label

ACT_FIELDS = (
    *("on", "hearing", "authority", "number", "restricted_until", "needs_inquiry", "material", "words"),
)
MATERIAL = {
    "application": _l("提前移出申请书"),
    "promise": _l("守信承诺书"),
    "proof": _l("履行处罚决定义务、消除危害后果和不良影响的证明"),
}
STAFF = _l("工作人员；不公布")
PUBLIC = _l("所有人：会公布")


class All:
    """Every choice has to be ticked."""

    field_flags: Mapping[str, Any] = {"required": True}

    def __init__(self, sentence: Any) -> None:
        self._sentence = sentence

    def __call__(self, _form: Any, field: Any) -> None:
        if len(field.data or ()) < len(field.choices):
            raise StopValidation(self._sentence)


class ProposeForm(Form):
    """Who, why, and on which decisions."""

    name = TextField(_l("企业名称"), [Answered(_l("请填写企业名称。"))], max_chars=200)
    uscc = CodeField(_l("统一社会信用代码"), [Answered(_l("请填写 18 位统一社会信用代码。"))])
    reason = TextArea(
        _l("列入事由"), [Answered(_l("请写明列入的事由。"))], rows=4, who_sees=PUBLIC, max_chars=1000
    )
    decisions = TextArea(
        _l("依据的决定书"), rows=3, hint=_l("一行一个编号（公示地址最后一段）。守信红榜不填。"), max_chars=400
    )


class ActForm(Form):
    """Used with a prefix, so that several can stand on one page."""

    on = DateField(_l("日期"), [Answered(_l("请填写日期，例如 2026-11-22。"))])
    hearing = Radios(_l("方式"), [Answered(_l("请选择方式。"))], choices=[])
    authority = TextField(_l("上一级机关"), [Answered(_l("请填写同意的上一级机关。"))], max_chars=200)
    number = TextField(_l("文号"), [Answered(_l("请填写文号。"))], max_chars=128)
    restricted_until = DateField(
        _l("限制措施届满日"), hint=_l("处罚同时限制经营、限制从业的填写；超过名单期限的，公布到这一天。")
    )
    needs_inquiry = Tick(_l("需要向其他单位核查（异议的办理期限较长）"))
    material = Checkboxes(
        _l("收到的材料"), [All(_l("申请书、守信承诺书、履行义务的证明都要有，才能受理。"))], choices=[]
    )
    words = TextArea(_l("理由"), [Answered(_l("请写明理由。"))], rows=3, who_sees=STAFF, max_chars=1000)

    def keep(self, names: tuple[str, ...]) -> ActForm:
        """Leaves only the fields that the act needs."""
        for name in ACT_FIELDS:
            if name not in names:
                delattr(self, name)
        if "material" in names:
            self.material.choices = list(MATERIAL.items())
        if "hearing" in names:
            self.hearing.choices = [(kind.value, label(text)) for kind, text in HEARING_LABELS.items()]
        return self

    def hidden_tag(self, *fields: Field) -> Markup:
        """The token under the name that the guard of all requests looks for, without the prefix."""
        return Markup(str(super().hidden_tag(*fields)).replace(self._prefix, ""))  # noqa: S704 - it was markup

    def shown(self) -> list[Field]:
        """The fields to print, in their order."""
        return [field for field in self if field.type not in ("CSRFTokenField", "HiddenField")]
