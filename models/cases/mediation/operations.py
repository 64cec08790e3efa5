"""The verbs of mediation: ask both sides, note what they say, begin, agree or end (Order 121 Art 18–25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.cases.decisions import on_ground
from models.cases.grounds import Ground
from models.cases.mediation.queries import LIMIT, has_run_out, mediation_under_way, open_mediation
from models.cases.mediation.tables import Consent, Mediation
from models.cases.mediation.terms import (
    ANSWER_LABELS,
    PARTIES,
    ConsentWay,
    Result,
    SessionWay,
    Side,
    Writing,
)
from models.cases.moves import Notes, move, required
from models.cases.response.operations import RESPONDENT, invite
from models.cases.states import require
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.errors import ActRefused, Invalid
from models.ledger.operations import Acts
from models.people.actors import FILER
from models.people.tables import Account
from models.wording import said

__all__ = [
    "LIMIT",
    "Entrusting",
    "begin",
    "consent",
    "end_mediation",
    "offer",
    "refuse_while_resting",
    "settle",
]

RESTS = said("有一方申请调解员回避，作出决定以前中止调解（121号 第21条）。")
_ALONE: dict[Side, Acts] = {Side.FILER: FILER, Side.RESPONDENT: RESPONDENT}


@dataclass(frozen=True, slots=True)
class Entrusting:
    """委托调解 (Art 19): to which lawful organisation, and within which bounds; it mediates in the bureau's name."""

    organisation: str
    scope: str


def offer(
    session: Session,
    *,
    case: Case,
    words: str,
    company: str,
    company_words: str,
    days: int,
    actor: Account,
    now: dt.datetime,
    entrusting: Entrusting | None = None,
    agreed: Collection[Side] = (),
    way: ConsentWay = ConsentWay.PHONE,
) -> Mediation:
    """征求调解意见: the filer answers at /track, the company by a link that staff send it. `agreed`: who said so already.

    The company reads `company_words` alone, which staff write; the filer reads `words`.
    """
    require(case.track, case.state, Act.OFFER_MEDIATION)
    if open_mediation(session, case.id) is not None:
        raise ActRefused("已经征求双方意见，不用重复办理。")
    told = required(words, field="words", sentence="请写明就什么争议调解、怎样调解，投诉人会看到。")
    entrusted = _entrusted(entrusting)
    invitation = invite(
        session, case=case, company=company, words=company_words, files=[], days=days, actor=actor, now=now
    )
    made = Mediation(
        case=case,
        invitation=invitation,
        words=told,
        offered_by_id=actor.id,
        offered_at=now,
        consents=[],
        sessions=[],
        objections=[],
        tests=[],
        **entrusted,
    )
    session.add(made)
    session.flush()
    for side in PARTIES:
        if side in agreed:
            _note(session, made, side, True, entrusting is not None, way, None, actor, now)
    data = {"mediation": made.id, "is_entrusting": entrusting is not None, "agreed": sorted(agreed)}
    move(
        session, case=case, act=Act.OFFER_MEDIATION, actor=actor, now=now, notes=Notes(public=told, data=data)
    )
    return made


def consent(
    session: Session,
    *,
    case: Case,
    side: Side,
    agrees: bool,
    entrusts: bool,
    now: dt.datetime,
    actor: Account | None = None,
    way: ConsentWay = ConsentWay.ONLINE,
    signed: str = "",
) -> Consent:
    """同意与否 of one side (Art 18, 19); without `actor` the side answers by itself. The last answer holds.

    Who agrees to mediation need not agree that an organisation is entrusted with it.
    """
    require(case.track, case.state, Act.CONSENT)
    if side not in PARTIES:
        raise Invalid("请选择是哪一方的答复。", {"side": "请选择是哪一方的答复。"})
    if (actor is None) != (way is ConsentWay.ONLINE):
        sentence = said("请选择是怎样答复的：网上的答复由当事人自己提交。")
        raise Invalid(sentence, {"way": sentence})
    mediation = mediation_under_way(session, case)
    wants = agrees and entrusts and mediation.entrusted_to is not None
    made = _note(session, mediation, side, agrees, wants, way, signed.strip()[:100] or None, actor, now)
    who: Acts = actor or _ALONE[side]
    data = {"mediation": mediation.id, "side": side, "agrees": agrees, "entrusts": wants, "way": way}
    notes = Notes(public=ANSWER_LABELS[side, agrees], data=data)
    move(session, case=case, act=Act.CONSENT, actor=who, now=now, notes=notes)
    return made


def begin(
    session: Session,
    *,
    case: Case,
    mediator_name: str,
    is_entrusted: bool,
    words: str,
    actor: Account,
    now: dt.datetime,
    mediator: Account | None = None,
) -> Mediation:
    """组织调解 once both sides consent; with an organisation only where both consent to that too. `mediator`: staff."""
    require(case.track, case.state, Act.MEDIATE)
    mediation = open_mediation(session, case.id)
    if mediation is None or not mediation.both_agree:
        raise ActRefused(
            "调解须经投诉人和被投诉人双方同意（121号 第18条）；双方的答复都记录下来以后再办理。有一方不同意的，请办理“终止调解”。"
        )
    if is_entrusted and not mediation.both_entrust:
        sentence = said("委托其他组织调解，须经双方同意委托（121号 第19条）。")
        raise Invalid(sentence, {"who": sentence})
    told = required(words, field="words", sentence="请写明怎样安排调解，举报投诉人会看到。")
    name_mediator(case, mediation, mediator_name, None if is_entrusted else mediator)
    mediation.is_entrusted, mediation.begun_at = is_entrusted, now
    data = {"mediation": mediation.id, "is_entrusted": is_entrusted, "mediator": mediation.mediator_id}
    move(session, case=case, act=Act.MEDIATE, actor=actor, now=now, notes=Notes(public=told, data=data))
    return mediation


