"""Forms on what the party asks: noting it from paper, making sure who asks, answering."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from models.decisions.petitions.kinds import OUTCOME_LABELS, PETITION_KIND_LABELS, PetitionOutcome
from models.decisions.petitions.operations import MAX_STATEMENT
from models.decisions.petitions.tables import Petition
from shared.fields import Answered, DateField, FilesField, Radios, Select, TextArea, Tick
from shared.forms import Form
from shared.i18n import label

_INQUIRY = _l("需要向其他单位核查（异议的办理期限较长）")


class NotePetitionForm(Form):
    """The party has asked on paper or at the counter."""

    petition = Select(_l("当事人提出"), [Answered(_l("请选择当事人提出的是什么。"))], choices=[])
    received_on = DateField(_l("收到的日期"), [Answered(_l("请填写收到的日期，例如 2026-11-22。"))])
    statement = TextArea(
        _l("请求和理由"),
        [Answered(_l("请写明请求和理由。"))],
        rows=4,
        max_chars=MAX_STATEMENT,
        who_sees=_l("工作人员；不公示"),
    )
    files = FilesField(_l("申请书和证明材料（扫描件）"))
    promised = Tick(_l("已公开作出信用承诺（信用修复必须有）"))
    needs_inquiry = Tick(_INQUIRY)

    def offer(self) -> None:
        """The choices in the reader's language."""
        kinds = [(kind.value, label(text)) for kind, text in PETITION_KIND_LABELS.items()]
        self.petition.choices = [("", ""), *kinds]


class CheckPetitionForm(Form):
    """The staff has made sure that the party asks."""

    needs_inquiry = Tick(_INQUIRY)


class AnswerPetitionForm(Form):
    """What the party is told."""

    outcome = Radios(_l("处理结果"), [Answered(_l("请选择处理结果。"))], choices=[])
    answer = TextArea(
        _l("答复和理由"),
        [Answered(_l("请写明答复和理由，当事人会看到。"))],
        rows=4,
        max_chars=MAX_STATEMENT,
        who_sees=_l("当事人和工作人员；不公示"),
    )

    def __init__(self, petition: Petition, **kwargs: Any) -> None:
        super().__init__(prefix=f"petition-{petition.id}-", **kwargs)
        self.outcome.choices = [
            (kind.value, label(text))
            for kind, text in OUTCOME_LABELS[petition.kind].items()
            if petition.checked_at or kind is PetitionOutcome.NOT_PARTY
        ]
