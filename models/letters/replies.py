"""The issued reply on its way: its bytes, its PDF, and the signed link by which the other authority takes it.

No link is stored (`models.signed_links`); one that is sent anew ends the one before. Taking the reply is its delivery.
"""

from __future__ import annotations

import datetime as dt
import io

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.outside.terms import DAYS
from models.errors import ActRefused, Gone, Invalid, NotFound
from models.filings.sealing import Keyring
from models.ledger import record
from models.letters.tables import IncomingLetter
from models.papers.delivery import FETCHED
from models.papers.issuing import LARGEST_PAPER
from models.papers.terms import Way
from models.people.actors import OutsideBody
from models.people.tables import Account
from models.ports import FileStore
from models.signed_links import handle_in, new_handle, signed
from models.types import beijing_date
from models.wording import said

PURPOSE = "letter-reply"


def reply_content(letter: IncomingLetter, *, as_pdf: bool, files: FileStore) -> bytes:
    """The bytes of the issued reply; FileNotFoundError where there is no such file."""
    key = letter.pdf_key if as_pdf else letter.docx_key
    if key is None:
        raise FileNotFoundError
    with files.open(key) as stream:
        return stream.read()


def keep_reply_pdf(session: Session, *, letter: IncomingLetter, pdf: bytes, files: FileStore) -> None:
    """Adds the printed form, once."""
    if letter.pdf_key is not None:
        return
    stored = files.save(io.BytesIO(pdf), limit=LARGEST_PAPER)
    letter.pdf_key, letter.pdf_size, letter.pdf_sha256 = stored.key, stored.size, stored.sha256
    session.flush()


def send_link(
    session: Session, *, letter: IncomingLetter, days: int, actor: Account, now: dt.datetime
) -> IncomingLetter:
    """发送链接, good for so many days; one that was sent before opens nothing any more."""
    if not letter.is_answered:
        raise ActRefused("复函签发以后才能发送链接。")
    if days not in DAYS:
        sentence = said("请选择链接几日内有效。")
        raise Invalid(sentence, {"days": sentence})
    letter.handle = new_handle()
    letter.link_expires_at = now + dt.timedelta(days=days)
    session.flush()
    record(session, act="letter.send_link", subject=letter, actor=actor, now=now, data={"days": days})
    return letter


def revoke_link(session: Session, *, letter: IncomingLetter, actor: Account, now: dt.datetime) -> None:
    """停用: the link opens nothing any more, until it is sent anew. Doing so twice changes nothing."""
    if letter.has_link(now):
        letter.link_expires_at = now
        session.flush()
        record(session, act="letter.revoke_link", subject=letter, actor=actor, now=now)


def token_of_reply(letter: IncomingLetter, keys: Keyring) -> str:
    """What stands behind /outside/replies/ in the present link."""
    return signed(letter.handle or "", purpose=PURPOSE, keys=keys)


def reply_by_token(session: Session, token: str, *, keys: Keyring, now: dt.datetime) -> IncomingLetter:
    """The letter whose reply the link opens. NotFound where it is forged or was replaced, Gone where it is over or was revoked."""
    handle = handle_in(token, purpose=PURPOSE, keys=keys)
    wanted = select(IncomingLetter).where(IncomingLetter.handle == handle)
    found = session.scalar(wanted) if handle else None
    if found is None or found.link_expires_at is None:
        raise NotFound("没有找到这个链接。请核对链接是否完整；重新发送过的，只有最新的链接有效。")
    if not found.has_link(now):
        raise Gone("这个链接已经停用或者过期，请与办理机构联系。")
    return found


def fetched(session: Session, *, letter: IncomingLetter, now: dt.datetime) -> None:
    """The other authority took the reply from the site: the first time that is its delivery, if none was noted."""
    body, act = OutsideBody(letter.from_unit_id), "letter.fetch"
    if letter.delivered_on is None:
        letter.delivered_on, letter.delivery_way, letter.delivery_proof = (
            beijing_date(now),
            Way.ONLINE.value,
            FETCHED,
        )
        session.flush()
        act = "letter.deliver"
    facts = {"way": Way.ONLINE, "on": beijing_date(now).isoformat()}
    record(session, act=act, subject=letter, actor=body, now=now, data=facts)
