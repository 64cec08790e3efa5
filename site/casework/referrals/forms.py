"""The forms of a referral: the report, the two answers of the head, and whatever is written down afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from casework.acts.base import STAFF_SEES, to_choose
from journey.calling import read_moment
from models.cases.moves import LONGEST_TEXT
from models.filings.tables import Evidence
from models.people.tables import Account, Unit
from models.referrals.operations import LONGEST_CRIME, LONGEST_DOCUMENT, Happened, Report
from models.referrals.states import Row
from models.referrals.terms import STEP_HINT_LABELS
from models.types import BEIJING, now_utc
from shared.fields import Answered, AtMost, Checkboxes, Select, TextArea, TextField, Tick
from shared.forms import Form
from shared.i18n import in_script, label

ENVELOPE = _l("打开移送材料的公安机关和检察机关，以及能查看本办件的工作人员")


class ReportForm(Form):
    """移送报告."""

    crime = TextField(
        _l("涉嫌罪名"),
        [Answered(_l("请写明涉嫌的罪名。")), AtMost(LONGEST_CRIME)],
        hint=_l("例如销售假冒注册商标的商品罪（刑法第214条）。"),
    )
    facts = TextArea(
        _l("查明的事实"),
        [Answered(_l("请写明查明的事实。"))],
        hint=_l("什么时间、什么地点、谁、做了什么、数量和金额。写进移送书和调查报告，不写举报人。"),
        who_sees=ENVELOPE,
        max_chars=LONGEST_TEXT,
        rows=8,
    )
    suspicion = TextArea(
        _l("证据和合理嫌疑"),
        [Answered(_l("请写明有哪些证据、为什么存在犯罪的合理嫌疑。"))],
        hint=_l("知识产权案件存在合理嫌疑、需要公安机关进一步取证的，就应当移送，不必达到立案追诉标准。"),
        who_sees=ENVELOPE,
        max_chars=LONGEST_TEXT,
        rows=6,
    )
    goods = TextArea(
        _l("涉案物品"),
        hint=_l("一行一项：名称、规格、数量、存放地点、是否易腐坏。没有的不填。"),
        max_chars=LONGEST_TEXT,
        rows=4,
    )
    evidence = Checkboxes(_l("随案移送的证据（原件）"))
    appraisals = Checkboxes(_l("其中的检验报告或者鉴定结论"))
    first = Select(_l("专案组成员一"), [Answered(_l("请选择专案组成员。"))])
    second = Select(_l("专案组成员二"), [Answered(_l("请选择专案组成员。"))])
    police = Select(_l("移送哪个公安机关"), [Answered(_l("请选择同级公安机关。"))])
    procuratorate = Select(_l("抄送哪个检察机关"))

    def offer(
        self,
        people: Sequence[Account],
        police: Sequence[Unit],
        procuratorates: Sequence[Unit],
        files: Sequence[Evidence],
    ) -> None:
        """What can be chosen."""
        self.people = {str(one.id): one for one in people}
        self.bodies = {str(one.id): one for one in (*police, *procuratorates)}
        self.files = {str(one.id): one for one in files}
        named = [(key, one.display_name) for key, one in self.people.items()]
        self.first.choices = self.second.choices = to_choose(named)
        self.police.choices = to_choose((str(one.id), in_script(one.name)) for one in police)
        self.procuratorate.choices = [
            ("", _("不抄送")),
            *((str(one.id), in_script(one.name)) for one in procuratorates),
        ]
        self.evidence.choices = self.appraisals.choices = [
            (key, file.file_name) for key, file in self.files.items()
        ]
        if not files:
            del self.evidence, self.appraisals

    def report(self) -> Report:
        """What goes to the verb."""
        chosen = {
            name: [self.files[key] for key in (self[name].data or [])] if name in self else []
            for name in ("evidence", "appraisals")
        }
        return Report(
            crime=self.crime.data,
            facts=self.facts.data,
            suspicion=self.suspicion.data,
            goods=self.goods.data or "",
            first=self.people[self.first.data],
            second=self.people[self.second.data],
            police=self.bodies[self.police.data],
            procuratorate=self.bodies.get(self.procuratorate.data or ""),
            evidence=chosen["evidence"],
            appraisals=chosen["appraisals"],
        )


class ApproveForm(Form):
    """批准. Whether the police learn who filed is a decision of its own."""

    names_filer = Tick(_l("案卷包附送举报人的身份"))
    identity_reasons = TextArea(
        _l("附送身份的理由"),
        hint=_l(
            "举报人的身份应当保密（121号 第37条）。只有办案确实需要才附送；不勾选的，案卷包里没有举报人的身份。"
        ),
        who_sees=ENVELOPE,
        max_chars=1000,
        rows=3,
    )

    def validate_identity_reasons(self, field: TextArea) -> None:
        """Ordered and explained, or neither."""
        if self.names_filer.data and not field.data:
            raise ValidationError(_("附送举报人的身份，请写明理由。"))


class DeclineForm(Form):
    """不批准, with reasons that are put on record."""

    reasons = TextArea(
        _l("不批准移送的理由"),
        [Answered(_l("请写明不批准移送的理由，理由记录在案。"))],
        hint=_l("理由记录在案，检察机关备案审查时可以看到（移送规定 第5条、第14条）。"),
        who_sees=STAFF_SEES,
        max_chars=2000,
        rows=5,
    )


class StepForm(Form):
    """When it happened, the paper behind it, what is to be remembered."""

    at = TextField(
        _l("时间"),
        [Answered(_l("请填写时间，例如 2026-11-22 09:30。"))],
        hint=_l("北京时间，例如 2026-11-22 09:30。期限从这个时间起算，事后补记的按实际时间填写。"),
        width="medium",
    )
    document = TextField(
        _l("文号或者编号"),
        [Answered(_l("请填写文号或者回执、交接单的编号。")), AtMost(LONGEST_DOCUMENT)],
    )
    words = TextArea(
        _l("情况"), [Answered(_l("请写明情况。"))], who_sees=STAFF_SEES, max_chars=LONGEST_TEXT, rows=5
    )

    @classmethod
    def of(cls, row: Row) -> StepForm:
        """The form for one step, at the present minute."""
        form = cls(data={"at": now_utc().astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")})
        if hint := STEP_HINT_LABELS.get(row.step):
            form.words.hint = label(hint)
        if not row.asks_document:
            del form.document
        return form

    def validate_at(self, field: TextField) -> None:
        """A moment, and not one to come."""
        moment = read_moment(field.data or "")
        if moment is None:
            raise ValidationError(_("请填写时间，例如 2026-11-22 09:30。"))
        if moment > now_utc():
            raise ValidationError(_("时间不能晚于现在。"))

    def happened(self) -> Happened:
        """What goes to the verb."""
        moment = read_moment(self.at.data)
        if moment is None:
            raise AssertionError("the form was validated")
        document = self["document"].data if "document" in self else ""
        return Happened(moment.astimezone(now_utc().tzinfo), document, self["words"].data or "")
