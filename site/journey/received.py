"""The receipts of a filing, side by side: by the site, by intake, by the unit that has it (law: 121号 第15条, 第45条).

The seven working days of Order 121 Art 15 belong to the department with power. All clocks here run from the first
receipt nevertheless, so that no distribution takes time away from the filer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from models.cases.tables import Case
from models.kinds import Channel
from shared.components import Row
from shared.formats import moment
from shared.i18n import in_script


@dataclass(frozen=True)
class Receipts:
    """When it was received by whom, and from which of them the limits are counted."""

    rows: Sequence[Row]
    note: str


def receipts_of(case: Case) -> Receipts:
    """From what the case has loaded already; asks the database nothing."""
    filed, opened = case.filing.submitted_at, case.opened_at
    is_online = case.filing.channel in (Channel.WEB, Channel.API)
    rows = [
        Row(_("首次收到（本站）") if is_online else _("首次收到"), moment(filed)),
        Row(_("接收机构登记"), _at(opened, case.origin_unit.name)),
    ]
    taken = [one for one in case.transfers if one.acknowledged_at and one.to_unit_id == case.unit_id]
    if taken and case.unit_id != case.origin_unit_id:
        rows.append(Row(_("现在的机构签收"), _at(taken[-1].acknowledged_at, case.unit.name)))
    elif case.open_transfer:
        rows.append(Row(_("现在的机构签收"), _("等待签收，时限不停")))
    note = _("时限都从首次收到起计算；移交和签收用去的时间，不会让举报投诉人多等。")
    return Receipts(rows, note)


def _at(instant: dt.datetime | None, unit: str) -> Markup:
    return Markup("{}<br>{}").format(moment(instant) if instant else "", in_script(unit))
