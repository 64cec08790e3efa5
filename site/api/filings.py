"""`POST /api/v1/filings`: another system hands a matter in – as JSON, or with files – and gets reference, code, receipt.

The same Idempotency-Key of the same token is the same sending: the second answer is the first one's filing. Files too
large for one request come before it, under the same key (api.uploads).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from api import own
from api.filing_body import Asked, as_submission, asked
from api.sending import submission_token, whose
from journey.keys import keyring
from journey.proof import verify_address
from journey.uploads import allowance
from models.cases.intake import Received, receive
from models.errors import Conflict, Invalid
from models.filings.errors import FileRefused
from models.filings.evidence import Kept, keep_file, refuse_too_many
from models.filings.uploads import is_under_way
from models.people.tokens import Scope, used_token
from models.types import now_utc
from shared.access import needs_token, token_id
from shared.database import session
from shared.errors import answer
from shared.i18n import label
from shared.limits import limited
from shared.services import services

blueprint = Blueprint("api_filings", __name__, url_prefix="/api/v1/filings")


@blueprint.post("")
@limited("api_filing", key=whose)
@needs_token(Scope.FILING_CREATE)
def create() -> ResponseReturnValue:
    """Hand a matter in. 201 with the receipt; 200 with the same one when it is sent again."""
    token = submission_token()
    try:
        body = asked(request)
        received = _received(body, list(_kept(body.files)), token)
    except FileRefused as refused:
        return answer(422, refused.sentence, errors={refused.file_name: label(refused.sentence)})
    response = jsonify(_document(received))
    response.status_code = 201 if received.is_new else 200
    response.headers["Location"] = url_for("verification.show", token=received.filing.receipt.token)  # type: ignore[union-attr]
    response.headers["Cache-Control"] = "no-store"
    return response


def _kept(files: list[FileStorage]) -> Iterator[Kept]:
    """Into the store before the database is asked, so that nobody waits for somebody's photos."""
    total = 0
    for count, file in enumerate(files):
        kept = keep_file(
            stream=file.stream,  # type: ignore[arg-type]  # werkzeug's spooled file reads and seeks
            file_name=file.filename or "",
            count=count,
            total=total,
            allowance=allowance(),
            store=services().files,
        )
        total += kept.stored.size
        yield kept


def _received(body: Asked, kept: list[Kept], token: str) -> Received:
    """What can be found out without the database is found out before it is asked: on SQLite all others wait meanwhile."""
    now, keys = now_utc(), keyring()
    parts = [body.content, *(one.stored.sha256.encode() for one in kept)]
    fingerprint = hashlib.sha256(b"".join(parts)).hexdigest()
    data = {"api_token": token_id(), "request_sha256": fingerprint}
    rows = own.links_asked(body.matter)
    account = own.holder()
    submission = as_submission(own.named(account, body.matter), token, services().bureau, data)
    actor = used_token(session, token_id(), now=now)
    chosen = own.right_asked(account, body.matter)
    if chosen is not None:
        submission = own.under_right(submission, chosen)
    if rows:
        submission = own.with_links(submission, account, rows, again=body.matter.get("again") is True)
    if is_under_way(session, token=token, now=now):
        raise Conflict(_("还有文件没有传完：请传完或者放弃以后再提交。"))
    received = receive(
        session, submission=submission, actor=actor, now=now, keys=keys, files=kept, account=account
    )
    own.keep(received, account, chosen, actor=actor, now=now)
    if not received.is_new:
        for one in kept:  # the files of a second sending: the first one's stand
            services().files.delete(one.stored.key)
        if received.filing.data.get("request_sha256") != fingerprint:
            sentence = _("这个 Idempotency-Key 已用于另一份内容，请换一个。")
            raise Invalid(sentence, {"Idempotency-Key": sentence})
    else:
        refuse_too_many(received.filing.evidence, allowance())
    return received


def _document(received: Received) -> dict[str, Any]:
    """What the other system keeps, and tells the filer."""
    filing, receipt = received.filing, received.filing.receipt
    assert receipt is not None, "a filing and its receipt are made in one transaction"  # noqa: S101
    return {
        "reference": filing.shown_reference,
        "query_code": received.code,
        "track": filing.track.value,
        "received_at": filing.submitted_at.isoformat(),
        "content_sha256": filing.content_sha256,
        "also": [
            {
                "reference": one.shown_reference,
                "track": one.track.value,
                "content_sha256": one.content_sha256,
            }
            for one in received.also
        ],
        "unit": received.case.origin_unit.name,
        "evidence": [
            {"name": file.file_name, "size": file.size, "sha256": file.sha256} for file in filing.evidence
        ],
        "links": own.rows_of(filing),
        "receipt": {"token": receipt.token, "verify_at": verify_address(receipt.token)},
        "track_at": services().config.public_url + url_for("tracking.start"),
    }
