"""Verbs around an outside body: write to it, send the link anew, revoke it; and what the body does by the link.

What the body does are the same acts as an officer's: 签收 and 退回 of a transfer turn the same clocks. A letter 协作函 leaves
the case where it is, and starts the promise by which it should be answered (行政处罚法 Art 26).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.cases.moves import Notes, move, required, start_clocks
from models.cases.outside.kinds import DEFAULT_KIND, letter_kind
from models.cases.outside.links import new_handle
from models.cases.outside.tables import OutsideLink, OutsideReply
from models.cases.outside.terms import DAYS, RESENDABLE, USABLE, Standing
from models.cases.procedures import LETTER_CLOCKS
from models.cases.states import require
from models.cases.tables import Case, Transfer
from models.cases.terms import Act
from models.cases.transfers import acknowledge, return_transfer
from models.clocks.operations import cancel_deadline, meet_deadline
from models.clocks.queries import is_open
from models.clocks.subjects import ref
from models.clocks.tables import Deadline
from models.errors import ActRefused, Invalid
from models.filings.examination import queue_examination
from models.filings.tables import Evidence
from models.ledger import record
from models.people.actors import OutsideBody
from models.people.tables import Account, Unit

MOST_REPLIES = 20
RETURNED = "退回："  # how the words of a body that returns a letter begin in the life of the case
NO_WORDS = "请写明请对方办理的事项和案情，对方只看到这些。"


def open_link(
    session: Session,
    *,
    transfer: Transfer,
    words: str,
    files: Sequence[Evidence],
    days: int,
    actor: Account,
    now: dt.datetime,
) -> OutsideLink:
    """The link for a transfer that is on its way to an outside body, or is with it. One transfer has one link."""
    if not transfer.to_unit.is_outside or not (transfer.is_pending or transfer.acknowledged_at):
        raise ActRefused("只有移交外部单位、还没有退回或者撤销的办件可以发送链接。")
    if session.scalar(select(OutsideLink.id).where(OutsideLink.transfer_id == transfer.id)):
        raise ActRefused("这次移交已经有链接，需要时请重新发送。")
    made = _made(transfer.case, transfer.to_unit, words, files, days, actor, now)
    made.transfer = transfer
    session.add(made)
    _noted(session, made, "open", actor, now, transfer=transfer.id)
    return made


def write_letter(
    session: Session,
    *,
    case: Case,
    unit: Unit,
    words: str,
    files: Sequence[Evidence],
    days: int,
    actor: Account,
    now: dt.datetime,
    kind: str = DEFAULT_KIND,
) -> OutsideLink:
    """致函: asks an outside body for help with the case, which stays where it is (行政处罚法 Art 26).

    The kind says by when it is to be answered: fifteen working days where it is asked to investigate (程序规定 Art 45).
    """
    require(case.track, case.state, Act.ASK_OUTSIDE)
    asked = letter_kind(kind)
    if not unit.is_outside or not unit.is_active or case.bars_unit(unit):
        sentence = "请选择一个外部单位。"
        raise Invalid(sentence, {"unit": sentence})
    if not asked.fits(unit):
        sentence = "这种函件不发给这个单位，请另选种类或者单位。"
        raise Invalid(sentence, {"kind": sentence})
    made = _made(case, unit, words, files, days, actor, now)
    made.kind = asked.id
    session.add(made)
    _noted(session, made, "open", actor, now, kind=asked.id)
    notes = Notes(internal=made.words, other_unit=unit, data={"link": made.id, "unit": unit.id})
    move(session, case=case, act=Act.ASK_OUTSIDE, actor=actor, now=now, notes=notes)
    _reckon(session, case, now)
    return made


def resend(
    session: Session, *, link: OutsideLink, days: int, actor: Account, now: dt.datetime
) -> OutsideLink:
    """A new link in place of the old one, which opens nothing any more."""
    if link.standing(now) not in RESENDABLE:
        raise ActRefused("这个事项已经结束，不能再发送链接。")
    link.handle, link.sent_at, link.revoked_at = new_handle(), now, None
    link.expires_at = _end(now, days)
    _noted(session, link, "resend", actor, now)
    return link


def revoke(session: Session, *, link: OutsideLink, actor: Account, now: dt.datetime) -> None:
    """停用: the link opens nothing any more, until it is sent anew. Doing so twice changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = now
        _noted(session, link, "revoke", actor, now)


def take(session: Session, *, link: OutsideLink, now: dt.datetime) -> None:
    """签收 by the body. Pressing twice changes nothing."""
    if _usable(link, now) is not Standing.WAITING:
        return
    body = OutsideBody(link.unit_id)
    if link.transfer:
        acknowledge(session, case=link.case, actor=body, now=now)
    else:
        link.acknowledged_at = now
        session.flush()
        _reckon(session, link.case, now)
    _noted(session, link, "acknowledge", body, now)


def give_back(session: Session, *, link: OutsideLink, reasons: str, now: dt.datetime) -> None:
    """退回 by the body, with reasons, while it has not acknowledged."""
    if _usable(link, now) is not Standing.WAITING:
        raise ActRefused("已经签收，不能再退回；请在回复中说明情况。")
    body = OutsideBody(link.unit_id)
    words = required(reasons, field="reasons", sentence="请写明退回的理由，来函单位会看到。")
    if link.transfer:
        return_transfer(session, case=link.case, reasons=words, actor=body, now=now)
    else:
        link.returned_at, link.return_reasons = now, words
        _heard(session, link, RETURNED + words, now)
    _noted(session, link, "return", body, now)


