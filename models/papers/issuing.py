"""签发: the number is drawn, the envelope opened where the kind lawfully names the filer, the bytes are kept, in one transaction."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models import outbox
from models.errors import ActRefused
from models.filings.kinds import OpeningReason
from models.filings.sealing import Keyring
from models.filings.vault import open_identity
from models.ledger import record
from models.papers.fields import case_values, filer_values, in_words
from models.papers.kinds import PaperKind, paper_kind
from models.papers.numbers import written
from models.papers.prefixes import next_number
from models.papers.sealing import seal, unseal
from models.papers.tables import Paper
from models.papers.templates import template_for
from models.papers.terms import PaperState
from models.people.profiles import BureauProfile
from models.people.tables import Account
from models.ports import FileStore, PaperMaker
from models.types import beijing_date
from models.wording import said

PRINT_PAPER = "print-paper"
LARGEST_PAPER = 32 * 1024 * 1024


@dataclass(frozen=True)
class Office:
    """What issuing needs of the outside: who we are, where files lie, what makes documents, which keys."""

    bureau: BureauProfile
    files: FileStore
    maker: PaperMaker
    keys: Keyring


def issue(session: Session, *, paper: Paper, office: Office, actor: Account, now: dt.datetime) -> Paper:
    """Makes the paper what it stays. A kind that names the filer opens the envelope: the caller asked for case:identify."""
    session.refresh(paper, ["state"], with_for_update=True)  # two clicks are one paper
    kind, wanted = paper_kind(paper.kind), PaperState.APPROVED if paper.is_approved else PaperState.DRAFT
    if not paper.is_approved and kind.wants_approval(paper.case):
        raise ActRefused("办件已经改为繁案，这份公文要先送审批。")
    if paper.state is not wanted:
        raise ActRefused("公文还没有批准，或者已经签发。" if paper.is_approved else "公文已经签发。")
    template = template_for(session, kind.id)
    content = office.maker.default_template(kind) if template is None else _read(office, template.store_key)
    filer = _filer(session, paper, kind, office, actor, now)
    paper.series, paper.year, paper.number = next_number(
        session, profile=office.bureau, unit=paper.unit, word=kind.word, now=now
    )
    values = {**case_values(paper.case), **filer, **paper.fields, **_own(paper, now)}
    made = office.maker.render(kind, content, {name: values[name] for name in kind.field_names})
    stored = office.files.save(
        io.BytesIO(seal(paper, made, office.keys) if kind.names_filer else made), limit=LARGEST_PAPER
    )
    paper.docx_key, paper.docx_size, paper.docx_sha256 = stored.key, stored.size, stored.sha256
    paper.template_id = template.id if template else None
    paper.state, paper.issued_by_id, paper.issued_at = PaperState.ISSUED, actor.id, now
    session.flush()
    data = {"case": paper.case_id, "kind": kind.id, "number": paper.document_number, "sha256": stored.sha256}
    record(session, act="paper.issue", subject=paper, actor=actor, now=now, data=data)
    outbox.put(
        session, kind=PRINT_PAPER, key=f"{PRINT_PAPER}:{paper.id}", payload={"paper_id": paper.id}, now=now
    )
    return paper


def preview(session: Session, *, paper: Paper, office: Office, now: dt.datetime) -> bytes:
    """The draft as it would look: without a number, and with no filer in it."""
    kind = paper_kind(paper.kind)
    template = template_for(session, kind.id)
    content = office.maker.default_template(kind) if template is None else _read(office, template.store_key)
    values = {**case_values(paper.case), **{name: f"（{name}）" for name in kind.filer}, **paper.fields}
    values |= {**_own(paper, now), "文号": "（草稿，签发时编号）"}
    return office.maker.render(kind, content, {name: values[name] for name in kind.field_names})


def content_of(paper: Paper, *, as_pdf: bool, files: FileStore, keys: Keyring) -> bytes:
    """The plain bytes of an issued paper; FileNotFoundError where there is no such file."""
    key = paper.pdf_key if as_pdf else paper.docx_key
    if key is None:
        raise FileNotFoundError
    with files.open(key) as stream:
        content = stream.read()
    return unseal(paper, content, keys) if paper.is_sealed else content


def keep_pdf(session: Session, *, paper: Paper, pdf: bytes, files: FileStore, keys: Keyring) -> None:
    """Adds the printed form, once."""
    if paper.pdf_key is not None:
        return
    content = seal(paper, pdf, keys) if paper.is_sealed else pdf
    stored = files.save(io.BytesIO(content), limit=LARGEST_PAPER)
    paper.pdf_key, paper.pdf_size, paper.pdf_sha256 = stored.key, stored.size, stored.sha256
    session.flush()


def _own(paper: Paper, now: dt.datetime) -> dict[str, str]:
    """What belongs to the paper itself."""
    return {
        "文号": written(paper.series, paper.year, paper.number or 0) if paper.series and paper.year else "",
        "签发日期": in_words(beijing_date(now)),
        "机关名称": paper.unit.name,
        "主送": paper.to_unit.name if paper.to_unit else "",
    }


def _filer(
    session: Session, paper: Paper, kind: PaperKind, office: Office, actor: Account, now: dt.datetime
) -> dict[str, str]:
    """What the kind lawfully says of the filer, through the audited verb; nothing for all other kinds."""
    if not kind.names_filer:
        return {}
    if paper.case.filing.identity is None:
        return filer_values(None, kind.filer)
    words = said("签发《%(title)s》（%(basis)s）", title=kind.title, basis=kind.filer_basis)
    person = open_identity(
        session,
        filing=paper.case.filing,
        actor=actor,
        reason=OpeningReason.SERVE,
        words=words,
        now=now,
        keys=office.keys,
    )
    return filer_values(person, kind.filer)


def _read(office: Office, key: str) -> bytes:
    with office.files.open(key) as stream:
        return stream.read()
