"""Reads: the pool, who fits a case, the questions of a case, the link of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.aid.terms import application_in
from models.cases.tables import Case
from models.errors import NotFound
from models.experts.conflicts import conflicts_with_respondent
from models.experts.tables import Expert, ExpertRequest
from models.filings.sealing import Keyring
from models.filings.tables import Evidence
from models.signed_links import handle_in, signed

PURPOSE = "expert-link"
MOST = 500  # entries of a pool


def pool(
    session: Session,
    *,
    today: dt.date,
    field: str = "",
    region: str = "",
    country: str = "",
    kind: str = "",
    past: bool = False,
) -> list[Expert]:
    """The experts in their term, or with `past` those who are not; narrowed by what they know, by name."""
    serving = Expert.left_at.is_(None) & (Expert.until_on >= today)
    wanted = select(Expert).where(~serving if past else serving).order_by(Expert.name, Expert.id)
    found = session.scalars(wanted.limit(MOST)).all()
    return [
        one
        for one in found
        if (not field or field in one.fields)
        and (not kind or kind == one.kind)
        and (not region or not one.regions or region in one.regions)
        and (not country or country in one.countries)
    ]


def expert_numbered(session: Session, number: int) -> Expert:
    """One entry; NotFound."""
    found = session.get(Expert, number)
    if found is None:
        raise NotFound("专家库里没有这一位。")
    return found


def suited(session: Session, case: Case, today: dt.date) -> list[Expert]:
    """Who may be asked about the case as far as can be seen without the filer's envelope; whose field it is come
    first, before them those who know the country of a dispute abroad.
    """
    serving = [one for one in pool(session, today=today) if one.serves_on(today)]
    free = [one for one in serving if not conflicts_with_respondent(one, case)]
    told = application_in(case.filing.data)
    country = told.abroad.country if told and told.abroad else ""

    def rank(one: Expert) -> tuple[bool, bool, bool]:
        knows = not country or country in one.countries
        return not knows, case.right_type.value not in one.fields, _is_far(one, case)

    return sorted(free, key=rank)


def requests_of(session: Session, case: Case) -> Sequence[ExpertRequest]:
    """Every question about the case, the newest first."""
    wanted = select(ExpertRequest).where(ExpertRequest.case_id == case.id)
    return session.scalars(wanted.order_by(ExpertRequest.id.desc())).all()


def request_of(session: Session, case: Case, number: int) -> ExpertRequest:
    """One of them; NotFound."""
    mine = select(ExpertRequest).where(ExpertRequest.case_id == case.id, ExpertRequest.id == number)
    found = session.scalar(mine)
    if found is None:
        raise NotFound("这个办件没有这次邀请。")
    return found


def questions_to(session: Session, expert: Expert, *, limit: int) -> Sequence[ExpertRequest]:
    """What one expert was asked, the newest first. The caller leaves out what is out of sight."""
    wanted = select(ExpertRequest).where(ExpertRequest.expert_id == expert.id)
    return session.scalars(wanted.order_by(ExpertRequest.id.desc()).limit(limit)).all()


def files_of(session: Session, request: ExpertRequest) -> Sequence[Evidence]:
    """What goes with it, as far as there is a sanitised copy still."""
    wanted = select(Evidence).where(
        Evidence.id.in_(request.file_ids),
        Evidence.filing_id == request.case.filing.files_of_id,
        Evidence.copy_key.is_not(None),
    )
    return session.scalars(wanted.order_by(Evidence.id)).all()


def token_of(request: ExpertRequest, keys: Keyring) -> str:
    """What stands behind /expert/ in the present link."""
    return signed(request.handle, purpose=PURPOSE, keys=keys)


def request_by_token(session: Session, token: str, *, keys: Keyring) -> ExpertRequest:
    """The question; a forged link and one that was replaced are the same NotFound."""
    handle = handle_in(token, purpose=PURPOSE, keys=keys)
    found = session.scalar(select(ExpertRequest).where(ExpertRequest.handle == handle)) if handle else None
    if found is None or found.case.destroyed_at is not None:
        raise NotFound("没有找到这个链接。请核对是否完整；重新发送过的，只有最新的链接有效。")
    return found


def _is_far(expert: Expert, case: Case) -> bool:
    return bool(expert.regions) and case.filing.region_code not in expert.regions
