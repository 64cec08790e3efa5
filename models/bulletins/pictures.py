"""Pictures of a bulletin: taken in while it is a draft, shown as the copies that the examination made, never as they came.

The copy has lost what the original says beside the picture (place, camera, earlier versions).
"""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from sqlalchemy.orm import Session

from models import ledger
from models.bulletins.kinds import BulletinAct, next_state
from models.bulletins.tables import Bulletin, BulletinPicture
from models.errors import ActRefused, Invalid, NotFound
from models.filings.evidence import Allowance, forget_file, keep_file
from models.filings.examination import queue_examination
from models.filings.kinds import CopyState
from models.people.tables import Account
from models.ports import FileStore
from models.wording import said

MOST_PICTURES = 6
WORDS_CHARACTERS = 200
_TOLD = "请写明图片里是什么，看不见的人听到的就是这句话。"


def add_picture(
    session: Session, bulletin: Bulletin, *, words: str, stream: BinaryIO, file_name: str, allowance: Allowance,
    store: FileStore, actor: Account, now: dt.datetime,
) -> BulletinPicture:  # fmt: skip
    """Adds a picture with what it shows in words. Whoever adds one becomes the maker, so that another person reads it.

    Raises Invalid by field, and `FileRefused`, naming the file, as evidence does.
    """
    next_state(bulletin.state, BulletinAct.AMEND)
    if not words.strip() or len(words) > WORDS_CHARACTERS:
        raise Invalid("登记有误，请改正。", {"words": _TOLD})
    kept = keep_file(
        stream=stream,
        file_name=file_name,
        count=len(bulletin.pictures),
        total=sum(one.size for one in bulletin.pictures),
        allowance=Allowance(allowance.file_bytes, allowance.filing_bytes, MOST_PICTURES),
        store=store,
    )
    if not kept.media_type.startswith("image/"):
        store.delete(kept.stored.key)
        raise Invalid("登记有误，请改正。", {"files": "这个文件不是图片。"})
    picture = BulletinPicture(words=words.strip(), **kept.columns(now))
    bulletin.pictures.append(picture)
    bulletin.maker, bulletin.updated_at = actor, now
    session.flush()
    queue_examination(session, [picture], now=now)
    ledger.record(
        session,
        act="bulletin.picture",
        subject=bulletin,
        actor=actor,
        now=now,
        data={"sha256": picture.sha256},
    )
    return picture


def remove_picture(
    session: Session, bulletin: Bulletin, picture_id: int, *, actor: Account, now: dt.datetime
) -> None:
    """Takes a picture off a draft; the files go after commit."""
    next_state(bulletin.state, BulletinAct.AMEND)
    picture = picture_of(bulletin, picture_id)
    forget_file(session, picture, now)
    bulletin.pictures.remove(picture)
    session.delete(picture)
    ledger.record(
        session, act="bulletin.remove_picture", subject=bulletin, actor=actor, now=now,
        data={"sha256": picture.sha256},
    )  # fmt: skip


def picture_of(bulletin: Bulletin, picture_id: int) -> BulletinPicture:
    """One of its pictures; NotFound for any other."""
    found = next((one for one in bulletin.pictures if one.id == picture_id), None)
    if found is None:
        raise NotFound("没有这张图片。")
    return found


def refuse_unexamined(bulletin: Bulletin) -> None:
    """ActRefused while a picture has no copy: nobody has seen what the public would see."""
    without = [one.file_name for one in bulletin.pictures if one.copy_state is not CopyState.MADE]
    if without:
        raise ActRefused(
            said(
                "图片还没有可以公开的副本：%(names)s。请稍后再试，或者退回起草人移除。",
                names=without,
            )
        )
