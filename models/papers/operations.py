"""Verbs before a paper is issued: draft, revise, submit, approve or send back; and drop a draft that nobody needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from models.cases.moves import LONGEST_TEXT
from models.cases.tables import Case
from models.errors import ActRefused, Invalid, NotAllowed
from models.ledger import record
from models.papers.kinds import PaperKind, paper_kind
from models.papers.tables import Paper
from models.papers.terms import PAPER_STATE_LABELS, PaperState
from models.people.tables import Account, Unit
from models.plain import plain
from models.wording import said


def draft(
    session: Session,
    *,
    case: Case,
    kind: PaperKind,
    fields: Mapping[str, str],
    to_unit: Unit | None,
    actor: Account,
    now: dt.datetime,
    replaces: Paper | None = None,
    wants_two: bool = False,
    made_from: str = "",
) -> Paper:
    """A new paper of the case. ActRefused where the kind does not fit the case; Invalid for what is not filled in.

    `made_from` is given by the verb that makes papers of such a kind, and by nobody else. `replaces` is a void paper that
    this one stands for. Where the bureau `wants_two` people to open an envelope, a paper that names the filer is approved
    by another person too, whatever its kind says.
    """
    if not kind.fits(case):
        raise ActRefused(said("办件现在不能制作“%(title)s”。", title=kind.title))
    if kind.made_from != made_from:
        raise ActRefused(said("“%(title)s”由系统按已经签名的内容生成，不能自己起草。", title=kind.title))
    if replaces is not None and (replaces.state is not PaperState.VOID or replaces.case_id != case.id):
        raise ActRefused("只有已作废的公文可以重新制作。")
    paper = Paper(
        case=case,
        unit=case.acting_unit,
        kind=kind.id,
        title=kind.title,
        state=PaperState.DRAFT,
        is_approved=kind.wants_approval(case) or (wants_two and kind.names_filer),
        is_for_filer=kind.is_for_filer,
        replaces=replaces,
        drafted_by=actor,
        drafted_at=now,
        fields=_checked(kind, fields),
        to_unit=_receiver(kind, to_unit),
        deliveries=[],
    )
    session.add(paper)
    session.flush()
    data = {"case": case.id, "kind": kind.id, "replaces": paper.replaces_id}
    record(session, act="paper.draft", subject=paper, actor=actor, now=now, data=data)
    return paper


def revise(
    session: Session,
    *,
    paper: Paper,
    fields: Mapping[str, str],
    to_unit: Unit | None,
    actor: Account,
    now: dt.datetime,
) -> Paper:
    """Changes a draft. What was approved has to be approved again, so only drafts are changed."""
    _require(paper, PaperState.DRAFT)
    kind = paper_kind(paper.kind)
    paper.fields, paper.to_unit = _checked(kind, fields), _receiver(kind, to_unit)
    session.flush()
    record(session, act="paper.revise", subject=paper, actor=actor, now=now, data={"fields": list(fields)})
    return paper


def submit(session: Session, *, paper: Paper, actor: Account, now: dt.datetime) -> Paper:
    """Asks for approval, in kinds that want it."""
    _require(paper, PaperState.DRAFT)
    paper.is_approved = paper.is_approved or paper_kind(paper.kind).wants_approval(paper.case)
    if not paper.is_approved:
        raise ActRefused("这种公文不需要审批，可以直接签发。")
    paper.state, paper.remarks = PaperState.SUBMITTED, None
    session.flush()
    record(session, act="paper.submit", subject=paper, actor=actor, now=now)
    return paper


def approve(session: Session, *, paper: Paper, actor: Account, now: dt.datetime) -> Paper:
    """批准, by somebody else than the drafter. What was approved is what is issued: it cannot be revised any more."""
    _require(paper, PaperState.SUBMITTED)
    if actor.id == paper.drafted_by_id:
        raise NotAllowed("公文由另一位负责人审批，起草的人不能自己批准。")
    paper.state, paper.approved_by_id, paper.approved_at = PaperState.APPROVED, actor.id, now
    session.flush()
    record(session, act="paper.approve", subject=paper, actor=actor, now=now)
    return paper


def send_back(session: Session, *, paper: Paper, reasons: str, actor: Account, now: dt.datetime) -> Paper:
    """退回修改: a draft again, with what is to be mended. Also an approved one that is not yet issued."""
    if paper.state not in (PaperState.SUBMITTED, PaperState.APPROVED):
        _require(paper, PaperState.SUBMITTED)
    words = _words(reasons, "请写明要修改什么。")
    paper.state, paper.remarks = PaperState.DRAFT, words
    paper.approved_by_id, paper.approved_at = None, None
    session.flush()
    record(session, act="paper.send_back", subject=paper, actor=actor, now=now)
    return paper


def drop(session: Session, *, paper: Paper, actor: Account, now: dt.datetime) -> None:
    """Removes a draft. What was issued stays for good."""
    _require(paper, PaperState.DRAFT)
    record(session, act="paper.drop", subject=paper.case, actor=actor, now=now, data={"paper": paper.id})
    session.delete(paper)
    session.flush()


def void(session: Session, *, paper: Paper, reasons: str, actor: Account, now: dt.datetime) -> Paper:
    """作废: it was issued and does not hold any more. Its number stays used; another paper can replace it."""
    _require(paper, PaperState.ISSUED)
    words = _words(reasons, "请写明作废的理由。")
    paper.state, paper.voided_by_id, paper.voided_at = PaperState.VOID, actor.id, now
    paper.void_reasons = words
    session.flush()
    record(session, act="paper.void", subject=paper, actor=actor, now=now, data={"case": paper.case_id})
    return paper


def _require(paper: Paper, state: PaperState) -> None:
    if paper.state is not state:
        raise ActRefused(
            said(
                "公文现在是“%(here)s”；这一步只在“%(there)s”时可以办理。",
                here=PAPER_STATE_LABELS[paper.state],
                there=PAPER_STATE_LABELS[state],
            )
        )


def _words(text: str, sentence: str) -> str:
    words = plain(text)
    if not words:
        raise Invalid(sentence, {"reasons": sentence})
    return words[:LONGEST_TEXT]


def _checked(kind: PaperKind, fields: Mapping[str, str]) -> dict[str, str]:
    """The kind's own fields, tidied; Invalid names each that must be filled in and is empty."""
    kept = {one.name: plain(fields.get(one.name, "")) for one in kind.own_fields}
    missing = [one.name for one in kind.asks if not kept[one.name]]
    long = [name for name, words in kept.items() if len(words) > LONGEST_TEXT]
    errors = {name: said("请填写%(name)s。", name=name) for name in missing}
    errors |= {name: said("最多 %(most)s 个字，请删减。", most=LONGEST_TEXT) for name in long}
    if errors:
        raise Invalid(next(iter(errors.values())), dict(errors))
    return kept


def _receiver(kind: PaperKind, to_unit: Unit | None) -> Unit | None:
    if not kind.goes_to_a_body:
        return None
    if to_unit is None:
        sentence = "请选择发给哪个单位。"
        raise Invalid(sentence, {"to_unit": sentence})
    return to_unit
