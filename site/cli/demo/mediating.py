"""Invented mediations: both sides agree on the telephone, one session, and an agreement or none."""

import datetime as dt

from sqlalchemy.orm import Session

from models.cases.mediation.operations import begin, offer
from models.cases.mediation.operations import settle as settle_case
from models.cases.mediation.sessions import hold
from models.cases.mediation.terms import PARTIES, SessionWay, Writing
from models.cases.tables import Case
from models.people.tables import Account

_DAYS = 7


def mediate(session: Session, case: Case, words: str, officer: Account, now: dt.datetime) -> None:
    """Asked and agreed at once, as it is with a telephone call to each side."""
    offer(
        session,
        case=case,
        words="就退货退款的争议，由本局通过电话调解。",
        company=case.filing.respondent_name or "被投诉的经营者",
        company_words="消费者反映在你处购买的商品有争议，要求退货退款，请答复是否同意调解。",
        days=_DAYS,
        agreed=PARTIES,
        actor=officer,
        now=now,
    )
    begin(
        session,
        case=case,
        mediator_name=officer.display_name,
        mediator=officer,
        is_entrusted=False,
        words=words,
        actor=officer,
        now=now,
    )


def settle(session: Session, case: Case, terms: str, officer: Account, now: dt.datetime) -> None:
    """After one session on the telephone."""
    hold(
        session,
        case=case,
        arranged=None,
        way=SessionWay.PHONE,
        place="本局办公电话",
        filer_came=True,
        respondent_came=True,
        helpers="",
        record="分别听取双方意见，就退款金额和方式达成一致。",
        actor=officer,
        now=now,
    )
    settle_case(session, case=case, terms=terms, writing=Writing.RECORD, actor=officer, now=now)
