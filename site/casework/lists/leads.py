"""重复侵权线索: the leads that nobody has answered, their evidence, and what was made of earlier ones."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.lists.forms import STAFF
from models.errors import Invalid, NotFound
from models.kinds import RIGHT_TYPE_LABELS, RightType
from models.lists.lead_tables import LEAD_OUTCOME_LABELS, LeadOutcome
from models.lists.leads import Lead, answer_lead, answered_leads, lead_about, repeat_leads
from models.people.permissions import Permission, can
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session
from shared.fields import TextArea
from shared.forms import Form

blueprint = Blueprint("listing_leads", __name__, url_prefix="/casework/lists/leads")


class DismissForm(Form):
    """Why a lead is put aside."""

    reason = TextArea(_l("不采用的理由"), rows=3, max_chars=1000, who_sees=STAFF)


@blueprint.get("")
@requires(Permission.LISTING_PROPOSE, Permission.LISTING_DECIDE)
def index() -> ResponseReturnValue:
    """The open leads, the same right first, and the answers to earlier ones."""
    return render_template(
        "casework/lists/leads.html",
        leads=repeat_leads(session, account(), today=beijing_date(now_utc())),
        answers=answered_leads(session, account()),
        outcomes=LEAD_OUTCOME_LABELS,
        right_types=RIGHT_TYPE_LABELS,
    )


@blueprint.get("/<uscc>/<right_type>")
@requires(Permission.LISTING_PROPOSE, Permission.LISTING_DECIDE)
def show(uscc: str, right_type: str) -> ResponseReturnValue:
    """One lead with its evidence."""
    return _page(_lead(uscc, right_type), DismissForm(formdata=None))


@blueprint.post("/<uscc>/<right_type>/take")
@requires(Permission.LISTING_PROPOSE)
def take(uscc: str, right_type: str) -> ResponseReturnValue:
    """Takes it up and goes on to the proposal, which a person writes."""
    lead = _lead(uscc, right_type)
    answer_lead(session, lead, outcome=LeadOutcome.TAKEN, reason="", actor=account(), now=now_utc())
    names = ",".join(one.public_id for one in lead.decisions if one.is_public(beijing_date(now_utc())))
    proposal = url_for(
        "listing_proposals.new", kind="infringers", uscc=lead.uscc, name=lead.name, decisions=names
    )
    return redirect(proposal, code=303)


@blueprint.post("/<uscc>/<right_type>/dismiss")
@requires(Permission.LISTING_PROPOSE)
def dismiss(uscc: str, right_type: str) -> ResponseReturnValue:
    """Puts it aside with a reason; another decision about the company raises it anew."""
    lead, form = _lead(uscc, right_type), DismissForm()
    try:
        answer_lead(
            session, lead, outcome=LeadOutcome.DISMISSED, reason=form.reason.data or "", actor=account(),
            now=now_utc(),
        )  # fmt: skip
    except Invalid as error:
        form.take(error)
        return _page(lead, form), 422
    flash(_("已记录：不采用这条线索。"), "done")
    return redirect(url_for(".index"), code=303)


def _lead(uscc: str, right_type: str) -> Lead:
    if right_type not in set(RightType):
        raise NotFound(_("没有找到这条线索。"))
    today = beijing_date(now_utc())
    return lead_about(session, account(), uscc=uscc, right_type=RightType(right_type), today=today)


def _page(lead: Lead, form: DismissForm) -> str:
    return render_template(
        "casework/lists/lead.html",
        lead=lead,
        form=form,
        right_type=RIGHT_TYPE_LABELS[lead.right_type],
        today=beijing_date(now_utc()),
        may_propose=can(account(), Permission.LISTING_PROPOSE),
    )
