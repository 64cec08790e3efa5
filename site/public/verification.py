"""Checking a receipt, under /verify: by what stands on the sheet, or by the file. Needs no account and no query code."""

from __future__ import annotations

import json

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from journey.keys import keyring
from journey.proof import proof_rows, receipt_rows, verify_address
from models.data import proofs
from models.errors import NotFound
from models.filings import receipts, signing
from models.filings.references import normalise
from models.filings.tables import Receipt
from shared.access import public
from shared.database import session
from shared.fields import CodeField, FilesField
from shared.forms import Form
from shared.services import services

blueprint = Blueprint("verification", __name__, url_prefix="/verify")
LARGEST_FILE = 1024 * 1024  # the proof of a decision holds its whole text


class VerifyForm(Form):
    """One of the two: what stands on the sheet, or the file."""

    token = CodeField(_l("核验码"), hint=_l("20 位，印在回执上；也可以直接扫回执上的二维码。"))
    file = FilesField(
        _l("回执或者公示证明的文件"),
        accept="application/json,.json",
        hint=_l("提交后下载的回执，或者从决定书页面下载的证明；都是 .json 文件。"),
    )

    def receipt_file(self) -> FileStorage | None:
        """The uploaded file; None when none was chosen."""
        given: list[FileStorage] = request.files.getlist(self.file.name)
        return next((file for file in given if file.filename), None)


@blueprint.route("", methods=["GET", "POST"])
@public
def start() -> ResponseReturnValue:
    """Asks for the token or the file. What is uploaded is looked at and not kept."""
    form = VerifyForm()
    if not form.validate_on_submit():
        return _form(form)
    file = form.receipt_file()
    if file is not None:
        return _check_file(file)
    if not form.token.data:
        form.token.errors = [_("请填写核验码，或者选择回执文件。")]
        return _form(form)
    return redirect(url_for("verification.show", token=normalise(form.token.data[:100]) or "-"), 303)


@blueprint.get("/keys.json")
@public
def keys() -> Response:
    """The public keys, for those who check without us; the one in use first."""
    known = {key.key_id: key for key in receipts.published_keys(session)}
    now_used = signing.public_key_of(keyring().signing_key)
    listed = [
        {
            "key_id": key.key_id,
            "public_key": key.public_key,
            "published_at": key.published_at.isoformat(),
            "retired_at": key.retired_at.isoformat() if key.retired_at else None,
        }
        for key in known.values()
    ]
    if signing.key_id_of(now_used) not in known:  # nothing was signed with it yet
        fresh = {"key_id": signing.key_id_of(now_used), "public_key": now_used.hex()}
        listed.insert(0, {**fresh, "published_at": None, "retired_at": None})
    return jsonify({"algorithm": signing.ALGORITHM, "encoding": "hex", "keys": listed})


@blueprint.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """What the receipt says and whether its signature holds; an unknown token is a 404 that explains."""
    try:
        receipt = receipts.receipt_by_token(session, token)
    except NotFound:
        return render_template("public/verify/unknown.html"), 404
    document = receipts.file_of(receipt, verify_at=verify_address(receipt.token))
    return _result(document, receipt)


@blueprint.get("/<token>/receipt.json")
@public
def download(token: str) -> Response:
    """The receipt as a file to keep. Whoever holds the sheet may have it: it names nobody."""
    receipt = receipts.receipt_by_token(session, token)
    document = receipts.file_of(receipt, verify_at=verify_address(receipt.token))
    response = Response(
        json.dumps(document, ensure_ascii=False, indent=2) + "\n", content_type="application/json"
    )
    name = "-".join(filing.reference for filing in receipt.filings)
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{name}.json"'
    return response


def _check_file(file: FileStorage) -> ResponseReturnValue:
    try:
        document = json.loads(file.stream.read(LARGEST_FILE + 1)[:LARGEST_FILE].decode())
    except (ValueError, RecursionError):
        document = None
    if proofs.is_proof(document):
        return _proof_result(document)
    signature = _signature(document)
    known = _stored(signing.token_of(signature)) if signature else None
    return _result(document, known)


def _signature(document: object) -> bytes | None:
    _content, signature = signing.parts(document)
    return signature


def _stored(token: str) -> Receipt | None:
    try:
        return receipts.receipt_by_token(session, token)
    except NotFound:
        return None


def _result(document: object, receipt: Receipt | None) -> ResponseReturnValue:
    """The page of a check. A receipt that is not genuine shows none of its content: it would be read as ours."""
    verdict, content = signing.check_file(document, _all_keys())
    is_genuine = verdict is signing.Verdict.GENUINE
    page = render_template(
        "public/verify/result.html",
        verdict=verdict,
        is_genuine=is_genuine,
        rows=receipt_rows(content) if is_genuine else [],
        receipt=receipt if is_genuine else None,
        bureau=services().bureau.bureau,
    )
    return page, 200 if is_genuine else 422


def _proof_result(document: object) -> ResponseReturnValue:
    """The page of a check of a proof that a decision was published. One that is not good shows none of its content."""
    checked = proofs.check_proof(document, _all_keys())
    is_good = checked.verdict is proofs.Verdict.PUBLISHED
    rows = proof_rows(checked.record, checked.head) if checked.record and checked.head else []
    page = render_template("public/verify/proof.html", verdict=checked.verdict, is_good=is_good, rows=rows)
    return page, 200 if is_good else 422


def _all_keys() -> dict[str, bytes]:
    in_use = signing.public_key_of(keyring().signing_key)
    return {**receipts.public_keys(session), signing.key_id_of(in_use): in_use}


def _form(form: VerifyForm) -> ResponseReturnValue:
    return render_template("public/verify/start.html", form=form), 422 if form.problems() else 200
