"""The forms of the unit that has the case: accept, refuse, assign, file, answer, close, write to the filer."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from casework.acts.base import FILER_SEES, STAFF_SEES, ActForm, to_choose
from casework.routing_page import proposal_for, shown
from models.cases.decisions import outcomes_for
from models.cases.grounds import GROUND_LABELS, Ground, grounds_for
from models.cases.moves import LONGEST_TEXT
from models.cases.queries import handlers_for
from models.cases.sorting.terms import COMPLEXITY_HINT_LABELS, COMPLEXITY_LABELS, Complexity
from models.cases.terms import OUTCOME_LABELS, Outcome
from models.routing.operations import asks_why_here
from models.types import beijing_date
from shared.database import session
from shared.fields import Answered, Radios, Select, TextArea
from shared.i18n import label


class AcceptForm(ActForm):
    """Accepting what the division of work would have elsewhere: why here."""

    departure = TextArea(
        _l("为什么在这里受理？"),
        [Answered(_l("按职责分工不由本机构受理，请写明为什么在这里受理。"))],
        who_sees=STAFF_SEES,
        max_chars=1000,
        rows=3,
    )

    def fit(self) -> None:
        self.proposal = proposal_for(self.case)
        if not asks_why_here(self.proposal):
            del self.departure

    def given(self) -> dict[str, Any]:
        return {"departure": "", **super().given(), "proposal": self.proposal}

    def shown(self) -> dict[str, Any]:
        return {"proposal": shown(self.proposal, self.case)}


class GroundForm(ActForm):
    """A legal ground and the reasons: of a refusal, the end of a mediation, a decision not to file."""

    ground = Radios(_l("法定理由"), [Answered(_l("请选择法定理由。"))])
    reasons = TextArea(
        _l("具体说明"),
        [Answered(_l("请写明具体理由，以及举报投诉人可以怎么办。"))],
        who_sees=FILER_SEES,
        max_chars=2000,
    )

    def fit(self) -> None:
        grounds = grounds_for(self.case.track, beijing_date(self.case.filing.submitted_at), self.act)
        self.ground.choices = [(ground.value, label(GROUND_LABELS[ground])) for ground in grounds]
        self.ground.hints = {ground.value: label(article) for ground, article in grounds.items()}

    def given(self) -> dict[str, Any]:
        return super().given() | {"ground": Ground(self.ground.data)}


class SortForm(ActForm):
    """Simple or complex, and why."""

    complexity = Radios(_l("按哪一种办理？"), [Answered(_l("请选择简案或者繁案。"))])
    reasons = TextArea(
        _l("理由"),
        [Answered(_l("请写明为什么改。"))],
        hint=_l("只影响本局内部的安排；法定时限和须由负责人作出的决定不变。"),
        who_sees=STAFF_SEES,
        max_chars=1000,
        rows=3,
    )

    def fit(self) -> None:
        self.complexity.choices = [(one.value, label(COMPLEXITY_LABELS[one])) for one in Complexity]
        self.complexity.hints = {one.value: label(COMPLEXITY_HINT_LABELS[one]) for one in Complexity}
        self.suggest(complexity=next(one for one in Complexity if one is not self.case.complexity))

    def given(self) -> dict[str, Any]:
        return super().given() | {"complexity": Complexity(self.complexity.data)}


class AssignForm(ActForm):
    """Who is to handle it."""

    handler = Select(_l("承办人"), [Answered(_l("请选择承办人。"))])

    def fit(self) -> None:
        self.people = {str(one.id): one for one in handlers_for(session, self.case)}
        self.handler.choices = to_choose((key, one.display_name) for key, one in self.people.items())
        self.suggest(handler=str(self.case.handler_id or ""))

    def given(self) -> dict[str, Any]:
        return {"handler": self.people[self.handler.data]}


class FileForm(ActForm):
    """Why the bureau files a case of its own."""

    reasons = TextArea(
        _l("立案的理由"),
        [Answered(_l("请写明立案的理由。"))],
        hint=_l("写明初步证据、应当给予处罚的依据、管辖和时效（程序规定 第19条）。"),
        who_sees=STAFF_SEES,
        max_chars=2000,
    )


class AnswerForm(ActForm):
    """The written answer."""

    body = TextArea(
        _l("答复内容"),
        [Answered(_l("请写明查明的情况、处理结果和依据。"))],
        hint=_l("写明查明的情况、处理结果、依据，以及不服时可以怎么办。不要写入被举报方和其他人的个人信息。"),
        who_sees=FILER_SEES,
        max_chars=LONGEST_TEXT,
        rows=12,
    )


class CloseForm(ActForm):
    """Outcome and reasons."""

    outcome = Radios(_l("办理结果"), [Answered(_l("请选择办理结果。"))])
    reasons = TextArea(
        _l("办结理由"), [Answered(_l("请写明办结的理由。"))], who_sees=FILER_SEES, max_chars=2000
    )

    def fit(self) -> None:
        outcomes = outcomes_for(self.case)
        self.outcome.choices = [(one.value, label(OUTCOME_LABELS[one])) for one in outcomes]

    def given(self) -> dict[str, Any]:
        return super().given() | {"outcome": Outcome(self.outcome.data)}


class MessageForm(ActForm):
    """A message to the filer."""

    body = TextArea(
        _l("留言"),
        [Answered(_l("请写下要对举报投诉人说的话。"))],
        hint=_l("对方在查询页看到，可以匿名回复。请对方补充材料不会停止任何法定时限。"),
        who_sees=FILER_SEES,
        max_chars=2000,
    )
