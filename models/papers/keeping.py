"""Whether issued papers still are what was issued: every file against its SHA-256."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.filings.keeping import Damage, damage_of
from models.papers.tables import Paper
from models.ports import FileStore

_AT_ONCE = 200


@dataclass(frozen=True)
class CheckedPaper:
    """One file that was read again: the .docx of a paper, or its PDF. `damage` is None when it is whole."""

    paper_id: int
    document_number: str
    size: int
    damage: Damage | None
    is_pdf: bool = False


def check_papers(session: Session, store: FileStore) -> Iterator[CheckedPaper]:
    """Reads every file again as it lies in the store: a sealed one is compared sealed, so no key is needed."""
    last = 0
    while batch := _after(session, last):
        for paper in batch:
            for is_pdf, key, size, sha256 in (
                (False, paper.docx_key, paper.docx_size, paper.docx_sha256),
                (True, paper.pdf_key, paper.pdf_size, paper.pdf_sha256),
            ):
                if key and size is not None and sha256:
                    damage = damage_of(store, key, size, sha256)
                    yield CheckedPaper(paper.id, paper.document_number, size, damage, is_pdf)
        last = batch[-1].id
        session.expunge_all()


def how_many(session: Session) -> int:
    """How many files there are to check."""
    figures = select(func.count(Paper.docx_key) + func.count(Paper.pdf_key))
    return session.scalar(figures) or 0


def _after(session: Session, last: int) -> list[Paper]:
    wanted = select(Paper).where(Paper.id > last, Paper.docx_key.is_not(None))
    return list(session.scalars(wanted.order_by(Paper.id).limit(_AT_ONCE)))
