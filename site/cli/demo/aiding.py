"""Invented aid: the head decides by the bureau's own rules, which is told to the applicant."""

import datetime as dt

from sqlalchemy.orm import Session

from models.aid.operations import decide_aid
from models.aid.rules import aid_rules
from models.cases.tables import Case
from models.people.profiles import BureauProfile
from models.people.tables import Account

HELPS = ("judgement", "evidence")


def decide(
    session: Session, case: Case, words: str, profile: BureauProfile, head: Account, now: dt.datetime
) -> None:
    """Given: somebody judges the infringement and shows how to keep evidence."""
    rules = aid_rules(profile.key)
    decide_aid(
        session, case=case, rules=rules, is_given=True, helps=HELPS, reasons=words, actor=head, now=now
    )
