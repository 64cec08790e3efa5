"""Handing out an evidence file: as an attachment, never shown by the browser inside our pages."""

from __future__ import annotations

from flask import Response, abort, send_file

from models.filings.tables import Evidence
from shared.services import services

SANDBOX = "default-src 'none'; sandbox"


def send_evidence(evidence: Evidence) -> Response:
    """The original as it was handed in. The caller has asked for permission; an absent file is a 404."""
    try:
        stream = services().files.open(evidence.store_key)
    except FileNotFoundError:
        abort(404)
    response = send_file(
        stream,
        mimetype=evidence.media_type,
        as_attachment=True,
        download_name=evidence.file_name,
        conditional=False,
        etag=False,
    )
    response.content_length = evidence.size
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
