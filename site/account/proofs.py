"""Taking proofs in from a form: what can be taken is kept, what cannot is told by name."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _

from journey.uploads import allowance
from models.filings.errors import FileRefused
from models.holders.proofs import Proven, attach_proof
from models.types import now_utc
from shared.access import account
from shared.database import session
from shared.i18n import label
from shared.services import services


def attach_files(to: Proven) -> int:
    """Attaches the files of this request; returns how many were taken. Each refusal is told on the next page."""
    taken = 0
    for file in request.files.getlist("files"):
        if not file.filename:
            continue
        try:
            attach_proof(
                session,
                to=to,
                stream=file.stream,  # type: ignore[arg-type]  # werkzeug's spooled file reads and seeks
                file_name=file.filename,
                allowance=allowance(),
                store=services().files,
                actor=account(),
                now=now_utc(),
            )
            taken += 1
        except FileRefused as refused:
            flash(
                _("没有收下“%(name)s”：%(why)s", name=refused.file_name, why=label(refused.sentence)), "warn"
            )
    return taken
