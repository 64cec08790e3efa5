"""The verbs of hearing the named company: invite it, revoke the link, take its answer in, by the link or on paper, in time or late."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.moves import required
from models.cases.response.tables import Invitation, Statement, StatementFile
from models.cases.response.terms import Denial
from models.cases.tables import Case
from models.errors import ActRefused, Gone, Invalid, NotFound
from models.filings.evidence import Kept
from models.filings.examination import queue_examination
from models.filings.sealing import Keyring
from models.filings.tables import Evidence
from models.ledger import record
from models.ledger.operations import Acts
from models.people.actors import System
from models.people.tables import Account
from models.signed_links import handle_in, new_handle, signed
from models.types import beijing_date

RESPONDENT = System("respondent")
PURPOSE = "respond-link"
DAYS = (5, 7, 10, 15)  # natural days, as the invitation says: the law gives the hearing, not its length
LINK_LIVES = dt.timedelta(days=180)
MOST_STATEMENTS = 10
MOST_FILES = 10


def invite(
    session: Session,
    *,
    case: Case,
    company: str,
    words: str,
    files: Sequence[Evidence],
    days: int,
    actor: Account,
    now: dt.datetime,
) -> Invitation:
    """Invites a company to answer. It sees `words`, the sanitised copies of `files`, and nothing else of the matter."""
    if case.has_ended:
        raise ActRefused("办件已经结束，不能再请对方陈述。")
    if days not in DAYS:
        raise Invalid("请从所列的天数中选择。", {"days": "请从所列的天数中选择。"})
    invitation = Invitation(
        case=case,
        handle=new_handle(),
        company=required(company, field="company", sentence="请写明请谁陈述。")[:200],
        words=required(words, field="words", sentence="请写明请对方说明的事项，对方只看到这些。"),
        file_ids=[file.id for file in files if file.copy_key],
        invited_by_id=actor.id,
        invited_at=now,
        due_on=beijing_date(now) + dt.timedelta(days=days),
        expires_at=now + LINK_LIVES,
        statements=[],
    )
    session.add(invitation)
    session.flush()
    data = {"case": case.id, "files": invitation.file_ids, "due_on": str(invitation.due_on)}
    record(session, act="respondent.invite", subject=invitation, actor=actor, now=now, data=data)
    return invitation


def revoke_invitation(session: Session, *, invitation: Invitation, actor: Account, now: dt.datetime) -> None:
    """The link opens nothing any more. Doing so twice changes nothing."""
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        data = {"case": invitation.case_id}
        record(session, act="respondent.revoke", subject=invitation, actor=actor, now=now, data=data)


def answer(
    session: Session,
    *,
    invitation: Invitation,
    signed_by: str,
    represented_by: str,
    body: str,
    files: Sequence[Kept],
    now: dt.datetime,
    denial: Denial | None = None,
) -> Statement:
    """The company answers. After the last day it still may: the answer is marked late, and staff weigh it.

    The same answer sent twice, by two clicks or a page sent anew, is one: the first is returned.
    """
    if not invitation.is_open(now):
        raise Gone("这个链接已经停用或者过期，请与办理机构联系。")
    statement = _statement(signed_by, represented_by, body, denial, now)
    return _once(session, invitation, statement, files, RESPONDENT)


def enter_paper(
    session: Session,
    *,
    invitation: Invitation,
    received_on: dt.date,
    signed_by: str,
    represented_by: str,
    body: str,
    files: Sequence[Kept],
    actor: Account,
    now: dt.datetime,
    denial: Denial | None = None,
) -> Statement:
    """Staff enter an answer that came on paper. It is late by the day on which it came; a link that ended is no hindrance.

    Entering the same paper twice is once. `Invalid` for a day that cannot be.
    """
    first = beijing_date(invitation.case.filing.submitted_at)  # some write before they are asked
    if not first <= received_on <= beijing_date(now):
        sentence = "请填写提交以后、今天以前的一天。"
        raise Invalid(sentence, {"received_on": sentence})
    statement = _statement(signed_by, represented_by, body, denial, now)
    statement.received_on, statement.entered_by_id = received_on, actor.id
    return _once(session, invitation, statement, files, actor)


def _statement(
    signed_by: str, represented_by: str, body: str, denial: Denial | None, now: dt.datetime
) -> Statement:
    return Statement(
        signed=required(signed_by, field="signed_by", sentence="请写明陈述人的姓名和职务。")[:100],
        represented_by=represented_by.strip()[:200] or None,
        body=required(body, field="body", sentence="请写明您的陈述。"),
        denial=denial,
        at=now,
    )


def _once(
    session: Session, invitation: Invitation, statement: Statement, files: Sequence[Kept], actor: Acts
) -> Statement:
    """Takes it in, or finds it there: two clicks come one by one."""
    session.refresh(invitation, ["revoked_at", "statements"], with_for_update=True)
    statement.digest = _digest(statement, files)
    same = next((one for one in invitation.statements if one.digest == statement.digest), None)
    if same:
        return same
    if len(invitation.statements) >= MOST_STATEMENTS:
        raise ActRefused("陈述的次数已经很多，请与办理机构联系。")
    statement.is_late = (statement.received_on or beijing_date(statement.at)) > invitation.due_on
    statement.invitation, statement.files = (
        invitation,
        [StatementFile(**kept.columns(statement.at)) for kept in files],
    )
    session.add(statement)
    session.flush()
    queue_examination(session, statement.files, now=statement.at)
    _noted(session, statement, actor)
    return statement


def _digest(statement: Statement, files: Sequence[Kept]) -> str:
    """Of all that was sent: the files by what they hold."""
    said = [statement.signed, statement.represented_by, statement.body]
    if statement.denial:
        said.append(statement.denial.value)
    if statement.received_on:
        said.append(statement.received_on.isoformat())
    text = json.dumps([*said, *sorted(kept.stored.sha256 for kept in files)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _noted(session: Session, statement: Statement, actor: Acts) -> None:
    on = statement.received_on
    data = {
        "case": statement.invitation.case_id,
        "is_late": statement.is_late,
        "files": [file.sha256 for file in statement.files],
        **({"denial": statement.denial.value} if statement.denial else {}),
        **({"received_on": on.isoformat()} if on else {}),
    }
    act = "respondent.paper" if on else "respondent.answer"
    record(session, act=act, subject=statement, actor=actor, now=statement.at, data=data)


def token_of(invitation: Invitation, keys: Keyring) -> str:
    """What stands behind /respond/."""
    return signed(invitation.handle, purpose=PURPOSE, keys=keys)


def invitation_by_token(session: Session, token: str, *, keys: Keyring, now: dt.datetime) -> Invitation:
    """The invitation; `NotFound` for a forged link, `Gone` for one that was revoked or has expired."""
    handle = handle_in(token, purpose=PURPOSE, keys=keys)
    found = session.scalar(select(Invitation).where(Invitation.handle == handle)) if handle else None
    if found is None:
        raise NotFound("没有找到这个链接，请核对是否完整。")
    if not found.is_open(now):
        raise Gone("这个链接已经停用或者过期，请与办理机构联系。")
    return found


def invitations_of(session: Session, case: Case) -> list[Invitation]:
    """Who was invited, the newest first, with what they answered."""
    wanted = select(Invitation).where(Invitation.case_id == case.id).order_by(Invitation.id.desc())
    return list(session.scalars(wanted))
