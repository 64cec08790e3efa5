"""Papers at the edge: what issuing needs, handing one out as a file, and the filer's side of it."""

from __future__ import annotations

import io

from flask import Response, abort, send_file
from flask.typing import ResponseReturnValue

from journey.evidence import SANDBOX
from journey.keys import keyring
from models.cases.queries import case_of_filing
from models.errors import NotFound
from models.filings.tables import Filing
from models.letters.replies import reply_content
from models.letters.tables import IncomingLetter
from models.papers.delivery import fetched_by_filer
from models.papers.issuing import Office, content_of
from models.papers.queries import NO_PAPER, papers_for_filer
from models.papers.tables import Paper
from models.types import now_utc
from shared.database import session
from shared.services import services

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def office() -> Office:
    """Who we are, where files lie, what makes documents, which keys."""
    given = services()
    return Office(given.bureau, given.files, given.papers, keyring())


def send_paper(paper: Paper, *, as_pdf: bool) -> Response:
    """The issued paper as an attachment; 404 where it has no such form."""
    try:
        content = content_of(paper, as_pdf=as_pdf, files=services().files, keys=keyring())
    except FileNotFoundError:
        abort(404)
    return send_document(content, f"{paper.title}{paper.document_number}", as_pdf=as_pdf)


def send_reply(letter: IncomingLetter, *, as_pdf: bool) -> Response:
    """The issued reply to a letter that came in; 404 where it has no such form."""
    try:
        content = reply_content(letter, as_pdf=as_pdf, files=services().files)
    except FileNotFoundError:
        abort(404)
    return send_document(content, letter.document_number, as_pdf=as_pdf)


def send_document(content: bytes, name: str, *, as_pdf: bool = False) -> Response:
    """A document as an attachment, kept by no cache."""
    response = send_file(
        io.BytesIO(content),
        mimetype=PDF if as_pdf else DOCX,
        as_attachment=True,
        download_name=f"{name}.{'pdf' if as_pdf else 'docx'}",
        etag=False,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def fetch(filing: Filing, number: int) -> ResponseReturnValue:
    """The filer takes a paper that is addressed to them: as PDF where there is one. That is delivery, and on record."""
    case = case_of_filing(session, filing.id)
    found = next((one for one in papers_for_filer(session, case.id) if one.id == number), None)
    if found is None:
        raise NotFound(NO_PAPER)
    fetched_by_filer(session, paper=found, now=now_utc())
    return send_paper(found, as_pdf=found.pdf_key is not None)
