"""Printing issued papers and replies to PDF, after the commit: LibreOffice takes seconds. Done twice, it changes nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from background.work import Work
from journey.keys import keyring
from models.letters.replies import keep_reply_pdf, reply_content
from models.letters.tables import IncomingLetter
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


def print_replies(works: Sequence[Work]) -> None:
    """Makes the PDF of each reply to a letter that came in."""
    files = services().files
    for work in works:
        with database().reading() as session:
            letter = session.get(IncomingLetter, work.payload["letter_id"])
            if letter is None or letter.pdf_key is not None:
                continue
            document = reply_content(letter, as_pdf=False, files=files)
        pdf = services().papers.as_pdf(document)
        if pdf is None:
            continue
        with database().writing() as session:
            letter = session.get(
                IncomingLetter, work.payload["letter_id"], with_for_update={"of": IncomingLetter}
            )
            if letter is not None:
                keep_reply_pdf(session, letter=letter, pdf=pdf, files=files)
                session.commit()