def reply(
    session: Session, *, link: OutsideLink, signed: str, body: str, token: str, now: dt.datetime
) -> OutsideReply:
    """回复 by the body, with the papers attached under `token`: they join the case, apart from the filer's evidence.

    Who replies has the matter, so a reply without an acknowledgement is one too.
    """
    if _usable(link, now) is Standing.WAITING:
        take(session, link=link, now=now)
    require(link.case.track, link.case.state, Act.HEAR_OUTSIDE)
    if len(link.replies) >= MOST_REPLIES:
        raise ActRefused("回复的次数已经很多，请与来函单位联系。")
    made = OutsideReply(
        link=link,
        signed=required(signed, field="signed", sentence="请写明回复的单位和联系人。")[:100],
        body=required(body, field="body", sentence="请写明办理的情况和结果。"),
        at=now,
    )
    session.add(made)
    session.flush()
    papers = _take_over(session, link, made, token)
    queue_examination(session, papers, now=now)
    _heard(session, link, made.body, now, reply=made.id)
    data = {"reply": made.id, "papers": [paper.sha256 for paper in papers]}
    _noted(session, link, "reply", OutsideBody(link.unit_id), now, **data)
    return made


def _usable(link: OutsideLink, now: dt.datetime) -> Standing:
    standing = link.standing(now)
    if standing not in USABLE:
        raise ActRefused("这个链接已经不能再办理，请与来函单位联系。")
    return standing


def _made(
    case: Case,
    unit: Unit,
    words: str,
    files: Sequence[Evidence],
    days: int,
    actor: Account,
    now: dt.datetime,
) -> OutsideLink:
    return OutsideLink(
        case=case,
        unit=unit,
        handle=new_handle(),
        words=required(words, field="words", sentence=NO_WORDS),
        file_ids=[file.id for file in files if file.copy_key],
        made_by_id=actor.id,
        made_at=now,
        sent_at=now,
        expires_at=_end(now, days),
        replies=[],
    )


def _end(now: dt.datetime, days: int) -> dt.datetime:
    if days not in DAYS:
        sentence = "请从所列的天数中选择。"
        raise Invalid(sentence, {"days": sentence})
    return now + dt.timedelta(days=days)


def _take_over(session: Session, link: OutsideLink, made: OutsideReply, token: str) -> list[Evidence]:
    """The papers become the case's own, marked as the reply's: the filer's receipt stays what it was."""
    mine = update(Evidence).where(Evidence.submission_token == token)
    session.execute(
        mine.values(filing_id=link.case.filing_id, submission_token=None, outside_reply_id=made.id)
    )
    return list(session.scalars(select(Evidence).where(Evidence.outside_reply_id == made.id)))


def _heard(session: Session, link: OutsideLink, words: str, now: dt.datetime, **data: int) -> None:
    """The event in the life of the case. Where another letter still waits, its clock goes on from its own day."""
    body = OutsideBody(link.unit_id)
    notes = Notes(internal=words, unit=link.unit, data={"link": link.id, **data})
    move(session, case=link.case, act=Act.HEAR_OUTSIDE, actor=body, now=now, notes=notes)
    _reckon(session, link.case, now)


def _reckon(session: Session, case: Case, now: dt.datetime) -> None:
    """Each clock of letters runs for the first of those that wait: from its acknowledgement, until then from its sending.

    程序规定 Art 45 counts from the day on which the body has the letter, and nobody else knows that day better.
    """
    waiting: dict[str, dt.datetime] = {}
    for kind, since in session.execute(
        select(OutsideLink.kind, func.coalesce(OutsideLink.acknowledged_at, OutsideLink.made_at))
        .where(OutsideLink.case_id == case.id, OutsideLink.kind.is_not(None))
        .where(OutsideLink.returned_at.is_(None), ~OutsideLink.replies.any())
    ):
        rule_id = letter_kind(kind or DEFAULT_KIND).clock
        waiting[rule_id] = min(since, waiting.get(rule_id, since))
    target = ref(case)
    mine = (Deadline.subject_kind == target.kind, Deadline.subject_id == target.id, is_open())
    wanted = select(Deadline).where(*mine, Deadline.rule_id.in_(LETTER_CLOCKS))
    running = {one.rule_id: one.started_at for one in session.scalars(wanted)}
    for rule_id in LETTER_CLOCKS:
        begun = waiting.get(rule_id)
        if rule_id in running and running[rule_id] != begun:
            stop = cancel_deadline if begun else meet_deadline  # the last answer keeps it
            stop(session, rule_id=rule_id, subject=case, now=now)
            session.flush()
        if begun is not None and running.get(rule_id) != begun:
            start_clocks(session, case, (rule_id,), begun)


def _noted(
    session: Session,
    link: OutsideLink,
    act: str,
    actor: Account | OutsideBody,
    now: dt.datetime,
    **data: object,
) -> None:
    session.flush()
    facts = {"case": link.case_id, "unit": link.unit_id, **data}
    record(session, act=f"outside.{act}", subject=link, actor=actor, now=now, data=facts)
