"""The verbs of retention: hold and release, propose, approve or reject, destroy one case, certify the whole list.

Two people decide, the worker destroys, one case a transaction. Whether a case is still due is asked again at its turn.
"""

from __future__ import annotations

import datetime as dt
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.cases.tables import Case
from models.errors import ActRefused, Invalid, NotAllowed
from models.filings import signing
from models.filings.sealing import Keyring
from models.ledger import record
from models.ledger.operations import Acts
from models.people.tables import Account
from models.retention.erasure import erase
from models.retention.queries import due_cases, is_over, may_decide
from models.retention.schedules import Schedule, Schedules
from models.retention.tables import Disposal, DisposalItem, DisposalState, Fate, RetentionHold
from models.wording import said

DISPOSE = "dispose-case"
CERTIFY = "certify-disposal"
MOST_AT_ONCE = 200
CERTIFICATE_TYPE = "huhang-destruction/1"


def hold(session: Session, *, case: Case, words: str, actor: Account, now: dt.datetime) -> RetentionHold:
    """暂缓销毁 of a case, with the reason."""
    if not words.strip():
        raise Invalid(said("请写明暂缓销毁的理由。"), {"words": said("请写明暂缓销毁的理由。")})
    locked = select(Case.destroyed_at).where(Case.id == case.id).with_for_update()
    if session.scalar(locked) is not None:  # the worker may be at it
        raise ActRefused(said("这个办件已经超过保管期限，内容已经销毁。"))
    mine = (RetentionHold.case_id == case.id, RetentionHold.lifted_at.is_(None))
    if session.scalar(select(RetentionHold.id).where(*mine)) is not None:
        raise ActRefused(said("这个办件已经暂缓销毁。"))
    made = RetentionHold(case=case, words=words.strip(), placed_by_id=actor.id, placed_at=now)
    session.add(made)
    session.flush()
    record(session, act="retention.hold", subject=case, actor=actor, now=now, data={"hold": made.id})
    return made


def release(session: Session, *, hold: RetentionHold, actor: Account, now: dt.datetime) -> None:
    """解除暂缓: from now on the schedule decides again."""
    if hold.lifted_at is not None:
        raise ActRefused(said("这项暂缓销毁已经解除。"))
    hold.lifted_at, hold.lifted_by_id = now, actor.id
    record(session, act="retention.release", subject=hold.case, actor=actor, now=now, data={"hold": hold.id})


def propose(session: Session, *, schedule: Schedule, actor: Account, now: dt.datetime) -> Disposal:
    """提出销毁清册: up to two hundred cases of one unit whose time is over; ActRefused while the schedule is not confirmed."""
    if not schedule.is_confirmed:
        raise ActRefused(said("这一保管期限还没有经审核确认，不能销毁（程序规定 第78条）。"))
    cases = due_cases(session, schedule, now, MOST_AT_ONCE)
    if not cases:
        raise ActRefused(said("没有到期又没有列入清册的办件。"))
    terms = {"title": schedule.title, "years": schedule.years, "basis": schedule.basis}
    terms |= {"source": schedule.source, "source_on": schedule.source_on.isoformat()}
    made = Disposal(
        schedule=schedule.key,
        terms=json.dumps(terms, ensure_ascii=False),
        state=DisposalState.PROPOSED,
        proposed_by_id=actor.id,
        proposed_at=now,
        items=[DisposalItem(case=case) for case in cases],
    )
    session.add(made)
    session.flush()
    data = {"schedule": schedule.key, "cases": len(cases)}
    record(session, act="retention.propose", subject=made, actor=actor, now=now, data=data)
    return made


def approve(session: Session, *, disposal: Disposal, actor: Account, now: dt.datetime) -> None:
    """批准, by somebody else: the worker begins."""
    _decide(session, disposal, DisposalState.APPROVED, actor, now)
    for item in disposal.items:
        key, payload = f"{DISPOSE}:{item.id}", {"item_id": item.id}
        outbox.put(session, kind=DISPOSE, key=key, payload=payload, now=now)
    record(session, act="retention.approve", subject=disposal, actor=actor, now=now)


