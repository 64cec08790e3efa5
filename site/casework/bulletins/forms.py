"""The forms of bulletins: what one says in Chinese and English, and reasons."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from models.bulletins.kinds import (
    BULLETIN_KIND_LABELS,
    DECISIONS_MOST,
    SUMMARY_CHARACTERS,
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    BulletinKind,
    BulletinText,
)
from models.bulletins.pictures import WORDS_CHARACTERS
from models.bulletins.tables import Bulletin
from models.overseas.countries import COUNTRIES
from models.people.tables import Unit
from shared.fields import Answered, FilesField, Radios, Select, TextArea, TextField
from shared.forms import Form
from shared.i18n import in_script, label

PUBLIC = _l("所有人：这一段会公开")


class BulletinForm(Form):
    """A typical case or a notice; English is optional, and whole where it is given."""

    kind = Radios(
        _l("类别"),
        [Answered(_l("请选择类别。"))],
        choices=[(kind.value, _l(words)) for kind, words in BULLETIN_KIND_LABELS.items()],
        hints={BulletinKind.TYPICAL_CASE: _l("依据公示中的决定书；决定书停止公示，案例也随之不再公开。")},
    )
    country = Select(
        _l("哪个国家或者地区"),
        hint=_l("海外预警必填，其他的不填。"),
        choices=lambda: [("", gettext("请选择")), *((code, label(name)) for code, name in COUNTRIES.items())],
    )
    unit = Select(_l("发布机构"), [Answered(_l("请选择发布机构。"))])
    title = TextField(_l("标题"), [Answered(_l("请填写标题。"))], max_chars=TITLE_CHARACTERS)
    summary = TextArea(
        _l("摘要"), [Answered(_l("请填写摘要，一两句话。"))], rows=2, max_chars=SUMMARY_CHARACTERS
    )
    body = TextArea(
        _l("正文"),
        [Answered(_l("请填写正文。"))],
        rows=12,
        who_sees=PUBLIC,
        max_chars=TEXT_CHARACTERS,
        hint=_l("典型案例写案情和处理结果。不写自然人的姓名、证件号码、电话和住址。"),
    )
    commentary = TextArea(
        _l("典型意义"), rows=5, max_chars=TEXT_CHARACTERS, hint=_l("典型案例必填，通知公告不填。")
    )
    decisions = TextArea(
        _l("依据的决定书文号"), rows=3, hint=_l("每行一个，例如 平市监处罚〔2026〕001号。典型案例必填。")
    )
    english_title = TextField(_l("英文标题"), max_chars=TITLE_CHARACTERS * 3)
    english_summary = TextArea(_l("英文摘要"), rows=2, max_chars=SUMMARY_CHARACTERS * 3)
    english_body = TextArea(_l("英文正文"), rows=8, max_chars=TEXT_CHARACTERS)
    english_commentary = TextArea(_l("英文典型意义"), rows=4, max_chars=TEXT_CHARACTERS)

    def validate_decisions(self, field: TextArea) -> None:
        """A case that comments on everything comments on nothing."""
        if len(self.numbers()) > DECISIONS_MOST:
            raise ValidationError(gettext("最多引用 %(most)s 份决定书。", most=DECISIONS_MOST))

    def offer(self, units: list[Unit]) -> None:
        """Fills the choice of units."""
        self.unit.choices = [(unit.code, in_script(unit.name)) for unit in units]

    def numbers(self) -> list[str]:
        """The document numbers, one a line."""
        return [line.strip() for line in (self.decisions.data or "").splitlines() if line.strip()]

    def content(self) -> dict[str, Any]:
        """What the verbs take."""
        return {
            "chinese": BulletinText(
                self.title.data, self.summary.data, self.body.data, self.commentary.data or ""
            ),
            "english": BulletinText(
                self.english_title.data or "",
                self.english_summary.data or "",
                self.english_body.data or "",
                self.english_commentary.data or "",
            ),
            "decision_numbers": self.numbers(),
            "country": self.country.data or "",
        }


class SendBackForm(Form):
    """What has to be mended."""

    reason = TextArea(_l("退回的原因"), [Answered(_l("请写明要改什么。"))], rows=3, max_chars=500)


class WithdrawBulletinForm(Form):
    """Why it is taken down; published."""

    reason = TextArea(
        _l("撤下的原因"),
        [Answered(_l("请写明为什么撤下。"))],
        rows=3,
        max_chars=500,
        who_sees=_l("所有人：原因会公开，不要写当事人"),
    )


def filled_from(bulletin: Bulletin) -> dict[str, Any]:
    """The form's data for what stands already."""
    names = ("title", "summary", "body", "commentary")
    english = tuple(f"english_{name}" for name in names)
    return {
        "kind": bulletin.kind,
        "country": bulletin.country or "",
        "unit": bulletin.unit.code,
        "decisions": "\n".join(one.document_number for one in bulletin.decisions),
        **{name: getattr(bulletin, name) for name in (*names, *english)},
    }


class PictureForm(Form):
    """A picture, and what it shows."""

    files = FilesField(_l("图片"), accept="image/*")
    words = TextField(
        _l("图片里是什么"),
        [Answered(_l("请写明图片里是什么，看不见的人听到的就是这句话。"))],
        max_chars=WORDS_CHARACTERS,
        hint=_l("会显示在图片下面。图片里的人脸、证件、电话请先遮去。"),
    )
