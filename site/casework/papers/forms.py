"""Forms of papers. What a kind asks for comes from its data, so the form of a draft is made for its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from models.papers.kinds import PaperKind
from models.papers.tables import Paper
from models.papers.terms import (
    RECIPIENT_LABELS,
    RECIPIENTS,
    WAY_LABELS,
    Recipient,
    Way,
)
from models.people.tables import Unit
from models.types import beijing_date, now_utc
from shared.fields import Answered, DateField, Radios, Select, TextArea, TextField
from shared.forms import Form
from shared.i18n import in_script, label

_LONGEST_LINE = 200
_LONGEST = 10_000


class ReasonsForm(Form):
    """Why: of sending back, of voiding."""

    reasons = TextArea(_l("理由"), [Answered(_l("请写明理由。"))], max_chars=1000, rows=4)


class DeliveryForm(Form):
    """One handing over."""

    recipient = Radios(_l("谁收到"), [Answered(_l("请选择收到的一方。"))])
    way = Select(_l("送达方式"), [Answered(_l("请选择送达方式。"))])
    on = DateField(_l("送达日期"), [Answered(_l("请填写送达日期，例如 2026-11-22。"))])
    proof = TextField(
        _l("凭证"),
        [Answered(_l("请写明送达的凭证，例如回证编号、邮件单号。"))],
        hint=_l("送达回证编号、邮件单号、公告的名称和日期；不写收件人的姓名。"),
        max_chars=_LONGEST_LINE,
    )

    @classmethod
    def of(cls, kind: PaperKind) -> DeliveryForm:
        """The form with the parties that the kind is addressed to."""
        form = cls(data={"on": beijing_date(now_utc())})
        form.recipient.choices = [
            (one.value, label(RECIPIENT_LABELS[one])) for one in RECIPIENTS[kind.addressee]
        ]
        form.way.choices = [(one.value, label(WAY_LABELS[one])) for one in Way if one is not Way.ONLINE]
        return form

    @property
    def chosen(self) -> tuple[Recipient, Way]:
        return Recipient(self.recipient.data), Way(self.way.data)


class DraftForm(Form):
    """Base of the forms of drafts."""

    def values(self, kind: PaperKind) -> dict[str, str]:
        """What was written, by the field's name."""
        return {one.name: self[one.name].data or "" for one in kind.own_fields}

    def receiver(self, units: Sequence[Unit]) -> Unit | None:
        """The body chosen, where the kind goes to one."""
        if "to_unit" not in self:
            return None
        return next((unit for unit in units if str(unit.id) == self["to_unit"].data), None)


def draft_form(
    kind: PaperKind,
    units: Sequence[Unit],
    paper: Paper | None = None,
    suggested: Mapping[str, str] | None = None,
) -> DraftForm:
    """The form for the kind's own fields, with what the draft says so far, else with what is `suggested`."""
    fields: dict[str, Any] = {}
    if kind.goes_to_a_body:
        fields["to_unit"] = Select(_l("发给"), [Answered(_l("请选择发给哪个单位。"))])
    for one in kind.own_fields:
        asked = [Answered(_l("请填写%(name)s。", name=label(one.name)))] if one in kind.asks else []
        made: type[TextField] = TextField if one.lines == 1 else TextArea
        size = {"max_chars": _LONGEST_LINE} if one.lines == 1 else {"max_chars": _LONGEST, "rows": one.lines}
        fields[one.name] = made(label(one.name), asked, hint=label(one.hint), **size)
    known = {
        **(suggested or {}),
        **(paper.fields if paper else {}),
        "to_unit": str(paper.to_unit_id) if paper else "",
    }
    form: DraftForm = type("DraftFormOfKind", (DraftForm,), fields)(data=known)
    if kind.goes_to_a_body:
        form["to_unit"].choices = [(str(unit.id), in_script(unit.name)) for unit in units]
    return form