def reject(session: Session, *, disposal: Disposal, answer: str, actor: Account, now: dt.datetime) -> None:
    """不批准, with the reason; the cases can be proposed again."""
    if not answer.strip():
        raise Invalid(said("请写明不批准的理由。"), {"answer": said("请写明不批准的理由。")})
    _decide(session, disposal, DisposalState.REJECTED, actor, now, answer.strip())
    record(session, act="retention.reject", subject=disposal, actor=actor, now=now)


def destroy(
    session: Session, *, item: DisposalItem, schedule: Schedule, actor: Acts, now: dt.datetime
) -> None:
    """Destroys one case of an approved list, or keeps it where it is held or no longer due. Done twice, nothing more."""
    if item.fate is not Fate.WAITING or item.disposal.state is not DisposalState.APPROVED:
        return
    case, disposal = item.case, item.disposal
    still = session.scalar(
        select(Case.id).where(Case.id == case.id, is_over(schedule, now)).with_for_update()
    )
    if still is None:
        item.fate = Fate.KEPT
        record(session, act="retention.keep", subject=case, actor=actor, now=now, data={"item": item.id})
    else:
        hashes = erase(session, case, now)
        item.hashes, item.fate = "\n".join(hashes), Fate.DESTROYED
        data = {"item": item.id, "files": len(hashes) - 1}
        record(session, act="retention.destroy", subject=case, actor=actor, now=now, data=data)
    session.flush()
    waiting = (DisposalItem.disposal_id == disposal.id, DisposalItem.fate == Fate.WAITING)
    if session.scalar(select(DisposalItem.id).where(*waiting).limit(1)) is None:
        key, payload = f"{CERTIFY}:{disposal.id}", {"disposal_id": disposal.id}
        outbox.put(session, kind=CERTIFY, key=key, payload=payload, now=now)


def certify(
    session: Session,
    *,
    disposal: Disposal,
    schedules: Schedules,
    bureau: str,
    actor: Acts,
    now: dt.datetime,
    keys: Keyring,
) -> None:
    """销毁证明 of a list that is through: signed, with references and digests, and no personal data."""
    if disposal.state is not DisposalState.APPROVED:
        return
    public = signing.public_key_of(keys.signing_key)
    content = {
        "type": CERTIFICATE_TYPE,
        "key_id": signing.key_id_of(public),
        "bureau": bureau,
        "disposal": disposal.id,
        "schedule": {"key": disposal.schedule, **json.loads(disposal.terms)},
        "proposed": [f"account:{disposal.proposed_by_id}", disposal.proposed_at.isoformat()],
        "approved": [f"account:{disposal.decided_by_id}", _iso(disposal.decided_at)],
        "done_at": now.isoformat(),
        "destroyed": [
            {"reference": one.case.reference, "sha256": one.hashes.split("\n")}
            for one in disposal.items
            if one.fate is Fate.DESTROYED
        ],
        "kept": [one.case.reference for one in disposal.items if one.fate is Fate.KEPT],
        "backups": {"rotated_within_days": schedules.backups_days},
    }
    signed = signing.canonical(content)
    disposal.certificate, disposal.key_id = signed.decode(), str(content["key_id"])
    disposal.signature = signing.sign(keys.signing_key, signed).hex()
    disposal.state, disposal.done_at = DisposalState.DONE, now
    record(session, act="retention.certify", subject=disposal, actor=actor, now=now)


def _decide(
    session: Session,
    disposal: Disposal,
    state: DisposalState,
    actor: Account,
    now: dt.datetime,
    answer: str = "",
) -> None:
    locked = select(Disposal.state).where(Disposal.id == disposal.id).with_for_update()
    if session.scalar(locked) is not DisposalState.PROPOSED:  # of two heads at once, one decides
        raise ActRefused(said("这份销毁清册已经处理过了。"))
    if disposal.proposed_by_id == actor.id:
        raise NotAllowed(said("自己提出的销毁清册由另一个人审批。"))
    if not may_decide(session, disposal, actor):
        raise NotAllowed(said("由有这些办件的机构或者其上级的负责人审批，应当回避的除外。"))
    disposal.answer = answer
    disposal.state, disposal.decided_by_id, disposal.decided_at = state, actor.id, now


def _iso(instant: dt.datetime | None) -> str:
    return instant.isoformat() if instant else ""
