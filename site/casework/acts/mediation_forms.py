"""The forms of mediation: ask both sides, note the answers, name the mediator, arrange, record, decide, settle."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from casework.acts.base import FILER_SEES, STAFF_SEES, ActForm, to_choose
from journey.calling import read_moment
from models.cases.mediation.operations import Entrusting
from models.cases.mediation.queries import mediation_under_way, open_mediation
from models.cases.mediation.tables import Mediation
from models.cases.mediation.terms import (
    CONSENT_WAY_LABELS,
    PARTIES,
    SESSION_WAY_LABELS,
    SIDE_LABELS,
    WRITING_LABELS,
    ConsentWay,
    SessionWay,
    Side,
    Writing,
)
from models.cases.queries import handlers_for
from models.cases.response.operations import DAYS
from models.people.tables import Account
from models.types import BEIJING, now_utc
from shared.database import session
from shared.fields import Answered, AtMost, Checkboxes, Radios, Select, TextArea, TextField, Tick
from shared.i18n import label

BOTH_SEE = _l("投诉人和被投诉人")
ORGANISATION = "organisation"
_NOTED_WAYS = [one for one in ConsentWay if one is not ConsentWay.ONLINE]


class OfferForm(ActForm):
    """What both sides are asked, and who has said yes already."""

    words = TextArea(
        _l("告诉投诉人的话"),
        [Answered(_l("请写明就什么争议调解、怎样调解，投诉人会看到。"))],
        hint=_l("就什么争议、由谁、怎样调解。投诉人在查询页答复。"),
        who_sees=FILER_SEES,
        max_chars=2000,
        rows=4,
    )
    company = TextField(_l("被投诉人"), [Answered(_l("请写明征求谁的意见。")), AtMost(200)])
    company_words = TextArea(
        _l("告诉被投诉人的话"),
        [Answered(_l("请写明争议的情况和投诉人的请求，被投诉人只看到这些。"))],
        hint=_l("只写调解需要的内容（121号 第37条）。提交后得到一个链接，由您送给对方，对方在那里答复。"),
        who_sees=_l("被投诉人"),
        max_chars=3000,
        rows=5,
    )
    days = Select(
        _l("几天内答复"),
        [Answered(_l("请从所列的天数中选择。"))],
        choices=lambda: [(str(days), _("%(num)s 天", num=days)) for days in DAYS],
    )
    agreed = Checkboxes(
        _l("已经同意的一方"),
        hint=_l("已经用电话或者当面表示同意的，在这里记下，不用再等网上答复。"),
        choices=lambda: [(one.value, label(SIDE_LABELS[one])) for one in PARTIES],
    )
    way = Select(
        _l("怎样表示同意的"),
        choices=lambda: to_choose((one.value, label(CONSENT_WAY_LABELS[one])) for one in _NOTED_WAYS),
    )
    organisation = TextField(
        _l("委托哪个组织调解"),
        [AtMost(200)],
        hint=_l(
            "由本机构调解的不填。只能委托消费者协会或者依法成立的其他调解组织，并须双方同意（121号 第19条）。"
        ),
    )
    scope = TextField(_l("委托的范围"), [AtMost(500)])

    def fit(self) -> None:
        self.suggest(company=self.case.filing.respondent_name)

    def validate_way(self, field: Any) -> None:
        """Whoever is said to agree agreed somehow."""
        if self.agreed.data and not field.data:
            raise ValidationError(_("请选择对方是怎样表示同意的。"))

    def given(self) -> dict[str, Any]:
        entrusting = None
        if self.organisation.data or self.scope.data:
            entrusting = Entrusting(self.organisation.data or "", self.scope.data or "")
        return {
            "words": self.words.data,
            "company": self.company.data,
            "company_words": self.company_words.data,
            "days": int(self.days.data),
            "entrusting": entrusting,
            "agreed": [Side(one) for one in self.agreed.data or []],
            "way": ConsentWay(self.way.data) if self.way.data else ConsentWay.PHONE,
        }


class _OfMediation(ActForm):
    """Over the form stands how the mediation is going."""

    def fit(self) -> None:
        self.mediation: Mediation = mediation_under_way(session, self.case)

    def shown(self) -> dict[str, Any]:
        return {"mediation": self.mediation}


class ConsentForm(_OfMediation):
    """What a side said to staff."""

    side = Radios(
        _l("哪一方"),
        [Answered(_l("请选择是哪一方的答复。"))],
        choices=lambda: [(one.value, label(SIDE_LABELS[one])) for one in PARTIES],
    )
    agrees = Radios(
        _l("同意调解吗？"),
        [Answered(_l("请选择同意还是不同意。"))],
        choices=[("yes", _l("同意")), ("no", _l("不同意"))],
    )
    entrusts = Tick(_l("也同意委托所提的组织调解（121号 第19条）"))
    way = Radios(
        _l("怎样答复的"),
        [Answered(_l("请选择怎样答复的。"))],
        choices=lambda: [(one.value, label(CONSENT_WAY_LABELS[one])) for one in _NOTED_WAYS],
    )
    signed = TextField(_l("答复人的姓名和职务"), [AtMost(100)], hint=_l("被投诉人是单位的填写。"))

    def fit(self) -> None:
        super().fit()
        if self.mediation.entrusted_to is None:
            del self.entrusts

    def given(self) -> dict[str, Any]:
        return {
            "side": Side(self.side.data),
            "agrees": self.agrees.data == "yes",
            "entrusts": bool(self.entrusts and self.entrusts.data),
            "way": ConsentWay(self.way.data),
            "signed": self.signed.data or "",
        }


class _NamesMediator(ActForm):
    """Who mediates: somebody of the unit, or somebody of the organisation by name."""

    def people_to_choose(self, *, organisation: str | None) -> list[tuple[str, str]]:
        self.people: dict[str, Account] = {str(one.id): one for one in handlers_for(session, self.case)}
        chosen = [(key, one.display_name) for key, one in self.people.items()]
        return [*chosen, (ORGANISATION, organisation)] if organisation else chosen

    def mediator(self, who: str, name: str) -> dict[str, Any]:
        account = self.people.get(who)
        return {"mediator": account, "mediator_name": account.display_name if account else name}


class MediateForm(_NamesMediator):
    """Who mediates, and how it will go on. Both answers stand above."""

    who = Select(_l("由谁调解"), [Answered(_l("请选择由谁调解。"))])
    mediator_name = TextField(
        _l("受委托组织的调解员"), [AtMost(100)], hint=_l("委托调解的填写；双方会看到，可以申请回避。")
    )
    words = TextArea(
        _l("怎样调解"),
        [Answered(_l("请写明怎样安排调解。"))],
        hint=_l("可以现场调解，也可以通过互联网、电话、音频、视频等（121号 第20条）。"),
        who_sees=FILER_SEES,
        max_chars=1000,
        rows=3,
    )

    def fit(self) -> None:
        self.mediation = open_mediation(session, self.case.id)
        organisation = self.mediation.entrusted_to if self.mediation else None
        self.who.choices = to_choose(self.people_to_choose(organisation=organisation))
        if not organisation:
            del self.mediator_name

    def given(self) -> dict[str, Any]:
        name = self.mediator_name.data or "" if self.mediator_name else ""
        named = self.mediator(self.who.data, name)
        return {"words": self.words.data, "is_entrusted": self.who.data == ORGANISATION, **named}

    def shown(self) -> dict[str, Any]:
        return {"mediation": self.mediation}


class ArrangeForm(_OfMediation):
    """When, how and where."""

    way = Radios(
        _l("方式"),
        [Answered(_l("请选择调解的方式。"))],
        choices=lambda: [(one.value, label(words)) for one, words in SESSION_WAY_LABELS.items()],
    )
    planned_at = TextField(
        _l("时间"),
        [Answered(_l("请填写时间，例如 2026-11-22 09:30。"))],
        hint=_l("北京时间，例如 2026-11-22 09:30。"),
        width="medium",
    )
    place = TextField(
        _l("地点，或者电话、会议的号码"),
        [Answered(_l("请写明地点，或者电话、会议的号码。")), AtMost(200)],
        who_sees=BOTH_SEE,
    )

    def validate_planned_at(self, field: Any) -> None:
        """A moment in Beijing."""
        if read_moment(field.data or "") is None:
            raise ValidationError(_("请写成 2026-11-22 09:30 的样子。"))

    def given(self) -> dict[str, Any]:
        planned_at = read_moment(self.planned_at.data or "") or now_utc()
        return {"way": SessionWay(self.way.data), "planned_at": planned_at, "place": self.place.data}


class HoldForm(_OfMediation):
    """What happened: who came, what was said."""

    arranged = Radios(_l("哪一次"), [Answered(_l("请选择是哪一次调解。"))])
    way = Select(
        _l("没有事先安排的，用什么方式"),
        choices=lambda: to_choose(
            (one.value, label(words))
            for one, words in SESSION_WAY_LABELS.items()
            if one is not SessionWay.ON_SITE
        ),
    )
    place = TextField(_l("没有事先安排的，电话或者会议的号码"), [AtMost(200)])
    came = Checkboxes(
        _l("谁参加了"), choices=lambda: [(one.value, label(SIDE_LABELS[one])) for one in PARTIES]
    )
    helpers = TextField(_l("邀请协助的人员"), [AtMost(300)], hint=_l("121号 第21条；没有的不填。"))
    record = TextArea(
        _l("经过和双方的意见"),
        [Answered(_l("请写明调解的经过和双方的意见。"))],
        who_sees=STAFF_SEES,
        max_chars=5000,
        rows=8,
    )

    def fit(self) -> None:
        super().fit()
        waiting = [one for one in self.mediation.sessions if one.held_at is None]
        self.arranged_sessions = {str(one.id): one for one in waiting}
        self.arranged.choices = [
            *(
                (str(one.id), f"{_when(one.planned_at)} {label(SESSION_WAY_LABELS[one.way])}")
                for one in waiting
            ),
            ("none", _("没有事先安排的")),
        ]

    def validate_way(self, field: Any) -> None:
        """What was not arranged took place somehow."""
        if self.arranged.data == "none" and not field.data:
            raise ValidationError(_("请选择调解的方式。"))

    def given(self) -> dict[str, Any]:
        came = set(self.came.data or [])
        return {
            "arranged": self.arranged_sessions.get(self.arranged.data),
            "way": SessionWay(self.way.data) if self.way.data else SessionWay.PHONE,
            "place": self.place.data or "",
            "filer_came": Side.FILER.value in came,
            "respondent_came": Side.RESPONDENT.value in came,
            "helpers": self.helpers.data or "",
            "record": self.record.data,
        }


class ObjectForm(_OfMediation):
    """Who asks that somebody else mediates, and why."""

    side = Radios(
        _l("谁提出"),
        [Answered(_l("请选择谁提出回避。"))],
        choices=lambda: [(one.value, label(words)) for one, words in SIDE_LABELS.items()],
    )
    words = TextArea(
        _l("理由"),
        [Answered(_l("请写明调解员与哪一方有什么关系，可能怎样影响公正。"))],
        who_sees=STAFF_SEES,
        max_chars=1000,
        rows=3,
    )

    def given(self) -> dict[str, Any]:
        return {"side": Side(self.side.data), "words": self.words.data}


class DecideForm(_NamesMediator):
    """Whether the mediator withdraws, and who mediates then."""

    decision = Radios(
        _l("决定"),
        [Answered(_l("请选择是否回避。"))],
        choices=[("yes", _l("回避，换调解员")), ("no", _l("不回避"))],
    )
    who = Select(_l("由谁接着调解"), hint=_l("决定回避的选择。"))
    mediator_name = TextField(_l("受委托组织的调解员"), [AtMost(100)])
    reasons = TextArea(
        _l("理由"),
        [Answered(_l("请写明决定的理由，双方会看到。"))],
        who_sees=BOTH_SEE,
        max_chars=1000,
        rows=3,
    )

    def fit(self) -> None:
        self.mediation = mediation_under_way(session, self.case)
        organisation = self.mediation.entrusted_to if self.mediation.is_entrusted else None
        self.who.choices = to_choose(self.people_to_choose(organisation=organisation))
        if organisation is None:
            del self.mediator_name

    def validate_who(self, field: Any) -> None:
        """Somebody has to go on."""
        if self.decision.data == "yes" and not field.data:
            raise ValidationError(_("请选择由谁接着调解。"))

    def given(self) -> dict[str, Any]:
        name = self.mediator_name.data or "" if self.mediator_name else ""
        named = self.mediator(self.who.data or "", name)
        return {"is_granted": self.decision.data == "yes", "reasons": self.reasons.data, **named}

    def shown(self) -> dict[str, Any]:
        return {"mediation": self.mediation}


class SettleForm(_OfMediation):
    """What both sides agreed on, and what is written about it."""

    terms = TextArea(
        _l("协议内容"),
        [Answered(_l("请写明协议的内容和履行方式。"))],
        who_sees=FILER_SEES,
        max_chars=3000,
        rows=6,
    )
    writing = Radios(
        _l("调解书"),
        [Answered(_l("请选择是否制作调解书。"))],
        choices=lambda: [(one.value, label(words)) for one, words in WRITING_LABELS.items()],
        hint=_l(
            "经现场调解达成协议的，应当制作调解书，但已经即时履行或者双方同意不制作的除外（121号 第24条）。"
        ),
    )

    def given(self) -> dict[str, Any]:
        return {"terms": self.terms.data, "writing": Writing(self.writing.data)}


def _when(moment: dt.datetime) -> str:
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
