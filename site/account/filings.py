"""A rights-holder's own filings, under /account: all on one page, and each with its case."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from journey import followup, platform_page
from journey import papers as journey_papers
from journey.mediation import filers_page
from journey.own import SHOW_LABELS, Asked, Show, own_page
from models.filings.tables import Filing
from models.holders.filing import refuse_beyond_power, visible_filing
from models.people.roles import AccountKind
from models.types import beijing_date, now_utc
from shared.access import account, signed_in
from shared.database import session
from shared.requests import row_number

blueprint = Blueprint("account_filings", __name__, url_prefix="/account")

rights_holders = signed_in(AccountKind.RIGHTS_HOLDER)


@blueprint.get("/")
@rights_holders
def index() -> ResponseReturnValue:
    """Every filing of the account: state, who has it, when it is due."""
    asked = Asked(
        show=next((one for one in Show if one == request.args.get("show")), Show.ALL),
        text=request.args.get("q", "").strip()[:100],
        before=row_number(request.args.get("before")),
    )
    page = own_page(session, account(), asked, now=now_utc())
    return render_template("account/filings.html", page=page, asked=asked, shows=SHOW_LABELS)


@blueprint.get("/filings/<reference>")
@rights_holders
def show(reference: str) -> ResponseReturnValue:
    """One filing and its case."""
    return followup.show(_own(reference), "account_filings")


@blueprint.post("/filings/<reference>/papers/<int:number>")
@rights_holders
def paper(reference: str, number: int) -> ResponseReturnValue:
    """A paper addressed to the rights-holder."""
    return journey_papers.fetch(_own(reference), number)


@blueprint.post("/filings/<reference>/supplement")
@rights_holders
def supplement(reference: str) -> ResponseReturnValue:
    """More from the rights-holder."""
    return followup.supplement(_own(reference), "account_filings")


@blueprint.route("/filings/<reference>/withdraw", methods=["GET", "POST"])
@rights_holders
def withdraw(reference: str) -> ResponseReturnValue:
    """The rights-holder takes it back."""
    filing = _own(reference)
    refuse_beyond_power(session, filing=filing, account=account())
    return followup.withdraw(filing, "account_filings")


@blueprint.get("/filings/<reference>/platform")
@rights_holders
def platform(reference: str) -> ResponseReturnValue:
    """The receipt for the platform, and until when it has to see it."""
    return platform_page.show(_own(reference), "account_filings")


@blueprint.get("/filings/<reference>/platform/links.txt")
@rights_holders
def platform_links(reference: str) -> ResponseReturnValue:
    """The links that the receipt signs, for the platform."""
    return platform_page.links_file(_own(reference))


@blueprint.post("/filings/<reference>/platform/statement")
@rights_holders
def platform_statement(reference: str) -> ResponseReturnValue:
    """The platform has passed on the seller's statement."""
    return platform_page.statement(_own(reference), "account_filings")


@blueprint.post("/filings/<reference>/platform/shown")
@rights_holders
def platform_shown(reference: str) -> ResponseReturnValue:
    """The platform has the receipt."""
    return platform_page.shown(_own(reference), "account_filings")


@blueprint.route("/filings/<reference>/rate", methods=["GET", "POST"])
@rights_holders
def rate(reference: str) -> ResponseReturnValue:
    """How content the rights-holder is with what came of it."""
    return followup.rate(_own(reference), "account_filings")


@blueprint.route("/filings/<reference>/dispute", methods=["GET", "POST"])
@rights_holders
def dispute(reference: str) -> ResponseReturnValue:
    """The rights-holder does not accept the closing."""
    return followup.dispute(_own(reference), "account_filings")


@blueprint.route("/filings/<reference>/mediation", methods=["GET", "POST"])
@rights_holders
def mediation(reference: str) -> ResponseReturnValue:
    """Whether the filer agrees to mediation; later who mediates, and when."""
    return filers_page(_own(reference), "account_filings")


def _own(reference: str) -> Filing:
    return visible_filing(session, account=account(), reference=reference, today=beijing_date(now_utc()))
