"""`POST /api/v1/decisions`: another system of the bureau sends a decision, which becomes a draft for its people.

Sent again it is the same draft: authority and document number say which decision is meant.
"""

from __future__ import annotations

import hashlib
import json

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from api.sending import whose
from models.decisions.spreadsheet.fields import content_of, field_name
from models.decisions.taking import take_in
from models.errors import Invalid
from models.people.queries import unit_by_code
from models.people.tokens import Scope, used_token
from models.types import beijing_date, now_utc
from shared.access import needs_token, token_id
from shared.database import session
from shared.limits import limited
from shared.services import services

MOST_BYTES = 2 << 20

blueprint = Blueprint("api_entry", __name__, url_prefix="/api/v1/decisions")


@blueprint.post("")
@limited("api_filing", key=whose)
@needs_token(Scope.DECISION_ENTER)
def create() -> ResponseReturnValue:
    """Enter a decision as a draft. 201 when it is new, 200 when it is there with this content, 409 with another."""
    now, sent = now_utc(), request.stream.read(MOST_BYTES + 1)
    content, warnings = content_of(_object(sent), today=beijing_date(now))
    try:
        decision, is_new = take_in(
            session,
            content=content,
            unit=unit_by_code(session, services().bureau.bureau.unit),
            actor=used_token(session, token_id(), now=now),
            source_sha256=hashlib.sha256(sent).hexdigest(),
            now=now,
        )
    except Invalid as error:
        raise Invalid(
            error.sentence, {field_name(name): text for name, text in error.errors.items()}
        ) from error
    response = jsonify(
        id=decision.public_id,
        state=decision.state.value,
        document_number=decision.document_number,
        content_sha256=decision.content_sha256,
        warnings=[{"field": name, "message": message} for name, message in warnings],
    )
    response.status_code = 201 if is_new else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _object(sent: bytes) -> dict[str, object]:
    if len(sent) > MOST_BYTES:
        raise RequestEntityTooLarge
    try:
        given = json.loads(sent)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Invalid(_("内容应是一个 JSON 对象。"))
    return given
