"""The forms of case work. Each carries the version of the case that was on the screen, so that nobody acts on an old one."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from models.cases.decisions import outcomes_for
from models.cases.grounds import GROUND_LABELS, grounds_for
from models.cases.moves import LONGEST_TEXT
from models.cases.recusal.terms import RECUSAL_REASON_LABELS
from models.cases.tables import Case
from models.cases.terms import OUTCOME_LABELS, Act
from models.cases.transfers import WAY_LABELS, Way
from models.filings.kinds import OPENING_REASON_LABELS
from models.people.tables import Account, Unit
from models.types import beijing_date
from shared.fields import Answered, Radios, Select, TextArea, Tick
from shared.forms import Form
from shared.i18n import in_script, label

FILER_SEES = _l("举报投诉人，以及能查看本办件的工作人员")
STAFF_SEES = _l("能查看本办件的工作人员；举报投诉人看不到")


class ActForm(Form):
    """Base of the forms that move a case."""

    version = HiddenField()

    @classmethod
    def of(cls, case: Case, **kwargs: Any) -> ActForm:
        """The form for `case`, empty or with what was sent."""
        return cls(data={"version": case.version}, **kwargs)

    def is_about(self, case: Case) -> bool:
        """Whether the case is still as it was on the screen."""
        return str(self.version.data) == str(case.version)

    def catch_up(self, case: Case) -> None:
        """Says that the case has changed meanwhile, and lets the officer send the same words knowingly."""
        self.version.data = case.version
        self.form_errors.append(
            gettext(
                "您填写期间，这个办件有了新的动态。您写的内容还在：请先查看办件的最新情况，仍要办理的再提交一次。"
            )
        )


class AcceptForm(ActForm):
    """Accepting what the division of work would have elsewhere: why here."""

    departure = TextArea(
        _l("为什么在这里受理？"),
        [Answered(_l("按职责分工不由本机构受理，请写明为什么在这里受理。"))],
        who_sees=STAFF_SEES,
        max_chars=1000,
        rows=3,
    )


class RefuseForm(ActForm):
    """A legal ground and the reasons: of a refusal, the end of a mediation, a decision not to file."""

    ground = Radios(_l("法定理由"), [Answered(_l("请选择法定理由。"))])
    reasons = TextArea(
        _l("具体说明"),
        [Answered(_l("请写明具体理由，以及举报投诉人可以怎么办。"))],
        who_sees=FILER_SEES,
        max_chars=2000,
    )

    @classmethod
    def of(cls, case: Case, act: Act = Act.REFUSE, **kwargs: Any) -> RefuseForm:
        """The form with the grounds for `act`."""
        form = cls(data={"version": case.version}, **kwargs)
        grounds = grounds_for(case.track, beijing_date(case.filing.submitted_at), act)
        form.ground.choices = [(ground.value, label(GROUND_LABELS[ground])) for ground in grounds]
        form.ground.hints = {ground.value: label(article) for ground, article in grounds.items()}
        return form


class TransferForm(ActForm):
    """Where to, and why there."""

    unit = Select(
        _l("接收机构"),
        [Answered(_l("请选择接收机构。"))],
        hint=_l("只列出可以移交的机构：上级、下级和外部单位。同级机构之间不得自行移送（121号 第41条）。"),
    )
    reasons = TextArea(
        _l("移交理由"),
        [Answered(_l("请写明为什么由该机构处理，例如被举报人住所地在其辖区。"))],
        who_sees=STAFF_SEES,
        max_chars=2000,
    )
    departure = TextArea(
        _l("没有采用建议的机构，为什么？"),
        hint=_l("选择的机构与上面的建议不同时填写。"),
        who_sees=STAFF_SEES,
        max_chars=1000,
        rows=2,
    )

    @classmethod
    def offering(
        cls, case: Case, targets: list[tuple[Way, Unit]], proposed: Unit | None = None
    ) -> TransferForm:
        """The form with the units that may receive the case, the proposed one chosen."""
        form = cls(data={"version": case.version, "unit": str(proposed.id) if proposed else ""})
        units = [(str(unit.id), f"{label(WAY_LABELS[way])}：{in_script(unit.name)}") for way, unit in targets]
        form.unit.choices = [("", gettext("请选择")), *units]
        return form


class ReasonsForm(ActForm):
    """Returning and recalling: why."""

    reasons = TextArea(
        _l("理由"),
        [Answered(_l("请写明理由，对方机构会看到。"))],
        who_sees=STAFF_SEES,
        max_chars=2000,
    )


class DesignateForm(ActForm):
    """Which unit is competent, and why."""

    unit = Select(_l("指定由谁管辖"), [Answered(_l("请选择被指定的机构。"))])
    reasons = TextArea(
        _l("指定的理由"),
        [Answered(_l("请写明指定的理由，有关机构会看到。"))],
        who_sees=STAFF_SEES,
        max_chars=2000,
    )

    @classmethod
    def offering(cls, case: Case, units: list[Unit]) -> DesignateForm:
        """The form with the units that the superior may name."""
        form = cls(data={"version": case.version})
        form.unit.choices = [
            ("", gettext("请选择")),
            *((str(one.id), in_script(one.name)) for one in units),
        ]
        return form


class AssignForm(ActForm):
    """Who is to handle it."""

    handler = Select(_l("承办人"), [Answered(_l("请选择承办人。"))])

    @classmethod
    def offering(cls, case: Case, people: list[Account]) -> AssignForm:
        """The form with the people on duty in the acting unit."""
        form = cls(data={"version": case.version, "handler": str(case.handler_id or "")})
        form.handler.choices = [("", gettext("请选择")), *((str(one.id), one.display_name) for one in people)]
        return form


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

    @classmethod
    def of(cls, case: Case, **kwargs: Any) -> CloseForm:
        form = cls(data={"version": case.version}, **kwargs)
        form.outcome.choices = [(one.value, label(OUTCOME_LABELS[one])) for one in outcomes_for(case)]
        return form


class UpholdForm(ActForm):
    """Who works on it anew, and why the dispute is right."""

    handler = Select(_l("由谁重新办理"), [Answered(_l("请选择重新办理的人。"))])
    reasons = TextArea(
        _l("申诉成立的理由"), [Answered(_l("请写明申诉成立的理由。"))], who_sees=FILER_SEES, max_chars=2000
    )

    @classmethod
    def offering(cls, case: Case, people: list[tuple[Account, Unit]]) -> UpholdForm:
        """The form with those who could take it on; who handled it before is not among them."""
        form = cls(data={"version": case.version})
        form.handler.choices = [
            ("", gettext("请选择")),
            *((f"{one.id}-{unit.id}", f"{in_script(unit.name)}：{one.display_name}") for one, unit in people),
        ]
        return form


class RejectForm(ActForm):
    """Why the closing stands."""

    reasons = TextArea(
        _l("申诉不成立的理由"),
        [Answered(_l("请写明申诉不成立的理由，以及其他救济途径。"))],
        who_sees=FILER_SEES,
        max_chars=2000,
    )


class MessageForm(ActForm):
    """A message to the filer."""

    body = TextArea(
        _l("留言"),
        [Answered(_l("请写下要对举报投诉人说的话。"))],
        hint=_l("对方在查询页看到，可以匿名回复。请对方补充材料不会停止任何法定时限。"),
        who_sees=FILER_SEES,
        max_chars=2000,
    )


class OriginalForm(Form):
    """Before an original is handed out."""

    knows_of_malware = Tick(_l("我知道这个文件含有病毒，会在隔离的环境里打开"))


class IdentityForm(Form):
    """Why the envelope is opened."""

    reason = Select(_l("查看身份信息的用途"), [Answered(_l("请选择用途。"))])
    words = TextArea(
        _l("具体理由"),
        [Answered(_l("请用一句话写明为什么需要查看，会永久留痕。"))],
        max_chars=500,
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [(one.value, label(text)) for one, text in OPENING_REASON_LABELS.items()]
        self.reason.choices = [("", gettext("请选择")), *reasons]


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

    @classmethod
    def offering(cls, case: Case, officer: Account, others: list[Account]) -> RecuseForm:
        """The form for oneself, or for a head also with the people of the unit."""
        form = cls(data={"version": case.version, "who": str(officer.id)})
        people = [officer, *(one for one in others if one.id != officer.id)]
        form.who.choices = [(str(one.id), one.display_name) for one in people]
        form.reason.choices = [(one.value, label(text)) for one, text in RECUSAL_REASON_LABELS.items()]
        return form


class LiftForm(Form):
    """Why somebody is let in again."""

    reasons = TextArea(
        _l("解除回避的理由"),
        [Answered(_l("请写明解除回避的理由。"))],
        hint=_l("例如只是同名，或者利害关系已经不存在。"),
        max_chars=1000,
        rows=3,
    )
