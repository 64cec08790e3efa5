"""`/api/v1/account/…`: a holder's own filings for its own system, and its webhooks. Nothing of another holder is here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from api.own import own_account, row_document
from api.sending import whose
from journey.deadlines import deadline_documents, filers_clocks
from journey.keys import keyring
from journey.own import Asked, OwnFiling, Show, own_page
from journey.progress import unit_told
from models.cases.queries import case_of_filing
from models.cases.terms import OUTCOME_LABELS, STATE_LABELS
from models.commerce.operations import links_of
from models.errors import DomainError
from models.holders.filing import visible_filing
from models.people.tokens import Scope, used_token
from models.types import beijing_date, now_utc
from models.webhooks.operations import (
    add_webhook,
    own_webhook,
    remove_webhook,
    rotate_secret,
    webhooks_of,
)
from models.webhooks.tables import Webhook
from shared.access import needs_token, token_id
from shared.database import session
from shared.i18n import label
from shared.limits import limited
from shared.requests import row_number
from shared.services import services

blueprint = Blueprint("api_account", __name__, url_prefix="/api/v1/account")


@blueprint.get("/filings")
@needs_token(Scope.FILING_READ)
def filings() -> ResponseReturnValue:
    """The account's own filings and its organisation's, newest first, a page at a time."""
    shows = {one.value: one for one in Show}
    show = request.args.get("show", Show.ALL.value)
    if show not in shows or set(request.args) - {"show", "q", "before"}:
        raise DomainError(_("参数只有 show（%(values)s）、q 和 before。", values="、".join(shows)))
    asked = Asked(
        shows[show], request.args.get("q", "").strip()[:100], row_number(request.args.get("before"))
    )
    page = own_page(session, own_account(), asked, now=now_utc())
    following = {"show": show, "q": asked.text or None, "before": page.before}
    next_page = url_for("api_account.filings", _external=True, **following) if page.before else None
    return _private({"items": [_row(one) for one in page.rows], "next": next_page})


@blueprint.get("/filings/<reference>")
@needs_token(Scope.FILING_READ)
def filing(reference: str) -> ResponseReturnValue:
    """One of them: where it stands, its deadlines counted day by day, its links, what came of it."""
    now = now_utc()
    found = visible_filing(session, account=own_account(), reference=reference, today=beijing_date(now))
    case = case_of_filing(session, found.id)
    unit = unit_told(case)
    return _private(
        {
            "reference": found.shown_reference,
            "track": found.track.value,
            "respondent": found.respondent_name,
            "received_at": found.submitted_at.isoformat(),
            "content_sha256": found.content_sha256,
            "state": case.state.value,
            "state_text": label(STATE_LABELS[case.state]),
            "unit": unit.name if unit else None,
            "outcome": case.outcome.value if case.outcome else None,
            "outcome_text": label(OUTCOME_LABELS[case.outcome]) if case.outcome else None,
            "reasons": case.reasons,
            "closed_at": case.closed_at.isoformat() if case.closed_at else None,
            "deadlines": deadline_documents(session, filers_clocks(session, case), now),
            "links": [row_document(one) for one in links_of(session, found)],
            "receipt": {"token": found.receipt.token} if found.receipt else None,
        }
    )


@blueprint.get("/webhooks")
@needs_token(Scope.WEBHOOK_MANAGE)
def webhooks() -> ResponseReturnValue:
    """The account's webhooks; a secret is told once and never here."""
    return _private({"items": [_webhook(one) for one in webhooks_of(session, own_account())]})


@blueprint.post("/webhooks")
@limited("upload", key=whose)
@needs_token(Scope.WEBHOOK_MANAGE)
def add() -> ResponseReturnValue:
    """Set a webhook up. 201 with its secret, this once."""
    body = request.get_json(silent=True)
    address = body.get("address") if isinstance(body, dict) else None
    if not isinstance(address, str):
        raise DomainError(_('内容应是 {"address": "https://…"}。'))
    account, now = own_account(), now_utc()
    used_token(session, token_id(), now=now)
    webhook, secret = add_webhook(
        session,
        account=account,
        address=address,
        is_strict=services().config.is_production,
        keys=keyring(),
        now=now,
    )
    response = _private({**_webhook(webhook), "secret": secret})
    response.status_code = 201
    return response


@blueprint.post("/webhooks/<int:number>/rotate")
@limited("upload", key=whose)
@needs_token(Scope.WEBHOOK_MANAGE)
def rotate(number: int) -> ResponseReturnValue:
    """Give it a new secret, told this once; the former one signs too for a day."""
    account, now = own_account(), now_utc()
    webhook = own_webhook(session, account, number)
    secret = rotate_secret(session, webhook=webhook, actor=account, keys=keyring(), now=now)
    return _private({**_webhook(webhook), "secret": secret})


@blueprint.delete("/webhooks/<int:number>")
@needs_token(Scope.WEBHOOK_MANAGE)
def remove(number: int) -> ResponseReturnValue:
    """Call it no more."""
    account = own_account()
    remove_webhook(session, webhook=own_webhook(session, account, number), actor=account, now=now_utc())
    return "", 204


def _row(one: OwnFiling) -> dict[str, Any]:
    return {
        "reference": one.filing.shown_reference,
        "respondent": one.filing.respondent_name,
        "state": one.case_state,
        "state_text": one.state,
        "unit": one.who or None,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "received_at": one.filing.submitted_at.isoformat(),
        "url": url_for("api_account.filing", reference=one.filing.reference, _external=True),
    }


def _webhook(one: Webhook) -> dict[str, Any]:
    return {
        "id": one.id,
        "address": one.address,
        "is_on": one.is_on,
        "made_at": one.made_at.isoformat(),
        "last_ok_at": one.last_ok_at.isoformat() if one.last_ok_at else None,
    }


def _private(document: dict[str, Any]) -> Any:
    response = jsonify(document)
    response.headers["Cache-Control"] = "no-store"
    return response
