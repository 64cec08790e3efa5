"""Papers that name the filer lie sealed in the store, each under a data key of its own that the vault key wraps."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.filings import sealing
from models.filings.errors import UnknownKey
from models.filings.sealing import Keyring, key_id_of
from models.papers.tables import Paper

_WRAP = "paper-wrap"


def seal(paper: Paper, content: bytes, keys: Keyring) -> bytes:
    """`content` sealed with the paper's key, which is made when it is first needed. The paper has its number in the table."""
    if paper.wrapped_key is None:
        data_key = sealing.new_key()
        paper.seal_key_id = keys.vault_key_id
        paper.wrapped_key = sealing.seal(keys.derived(_WRAP), data_key, belongs_to=_owner(paper))
    return sealing.seal(_data_key(paper, keys), content, belongs_to=_owner(paper))


def unseal(paper: Paper, content: bytes, keys: Keyring) -> bytes:
    """The plain bytes of a file of the paper."""
    return sealing.unseal(_data_key(paper, keys), content, belongs_to=_owner(paper))


def rewrap_papers(session: Session, *, keys: Keyring, limit: int) -> int:
    """As `vault.rewrap`, for the keys of sealed papers: wraps up to `limit` under the present vault key."""
    known = [key_id_of(key) for key in keys.old_vault_keys]
    old = select(Paper).where(Paper.seal_key_id.in_(known), Paper.seal_key_id != keys.vault_key_id)
    batch = list(session.scalars(old.order_by(Paper.id).limit(limit)))
    for paper in batch:
        data_key = _data_key(paper, keys)
        paper.wrapped_key = sealing.seal(keys.derived(_WRAP), data_key, belongs_to=_owner(paper))
        paper.seal_key_id = keys.vault_key_id
    session.flush()
    return len(batch)


def key_ids(session: Session) -> dict[str, int]:
    """How many papers each vault key wraps, by the key's name."""
    figures = select(Paper.seal_key_id, func.count()).where(Paper.seal_key_id.is_not(None))
    return {str(name): int(count) for name, count in session.execute(figures.group_by(Paper.seal_key_id))}


def _data_key(paper: Paper, keys: Keyring) -> bytes:
    master = keys.vault_key_named(paper.seal_key_id or "")
    if master is None or paper.wrapped_key is None:
        raise UnknownKey(f"paper {paper.id} is sealed with key {paper.seal_key_id}")
    return sealing.unseal(keys.derived(_WRAP, master), paper.wrapped_key, belongs_to=_owner(paper))


def _owner(paper: Paper) -> str:
    return f"paper:{paper.id}"
