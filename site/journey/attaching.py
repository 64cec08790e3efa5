"""Files of a form: what can be taken is kept, what cannot is told by name on the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from flask import flash, request
from flask_babel import gettext as _

from models.filings.errors import FileRefused
from shared.i18n import label


def attach_each(take: Callable[[BinaryIO, str], object], *, field: str = "files") -> int:
    """Gives each file of this request to `take`, with its name; returns how many were taken."""
    taken = 0
    for file in request.files.getlist(field):
        if not file.filename:
            continue
        try:
            take(file.stream, file.filename)  # type: ignore[arg-type]  # werkzeug's spooled file reads and seeks
            taken += 1
        except FileRefused as refused:
            flash(
                _("没有收下“%(name)s”：%(why)s", name=refused.file_name, why=label(refused.sentence)), "warn"
            )
    return taken
