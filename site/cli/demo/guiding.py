"""Invented guides: the answers to two consultations, offered to everybody without the person who asked."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.demo.cast import Cast
from models.bulletins.consultations import make_guide
from models.bulletins.guides import Reveal
from models.bulletins.kinds import BulletinText
from models.bulletins.operations import publish
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.filings.kinds import OpeningReason
from models.filings.sealing import Keyring
from models.filings.submissions import Person
from models.filings.tables import Filing
from models.filings.vault import open_identity
from models.kinds import Track
from models.people.roles import Role
from models.people.tables import Account

_WHY = "公开咨询解答前核对（演示）"
_GUIDES = (
    BulletinText(
        "包装上印着专利号，怎样知道专利还有没有效？（演示）",
        "在国家知识产权局的专利公布公告和检索系统里，用专利号就能查到法律状态。",
        "问：商品包装上标注的专利号，在哪里可以查到是否有效？\n\n"
        "答：在国家知识产权局网站的“中国及多国专利审查信息查询”或者专利公布公告系统，输入专利号查询，不用付费。"
        "显示“专利权有效”以外的状态，例如“专利权终止”，而包装仍在标注的，可能是假冒专利，可以在本站举报。",
    ),
    BulletinText(
        "收到律师函说我卖的商品侵权，该怎么办？（演示）",
        "先停售、留好进货凭证，再核实对方的权利；不要急着付款，也不要不理。",
        "问：店里收到律师函，说卖的商品侵犯商标权，要求赔偿，有进货票据，要承担什么责任？\n\n"
        "答：销售不知道是侵权的商品，能证明是合法取得并说明提供者的，不承担赔偿责任，但要停止销售（商标法第六十四条）。"
        "请保存合同、票据和付款记录，请对方出示商标注册证和授权，再决定协商、应诉或者申请调解。",
    ),
)


def guide(session: Session, cast: Cast, keys: Keyring, *, now: dt.datetime) -> None:
    """By whoever answered; a reviewer publishes the first one, the other one still waits."""
    wanted = select(Case).where(Case.track == Track.CONSULTATION, Case.state == State.CLOSED)
    closed = session.scalars(wanted.order_by(Case.id.desc()).limit(20)).all()
    answered = [case for case in closed if any(one.act is Act.ANSWER for one in case.acts)]
    writer, reviewer = cast.with_role(Role.HANDLER), cast.with_role(Role.REVIEWER)
    for days, (case, text) in enumerate(zip(answered, _GUIDES, strict=False)):
        at = now - dt.timedelta(days=2 - days)
        made = make_guide(
            session, case=case, chinese=text, reveal=_opener(session, writer, keys, at), actor=writer, now=at
        )
        if text is _GUIDES[0]:
            publish(session, made, actor=reviewer, now=at, reveal=_opener(session, reviewer, keys, at))


def _opener(session: Session, actor: Account, keys: Keyring, now: dt.datetime) -> Reveal:
    def reveal(filing: Filing) -> Person:
        return open_identity(
            session,
            filing=filing,
            actor=actor,
            reason=OpeningReason.REDACTION,
            words=_WHY,
            now=now,
            keys=keys,
        )

    return reveal
