"""Parties without a code: each with the companies that it may be and what speaks for them; a person says which."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.companies.proposals import Proposal, proposals_for
from casework.decisions.loading import decision_to_act_on
from models.companies.likeness import PART_LABELS, Compared, compare
from models.companies.queries import company_for_staff
from models.decisions.parties.operations import (
    confirm_company,
    leave_without_company,
    waiting_for_a_company,
)
from models.decisions.tables import Decision
from models.people.permissions import Permission
from models.types import now_utc
from search.fold import fold
from shared.access import account, requires
from shared.database import session
from shared.i18n import label

SHOWN = 20
PROPOSED = 3

blueprint = Blueprint("company_parties", __name__, url_prefix="/casework/companies/parties")


@dataclass(frozen=True)
class PartyRow:
    """A decision and the companies that its party may be."""

    decision: Decision
    proposals: list[Proposal]


@blueprint.get("")
@requires(Permission.COMPANY_MANAGE)
def index() -> ResponseReturnValue:
    """The oldest first, a few at a time."""
    waiting = waiting_for_a_company(session, account(), limit=SHOWN)
    found = proposals_for(session, {one.served_party_name for one in waiting}, limit=PROPOSED)
    rows = [PartyRow(one, found[one.served_party_name]) for one in waiting]
    return render_template("casework/companies/parties.html", rows=rows, why=_why)


@blueprint.post("/<int:decision_id>/confirm")
@requires(Permission.COMPANY_MANAGE)
def confirm(decision_id: int) -> ResponseReturnValue:
    """The party is the company that was chosen."""
    decision = decision_to_act_on(decision_id, Permission.COMPANY_MANAGE)
    company = company_for_staff(session, request.form.get("company", 0, type=int))
    written = fold(decision.served_party_name).text
    score = max(compare(written, fold(name.name).text).score for name in company.names)
    confirm_company(session, decision, company=company, score=score, actor=account(), now=now_utc())
    flash(_("已确认：%(name)s。", name=company.name), "done")
    return redirect(url_for(".index"), 303)


@blueprint.post("/<int:decision_id>/none")
@requires(Permission.COMPANY_MANAGE)
def none(decision_id: int) -> ResponseReturnValue:
    """None of them is."""
    decision = decision_to_act_on(decision_id, Permission.COMPANY_MANAGE)
    leave_without_company(session, decision, actor=account(), now=now_utc())
    flash(_("已记录：不与企业关联。"), "done")
    return redirect(url_for(".index"), 303)


def _why(one: Compared) -> str:
    """One part of two names in a sentence."""
    part = label(PART_LABELS[one.part])
    if not one.asked or not one.found:
        return _("%(part)s：一方没有写（%(word)s）", part=part, word=one.asked or one.found)
    if one.asked == one.found:
        return _("%(part)s：相同（%(word)s）", part=part, word=one.asked)
    return _(
        "%(part)s：%(asked)s 与 %(found)s，相似 %(percent)s%%",
        part=part, asked=one.asked, found=one.found, percent=round(100 * one.likeness),
    )  # fmt: skip
