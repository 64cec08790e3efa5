"""The forms around experts: an entry of the pool, a question, a payment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from journey.regions import region_choices
from models.cases.moves import LONGEST_TEXT
from models.experts.pool import LONGEST_LINE, LONGEST_NAME, Entry
from models.experts.tables import Expert
from models.experts.terms import DAYS, DEFAULT_DAYS, EXPERT_KIND_LABELS, ExpertKind
from models.filings.kinds import ELSEWHERE
from models.filings.tables import Evidence
from models.kinds import RIGHT_TYPE_LABELS
from models.overseas.countries import COUNTRIES
from shared.fields import (
    Answered,
    AtMost,
    Checkboxes,
    DateField,
    EmailField,
    MoneyField,
    Radios,
    Select,
    TextArea,
    TextField,
)
from shared.forms import Form
from shared.i18n import in_script, label
from shared.services import services


def field_choices() -> list[tuple[str, str]]:
    """The kinds of right, as fields of experts."""
    return [(one.value, label(words)) for one, words in RIGHT_TYPE_LABELS.items()]


def places() -> list[tuple[str, str]]:
    """The bureau's places, the bureau's own as a whole among them."""
    bureau = services().bureau
    places = {code: name for code, name in region_choices(bureau) if code not in ("", ELSEWHERE)}
    return list((places | {bureau.bureau.region_code: in_script(bureau.bureau.region_name)}).items())


def country_choices() -> list[tuple[str, str]]:
    """Countries and regions."""
    return [(code, label(name)) for code, name in COUNTRIES.items()]


def kind_choices() -> list[tuple[str, str]]:
    """Experts, volunteers, appraisal bodies."""
    return [(one.value, label(words)) for one, words in EXPERT_KIND_LABELS.items()]


class ExpertForm(Form):
    """An entry of the pool."""

    kind = Radios(
        _l("种类"),
        [Answered(_l("请选择种类。"))],
        choices=kind_choices,
        default=ExpertKind.EXPERT.value,
    )
    name = TextField(
        _l("姓名"),
        [Answered(_l("请填写姓名。")), AtMost(LONGEST_NAME)],
        hint=_l("鉴定机构填写机构的名称。"),
    )
    employer = TextField(_l("工作单位"), [Answered(_l("请填写工作单位。")), AtMost(LONGEST_LINE)])
    employer_uscc = TextField(_l("单位的统一社会信用代码"), [AtMost(18)])
    contact = TextField(
        _l("电话或者邮箱"),
        [Answered(_l("请填写联系方式。")), AtMost(LONGEST_LINE)],
        who_sees=_l("能邀请专家的工作人员"),
    )
    speciality = TextField(_l("专长和职称"), [AtMost(LONGEST_LINE)], hint=_l("例如：灯具结构，高级工程师。"))
    fields = Checkboxes(_l("专业领域"), [Answered(_l("请选择专业领域。"))], choices=field_choices)
    regions = Checkboxes(_l("服务的地方"), hint=_l("都不选的，哪里都可以。"), choices=places)
    countries = Checkboxes(_l("熟悉哪些国家和地区的制度"), choices=country_choices)
    from_on = DateField(_l("聘期的第一天"), [Answered(_l("请填写聘期的第一天。"))])
    until_on = DateField(_l("聘期的最后一天"), [Answered(_l("请填写聘期的最后一天。"))])
    interests = TextArea(
        _l("有利害关系的人和单位"),
        hint=_l("投资、兼职、代理的单位和近亲属，一行一个，可以写统一社会信用代码。邀请时自动与当事人核对。"),
        max_chars=5000,
        rows=4,
    )

    def entry(self) -> Entry:
        """What the verbs take."""
        return Entry(
            name=self.name.data,
            employer=self.employer.data,
            contact=self.contact.data,
            fields=tuple(self.fields.data or ()),
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            employer_uscc=self.employer_uscc.data or "",
            interests=self.interests.data or "",
            speciality=self.speciality.data or "",
            regions=tuple(self.regions.data or ()),
            countries=tuple(self.countries.data or ()),
            kind=ExpertKind(self.kind.data),
        )


def filled_from(expert: Expert) -> dict[str, Any]:
    """The form's data for what stands already."""
    names = ("name", "employer", "employer_uscc", "contact", "speciality", "fields", "regions", "countries")
    filled = {name: getattr(expert, name) for name in (*names, "from_on", "until_on", "interests")}
    return {"kind": expert.kind.value, **filled}


class ReasonForm(Form):
    """Why somebody is let go, or an invitation taken back."""

    reasons = TextArea(_l("理由"), [Answered(_l("请写明理由。"))], max_chars=1000, rows=3)


class LinkForm(Form):
    """For how long a link is good, and where it is sent."""

    days = Select(
        _l("链接几日内有效"),
        [Answered(_l("请选择链接几日内有效。"))],
        choices=lambda: [(str(days), ngettext("%(num)s 日", "%(num)s 日", days)) for days in DAYS],
        default=str(DEFAULT_DAYS),
        width="short",
    )
    address = EmailField(
        _l("专家的邮箱"),
        hint=_l("填了就把链接发到这里；不填的，请自己把链接交给专家。发出后不另外保存。"),
        max_chars=254,
    )


class AskForm(LinkForm):
    """Who is asked what, with which files, for how much."""

    expert = Select(
        _l("请哪位专家"),
        [Answered(_l("请选择一位专家。"))],
        hint=_l("只列在聘期内、与被举报（投诉）方没有利害关系的；与举报投诉人一方的关系在发出时由程序核对。"),
    )
    question = TextArea(
        _l("请专家回答的问题和背景"),
        [Answered(_l("请写明请专家回答的问题，专家只看到这些。"))],
        hint=_l("写清要判断什么、已经知道什么。不要写举报投诉人是谁。"),
        who_sees=_l("受邀的专家，以及能查看本办件的工作人员"),
        max_chars=LONGEST_TEXT,
        rows=8,
    )
    files = Checkboxes(_l("给专家看的文件（净化副本）"), hint=_l("专家看到的文件名是“材料 1”“材料 2”。"))
    fee = MoneyField(_l("咨询费（元）"), [Answered(_l("请填写咨询费，没有的填 0。"))])

    def offer(self, experts: Sequence[Expert], files: Sequence[Evidence]) -> None:
        """The experts and files to choose from."""
        self.expert.choices = [("", _("请选择")), *((str(one.id), _line(one)) for one in experts)]
        self.files.choices = [(str(file.id), file.file_name) for file in files]
        if not files:
            del self.files


class VoucherForm(Form):
    """The number of the payment."""

    voucher = TextField(_l("支付凭证编号"), [Answered(_l("请填写支付凭证的编号。")), AtMost(80)])


def _line(expert: Expert) -> str:
    fields = _("、").join(label(RIGHT_TYPE_LABELS[one]) for one in RIGHT_TYPE_LABELS if one in expert.fields)
    return _(
        "%(name)s（%(employer)s）：%(fields)s", name=expert.name, employer=expert.employer, fields=fields
    )
