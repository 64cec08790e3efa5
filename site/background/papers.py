"""Printing issued papers to PDF, after the commit: LibreOffice takes seconds. Done twice, it changes nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from background.work import Work
from journey.keys import keyring
from models.papers.issuing import content_of, keep_pdf
from models.papers.tables import Paper
from shared.database import database
from shared.services import services


def print_papers(works: Sequence[Work]) -> None:
    """Makes the PDF of each paper; where nothing can print, the .docx is all there is."""
    files, keys = services().files, keyring()
    for work in works:
        with database().reading() as session:
            paper = session.get(Paper, work.payload["paper_id"])
            if paper is None or paper.pdf_key is not None:
                continue
            document = content_of(paper, as_pdf=False, files=files, keys=keys)
        pdf = services().papers.as_pdf(document)
        if pdf is None:
            continue
        with database().writing() as session:
            paper = session.get(Paper, work.payload["paper_id"], with_for_update={"of": Paper})
            if paper is not None:
                keep_pdf(session, paper=paper, pdf=pdf, files=files, keys=keys)
                session.commit()
