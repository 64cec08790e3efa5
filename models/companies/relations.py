"""Verbs between companies: one was merged into another, one is another's branch."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import ledger
from models.companies.tables import Company
from models.errors import ActRefused, Invalid
from models.ledger.operations import Acts, salted_digest
from models.types import beijing_date


def merge(
    session: Session,
    company: Company,
    *,
    into: Company,
    on: dt.date,
    basis: str,
    actor: Acts,
    now: dt.datetime,
) -> Company:
    """`company` was merged into `into` on that day: its code leads there from now on, and is kept.

    What was merged into it before, and its branches, go with it, so that every old code is one step from the company
    that stands. Decisions keep the name and the code that they were made against.
    """
    if company.merged_into_id is not None or into.merged_into_id is not None:
        raise ActRefused("已经并入其他企业的记录不能再合并。请选择存续的企业。")
    if company is into:
        raise Invalid("企业不能并入自己。", {"successor": "请填写另一家企业的代码。"})
    if on > beijing_date(now):
        raise Invalid("合并的日期不能晚于今天。", {"on": "合并的日期不能晚于今天。"})
    if into.head_office_id == company.id:
        raise ActRefused("对方登记为这家企业的分支机构，请先解除。")
    session.execute(
        update(Company).where(Company.merged_into_id == company.id).values(merged_into_id=into.id)
    )
    session.execute(
        update(Company).where(Company.head_office_id == company.id).values(head_office_id=into.id)
    )
    company.merged_into, company.merged_on, company.merge_basis = into, on, basis.strip()
    data = {"into": into.id, "basis": salted_digest(basis)}
    ledger.record(session, act="company.merge", subject=company, actor=actor, now=now, data=data)
    return company


def undo_merger(session: Session, company: Company, *, actor: Acts, now: dt.datetime) -> Company:
    """The merger was noted by mistake: the company stands by itself again."""
    if company.merged_into_id is None:
        raise ActRefused("这家企业没有并入其他企业。")
    data = {"into": company.merged_into_id}
    company.merged_into = company.merged_on = company.merge_basis = None
    ledger.record(session, act="company.unmerge", subject=company, actor=actor, now=now, data=data)
    return company


def set_head_office(
    session: Session, branch: Company, *, head_office: Company | None, actor: Acts, now: dt.datetime
) -> Company:
    """`branch` is a branch 分支机构 of `head_office`, or, with None, of nobody. Branches have no branches."""
    if head_office is not None:
        has_branches = session.scalar(select(Company.id).where(Company.head_office_id == branch.id).limit(1))
        if branch is head_office or head_office.head_office_id is not None or has_branches:
            sentence = "总机构不能是它自己，也不能是别家的分支机构；有分支机构的企业不能再登记为分支机构。"
            raise Invalid(sentence, {"head_office": sentence})
        if head_office.merged_into_id is not None or branch.merged_into_id is not None:
            raise ActRefused("已经并入其他企业的记录不能再登记分支机构。请选择存续的企业。")
    branch.head_office = head_office
    data = {"head_office": head_office.id if head_office else None}
    ledger.record(session, act="company.branch", subject=branch, actor=actor, now=now, data=data)
    return branch
