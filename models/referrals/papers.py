"""The papers that go with a referral (移送规定 Art 6), drafted from the report when the head approves it.

The head's word for the referral is the word for its 移送书, and for the paper that names the filer where that was ordered. The
report and the list of goods are the handlers' own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.errors import ActRefused
from models.papers.issuing import Office, issue
from models.papers.kinds import paper_kind
from models.papers.operations import approve, draft, submit
from models.papers.tables import Paper
from models.papers.terms import PaperState
from models.people.tables import Account
from models.referrals.tables import Referral
from models.referrals.terms import Standing

LETTER, REPORT, GOODS, FILER = "police_referral", "investigation_report", "goods_list", "filer_identity"
MAKE_PACK = "referral-pack"


def kinds_of(referral: Referral) -> tuple[str, ...]:
    """The kinds of paper that the pack needs. An anonymous filer has no identity to tell."""
    has_filer = referral.names_filer and referral.case.filing.identity is not None
    return (LETTER, REPORT, GOODS, *((FILER,) if has_filer else ()))


def draft_papers(session: Session, *, referral: Referral, head: Account, now: dt.datetime) -> None:
    """Drafts them in the name of who proposed the referral, with the head's approval where their kind wants one."""
    author = session.get_one(Account, referral.proposed_by_id)
    for kind_id in kinds_of(referral):
        kind = paper_kind(kind_id)
        fields = {name: words for name, words in _words(referral).items() if name in _names(kind_id)}
        paper = draft(
            session,
            case=referral.case,
            kind=kind,
            fields=fields,
            to_unit=referral.police,
            actor=author,
            now=now,
        )
        if paper.is_approved:
            submit(session, paper=paper, actor=author, now=now)
            approve(session, paper=paper, actor=head, now=now)


def papers_of(session: Session, referral: Referral) -> Sequence[Paper]:
    """The newest of each kind since the decision that is not void, in the order of the pack."""
    if referral.decided_at is None or referral.standing is Standing.DECLINED:
        return []
    kinds = kinds_of(referral)
    wanted = (
        select(Paper)
        .where(Paper.case_id == referral.case_id, Paper.kind.in_(kinds), Paper.state != PaperState.VOID)
        .where(Paper.drafted_at >= referral.decided_at)
        .order_by(Paper.id)
    )
    newest = {paper.kind: paper for paper in session.scalars(wanted)}
    return [newest[kind] for kind in kinds if kind in newest]


def issue_and_pack(
    session: Session, *, referral: Referral, office: Office, actor: Account, now: dt.datetime
) -> None:
    """签发 what is not issued yet, then has the worker make the pack. Doing so again makes it anew, until the hand-over.

    The caller has asked for `case:identify` where the filer is named.
    """
    if referral.standing is not Standing.APPROVED:
        raise ActRefused("案卷包在批准以后、移送以前制作。")
    papers = papers_of(session, referral)
    if len(papers) < len(kinds_of(referral)):
        raise ActRefused("移送的公文不齐：作废的，请先重新制作。")
    for paper in papers:
        if not paper.is_issued:
            issue(session, paper=paper, office=office, actor=actor, now=now)
    key = f"{MAKE_PACK}:{referral.id}:{int(now.timestamp())}"
    outbox.put(session, kind=MAKE_PACK, key=key, payload={"referral_id": referral.id}, now=now)


def _names(kind_id: str) -> set[str]:
    return {one.name for one in paper_kind(kind_id).own_fields}


def _words(referral: Referral) -> Mapping[str, str]:
    team = "、".join(one.display_name for one in (referral.first_handler, referral.second_handler))
    along = ["涉嫌犯罪案件情况的调查报告", "涉案物品清单"]
    along += ["检验报告或者鉴定结论"] if referral.appraisal_ids else []
    along += ["证据清单和证据（每件附 SHA-256）"] if referral.evidence_ids else []
    return {
        "涉嫌罪名": referral.crime,
        "查明的事实": referral.facts,
        "随附材料": "\n".join(f"{number}. {one}" for number, one in enumerate(along, start=1)),
        "证据和合理嫌疑": referral.suspicion,
        "专案组成员": team,
        "涉案物品": referral.goods,
        "附送身份的理由": referral.identity_reasons or "",
    }
