"""The menus as data. Addresses are those of the product and stable; a test checks that each one answers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from models.people.permissions import Permission, can
from models.people.roles import AccountKind


@dataclass(frozen=True)
class Entry:
    """One entry of a menu. `permissions`: any one of them shows it; none shows it to everybody.

    What is `seldom` opened stands folded in a long menu, so that the menu keeps to one line.
    """

    path: str
    text: LazyString
    permissions: tuple[Permission, ...] = ()
    seldom: bool = False


MOST_IN_LINE = 9

PUBLIC_MENU = (
    Entry("/file", _l("举报投诉")),
    Entry("/track", _l("办理进度")),
    Entry("/decisions", _l("处罚和裁决公示")),
    Entry("/lists", _l("信用名单")),
    Entry("/guides", _l("办事指南")),
)

STAFF_MENU = (
    Entry("/casework/", _l("办件"), (Permission.CASE_VIEW,)),
    Entry("/casework/intake", _l("代为登记"), (Permission.CASE_ACCEPT,)),
    Entry("/casework/holders/", _l("权利人"), (Permission.HOLDER_VERIFY,), seldom=True),
    Entry("/casework/decisions", _l("公示管理"), (Permission.DECISION_VIEW,)),
    Entry("/casework/companies", _l("企业"), (Permission.COMPANY_MANAGE,), seldom=True),
    Entry("/casework/lists", _l("名单管理"), (Permission.LISTING_PROPOSE, Permission.LISTING_DECIDE)),
    Entry("/casework/bulletins", _l("案例和公告"), (Permission.DECISION_ENTER, Permission.DECISION_REVIEW)),
    Entry("/casework/supervision", _l("督办"), (Permission.CASE_SUPERVISE, Permission.STATISTICS_VIEW)),
    Entry("/casework/reports", _l("统计报表"), (Permission.STATISTICS_VIEW,)),
    Entry("/casework/papers", _l("待批公文"), (Permission.PAPER_APPROVE,)),
    Entry("/casework/letters", _l("来函"), (Permission.PAPER_WRITE,), seldom=True),
    Entry("/casework/mechanisms", _l("协作机制"), (Permission.MECHANISM_MANAGE,), seldom=True),
    Entry("/casework/referral-watches", _l("移送监督"), (Permission.REFERRAL_DECIDE,), seldom=True),
    Entry("/casework/experts", _l("专家库"), (Permission.EXPERT_MANAGE,), seldom=True),
    Entry("/casework/overseas", _l("海外维权"), (Permission.MECHANISM_MANAGE,), seldom=True),
    Entry(
        "/casework/rewards", _l("举报奖励"), (Permission.REWARD_DECIDE, Permission.REWARD_PAY), seldom=True
    ),
    Entry("/casework/notices", _l("提醒"), (Permission.CASE_VIEW, Permission.DECISION_VIEW)),
    Entry("/admin/retention/", _l("档案销毁"), (Permission.RETENTION_APPROVE,), seldom=True),
    Entry("/admin/", _l("系统管理"), (Permission.ACCOUNT_MANAGE, Permission.OUTBOX_MANAGE)),
)

ACCOUNT_MENU = (
    Entry("/account/", _l("我的办件")),
    Entry("/account/rights/", _l("我的权利")),
    Entry("/account/agents/", _l("代理")),
    Entry("/account/lane/", _l("直通车")),
    Entry("/account/organisation/", _l("我的单位")),
    Entry("/account/tokens/", _l("接口")),
    Entry("/account/petitions", _l("异议和信用修复")),
)

FOOTER_MENU = (
    Entry("/guides", _l("办事指南")),
    Entry("/cases", _l("典型案例")),
    Entry("/notices", _l("通知公告")),
    Entry("/hotline", _l("电话和窗口")),
    Entry("/deadlines", _l("办理时限计算")),
    Entry("/statistics", _l("办理统计")),
    Entry("/check", _l("批量核对企业")),
    Entry("/data", _l("开放数据")),
    Entry("/verify", _l("核验回执")),
    Entry("/api/docs", _l("数据接口")),
    Entry("/accessibility", _l("无障碍说明")),
    Entry("/privacy", _l("个人信息保护")),
    Entry("/about", _l("关于本站")),
)


def own_menu() -> tuple[Entry, ...]:
    """What the person signed in may open; empty for a visitor."""
    if not current_user or not current_user.is_authenticated:
        return ()
    if current_user.kind is AccountKind.RIGHTS_HOLDER:
        return ACCOUNT_MENU
    return tuple(entry for entry in STAFF_MENU if any(can(current_user, one) for one in entry.permissions))


def folded(menu: tuple[Entry, ...], own: Entry | None) -> tuple[Entry, ...]:
    """Those that a menu of more than a line keeps under one word; never the one where the reader is."""
    if len(menu) <= MOST_IN_LINE:
        return ()
    return tuple(one for one in menu if one.seldom and one is not own)


def here(menu: tuple[Entry, ...]) -> Entry | None:
    """The entry under which the page shown lies; of entries that contain each other, the longest one is meant."""
    path = request.path
    return max((one for one in menu if _holds(one, path)), key=lambda one: len(one.path), default=None)


def _holds(entry: Entry, path: str) -> bool:
    base = entry.path.rstrip("/")
    return path in (entry.path, base) or path.startswith(base + "/")
