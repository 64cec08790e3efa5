"""奖励台账 as a table to take away: what was proposed, decided, claimed, paid. It names no reporter, and no account to pay to."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.people.permissions import Permission
from models.rewards.queries import every_reward_in_reach
from models.rewards.tables import Reward
from models.rewards.terms import PAY_WAY_LABELS, REWARD_STATE_LABELS
from models.types import beijing_date, now_utc
from results.exports import csv_export, xlsx_export
from results.taken import CSV, XLSX, taken
from shared.access import account, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("reward_sheets", __name__, url_prefix="/casework/rewards")


@blueprint.post("/register.<any(csv, xlsx):ending>")
@requires(Permission.REWARD_DECIDE, Permission.REWARD_PAY)
def table(ending: str) -> ResponseReturnValue:
    """All rewards of the cases in the officer's reach. Taking the file is an act in the ledger."""
    today = beijing_date(now_utc())
    rows = (_row(one) for one in every_reward_in_reach(session, account()))
    if ending == "csv":
        export, content_type = csv_export(rows, bom=True, columns=_columns()), CSV
    else:
        note = [(_("导出日期"), str(today)), (_("内容"), _("不含举报人和收款账户的任何信息"))]
        export = xlsx_export(rows, note=note, columns=_columns(), title=_("奖励台账"), reuse="")
        content_type = XLSX
    name = f"rewards-{today}.{ending}"
    return taken(export, act="reward.export", name=name, content_type=content_type, actor=account())


def _columns() -> dict[str, str]:
    return {
        "reference": _("登记编号"),
        "unit": _("办理机构"),
        "decision_number": _("处罚决定书文号"),
        "concluded_on": _("查处结案的日期"),
        "fined": _("罚没款合计（元）"),
        "level": _("奖励等级"),
        "amount": _("奖励金额（元）"),
        "people": _("联名举报的人数"),
        "state": _("状态"),
        "decided_on": _("决定日期"),
        "claim_until": _("最迟申领"),
        "claimed_on": _("申领日期"),
        "pay_way": _("领取方式"),
        "paid_on": _("支付日期"),
        "voucher": _("支付凭证"),
    }


def _row(one: Reward) -> dict[str, str | int | float | None]:
    decided, claimed, paid = (
        beijing_date(at).isoformat() if at else None for at in (one.decided_at, one.claimed_at, one.paid_at)
    )
    return {
        "reference": one.case.shown_reference,
        "unit": one.case.unit.name,
        "decision_number": one.decision_number,
        "concluded_on": one.concluded_on.isoformat() if one.concluded_on else None,
        "fined": float(one.fined),
        "level": one.level,
        "amount": float(one.amount),
        "people": one.people,
        "state": label(REWARD_STATE_LABELS[one.state]),
        "decided_on": decided,
        "claim_until": one.claim_until.isoformat() if one.claim_until else None,
        "claimed_on": claimed,
        "pay_way": label(PAY_WAY_LABELS[one.pay_way]) if one.pay_way else None,
        "paid_on": paid,
        "voucher": one.voucher,
    }
