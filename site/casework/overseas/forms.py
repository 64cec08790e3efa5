"""The forms of the observers."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from models.overseas.countries import COUNTRIES
from models.overseas.operations import LONGEST, Entry
from models.overseas.tables import Observer
from models.overseas.terms import OBSERVER_KIND_LABELS, ObserverKind
from shared.fields import (
    Answered,
    AtMost,
    Checkboxes,
    CodeField,
    DateField,
    EmailField,
    Radios,
    TextArea,
    TextField,
)
from shared.forms import Form
from shared.i18n import label


def country_choices() -> list[tuple[str, str]]:
    """Countries and regions."""
    return [(code, label(name)) for code, name in COUNTRIES.items()]


class ObserverForm(Form):
    """An entry of the list."""

    kind = Radios(
        _l("种类"),
        [Answered(_l("请选择种类。"))],
        choices=lambda: [(one.value, label(words)) for one, words in OBSERVER_KIND_LABELS.items()],
    )
    name = TextField(_l("名称"), [Answered(_l("请填写名称。")), AtMost(LONGEST["name"])])
    uscc = CodeField(_l("统一社会信用代码"), [AtMost(18)])
    products = TextField(
        _l("产品或者行业"),
        [Answered(_l("请写明产品或者行业。")), AtMost(LONGEST["products"])],
        hint=_l("关注哪些产品、商标在境外的风险，例如：厨房小家电。"),
    )
    countries = Checkboxes(
        _l("出口或者经营的国家和地区"), hint=_l("都不选的，各国的预警都发。"), choices=country_choices
    )
    contact = TextField(_l("联系人和电话"), [AtMost(LONGEST["contact"])], who_sees=_l("管理名录的工作人员"))
    email = EmailField(
        _l("接收预警的邮箱"),
        hint=_l("发布有关国家和地区的海外预警时，自动发到这里。"),
        who_sees=_l("管理名录的工作人员"),
        max_chars=LONGEST["email"],
    )
    since_on = DateField(_l("从哪一天开始观察"), [Answered(_l("请填写日期，例如 2026-11-22。"))])

    def entry(self) -> Entry:
        """What the verbs take."""
        return Entry(
            kind=ObserverKind(self.kind.data),
            name=self.name.data,
            products=self.products.data,
            since_on=self.since_on.data,
            uscc=self.uscc.data or "",
            countries=tuple(self.countries.data or ()),
            contact=self.contact.data or "",
            email=self.email.data or "",
        )


def filled_from(observer: Observer) -> dict[str, Any]:
    """The form's data for what stands already."""
    names = ("name", "uscc", "products", "countries", "contact", "email", "since_on")
    return {"kind": observer.kind.value, **{name: getattr(observer, name) for name in names}}


class LeaveForm(Form):
    """Why it observes no more."""

    reasons = TextArea(_l("退出的原因"), [Answered(_l("请写明退出的原因。"))], max_chars=1000, rows=3)
