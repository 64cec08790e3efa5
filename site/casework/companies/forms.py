"""Forms on companies: a merger, a head office."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from shared.fields import Answered, DateField, TextField
from shared.forms import Form

_STAFF = _l("工作人员；不公示")


class MergerForm(Form):
    """Into which company, when, and by what that is known."""

    successor = TextField(
        _l("并入企业的统一社会信用代码"), [Answered(_l("请填写并入企业的统一社会信用代码。"))], max_chars=30
    )
    on = DateField(_l("合并的日期"), [Answered(_l("请填写合并的日期，例如 2026-11-22。"))])
    basis = TextField(
        _l("依据"),
        [Answered(_l("请写明凭什么知道，例如登记机关的变更登记。"))],
        hint=_l("例如：国家企业信用信息公示系统的注销和变更记录。"),
        who_sees=_STAFF,
        max_chars=300,
    )


class HeadOfficeForm(Form):
    """Whose branch it is; empty for nobody's."""

    head_office = TextField(_l("总机构的统一社会信用代码"), hint=_l("留空表示它不是分支机构。"), max_chars=30)
