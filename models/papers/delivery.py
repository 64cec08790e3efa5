"""送达: who received a paper, when, in which way, and what shows it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.errors import ActRefused, Invalid
from models.ledger import record
from models.ledger.operations import Acts
from models.papers.kinds import paper_kind
from models.papers.tables import Paper, PaperDelivery
from models.papers.terms import RECIPIENTS, PaperState, Recipient, Way
from models.people.actors import FILER
from models.people.tables import Account
from models.plain import plain
from models.types import beijing_date

FETCHED = "在网上查看并领取，系统记录"


def deliver(
    session: Session,
    *,
    paper: Paper,
    way: Way,
    recipient: Recipient,
    on: dt.date,
    proof: str,
    actor: Account,
    now: dt.datetime,
) -> PaperDelivery:
    """Notes one handing over. Invalid for a day before the paper was issued or after today, and without proof."""
    if paper.state is not PaperState.ISSUED or paper.issued_at is None:
        raise ActRefused("只有已签发的公文可以登记送达。")
    errors: dict[str, str] = {}
    if not beijing_date(paper.issued_at) <= on <= beijing_date(now):
        errors["on"] = "送达日期应在签发之日以后，不能晚于今天。"
    if not plain(proof):
        errors["proof"] = "请写明送达的凭证，例如回证编号、邮件单号。"
    if recipient not in RECIPIENTS[paper_kind(paper.kind).addressee]:
        errors["recipient"] = "这种公文不发给所选的一方。"
    if way is Way.ONLINE:
        errors["way"] = "网上领取由系统记录，不用登记。"
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    return _noted(session, paper, way, recipient, on, plain(proof), actor.ledger_name, actor, now)


def fetched_by_filer(session: Session, *, paper: Paper, now: dt.datetime) -> None:
    """The filer took it from the site."""
    fetched_online(session, paper=paper, recipient=Recipient.FILER, actor=FILER, now=now)


def fetched_online(
    session: Session, *, paper: Paper, recipient: Recipient, actor: Acts, now: dt.datetime
) -> None:
    """Who it is addressed to took it from the site: that is delivery, noted the first time."""
    if any(one.way is Way.ONLINE for one in paper.deliveries):
        record(session, act="paper.fetch", subject=paper, actor=actor, now=now)
        return
    on = beijing_date(now)
    _noted(session, paper, Way.ONLINE, recipient, on, FETCHED, actor.ledger_name, actor, now)


def _noted(
    session: Session,
    paper: Paper,
    way: Way,
    recipient: Recipient,
    on: dt.date,
    proof: str,
    name: str,
    actor: Acts,
    now: dt.datetime,
) -> PaperDelivery:
    noted = PaperDelivery(
        way=way, recipient=recipient, delivered_on=on, proof=proof, noted_by=name, noted_at=now
    )
    paper.deliveries.append(noted)
    session.flush()
    data = {"delivery": noted.id, "way": way, "recipient": recipient, "on": on.isoformat()}
    record(session, act="paper.deliver", subject=paper, actor=actor, now=now, data=data)
    return noted
