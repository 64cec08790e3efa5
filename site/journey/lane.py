"""A holder's record as pairs, the same for the holder and for staff; and the mail that says there is something to read."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from models import outbox
from models.holders.lane.record import Record
from models.holders.lane.rules import LaneRules, Threshold
from models.holders.operations import owners
from models.holders.tables import Organisation
from models.types import now_utc
from shared.components import Row
from shared.database import session
from shared.formats import day_text
from shared.services import services


def record_rows(record: Record, rules: LaneRules) -> list[Row]:
    """The numbers, and what is asked for."""
    success = "" if record.success is None else _percent(record.success)
    return [
        Row(_("从哪一天起"), day_text(record.since)),
        Row(_("结束的办件"), _number(record.ended)),
        Row(_("查实"), _number(record.good)),
        Row(_("查否或者不予受理"), _number(record.bad)),
        Row(_("由权利人撤回"), _number(record.withdrawn)),
        Row(_("查实率"), success or _("还没有可以计算的办件")),
        Row(
            _("对方陈述被采纳"),
            _("%(number)s，占 %(share)s", number=_number(record.upheld), share=_percent(record.upheld_share)),
        ),
        Row(_("可以给予的界限"), _threshold(rules.grant)),
        Row(_("应当收回的界限"), _threshold(rules.withdraw)),
    ]


def tell_owners(organisation: Organisation, key: str) -> None:
    """A mail to those who look after the organisation: that there is news, and where."""
    address = services().config.public_url + url_for("lane.index")
    body = _("登录后查看内容和理由；不同意的，可以在那里申诉：%(address)s", address=address)
    mails = _addresses(organisation)
    for number, address in enumerate(mails):
        mail = {"to": address, "subject": _("直通车和提交记录有新的通知"), "body": body}
        outbox.put(session, kind="mail", key=f"mail:{key}:{number}", payload=mail, now=now_utc())


def _addresses(organisation: Organisation) -> Iterable[str]:
    return [one.account.email for one in owners(session, organisation) if one.account.email]


def _threshold(limit: Threshold) -> str:
    return _(
        "至少 %(count)s 件，查实率 %(success)s，对方陈述被采纳不超过 %(upheld)s",
        count=limit.at_least,
        success=_percent(limit.success),
        upheld=_percent(limit.upheld),
    )


def _number(count: int) -> str:
    return str(ngettext("%(num)s 件", "%(num)s 件", count))


def _percent(share: float) -> str:
    return f"{share:.1%}"
