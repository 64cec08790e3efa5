"""The first page of staff who file for somebody else: how they came, when, and under which number elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from journey import drafts
from journey.pages import keep_answers, page
from journey.surface import Step, Surface
from models.kinds import CHANNEL_LABELS, Channel
from models.types import BEIJING, now_utc
from shared.fields import Answered, AtMost, Radios, TextField
from shared.forms import Form
from shared.i18n import label

STAFFED = (
    Channel.PHONE,
    Channel.COUNTER,
    Channel.LETTER,
    Channel.EXHIBITION,
    Channel.LINE_12345,
    Channel.LINE_12315,
)
_PASSED_ON = (Channel.LINE_12345, Channel.LINE_12315)
_FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")


class ChannelForm(Form):
    """How somebody came to us. The time is Beijing time."""

    channel = Radios(
        _l("从哪里来的？"),
        [Answered(_l("请选择渠道。"))],
        choices=lambda: [(one.value, label(CHANNEL_LABELS[one])) for one in STAFFED],
    )
    called_at = TextField(
        _l("来电、来访或者收到的时间"),
        [Answered(_l("请填写时间，例如 2026-11-22 09:30。"))],
        hint=_l("北京时间，例如 2026-11-22 09:30。"),
        width="medium",
    )
    outside_number = TextField(
        _l("12345、12315 的工单编号"),
        [AtMost(60)],
        hint=_l("由 12345、12315 转来的必须填写。"),
        width="medium",
    )

    def validate_called_at(self, field: Any) -> None:
        """A moment in Beijing that is over."""
        moment = read_moment(field.data or "")
        if moment is None:
            raise ValidationError(_("请写成 2026-11-22 09:30 的样子。"))
        if moment > now_utc():
            raise ValidationError(_("时间不能晚于现在。"))

    def validate_outside_number(self, field: Any) -> None:
        """What was passed on is found again by the number of those who passed it on (121号 第40条)."""
        if self.channel.data in _PASSED_ON and not field.data:
            raise ValidationError(_("请填写对方系统的工单编号，以便核对和回传。"))


def channel(surface: Surface) -> ResponseReturnValue:
    """How did they come to us?"""
    draft = drafts.current(surface)
    now = now_utc().astimezone(BEIJING)
    kept = draft.of(Step.CHANNEL)
    since = dt.datetime.fromisoformat(kept["called_at"]).astimezone(BEIJING) if kept else now
    form = ChannelForm(data={**kept, "called_at": since.strftime("%Y-%m-%d %H:%M")})
    if not form.validate_on_submit():
        return page("channel", surface, draft, Step.CHANNEL, form)
    answers = {
        "channel": form.channel.data,
        "called_at": str(read_moment(form.called_at.data or "")),
        "outside_number": form.outside_number.data or "",
    }
    return keep_answers(surface, draft, Step.CHANNEL, answers)


def read_moment(text: str) -> dt.datetime | None:
    """A moment typed as Beijing time; None where it is none."""
    for form in _FORMS:
        try:
            return dt.datetime.strptime(text.strip(), form).replace(tzinfo=BEIJING)
        except ValueError:
            continue
    return None
