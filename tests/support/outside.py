"""What passes between cases and outside bodies, for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.cases.outside.kinds import DEFAULT_KIND
from models.cases.outside.links import new_handle
from models.cases.outside.operations import open_link
from models.cases.outside.tables import OutsideLink
from models.cases.outside.terms import DEFAULT_DAYS
from models.cases.tables import Case
from models.cases.terms import State
from models.cases.transfers import transfer
from tests.support.cases import OPENED, Office, a_case_in

WORDS = "请核实该店的货源。"


def a_letter(session: Session, case: Case, office: Office) -> OutsideLink:
    """A letter to the police that waits, whatever state the case is in: nothing has happened to the case by it."""
    made = OutsideLink(
        case=case,
        unit=office.police,
        kind=DEFAULT_KIND,
        handle=new_handle(),
        words=WORDS,
        file_ids=[],
        made_by_id=office.intake.id,
        made_at=OPENED,
        sent_at=OPENED,
        expires_at=OPENED.replace(year=OPENED.year + 1),
        replies=[],
    )
    session.add(made)
    session.flush()
    return made


def on_its_way_to_the_police(session: Session, office: Office) -> OutsideLink:
    """An accepted case that was transferred to the police, with the link of the transfer."""
    case = a_case_in(session, office, State.HANDLING)
    sent = transfer(
        session, case=case, to_unit=office.police, reasons="涉嫌犯罪", actor=office.intake, now=OPENED
    )
    return open_link(
        session, transfer=sent, words=WORDS, files=[], days=DEFAULT_DAYS, actor=office.intake, now=OPENED
    )
