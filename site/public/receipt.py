"""The receipt after filing: reference, query code as long as it is held, what happens next and by when."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journey.access import opened_filing
from journey.checklist import missing_of_filing
from journey.keys import keyring
from journey.progress import progress_of
from journey.proof import picture, verify_address
from models.cases.queries import cases_of_filings
from models.filings.content import canonical_form
from models.filings.operations import note_code
from models.filings.queries import held_code
from models.filings.signing import canonical
from models.kinds import TRACK_LABELS
from models.people.actors import FILER
from models.types import now_utc
from shared.access import public
from shared.database import session
from shared.services import services

blueprint = Blueprint("receipt", __name__, url_prefix="/receipt")


@blueprint.get("/<reference>")
@public
def show(reference: str) -> ResponseReturnValue:
    """The receipt, for the session that filed or has shown the code; else as if there were none."""
    opened, now = opened_filing(reference), now_utc()
    filings = list(opened.receipt.filings) if opened.receipt else [opened]
    filing = filings[0]
    if filing is not opened:  # the code is held for the first one
        return redirect(url_for("receipt.show", reference=filing.reference), 303)
    cases = cases_of_filings(session, [one.id for one in filings])
    track_address = services().config.public_url + url_for("tracking.start")
    check_address = verify_address(filing.receipt.token) if filing.receipt else ""
    return render_template(
        "public/receipt/receipt.html",
        filing=filing,
        filings=filings,
        track_labels=TRACK_LABELS,
        code=held_code(session, filing, now=now, keys=keyring()),
        matters=[(one, progress_of(session, cases[one.id], now)) for one in filings],
        track_address=track_address,
        check_address=check_address,
        missing=missing_of_filing(filing),
        picture=picture(check_address or track_address),
    )


@blueprint.post("/<reference>/noted")
@public
def noted(reference: str) -> ResponseReturnValue:
    """The filer has written the code down; it is shown no more."""
    filing = opened_filing(reference)
    note_code(session, filing=filing, actor=FILER, now=now_utc())
    return redirect(url_for("receipt.show", reference=filing.reference), 303)


@blueprint.get("/<reference>/content.json")
@public
def content(reference: str) -> Response:
    """What the digest on the receipt was taken over, to the byte: `sha256sum` of this file gives that digest."""
    filing = opened_filing(reference)
    response = Response(canonical(canonical_form(filing)), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="content-{filing.reference}.json"'
    return response
