"""Loading a paper for a page or an act: one of a case out of sight is as absent as one that never was."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from casework.loading import case_to_see
from models.cases.tables import Case
from models.papers.kinds import PaperKind
from models.papers.queries import paper_of
from models.papers.tables import Paper
from models.papers.terms import Addressee
from models.people.permissions import Permission
from models.people.tables import Unit
from shared.access import authorise
from shared.database import session


def paper_to_see(reference: str, number: int) -> Paper:
    """The paper, if the visitor may look at its case."""
    return paper_of(session, case_to_see(reference).id, number)


def paper_for(reference: str, number: int, permission: Permission) -> Paper:
    """The paper, if the visitor may use `permission` on it."""
    paper = paper_to_see(reference, number)
    authorise(permission, paper)
    return paper


def back_to(paper: Paper) -> ResponseReturnValue:
    """To the page of the paper."""
    address = url_for("papers.show", reference=paper.case.shown_reference, number=paper.id)
    return redirect(address, code=303)


def receivers(case: Case, kind: PaperKind) -> list[Unit]:
    """To which units and bodies a paper of the kind can go: outside bodies first for what leaves the house."""
    if not kind.goes_to_a_body:
        return []
    wanted = select(Unit).where(Unit.is_active, Unit.id != case.acting_unit.id).order_by(Unit.id)
    if kind.addressee is Addressee.UNIT:
        wanted = wanted.where(Unit.outside_kind.is_(None))
    return sorted(session.scalars(wanted), key=lambda unit: not unit.is_outside)
