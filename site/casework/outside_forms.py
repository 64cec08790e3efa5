"""The forms around an outside body: what it is told, which files go with it, for how long its link is good."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import ValidationError

from casework.acts.base import ActForm, to_choose
from journey.explaining import length_in_words
from models.cases.moves import LONGEST_TEXT
from models.cases.outside.kinds import DEFAULT_KIND, LetterKind, letter_kinds
from models.cases.outside.terms import DAYS, DEFAULT_DAYS
from models.cases.procedures import LETTER_CLOCKS
from models.cases.tables import Case
from models.cases.terms import Act
from models.clocks.book import book
from models.filings.tables import Evidence
from models.kinds import RIGHT_TYPE_LABELS
from models.papers.tables import Paper
from models.people.tables import Unit
from models.types import beijing_date, now_utc
from shared.database import session
from shared.fields import Answered, Checkboxes, EmailField, Radios, Select, TextArea, Tick
from shared.forms import Form
from shared.i18n import in_script, label

_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}")


def day_choices() -> list[tuple[str, str]]:
    """For how long a link may be good."""
    return [(str(days), ngettext("%(num)s 日", "%(num)s 日", days)) for days in DAYS]


def _days() -> Select:
    return Select(
        _l("链接几日内有效"),
        [Answered(_l("请选择链接几日内有效。"))],
        choices=day_choices,
        default=str(DEFAULT_DAYS),
        width="short",
    )


def _address() -> EmailField:
    return EmailField(
        _l("对方的工作邮箱"),
        hint=_l("填了就把链接发到这里；不填的，请自己把链接交给对方。只填单位的邮箱，发出后不保存。"),
        max_chars=254,
    )


class SendForm(Form):
    """A link that is sent anew."""

    days, address = _days(), _address()

    def validate_address(self, field: EmailField) -> None:
        """Only the form of it."""
        if field.data and not _ADDRESS.fullmatch(field.data.strip()):
            raise ValidationError(_("邮箱的写法不对，例如 name@example.com。"))


class OutsideForm(ActForm, SendForm):
    """A letter, or the page of a transfer."""

    kind = Radios(_l("函件种类"), [Answered(_l("请选择函件种类。"))], default=DEFAULT_KIND)
    unit = Select(_l("致哪个单位"), [Answered(_l("请选择一个外部单位。"))])
    words = TextArea(
        _l("请对方办理的事项和案情"),
        [Answered(_l("请写明请对方办理的事项和案情，对方只看到这些。"))],
        hint=_l(
            "对方只看到这里写的和下面勾选的文件。举报投诉人的姓名、电话、住址不要写；办理确实需要的，另行送达。"
        ),
        who_sees=_l("打开链接的外部单位，以及能查看本办件的工作人员"),
        max_chars=LONGEST_TEXT,
        rows=12,
    )
    files = Checkboxes(_l("随附的文件（净化副本）"))
    papers = Checkboxes(
        _l("随附的公文"), hint=_l("已签发、主送这个单位的公文。对方在链接里领取，自动登记送达。")
    )
    days, address = (
        _days(),
        _address(),
    )  # again: errors are listed as the fields were made, which is as they stand
    to_contact = Tick(
        _l("没有填邮箱的，把链接发到协作机制里登记的邮箱"),
        hint=_l("对方单位登记过邮箱才会发送；发送与否，下一页都会写明。"),
    )

    sendable: dict[str, Paper]

    def chosen_papers(self) -> list[Paper]:
        """The papers that go along."""
        chosen = (self.papers.data or []) if "papers" in self else []
        return [self.sendable[key] for key in chosen]

    def chosen_unit(self) -> str:
        """The body that was chosen so far, by its number; "" for none."""
        return (self.unit.data or "") if "unit" in self else ""

    def validate_papers(self, field: Checkboxes) -> None:
        """Each is addressed to the body that gets the letter."""
        if "unit" in self and any(str(one.to_unit_id) != self.unit.data for one in self.chosen_papers()):
            raise ValidationError(_("公文的主送单位不是这个单位，请重新选择。"))

    @classmethod
    def about(
        cls,
        case: Case,
        units: Sequence[Unit],
        files: Sequence[Evidence],
        papers: Sequence[Paper],
        limits: Mapping[str, str],
    ) -> OutsideForm:
        """The form with the matter as it was filed, for the officer to shorten; `limits` says by kind when it is due."""
        form = cls.of(case, Act.ASK_OUTSIDE)
        form.suggest(words=_matter(case))
        form.kind.choices = [(one.id, label(one.title)) for one in letter_kinds().values()]
        form.kind.hints = {one.id: kind_hint(one, limits) for one in letter_kinds().values()}
        form.unit.choices = to_choose((str(one.id), in_script(one.name)) for one in units)
        form.files.choices = [(str(file.id), file.file_name) for file in files]
        form.sendable = {str(one.id): one for one in papers}
        form.papers.choices = [
            (str(one.id), f"{label(one.title)} {one.document_number} → {in_script(one.to_unit.name)}")
            for one in papers
            if one.to_unit
        ]
        if not files:
            del form.files
        if not papers:
            del form.papers
        return form


def letter_limits() -> dict[str, str]:
    """By when letters are answered today, in words, by rule."""
    rules, today = book(session).rules, beijing_date(now_utc())
    found = {rule_id: rules.pick(rule_id, today) for rule_id in LETTER_CLOCKS}
    return {rule_id: length_in_words(rule.n, rule.unit) for rule_id, rule in found.items()}


def kind_hint(kind: LetterKind, limits: Mapping[str, str], *, asks: bool = True) -> str:
    """What it `asks`, by when it is to be answered, and the article."""
    limit = _("答复期限%(length)s（%(basis)s）", length=limits[kind.clock], basis=label(kind.basis))
    return f"{label(kind.asks)}{limit}" if asks else limit


def _matter(case: Case) -> str:
    """What was filed, without anything of the filer."""
    filing = case.filing
    lines = [
        (_("被举报（投诉）方"), filing.respondent_name),
        (_("地址"), filing.respondent_address),
        (_("链接"), filing.platform_link),
        (_("权利"), label(RIGHT_TYPE_LABELS[case.right_type])),
        (_("注册号或专利号"), filing.right_number),
        (_("事实"), filing.facts),
    ]
    return "\n".join(f"{name}：{value}" for name, value in lines if value)
