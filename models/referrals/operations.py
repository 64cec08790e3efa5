"""The verbs of a referral: propose, approve or decline, hand over, and write down what the police and we do then.

移送规定: reasonable suspicion is enough in matters of intellectual property (Art 3(2)); two handlers report, the head
decides in three days and the hand-over follows in twenty-four hours (Art 5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.cases.moves import Notes, flush, move, required
from models.cases.operations import can_handle
from models.cases.sorting.operations import sort_case
from models.cases.sorting.terms import Complexity
from models.cases.states import require as require_act
from models.cases.tables import Case
from models.cases.terms import Act
from models.clocks.operations import cancel_deadline, meet_deadline, start_deadline
from models.errors import ActRefused, Invalid, NotAllowed
from models.filings.tables import Evidence
from models.ledger import record
from models.people.tables import Account, Unit
from models.referrals.papers import draft_papers
from models.referrals.queries import late_to_ask_again, open_referral
from models.referrals.states import BY_STEP, BY_THEMSELVES, Row, require
from models.referrals.suspension import go_on, pause
from models.referrals.tables import Referral, ReferralStep
from models.referrals.terms import STEP_LABELS, Standing, Step
from models.wording import said

LONGEST_CRIME, LONGEST_DOCUMENT = 200, 100
NOTHING_SEIZED = "无"
NOT_SIMPLE = "涉嫌犯罪，报请移送公安机关，不再是简案。"


@dataclass(frozen=True)
class Report:
    """移送报告: what the two handlers say, and what goes along."""

    crime: str
    facts: str
    suspicion: str
    goods: str
    first: Account
    second: Account
    police: Unit
    procuratorate: Unit | None
    evidence: Sequence[Evidence] = ()
    appraisals: Sequence[Evidence] = ()


@dataclass(frozen=True)
class Happened:
    """When a step happened in fact, the number of the paper behind it, and what is to be remembered of it."""

    at: dt.datetime
    document: str = ""
    words: str = ""


def propose(session: Session, *, case: Case, report: Report, actor: Account, now: dt.datetime) -> Referral:
    """提出移送报告, by a team of two or more (移送规定 Art 5(1)); the head's three days begin.

    What may be a crime is no simple case any more: its papers take the whole path.
    """
    require_act(case.track, case.state, Act.PROPOSE_REFERRAL)
    _check_report(case, report)
    if case.complexity is Complexity.SIMPLE:
        sort_case(session, case=case, complexity=Complexity.COMPLEX, reasons=NOT_SIMPLE, actor=actor, now=now)
    made = Referral(
        case=case,
        standing=Standing.PROPOSED,
        police=report.police,
        procuratorate=report.procuratorate,
        crime=required(report.crime, field="crime", sentence="请写明涉嫌的罪名。")[:LONGEST_CRIME],
        facts=required(report.facts, field="facts", sentence="请写明查明的事实。"),
        suspicion=required(
            report.suspicion, field="suspicion", sentence="请写明有哪些证据、为什么存在犯罪的合理嫌疑。"
        ),
        goods=report.goods.strip() or NOTHING_SEIZED,
        evidence_ids=sorted({one.id for one in (*report.evidence, *report.appraisals)}),
        appraisal_ids=sorted({one.id for one in report.appraisals}),
        first_handler=report.first,
        second_handler=report.second,
        proposed_by_id=actor.id,
        proposed_at=now,
        steps=[],
    )
    session.add(made)
    _step(session, made, BY_STEP[Step.PROPOSE], Happened(now), actor, now)
    return made


def approve(
    session: Session, *, referral: Referral, identity_reasons: str = "", actor: Account, now: dt.datetime
) -> Referral:
    """批准移送 by the head, who also says whether the pack may name the filer, and why (121号 Art 37 keeps it secret)."""
    row = _decides(referral, Step.APPROVE, actor)
    referral.identity_reasons = identity_reasons.strip() or None
    referral.decided_by_id, referral.decided_at = actor.id, now
    _step(session, referral, row, Happened(now), actor, now)
    draft_papers(session, referral=referral, head=actor, now=now)
    return referral


def decline(
    session: Session, *, referral: Referral, reasons: str, actor: Account, now: dt.datetime
) -> Referral:
    """不批准移送: the reasons are put on record (移送规定 Art 5(2)), and the case goes on."""
    row = _decides(referral, Step.DECLINE, actor)
    words = required(reasons, field="reasons", sentence="请写明不批准移送的理由，理由记录在案。")
    referral.decline_reasons = words
    referral.decided_by_id, referral.decided_at = actor.id, now
    _step(session, referral, row, Happened(now, words=words), actor, now)
    return referral


def hand_over(
    session: Session, *, referral: Referral, happened: Happened, actor: Account, now: dt.datetime
) -> Referral:
    """移送, with the pack as it was made. The case stands still from that day on (see `suspension`)."""
    row = _row(referral, Step.HAND_OVER)
    if referral.pack_key is None:
        raise ActRefused("案卷包还没有做好，请先签发移送的公文，等案卷包做好后再移送。")
    _check_time(referral, happened, now)
    document = _document(happened)
    referral.handed_over_at = happened.at
    _step(session, referral, row, happened, actor, now)
    pause(session, case=referral.case, document=document, actor=actor, now=now)
    return referral


def take_step(
    session: Session, *, referral: Referral, step: Step, happened: Happened, actor: Account, now: dt.datetime
) -> Referral:
    """Writes down what the police did, or what we did towards them. Clocks run from when it happened."""
    if step in BY_THEMSELVES:
        raise ValueError(f"{step} has a verb of its own")
    row = _row(referral, step)
    _check_time(referral, happened, now)
    if row.asks_document:
        _document(happened)
    required(happened.words, field="words", sentence="请写明情况。")
    if step is Step.ASK_AGAIN and late_to_ask_again(session, referral, happened.at):
        raise ActRefused(
            "接到不予立案通知书已经超过三日，不能再提请复议；可以建议检察机关立案监督（移送规定 第9条）。"
        )
    if step in (Step.RESUME, Step.TAKE_BACK):
        go_on(session, case=referral.case, actor=actor, now=now)
    _step(session, referral, row, happened, actor, now)
    return referral


def _row(referral: Referral, step: Step) -> Row:
    """Asked of the case first: it may have gone on in another way."""
    row = BY_STEP[step]
    require_act(referral.case.track, referral.case.state, row.act)
    return require(referral.standing, step)


def _decides(referral: Referral, step: Step, actor: Account) -> Row:
    row = _row(referral, step)
    if actor.id in (referral.first_handler_id, referral.second_handler_id, referral.proposed_by_id):
        raise NotAllowed("是否移送由没有参加专案组的负责人决定。")
    return row


def _step(
    session: Session, referral: Referral, row: Row, happened: Happened, actor: Account, now: dt.datetime
) -> None:
    """The new standing, its clocks, the history, the act of the case, the ledger."""
    referral.standing = row.to
    made = ReferralStep(
        step=row.step,
        at=happened.at,
        document=happened.document.strip(),
        words=happened.words.strip(),
        noted_by_id=actor.id,
        noted_at=now,
    )
    referral.steps.append(made)
    flush(session)
    _turn_clocks(session, referral, row, happened.at, now)
    words = "：".join(part for part in (STEP_LABELS[row.step], made.document, made.words) if part)
    notes = Notes(internal=words, other_unit=_other_unit(referral, row), data={"referral": referral.id})
    move(session, case=referral.case, act=row.act, actor=actor, now=now, notes=notes)
    facts = {"case": referral.case_id, "step": made.id}
    record(session, act=f"referral.{row.step}", subject=referral, actor=actor, now=now, data=facts)


def _turn_clocks(session: Session, referral: Referral, row: Row, at: dt.datetime, now: dt.datetime) -> None:
    """What is kept was kept when it happened, also where that is written down later."""
    case = referral.case
    for rule_id in row.meets:
        meet_deadline(session, rule_id=rule_id, subject=case, now=at)
    for rule_id in row.drops:
        cancel_deadline(session, rule_id=rule_id, subject=case, now=at)
    for rule_id in row.starts:
        start_deadline(
            session, rule_id=rule_id, subject=case, started_at=at, now=now, unit_id=case.acting_unit.id
        )
    session.flush()


def _other_unit(referral: Referral, row: Row) -> Unit | None:
    if row.step is Step.ASK_SUPERVISION:
        return referral.procuratorate
    return referral.police if row.act in (Act.REFER, Act.HEAR_POLICE, Act.CONCLUDE_REFERRAL) else None


def _check_time(referral: Referral, happened: Happened, now: dt.datetime) -> None:
    """A step follows the one before it and lies in the past."""
    last = referral.steps[-1].at.replace(second=0, microsecond=0)  # people write minutes
    if happened.at > now or happened.at < last:
        sentence = said(
            "时间应在上一步（%(step)s）之后，不能晚于现在。", step=STEP_LABELS[referral.steps[-1].step]
        )
        raise Invalid(sentence, {"at": sentence})


def _document(happened: Happened) -> str:
    words = required(happened.document, field="document", sentence="请填写文号或者回执、交接单的编号。")
    if len(words) > LONGEST_DOCUMENT:
        sentence = said("最多 %(most)s 个字，请删减。", most=LONGEST_DOCUMENT)
        raise Invalid(sentence, {"document": sentence})
    return words


def _check_report(case: Case, report: Report) -> None:
    errors: dict[str, str] = {}
    if report.first.id == report.second.id:
        errors["second"] = said("专案组由两名以上执法人员组成，请选择另一个人（移送规定 第5条）。")
    for field, person in (("first", report.first), ("second", report.second)):
        if not can_handle(person, case.acting_unit) or case.bars(person):
            errors[field] = said("请选择本机构在岗、不用回避的办案人员。")
    for field, body, kind in (
        ("police", report.police, "police"),
        ("procuratorate", report.procuratorate, "procuratorate"),
    ):
        if body is not None and (body.outside_kind != kind or not body.is_active or case.bars_unit(body)):
            errors[field] = said("请从所列的单位中选择。")
    if errors:
        raise Invalid(next(iter(errors.values())), errors)


__all__ = ["Happened", "Report", "approve", "decline", "hand_over", "open_referral", "propose", "take_step"]
