"""Attaching the files of one request: each is judged by itself, the refused ones are told apart by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from models.filings.errors import FileRefused
from models.filings.evidence import Allowance, attach
from models.types import now_utc
from shared.database import session
from shared.services import services


@dataclass(frozen=True)
class Refusal:
    """A file that was not taken, and why."""

    file_name: str
    sentence: str


def allowance() -> Allowance:
    """What a filing may carry, from the configuration."""
    limits = services().config.uploads
    return Allowance(limits.file_bytes, limits.filing_bytes, limits.files)


def attach_all(token: str, files: Iterable[FileStorage]) -> list[Refusal]:
    """Attaches what can be taken under the draft's token, and returns what cannot."""
    refusals = []
    for file in files:
        if not file.filename:  # the browser sends one empty part when nothing was chosen
            continue
        try:
            attach(
                session,
                token=token,
                stream=file.stream,  # type: ignore[arg-type]  # werkzeug's spooled file reads and seeks
                file_name=file.filename,
                allowance=allowance(),
                store=services().files,
                now=now_utc(),
            )
        except FileRefused as refused:
            refusals.append(Refusal(refused.file_name, refused.sentence))
    return refusals
