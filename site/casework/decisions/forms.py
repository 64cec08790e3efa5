"""The forms of publication: a decision, and the reasons for sending it back or withdrawing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import NumberRange, Optional, ValidationError

from models.codes.industry import industry_code
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.decisions.causes import cause_named, causes
from models.decisions.content import TEXT_LIMITS, DecisionContent
from models.decisions.kinds import (
    DECISION_KIND_LABELS,
    PARTY_KIND_LABELS,
    PENALTY_KIND_LABELS,
    DecisionKind,
    PartyKind,
    PenaltyKind,
)
from models.decisions.money import fen_to_yuan
from models.decisions.tables import Decision
from models.people.tables import Unit
from shared.fields import (
    Answered,
    Checkboxes,
    CodeField,
    DateField,
    MoneyField,
    Radios,
    Select,
    TextArea,
    TextField,
)
from shared.forms import Form
from shared.i18n import in_script

PUBLIC = _l("所有人：这一段会公示")
STAFF = _l("工作人员；不公示")
NO_PERSONS = _l("照送达的文书填写；证件号码、电话、住址和姓名等在下一步“脱敏”里处理。")


def _zone(name: str, title: Any, *checks: Any, rows: int = 6, hint: Any = "") -> TextArea:
    return TextArea(title, checks, rows=rows, hint=hint, who_sees=PUBLIC, max_chars=TEXT_LIMITS[name])


class DecisionForm(Form):
    """A decision, field by field as the double-publicity table has them, and the text by zones."""

    unit = Select(_l("负责公示的机构"), [Answered(_l("请选择负责公示的机构。"))])
    kind = Radios(
        _l("决定类别"),
        [Answered(_l("请选择决定类别。"))],
        choices=[(kind.value, _l(text)) for kind, text in DECISION_KIND_LABELS.items()],
        default=DecisionKind.PENALTY.value,
        hints={
            DecisionKind.ADJUDICATION: _l("例如专利侵权纠纷处理决定：没有处罚种类和罚款。"),
            DecisionKind.OTHER: _l("例如责令改正、责令停止销售：没有处罚种类和罚款。"),
        },
    )
    document_number = TextField(
        _l("文号"),
        [Answered(_l("请填写决定书文号，例如 平市监处罚〔2026〕001号。"))],
        max_chars=TEXT_LIMITS["document_number"],
        hint=_l("照决定书写，序号前的零也写上。"),
    )
    authority_name = TextField(
        _l("决定机关"), [Answered(_l("请填写作出决定的机关全称。"))], max_chars=TEXT_LIMITS["authority_name"]
    )
    decided_on = DateField(_l("决定日期"), [Answered(_l("请填写决定日期，例如 2026-11-22。"))])
    party_kind = Radios(
        _l("当事人类别"),
        [Answered(_l("请选择当事人类别。"))],
        choices=[(kind.value, _l(text)) for kind, text in PARTY_KIND_LABELS.items()],
        hints={PartyKind.PERSON: _l("公示时显示姓氏加“某”，正文里的姓名同样处理。")},
    )
    party_name = TextField(
        _l("当事人名称"), [Answered(_l("请填写当事人名称。"))], max_chars=TEXT_LIMITS["party_name"]
    )
    uscc = CodeField(_l("统一社会信用代码"), hint=_l("法人及非法人组织必填，18 位。"), max_chars=24)
    legal_representative = TextField(
        _l("法定代表人（负责人、经营者）"),
        max_chars=TEXT_LIMITS["legal_representative"],
        hint=_l("个体工商户的经营者姓名不公示。"),
    )
    industry = TextField(
        _l("行业代码"),
        hint=_l("《国民经济行业分类》（GB/T 4754）的代码，例如 C2614、5191 或者 C；不知道就空着。"),
        max_chars=40,
    )
    cause_name = Select(_l("案由"), [Answered(_l("请选择案由。"))])
    penalty_kinds = Checkboxes(
        _l("处罚种类"),
        choices=[(kind.value, _l(text)) for kind, text in PENALTY_KIND_LABELS.items()],
        hint=_l("行政处罚至少选一个；其他决定不选。"),
    )
    fine_yuan = MoneyField(
        _l("罚款金额（元）"), [Optional(), NumberRange(min=0, message=_l("金额不能是负数。"))]
    )
    confiscated_yuan = MoneyField(
        _l("没收金额（元）"), [Optional(), NumberRange(min=0, message=_l("金额不能是负数。"))]
    )
    party_text = _zone("party_text", _l("当事人情况"), rows=3)
    facts = _zone(
        "facts",
        _l("违法事实（查明的事实）"),
        Answered(_l("请填写违法事实或者查明的事实。")),
        rows=10,
        hint=NO_PERSONS,
    )
    evidence_text = _zone("evidence_text", _l("证据"))
    basis = _zone("basis", _l("依据"), Answered(_l("请填写依据：法律名称和条款项。")), rows=4)
    penalty = _zone("penalty", _l("处罚内容（决定内容）"), Answered(_l("请填写处罚或者决定的内容。")), rows=4)
    performance = _zone(
        "performance",
        _l("履行方式和期限"),
        rows=3,
        hint=_l("例如：自收到决定书之日起十五日内到指定银行缴纳罚款（国发〔2014〕6号 二（三））。"),
    )
    remedy = _zone("remedy", _l("救济途径"), rows=3)
    served_text = HiddenField()  # shown beside the form when it has to be mended; not kept
    remarks = TextArea(_l("备注"), rows=2, who_sees=STAFF, max_chars=TEXT_LIMITS["remarks"])

    def validate_uscc(self, field: CodeField) -> None:
        """The check character tells most slips of the pen."""
        if field.data and not is_valid_uscc(normalise_uscc(field.data)):
            raise ValidationError(gettext("统一社会信用代码的校验位不对，请核对 18 位代码。"))

    def validate_industry(self, field: TextField) -> None:
        if field.data and industry_code(field.data) is None:
            raise ValidationError(
                gettext("这不是国民经济行业分类的代码。请填字母、数字，或者字母加数字，不知道就空着。")
            )

    def validate_penalty_kinds(self, field: Checkboxes) -> None:
        """Penalties have kinds of penalty, nothing else has (行政处罚法 Art 9)."""
        is_penalty = self.kind.data == DecisionKind.PENALTY
        if is_penalty and not field.data:
            raise ValidationError(gettext("请至少选择一个处罚种类。"))
        if not is_penalty and field.data:
            raise ValidationError(gettext("这不是行政处罚决定，不选处罚种类。"))

    def validate_fine_yuan(self, field: MoneyField) -> None:
        _refuse_parts_of_fen(field.data)
        if field.data is not None and self.kind.data != DecisionKind.PENALTY:
            raise ValidationError(gettext("这不是行政处罚决定，没有罚款。"))

    def validate_confiscated_yuan(self, field: MoneyField) -> None:
        _refuse_parts_of_fen(field.data)

    def offer(self, units: Iterable[Unit], present_cause: str = "") -> None:
        """Fills the choices of unit and cause; an imported cause that the table lacks stays as it is."""
        self.unit.choices = [(unit.code, in_script(unit.name)) for unit in units]
        names = [cause.name for cause in causes()]
        if present_cause and present_cause not in names:
            names.append(present_cause)
        self.cause_name.choices = [("", gettext("请选择")), *((name, name) for name in names)]

    def content(self) -> DecisionContent:
        """What the form says, checked as far as a form can."""
        cause = cause_named(self.cause_name.data)
        return DecisionContent(
            kind=DecisionKind(self.kind.data),
            document_number=self.document_number.data,
            party_name=self.party_name.data,
            party_kind=PartyKind(self.party_kind.data),
            uscc=normalise_uscc(self.uscc.data) if self.uscc.data else None,
            legal_representative=self.legal_representative.data or None,
            decided_on=self.decided_on.data,
            authority_name="".join(self.authority_name.data.split()),
            cause_name=self.cause_name.data,
            cause_code=cause.code if cause else None,
            right_type=cause.right_type if cause else None,
            penalty_kinds=tuple(PenaltyKind(kind) for kind in self.penalty_kinds.data),
            fine_fen=_fen(self.fine_yuan.data),
            confiscated_fen=_fen(self.confiscated_yuan.data),
            party_text=self.party_text.data or "",
            facts=self.facts.data,
            evidence_text=self.evidence_text.data or "",
            basis=self.basis.data,
            penalty=self.penalty.data,
            remedy=self.remedy.data or "",
            performance=self.performance.data or "",
            remarks=self.remarks.data or None,
            industry=industry_code(self.industry.data or ""),
        )


def filled_from(decision: Decision, served: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows of a decision that is there: its texts as `served`, before redaction."""
    same = (
        "document_number",
        "authority_name",
        "decided_on",
        "legal_representative",
        "remarks",
        "industry",
    )
    zones = ("party_text", "facts", "evidence_text", "basis", "penalty", "remedy", "performance")
    return {
        **{name: getattr(decision, name) for name in same},
        **{name: served[name] for name in (*zones, "cause_name")},
        "unit": decision.unit.code,
        "kind": decision.kind.value,
        "party_kind": decision.party_kind.value,
        "party_name": decision.served_party_name,
        "uscc": decision.party_uscc,
        "penalty_kinds": list(decision.penalty_kinds),
        "fine_yuan": _yuan(decision.fine_fen),
        "confiscated_yuan": _yuan(decision.confiscated_fen),
    }


class ApproveForm(Form):
    """One click; carries the revision that was on the screen."""

    revision = HiddenField()


class ReturnForm(Form):
    """Back to the one who entered it."""

    reason = TextArea(
        _l("退回的原因"),
        [Answered(_l("请写明退回的原因，让录入人知道改什么。"))],
        rows=3,
        who_sees=STAFF,
        max_chars=1000,
    )


class WithdrawForm(Form):
    """Off the site, with a reason that is published."""

    reason = TextArea(
        _l("撤回的理由"),
        [Answered(_l("请写明撤回的理由，例如：复议决定撤销了原决定。"))],
        rows=3,
        hint=_l("不能写当事人的名称、代码和姓名。"),
        who_sees=PUBLIC,
        max_chars=1000,
    )


def _refuse_parts_of_fen(amount: Decimal | None) -> None:
    if amount is not None and amount != round(amount, 2):
        raise ValidationError(gettext("金额最多两位小数。"))


def _fen(yuan: Decimal | None) -> int | None:
    return None if yuan is None else int(yuan * 100)


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else fen_to_yuan(fen)
