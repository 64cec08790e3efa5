"""The forms of a letter that came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l

from casework.acts.base import to_choose
from casework.outside_forms import kind_hint
from models.cases.moves import LONGEST_TEXT
from models.cases.outside.kinds import letter_kinds
from models.papers.terms import WAY_LABELS, Way
from models.people.tables import Unit
from models.types import beijing_date, now_utc
from shared.fields import Answered, DateField, FilesField, Radios, Select, TextArea, TextField
from shared.forms import Form
from shared.i18n import in_script, label


class RegisterForm(Form):
    """Who wrote, under which number, what is asked, and when it came."""

    sender = Select(
        _l("来函单位"),
        [Answered(_l("请选择来函单位。"))],
        hint=_l("名单里没有的，请受理员或者负责人先在“协作机制”里加上这个单位。"),
    )
    unit = Select(_l("由哪个机构答复"), [Answered(_l("请选择答复的机构。"))])
    kind = Radios(_l("函件种类"), [Answered(_l("请选择函件种类。"))])
    their_number = TextField(
        _l("来函文号"),
        [Answered(_l("请填写来函的文号；没有文号的写“无文号”和来函日期。"))],
        hint=_l("对方来函的文号。"),
        max_chars=100,
    )
    received_on = DateField(
        _l("收到的日期"),
        [Answered(_l("请填写收到的日期，例如 2026-11-22。"))],
        hint=_l("答复期限从这一天起算。"),
    )
    words = TextArea(
        _l("来函请求的事项"), [Answered(_l("请写明来函请求的事项。"))], max_chars=LONGEST_TEXT, rows=6
    )
    files = FilesField(
        _l("来函和附件"), hint=_l("来函的扫描件和随附的材料；原件不改动，先检查再制作净化副本。")
    )

    @classmethod
    def among(cls, senders: Sequence[Unit], units: Sequence[Unit], limits: Mapping[str, str]) -> RegisterForm:
        """The form with those who write and those of ours who may answer."""
        form = cls(data={"received_on": beijing_date(now_utc())})
        kinds = [one for one in letter_kinds().values() if one.receives]
        form.sender.choices = to_choose((str(one.id), in_script(one.name)) for one in senders)
        form.unit.choices = [(str(one.id), in_script(one.name)) for one in units]
        form.kind.choices = [(one.id, label(one.title)) for one in kinds]
        form.kind.hints = {one.id: kind_hint(one, limits, asks=False) for one in kinds}
        return form


class FilesForm(Form):
    """More files of the letter."""

    files = FilesField(
        _l("来函和附件"),
        [Answered(_l("请选择文件。"))],
        hint=_l("来函的扫描件和随附的材料；原件不改动，先检查再制作净化副本。"),
    )


class ReplyForm(Form):
    """The words of the reply."""

    words = TextArea(
        _l("函复内容"),
        [Answered(_l("请逐项写明查到的情况；不能协助的写明理由。"))],
        hint=_l("逐项写明查到的情况；不能协助的写明理由。"),
        max_chars=LONGEST_TEXT,
        rows=8,
    )


class LetterDeliveryForm(Form):
    """How the reply went, and what shows it."""

    way = Select(_l("送达方式"), [Answered(_l("请选择送达方式。"))])
    on = DateField(_l("送达日期"), [Answered(_l("请填写送达日期，例如 2026-11-22。"))])
    proof = TextField(_l("凭证"), [Answered(_l("请写明送达的凭证，例如回证编号、邮件单号。"))], max_chars=200)

    @classmethod
    def today(cls) -> LetterDeliveryForm:
        """The form with today's date."""
        form = cls(data={"on": beijing_date(now_utc())})
        form.way.choices = to_choose(
            (one.value, label(WAY_LABELS[one])) for one in (Way.HAND, Way.POST, Way.EMAIL)
        )
        return form
