"""The forms of what stands against a case: a dispute, decided by supervision, and a conflict of interest."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.acts.base import FILER_SEES, ActForm, to_choose
from models.cases.aftermath.queries import open_dispute, successors
from models.cases.queries import handlers_for
from models.cases.recusal.terms import RECUSAL_REASON_LABELS, RecusalReason
from models.cases.terms import OUTCOME_LABELS
from models.errors import NotFound
from models.people.permissions import Permission, can
from shared.access import account
from shared.database import session
from shared.fields import Answered, Radios, Select, TextArea
from shared.i18n import in_script, label


class DisputeForm(ActForm):
    """Over the form stands what the filer says against the closing."""

    def fit(self) -> None:
        found = open_dispute(session, self.case)
        if found is None:
            raise NotFound(_("这个办件没有待处理的申诉。"))
        self.dispute = found

    def shown(self) -> dict[str, Any]:
        return {"dispute": self.dispute, "outcome": OUTCOME_LABELS[self.dispute.outcome]}


class UpholdForm(DisputeForm):
    """Who works on it anew, and why the dispute is right."""

    handler = Select(_l("由谁重新办理"), [Answered(_l("请选择重新办理的人。"))])
    reasons = TextArea(
        _l("申诉成立的理由"), [Answered(_l("请写明申诉成立的理由。"))], who_sees=FILER_SEES, max_chars=2000
    )

    def fit(self) -> None:
        super().fit()
        pairs = successors(session, self.case)
        self.people = {f"{one.id}-{unit.id}": (one, unit) for one, unit in pairs}
        self.handler.choices = to_choose(
            (key, _("%(kind)s：%(name)s", kind=in_script(unit.name), name=one.display_name))
            for key, (one, unit) in self.people.items()
        )

    def given(self) -> dict[str, Any]:
        handler, unit = self.people[self.handler.data]
        return {"handler": handler, "unit": unit, "reasons": self.reasons.data}


class RejectForm(DisputeForm):
    """Why the closing stands."""

    reasons = TextArea(
        _l("申诉不成立的理由"),
        [Answered(_l("请写明申诉不成立的理由，以及其他救济途径。"))],
        who_sees=FILER_SEES,
        max_chars=2000,
    )


class RecuseForm(ActForm):
    """Who keeps out, and why."""

    who = Select(_l("谁回避"), [Answered(_l("请选择谁回避。"))])
    reason = Radios(_l("与本案的关系"), [Answered(_l("请选择与本案的关系。"))])
    words = TextArea(
        _l("说明"),
        [Answered(_l("请写明回避的理由。"))],
        hint=_l("提交后立即不能再看这个办件，列表、搜索、提醒和日历里也不再出现。"),
        who_sees=_l("负责人"),
        max_chars=1000,
        rows=3,
    )

    def fit(self) -> None:
        """A head may name the people of the unit too."""
        officer = account()
        others = handlers_for(session, self.case) if can(officer, Permission.CASE_RECUSE, self.case) else []
        self.people = {str(one.id): one for one in [officer, *others]}
        self.who.choices = [(key, one.display_name) for key, one in self.people.items()]
        self.reason.choices = [(one.value, label(text)) for one, text in RECUSAL_REASON_LABELS.items()]
        self.suggest(who=str(officer.id))

    def given(self) -> dict[str, Any]:
        return {
            "account": self.people[self.who.data],
            "reason": RecusalReason(self.reason.data),
            "words": self.words.data,
        }
