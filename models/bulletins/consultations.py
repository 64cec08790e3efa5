"""A guide 咨询解答 made from an answered consultation: what is suggested for it, and its way to the reviewers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.bulletins.guides import Reveal, refuse_filer, without_person
from models.bulletins.kinds import BulletinKind, BulletinText
from models.bulletins.operations import draft, submit
from models.bulletins.tables import Bulletin, BulletinSource
from models.cases.tables import Case
from models.cases.terms import Act
from models.errors import ActRefused
from models.kinds import Track
from models.people.tables import Account
from models.wording import said

NOTHING = BulletinText("", "", "")


def suggested(case: Case) -> str:
    """Question and answer with what looks like a person's masked; ActRefused before there is an answer."""
    answers = [one.public_note for one in case.acts if one.act is Act.ANSWER and one.public_note]
    if case.track is not Track.CONSULTATION or not answers:
        raise ActRefused(said("已经答复的咨询才能整理成公开的解答。"))
    return without_person(f"问：{case.filing.facts}\n\n答：{answers[-1]}")


def make_guide(
    session: Session, *, case: Case, chinese: BulletinText, reveal: Reveal, actor: Account, now: dt.datetime
) -> Bulletin:
    """整理成解答: goes to the reviewers at once. ActRefused while the one who asked can be read in it (see `refuse_filer`)."""
    suggested(case)
    refuse_filer(case, (chinese.title, chinese.summary, chinese.body), reveal)
    made = draft(
        session,
        kind=BulletinKind.GUIDE,
        chinese=chinese,
        english=NOTHING,
        decision_numbers=[],
        unit=case.origin_unit,
        actor=actor,
        now=now,
    )
    session.add(BulletinSource(bulletin_id=made.id, case_id=case.id))
    return submit(session, made, actor=actor, now=now)