def name_mediator(
    case: Case, mediation: Mediation, name: str, account: Account | None, *, but: str | None = None
) -> None:
    """Names who mediates; nobody who is kept out of the case 回避, nobody to whom a side objected with success."""
    tidy = required(name, field="mediator_name", sentence="请写明调解员的姓名，双方会看到，可以申请回避。")[
        :100
    ]
    refused = {one.mediator_name for one in mediation.objections if one.is_granted} | {but}
    if tidy in refused or (account is not None and case.bars(account)):
        sentence = said("这位调解员应当回避，请另选一位。")
        raise Invalid(sentence, {"mediator_name": sentence})
    mediation.mediator_name, mediation.mediator_id = tidy, account.id if account else None


def settle(
    session: Session,
    *,
    case: Case,
    terms: str,
    writing: Writing,
    actor: Account,
    now: dt.datetime,
) -> Case:
    """达成调解协议 (Art 24): what both agreed on, and what is written about it.

    Refused when the limit of Art 23(1)5 is over, and where no session was recorded: then they settled by themselves.
    """
    require(case.track, case.state, Act.SETTLE)
    mediation = mediation_under_way(session, case)
    refuse_while_resting(mediation)
    if has_run_out(session, case, now):
        raise ActRefused(
            "调解期限已经届满，依法应当终止调解（121号 第23条第1款第5项）；双方自行和解的，按第1项终止。"
        )
    if not mediation.held:
        raise ActRefused("请先办理“调解记录”：没有经过调解、双方自行和解的，请办理“终止调解”，选第1项。")
    _check_writing(mediation, writing)
    words = required(terms, field="terms", sentence="请写明协议的内容和履行方式，举报投诉人会看到。")
    mediation.agreement, mediation.writing = words, writing
    mediation.result, mediation.ended_at = Result.SETTLED, now
    data = {"mediation": mediation.id, "writing": writing}
    move(session, case=case, act=Act.SETTLE, actor=actor, now=now, notes=Notes(public=words, data=data))
    return case


def end_mediation(
    session: Session, *, case: Case, ground: Ground, reasons: str, actor: Account, now: dt.datetime
) -> Case:
    """终止调解 on one of the eight grounds of Art 23(1); both sides are to be told in seven working days.

    A ground that can be checked is checked: the limit is over, or it was mediated before nobody could agree.
    """
    require(case.track, case.state, Act.END_MEDIATION)
    problem = _why_not(session, case, ground, now)
    if problem:
        raise Invalid(problem, {"ground": problem})
    on_ground(session, case=case, act=Act.END_MEDIATION, ground=ground, reasons=reasons, actor=actor, now=now)
    mediation = open_mediation(session, case.id)
    if mediation is not None:
        mediation.result, mediation.ended_at = Result.ENDED, now
        session.flush()
    return case


def refuse_while_resting(mediation: Mediation) -> None:
    """ActRefused while an objection to the mediator waits (Art 21)."""
    if mediation.pending_objection is not None:
        raise ActRefused(RESTS)


def _why_not(session: Session, case: Case, ground: Ground, now: dt.datetime) -> str:
    if ground is Ground.MEDIATION_TOO_LONG and not has_run_out(session, case, now):
        return said("调解期限还没有届满，或者正在鉴定、检测，不能以期限届满终止调解。")
    if ground is Ground.MEDIATION_NO_AGREEMENT and case.state is not State.MEDIATING:
        return said("还没有组织调解，不能以“经组织调解无法达成协议”终止；一方拒绝调解的，选第2项。")
    return ""


def _check_writing(mediation: Mediation, writing: Writing) -> None:
    """On site a settlement paper is made unless performed or waived; elsewhere the record is enough (Art 24)."""
    on_site = any(one.way is SessionWay.ON_SITE for one in mediation.held)
    if writing is Writing.RECORD and on_site:
        sentence = (
            "经现场调解达成协议的，应当制作调解书，但已经即时履行或者双方同意不制作的除外（121号 第24条）。"
        )
        raise Invalid(sentence, {"writing": sentence})


def _note(
    session: Session,
    mediation: Mediation,
    side: Side,
    agrees: bool,
    entrusts: bool,
    way: ConsentWay,
    signed: str | None,
    actor: Account | None,
    now: dt.datetime,
) -> Consent:
    made = Consent(
        side=side,
        agrees=agrees,
        entrusts=entrusts,
        way=way,
        signed=signed,
        recorded_by_id=actor.id if actor else None,
        at=now,
    )
    mediation.consents.append(made)
    agreed_at = now if agrees else None
    if side is Side.FILER:
        mediation.filer_agreed_at = agreed_at
    else:
        mediation.respondent_agreed_at = agreed_at
    session.flush()
    return made


def _entrusted(entrusting: Entrusting | None) -> dict[str, str]:
    if entrusting is None:
        return {}
    return {
        "entrusted_to": required(
            entrusting.organisation, field="organisation", sentence="请写明委托哪个组织调解。"
        )[:200],
        "entrusted_scope": required(entrusting.scope, field="scope", sentence="请写明委托的范围。"),
    }
