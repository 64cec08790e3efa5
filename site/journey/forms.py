"""The forms of the journey: one per step, each with its questions, its reasons and its checks."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, StringField, ValidationError
from wtforms.validators import Email, Length, Optional, Regexp

from models.codes.identity import IDENTITY_FAULT_LABELS, check_identity_number
from models.codes.identity import LENGTH as IDENTITY_LENGTH
from models.codes.text import compact
from models.codes.trademarks import is_nice_class
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.filings.kinds import Notice
from models.filings.parties import CAPACITY_LABELS, Capacity
from models.filings.right_numbers import NUMBER_NAME_LABELS
from models.filings.submissions import Person
from models.kinds import OWNERS_TRACKS, RightType, Track
from models.triage.rule_files import read_triage
from models.triage.terms import QUESTION_LABELS, Need, Question
from models.types import beijing_date, now_utc
from shared.fields import (
    Answered,
    AtMost,
    Checkboxes,
    CodeField,
    EmailField,
    FilesField,
    NumberField,
    PhoneField,
    Radios,
    Select,
    TextArea,
    TextField,
    Tick,
    tidy,
)
from shared.forms import Form
from shared.i18n import label

ACCEPTED = "image/*,application/pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,audio/*,video/*,.amr,.heic"
STAFF = _l("受理员和承办人。不会告诉被举报的一方（121号 第37条）。")
_PHONE = r"^[+＋]?[\d０-９ \-－—()（）转]{5,30}$"


# What is asked of those who have no opponent to name, and what they are told who left it empty.
FACTS_ASKED = {
    Track.AID: (_l("您遇到了什么问题，需要什么帮助？"), _l("请写明您遇到了什么问题，需要什么帮助。")),
    Track.CONSULTATION: (_l("您想问什么？"), _l("请写明您想问的问题。")),
}


def must_answer(field: Field, sentence: str) -> None:
    """Makes an optional question one that this filer has to answer."""
    others = [check for check in field.validators if not isinstance(check, Optional)]
    field.validators = [Answered(sentence), *others]
    field.flags.required = True


class ChoiceForm(Form):
    """A question of triage: what brings you here, and what of two or three things do you want?"""

    situation = Radios("", [Answered(_l("请选择一项，选最接近的即可。"))], choices=())

    def ask(self, question: Question) -> None:
        """Makes it this question, with its answers."""
        options = read_triage().options_of(question)
        self.situation.label.text = label(QUESTION_LABELS[question])
        self.situation.choices = [(option.value, label(option.text)) for option in options]
        self.situation.hints = {option.value: label(option.hint) for option in options}


class KindForm(Form):
    """What is it about?"""

    right_type = Radios(
        _l("这件事涉及哪一类？"), [Answered(_l("请选择一类；不确定就选最后一项。"))], choices=()
    )

    def ask(self) -> None:
        """Fills in the kinds."""
        kinds = read_triage().kinds
        self.right_type.choices = [(kind.value, label(kind.text)) for kind in kinds]
        self.right_type.hints = {kind.value: label(kind.hint) for kind in kinds}


class FactsForm(Form):
    """Who did what, and where? The region's choices come from the bureau's profile."""

    respondent_name = TextField(
        _l("谁在侵权或造假？"),
        [Answered(_l("请填写店铺、企业或个人的名称；不知道全称可以写招牌上的字。")), AtMost(200)],
        hint=_l("店铺、企业、网店或个人的名称。不知道全称，写招牌或页面上看到的即可。"),
    )
    respondent_uscc = TextField(
        _l("对方的统一社会信用代码"),
        hint=_l("营业执照上的 18 位代码，知道才填。"),
        width="medium",
    )
    region_code = Select(_l("事情发生在哪里？"), [Answered(_l("请选择事情发生的地方。"))])
    respondent_address = TextField(
        _l("详细地址"),
        [AtMost(300)],
        hint=_l("门牌号、市场名称和摊位号，或者附近的标志。"),
    )
    platform_link = TextField(
        _l("网页或商品链接"),
        [AtMost(2000)],
        hint=_l("事情发生在网上时，把商品、店铺或直播间的链接粘贴到这里。"),
    )
    has_links = Tick(_l("有多个链接，下一页粘贴或者上传表格（最多 300 个）"))
    platform_notified = Tick(_l("侵权发生在网上，我已经通知过电商平台"))
    right_number = TextField(
        _l("注册号或专利号"),
        [AtMost(60)],
        hint=_l("知道才填。照产品上标的写，写错了也没关系；下一步核对时会告诉您格式对不对。"),
        width="medium",
    )
    nice_class = NumberField(
        _l("商标用在哪一类商品或服务上？"),
        [Optional()],
        hint=_l("商标注册证上的国际分类，1 至 45；知道才填。"),
    )
    facts = TextArea(
        _l("发生了什么？"),
        [Answered(_l("请写明您看到的事情：什么时间、看到什么、怎么发现的。"))],
        hint=_l("用自己的话写：什么时间、看到什么、怎么发现的。请不要在这里写自己的姓名和电话。"),
        who_sees=STAFF,
        max_chars=5000,
        rows=8,
    )
    request = TextArea(
        _l("您希望怎么处理？"),
        max_chars=1000,
        rows=3,
    )
    has_more = Tick(_l("还有其他被举报（投诉）的一方，下一页填写"))

    def ask_for_number(self, right: RightType) -> None:
        """Names the number as this kind of right calls it; a kind without numbers is not asked for one."""
        if right in NUMBER_NAME_LABELS:
            self.right_number.label.text = label(NUMBER_NAME_LABELS[right])
        else:
            del self.right_number
        if right is not RightType.TRADEMARK:
            del self.nice_class

    def ask_for(self, needs: frozenset[Need], track: Track) -> None:
        """Asks for what this procedure needs, and leaves out what has no place in it."""
        if Need.RESPONDENT not in needs:
            del (
                self.respondent_name,
                self.respondent_address,
                self.platform_link,
                self.has_more,
                self.has_links,
            )
            self.facts.label.text, missing = FACTS_ASKED[track]
            must_answer(self.facts, missing)
            self.facts.hint = _("用自己的话写。请不要在这里写自己的姓名和电话。")
        if Need.RESPONDENT not in needs or track is Track.REPORT:
            del self.respondent_uscc
        if Need.PLACE not in needs:
            del self.region_code
        if track not in OWNERS_TRACKS:
            del self.platform_notified
        if Need.REQUEST in needs:
            must_answer(self.request, _("请写明您的具体请求，例如退款、赔偿多少，或者要求对方停止侵权。"))
        elif Need.RESPONDENT not in needs:
            del self.request
        if Need.RESPONDENT_ADDRESS in needs and not self.platform_link.data:
            must_answer(
                self.respondent_address, _("请填写对方的地址；网购的请在下面填写链接（121号 第10条）。")
            )

    def validate_respondent_uscc(self, field: Any) -> None:
        """A code that cannot be one is a slip: the check character tells."""
        field.data = normalise_uscc(field.data or "")
        if field.data and not is_valid_uscc(field.data):
            raise ValidationError(_("这个代码的校验位不对，请对照营业执照核对 18 位代码，或者留空。"))

    def validate_nice_class(self, field: Any) -> None:
        """There are forty-five classes; whether this is the mark's own is for staff to see."""
        if field.data is not None and not is_nice_class(field.data):
            raise ValidationError(_("国际分类只有 1 至 45 类，请核对，或者留空。"))


