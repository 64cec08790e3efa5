"""Invented referrals to the police: a team's report, the head's word, the papers and the pack, what the police answer."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.cases.terms import Act
from models.papers.issuing import Office
from models.people.actors import WORKER
from models.people.tables import Account, Unit
from models.referrals import operations as referrals
from models.referrals.operations import Happened, Report
from models.referrals.packing import keep_pack
from models.referrals.packs import LARGEST_PACK, made, parts_of
from models.referrals.papers import issue_and_pack, papers_of
from models.referrals.queries import files_of, open_referral
from models.referrals.tables import Referral
from models.referrals.terms import Standing, Step

ACTS = frozenset(
    {Act.PROPOSE_REFERRAL, Act.APPROVE_REFERRAL, Act.REFER, Act.HEAR_POLICE, Act.CONCLUDE_REFERRAL}
)
_CRIME = "销售假冒注册商标的商品罪"
_SUSPICION = (
    "现场查获的商品、进货单据和鉴别意见相互印证，货值可能达到追诉标准；上线和资金去向需要公安机关查明。"
)
_GOODS = "涉嫌侵权的商品，已经先行登记保存，存放于本局罚没物品仓库。"
_ANSWERS = {
    Standing.SENT: (Step.RECEIPT, "公安机关接收移送材料。"),
    Standing.RECEIVED: (Step.FILE, "公安机关决定立案侦查。"),
    Standing.FILED: (Step.HAND_OVER_GOODS, "涉案物品和其他材料移交公安机关。"),
}


def propose(
    session: Session,
    case: Case,
    words: str,
    team: Sequence[Account],
    units: dict[str, Unit],
    now: dt.datetime,
) -> None:
    """By the first two of the team, with a copy for the procuratorate where the profile names one."""
    by_kind = {unit.outside_kind: unit for unit in units.values() if unit.outside_kind}
    report = Report(
        crime=_CRIME,
        facts=words,
        suspicion=_SUSPICION,
        goods=_GOODS,
        first=team[0],
        second=team[1],
        police=by_kind["police"],
        procuratorate=by_kind.get("procuratorate"),
    )
    referrals.propose(session, case=case, report=report, actor=team[0], now=now)


def go_on(session: Session, case: Case, act: Act, office: Office, officer: Account, now: dt.datetime) -> None:
    """The next step after the report: the head's word, the hand-over with its pack, or what came of it."""
    referral = open_referral(session, case)
    if act is Act.APPROVE_REFERRAL:
        referrals.approve(session, referral=referral, actor=officer, now=now)
    elif act is Act.REFER:
        issue_and_pack(session, referral=referral, office=office, actor=officer, now=now)
        _pack(session, referral, office, now)
        happened = Happened(now, papers_of(session, referral)[0].document_number or "")
        referrals.hand_over(session, referral=referral, happened=happened, actor=officer, now=now)
    else:
        step, words = _ANSWERS[referral.standing]
        happened = Happened(now, f"演示〔{now:%Y}〕{referral.id}号", words)
        referrals.take_step(session, referral=referral, step=step, happened=happened, actor=officer, now=now)


def _pack(session: Session, referral: Referral, office: Office, now: dt.datetime) -> None:
    """What the worker does after the commit; here all is one transaction."""
    files = files_of(session, referral)
    parts = parts_of(referral, papers_of(session, referral), files, office.files, office.keys)
    with made(referral, parts, files, now) as pack:
        stored = office.files.save(pack.kept, limit=LARGEST_PACK)
        keep_pack(
            session,
            referral=referral,
            stored=stored,
            size=pack.size,
            sha256=pack.sha256,
            actor=WORKER,
            now=now,
        )
