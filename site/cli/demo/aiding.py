"""Invented aid: what applicants say they need, and the head's decision by the bureau's own rules."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from models.aid.operations import decide_aid
from models.aid.rules import aid_rules
from models.aid.terms import OVERSEAS, Abroad, Application, DisputeKind
from models.cases.tables import Case
from models.people.profiles import BureauProfile
from models.people.tables import Account

HELPS = ("judgement", "evidence")
_SIGNS_OF_ABROAD = ("境外", "海外")
_TO_ANSWER = dt.timedelta(days=20)  # what a letter of warning gives as a rule


def application(facts: str, request: str, filed_on: dt.date) -> dict[str, Any]:
    """The answers of an applicant who wrote so, as the data of a filing."""
    if not any(sign in facts + request for sign in _SIGNS_OF_ABROAD):
        return Application("small", HELPS).as_data()
    abroad = Abroad("US", DisputeKind.WARNING, filed_on + _TO_ANSWER)
    return Application("company", ("advice", OVERSEAS), green=("overseas",), abroad=abroad).as_data()


def decide(
    session: Session, case: Case, words: str, profile: BureauProfile, head: Account, now: dt.datetime
) -> None:
    """Given: somebody judges the infringement and shows how to keep evidence."""
    rules = aid_rules(profile.key)
    decide_aid(
        session, case=case, rules=rules, is_given=True, helps=HELPS, reasons=words, actor=head, now=now
    )