class EvidenceForm(Form):
    """Files. What is refused and why stands in the page, by name; the rest is kept."""

    files = FilesField(_l("选择文件"), accept=ACCEPTED)
    has = Checkboxes(
        _l("这些文件里有"),
        hint=_l("有的请打勾，我们据此告诉您还缺什么。缺的可以以后再补。"),
        choices=(),
    )


class ResumeForm(Form):
    """The code under which a draft was put aside."""

    code = CodeField(
        _l("续填码"),
        [Answered(_l("请填写续填码，16 位，是保存时让您抄下的那一组。"))],
        hint=_l("16 位，大小写、空格和横线都不影响。"),
    )


class LeaveForm(Form):
    """Goes on although another authority is competent; only the token matters."""


class RemoveForm(Form):
    """Takes one file off; only the token matters."""


class ContactForm(Form):
    """Who you are. Of a report all of it is optional; of a clue or complaint it is not (`needs`)."""

    how = Radios(
        _l("您想匿名还是实名？"),
        [Answered(_l("请选择匿名或者实名。"))],
        choices=[("anonymous", _l("匿名")), ("named", _l("实名"))],
        hints={
            "anonymous": _l("不留任何个人信息，用编号和查询码照样可以查进度、收答复。"),
            "named": _l("方便我们向您核实，身份信息加密保存。"),
        },
    )
    name = TextField(_l("姓名"), [AtMost(50)], width="medium", attributes={"autocomplete": "name"})
    phone = PhoneField(
        _l("手机号码"),
        [Optional(), Regexp(_PHONE, message=_l("号码里有认不出的字符，请只填数字，例如 13800000000。"))],
        hint=_l("手机号码和电子邮箱至少填一项。"),
        width="medium",
        attributes={"autocomplete": "tel"},
    )
    email = EmailField(
        _l("电子邮箱"),
        [Optional(), Email(_l("邮箱地址不完整，例如 name@example.com。")), Length(max=254)],
        attributes={"autocomplete": "email"},
    )
    address = TextField(_l("通讯地址"), [AtMost(200)], attributes={"autocomplete": "street-address"})
    id_number = TextField(
        _l("身份证件号码"),
        [AtMost(30)],
        hint=_l("办理时可能要核验身份（121号 第10条）；现在填了，就不必再补。加密保存，只在核验时查看。"),
        width="medium",
    )
    capacity = Radios(
        _l("您替谁提交？"),
        [Answered(_l("请选择您替谁提交。"))],
        choices=(),
        default=Capacity.SELF.value,
    )

    notify = Checkboxes(
        _l("有新进展时提醒我"),
        hint=_l("提醒里只有登记编号和网址，没有内容；随时可以停止。不选也能凭查询码查看。"),
        choices=(),
    )

    def offer_notices(self, *, by_text: bool) -> None:
        """By mail, and by text message where the bureau has a gateway; whoever has an account is told anyway."""
        ways = [(Notice.EMAIL.value, _("发邮件"))]
        self.notify.choices = [*ways, (Notice.SMS.value, _("发短信"))] if by_text else ways

    def validate_notify(self, field: Any) -> None:
        """Where to, if so."""
        chosen = field.data or []
        if Notice.EMAIL.value in chosen and not self.email.data:
            raise ValidationError(_("要用邮件提醒，请填写电子邮箱。"))
        if Notice.SMS.value in chosen and not self.phone.data:
            raise ValidationError(_("要用短信提醒，请填写手机号码。"))

    def choose_capacity(self, capacities: tuple[Capacity, ...]) -> None:
        """Offers those that the procedure knows; nobody who can stay anonymous is asked."""
        if not capacities:
            del self.capacity
            return
        self.capacity.choices = [(one.value, label(CAPACITY_LABELS[one])) for one in capacities]

    def validate_id_number(self, field: Any) -> None:
        """Form, birth date and check character; an unusual region is never refused (GB 11643)."""
        field.data = compact(field.data or "")
        fault = check_identity_number(field.data, today=beijing_date(now_utc())).fault if field.data else None
        if fault and len(field.data) == IDENTITY_LENGTH:
            raise ValidationError(label(IDENTITY_FAULT_LABELS[fault]))

    def person(self) -> Person | None:
        """The filer; None when they stay anonymous."""
        if "how" in self and self.how.data == "anonymous":
            return None
        fields = {
            name: self[name].data or ""
            for name in ("name", "phone", "email", "address", "id_number")
            if name in self
        }
        return Person(**{"name": "", **fields})


class SendForm(Form):
    """The last page. `token` names the draft shown, so that a page left open cannot send another one."""

    token = HiddenField(filters=[tidy])
    website = StringField()  # a field that people never see; programs fill it in
    proof = StringField()  # of work, by the page's script; drawn there with its question

    def validate_website(self, field: Any) -> None:
        if field.data:
            raise ValidationError(_("请把标着“请勿填写”的栏留空，再提交一次。"))


class SupplementForm(Form):
    """More from the filer, for the case."""

    body = TextArea(
        _l("补充说明"),
        [Answered(_l("请写下要补充的内容。"))],
        hint=_l("新发现的情况、更正，或者回答工作人员的问题。请不要写查询码。"),
        who_sees=STAFF,
        max_chars=3000,
        rows=5,
    )


class WithdrawForm(Form):
    """The filer takes the filing back."""

    reasons = TextArea(_l("撤回的原因"), max_chars=500, rows=3)
