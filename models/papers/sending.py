"""Issued papers that go to an outside body with its link: it takes them there, and that is their delivery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.cases.outside.kinds import LetterKind
from models.cases.outside.tables import OutsideLink
from models.cases.tables import Case
from models.errors import Invalid, NotFound
from models.ledger import record
from models.papers.delivery import fetched_online
from models.papers.kinds import paper_kind
from models.papers.queries import NO_PAPER
from models.papers.tables import Paper
from models.papers.terms import PaperState, Recipient
from models.people.actors import OutsideBody
from models.people.tables import Account
from models.types import BigId, Identifier
from models.wording import said


class PaperSending(Base):
    """One paper behind one link."""

    __tablename__ = "paper_sendings"

    id: Mapped[Identifier]
    paper_id: Mapped[int] = mapped_column(BigId, ForeignKey("papers.id"), index=True)
    link_id: Mapped[int] = mapped_column(BigId, ForeignKey("outside_links.id"))

    __table_args__ = (UniqueConstraint("link_id", "paper_id"),)


def papers_to_send(session: Session, case: Case) -> Sequence[Paper]:
    """What can go with a link: issued, in force, to an outside body, and not naming the filer."""
    wanted = select(Paper).where(Paper.case_id == case.id, Paper.state == PaperState.ISSUED)
    found = session.scalars(wanted.order_by(Paper.id.desc())).all()
    return [paper for paper in found if paper.to_unit and paper.to_unit.is_outside and not paper.is_sealed]


def send_papers(
    session: Session, *, link: OutsideLink, papers: Sequence[Paper], actor: Account, now: dt.datetime
) -> None:
    """Puts them behind the link; Invalid for one that is addressed to somebody else."""
    if any(paper.to_unit_id != link.unit_id for paper in papers):
        sentence = "公文的主送单位不是这个单位，请重新选择。"
        raise Invalid(sentence, {"papers": sentence})
    for paper in papers:
        session.add(PaperSending(paper_id=paper.id, link_id=link.id))
        facts = {"link": link.id, "unit": link.unit_id}
        record(session, act="paper.send", subject=paper, actor=actor, now=now, data=facts)
    session.flush()


def need_paper(kind: LetterKind, papers: Sequence[Paper]) -> None:
    """Invalid where a letter of the kind goes only with an issued paper, and none of those is among `papers`.

    程序规定 Art 45: help with an investigation is asked for by a 协助调查函, a paper with its number.
    """
    if kind.papers and not any(paper.kind in kind.papers for paper in papers):
        titles = [said("“%(title)s”", title=paper_kind(one).title) for one in kind.papers]
        sentence = said("这种函件须随附已签发、主送这个单位的%(titles)s。", titles=titles)
        raise Invalid(sentence, {"papers": sentence, "kind": sentence})


def papers_behind(session: Session, links: Collection[OutsideLink]) -> dict[int, list[Paper]]:
    """The papers of each link that are still in force, by the link's number."""
    found: dict[int, list[Paper]] = {link.id: [] for link in links}
    wanted = (
        select(PaperSending.link_id, Paper)
        .join(Paper, Paper.id == PaperSending.paper_id)
        .where(PaperSending.link_id.in_(found), Paper.state == PaperState.ISSUED)
        .order_by(PaperSending.id)
    )
    for link_id, paper in session.execute(wanted):
        found[link_id].append(paper)
    return found


def fetched_by_body(session: Session, *, link: OutsideLink, number: int, now: dt.datetime) -> Paper:
    """The paper, for the body that takes it: that is its delivery, noted the first time. NotFound for any other."""
    paper = next((one for one in papers_behind(session, [link])[link.id] if one.id == number), None)
    if paper is None:
        raise NotFound(NO_PAPER)
    body = OutsideBody(link.unit_id)
    fetched_online(session, paper=paper, recipient=Recipient.OUTSIDE, actor=body, now=now)
    return paper
