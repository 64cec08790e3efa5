"""What a statement of the named company asks and takes, by its link or with its paper: files come all or none."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

from journey.uploads import allowance
from models.cases.response.operations import MOST_FILES
from models.cases.response.terms import DENIAL_LABELS
from models.filings.errors import FileRefused
from models.filings.evidence import Allowance, Kept, keep_file
from shared.fields import FilesField
from shared.i18n import label
from shared.services import services


def denial_choices(first: str) -> list[tuple[str, str]]:
    """`first`, for who is the party, then the reasons of who is not, in the reader's language."""
    return [("", first), *((kind.value, label(text)) for kind, text in DENIAL_LABELS.items())]


def kept_files(field: FilesField) -> list[Kept] | None:
    """What was sent in the field, kept in the store; None, with the field's error, where a file is refused."""
    limits, kept = allowance(), list[Kept]()
    most = Allowance(limits.file_bytes, limits.filing_bytes, MOST_FILES)
    errors = []
    for file in request.files.getlist(field.name):
        if not file.filename:
            continue
        try:
            one = keep_file(
                stream=file.stream,  # type: ignore[arg-type]  # werkzeug's spooled file reads and seeks
                file_name=file.filename,
                count=len(kept),
                total=sum(other.stored.size for other in kept),
                allowance=most,
                store=services().files,
            )
        except FileRefused as refused:
            errors.append(f"{refused.file_name}{_('：')}{label(refused.sentence)}")
        else:
            kept.append(one)
    if not errors:
        return kept
    field.errors = [" ".join([*errors, _("没有提交；请重新选择要交的全部文件。")])]  # a field says one thing
    return None
