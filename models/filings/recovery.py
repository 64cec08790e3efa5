"""A lost query code: the desk makes a new one for a filer who has shown who they are. The old one opens nothing more.

Nobody can read a code out of the database, so it is replaced. An anonymous filer cannot show to be the one who filed;
for them there is no way back.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.errors import ActRefused
from models.filings import references
from models.filings.errors import IdentityAbsent
from models.filings.kinds import OpeningReason
from models.filings.sealing import Keyring
from models.filings.tables import Filing, HeldCode, IdentityOpening
from models.ledger import record
from models.people.tables import Account

CHECKED_WITHIN = dt.timedelta(minutes=60)


def renew_code(session: Session, *, filing: Filing, actor: Account, now: dt.datetime, keys: Keyring) -> str:
    """The new query code of `filing`, and of what the same sending became besides; it is kept as an HMAC only.

    `ActRefused` unless `actor` has opened this envelope for that reason within the last hour, `IdentityAbsent` for an
    anonymous filing. The caller has asked for the permission case:identify before.
    """
    if filing.identity is None:
        raise IdentityAbsent(
            "匿名提交的没有身份信息可以核对，不能找回查询码；可以重新提交，并写明原来的登记编号。"
        )
    checked = select(IdentityOpening.id).where(
        IdentityOpening.identity_id == filing.identity.id,
        IdentityOpening.account_id == actor.id,
        IdentityOpening.reason == OpeningReason.RECOVERY,
        IdentityOpening.opened_at > now - CHECKED_WITHIN,
    )
    if session.scalar(checked.limit(1)) is None:
        raise ActRefused("请先以“找回查询码”为理由查看身份信息，核对来人或者来电人的身份。")
    code = references.new_code()
    together = list(
        session.scalars(select(Filing).where(Filing.files_of_id == filing.files_of_id).order_by(Filing.id))
    )
    for one in together or [filing]:
        one.query_code_hmac = references.code_hmac(keys.code_key, one.reference, code)
        session.execute(delete(HeldCode).where(HeldCode.filing_id == one.id))
        record(session, act="renew_code", subject=one, actor=actor, now=now)
    return code
