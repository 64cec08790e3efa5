"""专家意见书: the signed opinion as an official paper, word for word, with a number and a hash of its own.

What binds the paper to the signature is the digest of what was signed: it stands among the fields of the paper, which never
change once it is issued, and in the ledger since the expert signed. Nobody drafts or edits such a paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import ActRefused
from models.experts.requests import digest_of
from models.experts.tables import ExpertRequest
from models.experts.terms import RequestState
from models.filings.tables import Evidence
from models.ledger import record
from models.papers.issuing import Office, issue
from models.papers.kinds import paper_kind
from models.papers.operations import draft
from models.papers.tables import Paper
from models.papers.terms import PaperState
from models.people.tables import Account
from models.types import BEIJING
from models.wording import said

KIND = "expert_opinion"
MADE_FROM = "opinion"
_DIGEST = "意见的校验码"


def opinion_papers(session: Session, request: ExpertRequest) -> Sequence[Paper]:
    """The papers made of this opinion, the newest first: one in force at most, and void ones before it."""
    wanted = select(Paper).where(Paper.case_id == request.case_id, Paper.kind == KIND)
    found = session.scalars(wanted.order_by(Paper.id.desc())).all()
    return [one for one in found if one.fields.get(_DIGEST) == request.opinion_sha256]


def draw_up(
    session: Session, *, request: ExpertRequest, office: Office, actor: Account, now: dt.datetime
) -> Paper:
    """Makes and issues it. ActRefused before the signature, where the text is not what was signed, and while one stands."""
    session.refresh(request, ["state", "version"], with_for_update=True)  # two clicks are one paper
    if request.state is not RequestState.GIVEN:
        raise ActRefused(said("专家还没有出具意见。"))
    if digest_of(request) != request.opinion_sha256:
        raise ActRefused(said("核对不上：内容与签名时不一致，请报告管理员。"))
    before = next(iter(opinion_papers(session, request)), None)
    if before is not None and before.state is not PaperState.VOID:
        raise ActRefused(said("意见书已经生成，文号%(number)s。", number=before.document_number))
    paper = draft(
        session,
        case=request.case,
        kind=paper_kind(KIND),
        fields=_fields(session, request),
        to_unit=None,
        actor=actor,
        now=now,
        replaces=before,
        made_from=MADE_FROM,
    )
    issue(session, paper=paper, office=office, actor=actor, now=now)
    data = {"case": request.case_id, "paper": paper.id, "opinion_sha256": request.opinion_sha256}
    record(session, act="expert.paper", subject=request, actor=actor, now=now, data=data)
    return paper


def _fields(session: Session, request: ExpertRequest) -> dict[str, str]:
    """Files by the numbers and hashes that they had when the question was put: their names may tell of people."""
    wanted = select(Evidence).where(Evidence.id.in_(request.file_ids)).order_by(Evidence.id)
    files = [f"{n}. SHA-256 {one.sha256}" for n, one in enumerate(session.scalars(wanted), 1)]
    signed_at = request.signed_at.astimezone(BEIJING) if request.signed_at else None
    return {
        "专家": request.expert.name,
        "专家工作单位": request.expert.employer,
        "咨询的问题": request.question,
        "随附材料": "\n".join(files) or "无",
        "专家意见": request.opinion or "",
        "专家签名": f"{request.signed}（{signed_at:%Y-%m-%d %H:%M:%S}，北京时间）",
        _DIGEST: request.opinion_sha256 or "",
    }
