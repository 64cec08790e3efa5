"""The forms of aid: the green channel, and the decision with what the rules propose beside it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.acts.base import FILER_SEES, ActForm, to_choose
from journey.aid_words import rules_here
from models.aid.rules import ELIGIBILITY_LABELS
from models.aid.terms import application_in
from shared.fields import Answered, Checkboxes, Radios, Select, TextArea
from shared.i18n import label


class GreenForm(ActForm):
    """On which ground, and how it was found to hold."""

    ground = Select(_l("属于哪种情形"), [Answered(_l("请选择转入绿色通道的情形。"))])
    reasons = TextArea(
        _l("怎样核实的"),
        [Answered(_l("请写明怎样核实的，申请人会看到。"))],
        who_sees=FILER_SEES,
        max_chars=1000,
        rows=3,
    )

    def fit(self) -> None:
        rules, told = rules_here(), application_in(self.case.filing.data)
        self.ground.choices = to_choose((one, label(ground.text)) for one, ground in rules.green.items())
        if told and len(told.green) == 1:
            self.suggest(ground=told.green[0])

    def given(self) -> dict[str, Any]:
        return {**super().given(), "rules": rules_here()}


class AidDecisionForm(ActForm):
    """Given or not, which helps, why."""

    decision = Radios(
        _l("决定"),
        [Answered(_l("请选择决定。"))],
        choices=[("give", _l("提供援助")), ("refuse", _l("不提供援助"))],
    )
    helps = Checkboxes(_l("提供哪些援助"), hint=_l("提供援助的选择。"))
    reasons = TextArea(
        _l("决定的理由"),
        [Answered(_l("请写明决定的理由，申请人会看到。"))],
        hint=_l("提供援助的，写明由谁、什么时候、怎样提供；不提供的，写明理由和其他办法。"),
        who_sees=FILER_SEES,
        max_chars=2000,
        rows=5,
    )

    def fit(self) -> None:
        rules, told = rules_here(), application_in(self.case.filing.data)
        self.helps.choices = [(one, label(text)) for one, text in rules.helps.items()]
        if told and not self.is_submitted():
            self.helps.data = list(told.helps)

    def given(self) -> dict[str, Any]:
        return {
            "rules": rules_here(),
            "is_given": self.decision.data == "give",
            "helps": self.helps.data or [],
            "reasons": self.reasons.data,
        }

    def shown(self) -> dict[str, Any]:
        told = application_in(self.case.filing.data)
        if told is None:
            return {"advice": _("申请时没有填写援助的情况，请按案情决定。"), "basis": "", "result": ""}
        rule = rules_here().rule_for(told.applicant, told.helps, self.case.right_type)
        return {
            "advice": label(rule.why),
            "basis": label(rule.basis),
            "result": label(ELIGIBILITY_LABELS[rule.result]),
        }
