"""The further people of a filing as pairs: more respondents, joint filers, an agent's mandate. No filer is named here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from journey.aid_words import aid_rows
from models.commerce.notices.tables import PlatformNotice
from models.commerce.notices.terms import MEASURE_LABELS, Told, told_in
from models.commerce.platform_files import read_platforms
from models.filings.parties import POWER_LABELS, Mandate, joint_of, mandate_of, more_respondents
from shared.components import Row
from shared.formats import day_text, moment_text
from shared.i18n import label


def rows_of(data: Mapping[str, Any], today: dt.date) -> Iterator[Row]:
    """What the data of a filing say about its sides, for its filer, for staff and for papers."""
    if called_at := data.get("called_at"):
        yield Row(_("来电、来访或者收到的时间"), moment_text(dt.datetime.fromisoformat(called_at)))
    if data.get("outside_number"):
        yield Row(_("对方系统的编号"), data["outside_number"])
    if links := data.get("links"):
        count = links["count"]
        yield Row(_("网店、商品链接"), ngettext("%(num)s 个", "%(num)s 个", count))
    if told := told_in(data):
        yield from platform_rows(told)
    yield from aid_rows(data, today)
    if more := more_respondents(data):
        lines = [_("，").join(part for part in (one.name, one.uscc, one.address) if part) for one in more]
        yield Row(_("其他被举报（投诉）的一方"), Markup("<br>").join(lines))
    if joint := joint_of(data):
        words = _(
            "共 %(people)s 人，代表人 %(representatives)s 名（121号 第12条）",
            people=joint.people,
            representatives=joint.representatives,
        )
        yield Row(_("一起提交的人"), words)
    if mandate := mandate_of(data):
        yield mandate_row(mandate, today)
    if data.get("nice_class"):
        yield Row(_("商标的国际分类"), _("第 %(number)s 类", number=data["nice_class"]))


def mandate_row(mandate: Mandate, today: dt.date, change_url: str = "") -> Row:
    """What an agent may do, and until when (Order 121 Art 11); an ended one says so."""
    over = _("已经到期") if mandate.has_ended(today) else ""
    lines = [mandate.matters, label(POWER_LABELS[mandate.power])]
    until = Markup("{} <strong>{}</strong>").format(_("期限到%(day)s", day=day_text(mandate.ends_on)), over)
    return Row(_("由代理人提交，委托书写明"), Markup("<br>").join([*lines, until]), change_url)


def platform_rows(told: Told | PlatformNotice) -> Iterator[Row]:
    """The platform as a party (电子商务法 Art 42, 43), as the filer told it on filing or later."""
    words = _(
        "%(platform)s，%(day)s",
        platform=label(read_platforms().name_of(told.platform)),
        day=day_text(told.notified_on),
    )
    yield Row(_("通知过的平台"), Markup("{}<br>{}").format(words, label(MEASURE_LABELS[told.measure])))
    if told.statement_reached_on:
        reached = _("%(day)s到达", day=day_text(told.statement_reached_on))
        yield Row(_("卖家的声明"), Markup("{}<br>{}").format(reached, told.statement or ""))
    if isinstance(told, PlatformNotice) and told.shown_on:
        yield Row(_("平台收到回执的日期"), day_text(told.shown_on))
