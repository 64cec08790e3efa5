"""Papers for tests: an office that issues, templates right and wrong, and the text of a document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from sqlalchemy import select
from sqlalchemy.orm import Session

from adapters.files import FolderStore
from adapters.papers.maker import DocxMaker
from adapters.sanitising.runner import ProcessSanitiser
from models.papers.issuing import Office
from models.papers.prefixes import confirm, prefix_of
from models.people.profile_files import load_profile
from models.people.profiles import BureauProfile
from models.people.tables import Account, Unit
from models.types import now_utc
from tests.support.filings import KEYS

WRITTEN = "当事人销售标有演示商标的保温杯 120 只。\n货值 <b>三万六千</b> & 余 {{ 姓名 }}。"


def an_issuing_office(folder: Path, profile: BureauProfile | None = None) -> Office:
    """An office whose files lie in the folder and that prints nothing."""
    profile = profile or load_profile("pingdingshan")
    return Office(profile, FolderStore(folder / "files"), DocxMaker(ProcessSanitiser("")), KEYS)


def confirm_prefix(session: Session, head: Account, profile: BureauProfile | None = None) -> None:
    """The head's word for what stands before the bureau's numbers."""
    profile = profile or load_profile("pingdingshan")
    prefix = prefix_of(profile, profile.bureau.unit)
    owner = session.scalars(select(Unit).where(Unit.code == prefix.owner)).one()
    confirm(session, profile=profile, unit=owner, text=prefix.text, actor=head, now=now_utc())


def a_template(*paragraphs: str) -> bytes:
    """A .docx as somebody writes it in Word."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rewritten(template: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes]) -> bytes:
    """The same package with parts changed and added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            made.writestr(name, change(name, given.read(name)))
        for name, content in extra.items():
            made.writestr(name, content)
    return out.getvalue()


def text_of(docx: bytes) -> str:
    """Everything that the body says, tables included."""
    body = Document(io.BytesIO(docx)).element.body
    return "\n".join("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in body.iter(qn("w:p")))
