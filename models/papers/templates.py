"""A bureau's own templates: taken in after they were tried, in versions; the newest is used until it is retired."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models.errors import ActRefused, Invalid
from models.ledger import record
from models.papers.fields import example_values
from models.papers.kinds import PaperKind
from models.papers.tables import PaperTemplate
from models.people.tables import Account
from models.ports import FileStore, PaperMaker, TemplateRefused
from models.wording import as_text

LARGEST_TEMPLATE = 5 * 1024 * 1024


def template_for(session: Session, kind_id: str) -> PaperTemplate | None:
    """The bureau's own template in use; None where ours is."""
    wanted = select(PaperTemplate).where(PaperTemplate.kind == kind_id, PaperTemplate.retired_at.is_(None))
    return session.scalar(wanted)


def own_templates(session: Session, kind_id: str) -> Sequence[PaperTemplate]:
    """All versions, newest first."""
    wanted = select(PaperTemplate).where(PaperTemplate.kind == kind_id).order_by(PaperTemplate.version.desc())
    return session.scalars(wanted.options(joinedload(PaperTemplate.uploaded_by))).all()


def kinds_with_own(session: Session) -> dict[str, int]:
    """The version in use, for the kinds that have a template of the bureau's own."""
    rows = select(PaperTemplate.kind, PaperTemplate.version).where(PaperTemplate.retired_at.is_(None))
    return {str(kind): int(version) for kind, version in session.execute(rows)}


def take_template(
    session: Session,
    *,
    kind: PaperKind,
    file_name: str,
    content: bytes,
    maker: PaperMaker,
    files: FileStore,
    actor: Account,
    now: dt.datetime,
) -> PaperTemplate:
    """Checks it, fills it in for a trial, and uses it from now on. Invalid names every place that is wrong."""
    try:
        maker.check(kind, content)
        maker.render(kind, content, example_values(dict.fromkeys(kind.field_names, "")))
    except TemplateRefused as refused:
        sentence = as_text(refused.findings)
        raise Invalid(sentence, {"file": sentence}) from None
    stored = files.save(io.BytesIO(content), limit=LARGEST_TEMPLATE)
    newest = session.scalar(select(func.max(PaperTemplate.version)).where(PaperTemplate.kind == kind.id))
    _retire(session, kind, now)
    made = PaperTemplate(
        kind=kind.id,
        version=(newest or 0) + 1,
        file_name=PurePath(file_name.replace("\\", "/")).name[-200:] or "template.docx",
        size=stored.size,
        sha256=stored.sha256,
        store_key=stored.key,
        uploaded_by=actor,
        uploaded_at=now,
    )
    session.add(made)
    session.flush()
    data = {"kind": kind.id, "version": made.version, "sha256": stored.sha256}
    record(session, act="paper_template.take", subject=made, actor=actor, now=now, data=data)
    return made


def back_to_default(session: Session, *, kind: PaperKind, actor: Account, now: dt.datetime) -> None:
    """Uses ours again; the bureau's versions stay to be read."""
    retired = _retire(session, kind, now)
    if retired is None:
        raise ActRefused("现在用的就是默认模板。")
    record(session, act="paper_template.retire", subject=retired, actor=actor, now=now)


def _retire(session: Session, kind: PaperKind, now: dt.datetime) -> PaperTemplate | None:
    found = template_for(session, kind.id)
    if found is not None:
        found.retired_at = now
        session.flush()
    return found
