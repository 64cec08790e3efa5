"""Handing out a file that somebody handed in: as an attachment, never shown by the browser inside our pages."""

from __future__ import annotations

from pathlib import PurePath

from flask import Response, abort, send_file
from flask_babel import gettext as _

from models.filings.examined import Examined
from shared.services import services

SANDBOX = "default-src 'none'; sandbox"
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


def send_original(file: Examined) -> Response:
    """The original as it was handed in. The caller has asked for permission; an absent file is a 404."""
    return _sent(file.store_key, file.media_type, file.file_name, file.size)


def send_copy(file: Examined) -> Response:
    """The sanitised copy, under the name of the original with a word that tells them apart; a 404 where there is none."""
    if file.copy_key is None or file.copy_media_type is None or file.copy_size is None:
        abort(404)
    name = _("%(name)s（净化副本）", name=PurePath(file.file_name).stem)
    ending = _ENDINGS.get(file.copy_media_type, "")
    return _sent(file.copy_key, file.copy_media_type, name + ending, file.copy_size)


def send_released(evidence: Examined, number: int) -> Response:
    """The sanitised copy for the other side, under a name that tells nothing; a 404 where there is none."""
    if evidence.copy_key is None or evidence.copy_media_type is None or evidence.copy_size is None:
        abort(404)
    name = f"{number}{_ENDINGS.get(evidence.copy_media_type, '')}"
    return _sent(evidence.copy_key, evidence.copy_media_type, name, evidence.copy_size)


def send_picture(file: Examined) -> Response:
    """The sanitised copy of a picture, to be shown in a page; a 404 where there is none."""
    if file.copy_key is None or not (file.copy_media_type or "").startswith("image/"):
        abort(404)
    response = _sent(file.copy_key, file.copy_media_type or "", f"{file.id}", file.copy_size or 0)
    response.headers["Content-Disposition"] = "inline"
    return response


def _sent(key: str, media_type: str, name: str, size: int) -> Response:
    try:
        stream = services().files.open(key)
    except FileNotFoundError:
        abort(404)
    response = send_file(
        stream, mimetype=media_type, as_attachment=True, download_name=name, conditional=False, etag=False
    )
    response.content_length = size
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
