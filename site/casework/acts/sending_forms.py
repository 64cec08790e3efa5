"""The forms of sending a case to another unit, and of what the receiver, the sender and their superior then do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from casework.acts.base import STAFF_SEES, ActForm, to_choose
from casework.cooperation.needs import needs_shown
from casework.routing_page import departures, proposal_for, questions, shown
from journey.notes import internal_note
from models.cases.designation import designees
from models.cases.outside.needs import occasion_of
from models.cases.queries import case_by_reference
from models.cases.terms import Act
from models.cases.transfers import WAY_LABELS, Way, transfer_targets
from models.errors import Invalid, NotFound
from models.people.permissions import Permission, can
from models.people.tables import Unit
from shared.access import account
from shared.database import session
from shared.fields import Answered, CodeField, Select, TextArea
from shared.i18n import in_script, label


def units_to_choose(targets: Sequence[tuple[Way, Unit]]) -> list[tuple[str, str]]:
    """The units that may receive a case, each with the way in which it lies."""
    return to_choose(
        (str(unit.id), gettext("%(kind)s：%(name)s", kind=label(WAY_LABELS[way]), name=in_script(unit.name)))
        for way, unit in targets
    )


class TransferForm(ActForm):
    """Where to, and why there."""

    unit = Select(
        _l("接收机构"),
        [Answered(_l("请选择接收机构。"))],
        hint=_l(
            "只列出可以移交的机构。立案以前，同级机构之间不得自行移送（121号 第41条）；"
            "已经立案的，可以移送有管辖权的同级机关（程序规定 第14条）。"
        ),
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

    def fit(self) -> None:
        targets = transfer_targets(session, self.case)
        self.units = {str(unit.id): unit for _way, unit in targets}
        self.proposal = proposal_for(self.case, request.args)
        self.unit.choices = units_to_choose(targets)
        if proposed := self.proposal.among(list(self.units.values())):
            self.suggest(unit=str(proposed.id))

    def given(self) -> dict[str, Any]:
        return {
            "to_unit": self.units[self.unit.data],
            "reasons": self.reasons.data,
            "departure": self.departure.data,
            "proposal": self.proposal,
        }

    def shown(self) -> dict[str, Any]:
        return {
            "proposal": shown(self.proposal, self.case),
            "questions": questions(self.proposal),
            "departures": departures(self.case),
            **needs_shown(self.case, self.units.values(), occasion_of(self.case), self.unit.data or ""),
        }


class ReasonsForm(ActForm):
    """Returning and recalling: why."""

    reasons = TextArea(
        _l("理由"),
        [Answered(_l("请写明理由，对方机构会看到。"))],
        who_sees=STAFF_SEES,
        max_chars=2000,
    )


class MergeForm(ActForm):
    """Into which case, and why."""

    lead = CodeField(
        _l("并入哪个办件"), [Answered(_l("请填写主办件的登记编号。"))], hint=_l("主办件的登记编号。")
    )
    reasons = TextArea(
        _l("并案的理由"),
        [Answered(_l("请写明并案的理由。"))],
        hint=_l("承办人、立案或者不予立案由主办件统一决定；答复和办结仍各自办理，各自的期限不变。"),
        who_sees=STAFF_SEES,
        max_chars=1000,
        rows=3,
    )

    def fit(self) -> None:
        self.suggest(lead=request.args.get("lead", "")[:20])

    def given(self) -> dict[str, Any]:
        """A case out of sight is as good as absent."""
        sentence = gettext("没有找到这个办件，请核对登记编号。")
        try:
            lead = case_by_reference(session, self.lead.data)
        except NotFound:
            raise Invalid(sentence, {"lead": sentence}) from None
        if not can(account(), Permission.CASE_VIEW, lead):
            raise Invalid(sentence, {"lead": sentence})
        return {"lead": lead, "reasons": self.reasons.data}


class SplitForm(ActForm):
    """Why it is handled by itself again."""

    reasons = TextArea(
        _l("分案的理由"),
        [Answered(_l("请写明分案的理由。"))],
        who_sees=STAFF_SEES,
        max_chars=1000,
        rows=3,
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

    def fit(self) -> None:
        self.units = {str(one.id): one for one in designees(session, self.case)}
        self.unit.choices = to_choose((key, in_script(one.name)) for key, one in self.units.items())

    def given(self) -> dict[str, Any]:
        return {"to_unit": self.units[self.unit.data], "reasons": self.reasons.data}

    def shown(self) -> dict[str, Any]:
        asked = [
            (one.unit.name, internal_note(one), one.at) for one in self.case.acts if one.act is Act.ESCALATE
        ]
        returns = [one for one in self.case.transfers if one.returned_at]
        return {
            "proposal": shown(proposal_for(self.case), self.case),
            "returns": returns,
            "asked": asked[-1:],
        }
