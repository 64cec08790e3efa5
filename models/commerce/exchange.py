"""The cases of online selling as rows for the dispatch centre and other bureaus: one a link, nothing of who filed.

The form is documented in docs/e-commerce-exchange.md: names may be added, none is changed or taken away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from models.cases.tables import Case
from models.commerce.notices.tables import PlatformNotice
from models.commerce.platform_files import read_platforms
from models.commerce.tables import FilingLink
from models.filings.tables import Filing
from models.ledger import record
from models.people.tables import Account
from models.types import BEIJING, beijing_midnight
from models.wording import said

FORM = "huhang-e-commerce/1"
MOST_ROWS = 100_000
# Name in JSON, head of the column; in this order.
COLUMNS: dict[str, str] = {
    "reference": "登记编号",
    "received_at": "收到时间",
    "track": "类别",
    "right_type": "权利种类",
    "right_number": "注册号或专利号",
    "respondent": "被举报（投诉）方",
    "respondent_uscc": "统一社会信用代码",
    "respondent_address": "地址",
    "unit": "办理机构",
    "state": "状态",
    "outcome": "办理结果",
    "row": "行号",
    "platform": "平台",
    "platform_operator": "平台经营者",
    "platform_domicile": "平台经营者住所地区划",
    "kind": "链接种类",
    "item": "商品编号",
    "shop": "店铺编号",
    "address": "链接",
    "captured_at": "取证时间",
    "screenshot": "截图文件名",
    "screenshot_sha256": "截图的 SHA-256",
    "notified_on": "通知平台的日期",
    "statement_reached_on": "卖家声明转到的日期",
}


def rows_between(
    session: Session, *, visible: ColumnElement[bool], since: dt.date, until: dt.date
) -> Iterator[dict[str, Any]]:
    """The links of what was filed on those Beijing days, among the cases that `visible` lets through; by filing and row."""
    begin, end = beijing_midnight(since), beijing_midnight(until + dt.timedelta(days=1))
    wanted = (
        select(FilingLink, Case, PlatformNotice)
        .join(Filing, Filing.id == FilingLink.filing_id)
        .join(Case, Case.filing_id == Filing.id)
        .outerjoin(PlatformNotice, PlatformNotice.filing_id == Filing.id)
        .where(visible, Filing.submitted_at >= begin, Filing.submitted_at < end)
        .options(joinedload(Case.filing).selectinload(Filing.evidence))
        .order_by(Filing.id, FilingLink.place)
        .limit(MOST_ROWS)
    )
    for link, case, notice in session.execute(wanted):
        yield _row(link, case, notice)


def count_between(session: Session, *, visible: ColumnElement[bool], since: dt.date, until: dt.date) -> int:
    """How many rows that are."""
    begin, end = beijing_midnight(since), beijing_midnight(until + dt.timedelta(days=1))
    wanted = (
        select(func.count())
        .select_from(FilingLink)
        .join(Filing, Filing.id == FilingLink.filing_id)
        .join(Case, Case.filing_id == Filing.id)
        .where(visible, Filing.submitted_at >= begin, Filing.submitted_at < end)
    )
    return session.scalar(wanted) or 0


def note_export(
    session: Session,
    *,
    sha256: str,
    rows: int,
    days: tuple[dt.date, dt.date],
    actor: Account,
    now: dt.datetime,
) -> None:
    """Taking cases out is an act: who, which days, how many rows, and the digest of the file."""
    data = {"sha256": sha256, "rows": rows, "since": str(days[0]), "until": str(days[1])}
    record(session, act="commerce.export", subject=actor, actor=actor, now=now, data=data)


def why_not_days(since: dt.date, until: dt.date) -> str:
    """Why the days cannot be; "" where they can."""
    if since > until:
        return said("开始的日期应当不晚于结束的日期。")
    return said("一次最多导出一年。") if (until - since).days > 366 else ""


def _row(link: FilingLink, case: Case, notice: PlatformNotice | None) -> dict[str, Any]:
    filing, platform = case.filing, read_platforms().get(link.platform)
    digests = {file.file_name: file.sha256 for file in filing.evidence}
    reached = notice.statement_reached_on if notice else None
    return {
        "reference": filing.shown_reference,
        "received_at": _moment(filing.submitted_at),
        "track": case.track.value,
        "right_type": case.right_type.value,
        "right_number": filing.right_number,
        "respondent": filing.respondent_name,
        "respondent_uscc": filing.respondent_uscc,
        "respondent_address": filing.respondent_address,
        "unit": case.unit.name,
        "state": case.state.value,
        "outcome": case.outcome.value if case.outcome else None,
        "row": link.place,
        "platform": link.platform,
        "platform_operator": platform.operator if platform else None,
        "platform_domicile": platform.domicile if platform else None,
        "kind": link.kind.value,
        "item": link.item or None,
        "shop": link.shop or None,
        "address": link.address,
        "captured_at": _moment(link.captured_at) if link.captured_at else None,
        "screenshot": link.screenshot,
        "screenshot_sha256": digests.get(link.screenshot or ""),
        "notified_on": notice.notified_on.isoformat() if notice else None,
        "statement_reached_on": reached.isoformat() if reached else None,
    }


def _moment(value: dt.datetime) -> str:
    return value.astimezone(BEIJING).isoformat(timespec="seconds")
