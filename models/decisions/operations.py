"""Verbs on a decision before it is public: entered, amended, submitted, returned, approved.

Who enters and who approves are two people; nothing with a person's number in its public text is approved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import ledger, outbox
from models.companies.operations import Sighting, note_companies
from models.companies.tables import Company
from models.decisions.checks import refuse_blocking_numbers, refuse_warning_only
from models.decisions.clocks import restart_publication_clocks, start_publication_clocks_of_new
from models.decisions.content import ZONES, DecisionContent, check_content
from models.decisions.kinds import PartyKind
from models.decisions.names import public_party_name, without_private_names
from models.decisions.redaction.marking import Kept, renew_original
from models.decisions.redaction.operations import refuse_open_marks
from models.decisions.states import Act, State, next_state
from models.decisions.tables import Decision
from models.errors import ActRefused, Conflict, Invalid
from models.ledger.operations import Acts
from models.people.permissions import Permission, can
from models.people.tables import Account, Unit
from models.types import beijing_date
from models.wording import said

# Copied as they are. The party's name and the texts are not: what is public of them is made below.
_COPIED = (
    "kind",
    "document_number",
    "number_key",
    "party_kind",
    "legal_representative",
    "cause_code",
    "cause_name",
    "right_type",
    "fine_fen",
    "confiscated_fen",
    "licence",
    "decided_on",
    "valid_until_on",
    "stated_end_on",
    "authority_name",
    "authority_uscc",
    "source_name",
    "source_uscc",
    "remarks",
    "industry",
)
_PUBLIC_TEXTS = (*ZONES, "performance", "full_text")


def enter(
    session: Session,
    *,
    content: DecisionContent,
    unit: Unit,
    actor: Acts,
    now: dt.datetime,
    source_sha256: str | None = None,
    stands_elsewhere: bool = False,
) -> Decision:
    """A new draft of `unit`. Raises Invalid by field, also when the authority has that number already.

    An account that enters is the maker; an import without one must give the SHA-256 of its file. The publication
    clocks start, unless it `stands_elsewhere`: on an official site, where it was in time or not.
    """
    _refuse_taken_number(session, content)
    (decision,) = enter_many(
        session,
        contents=[content],
        unit=unit,
        actor=actor,
        now=now,
        source_sha256=source_sha256,
        stands_elsewhere=stands_elsewhere,
    )
    return decision


def enter_many(
    session: Session,
    *,
    contents: Sequence[DecisionContent],
    unit: Unit,
    actor: Acts,
    now: dt.datetime,
    source_sha256: str | None = None,
    stands_elsewhere: bool = False,
) -> list[Decision]:
    """As `enter`, for many at once, whose numbers the caller knows to be new."""
    for content in contents:
        check_content(content, today=beijing_date(now))
    companies = note_companies(
        session, [seen for content in contents for seen in _sightings(content)], now=now
    )
    decisions: list[Decision] = []
    kept: list[Kept] = []
    for content in contents:
        decision = Decision(unit=unit, created_at=now, state=State.DRAFT, revision=1)
        decision.maker = actor if isinstance(actor, Account) else None
        decision.source_sha256 = source_sha256
        _write(decision, content, companies, now)
        if not stands_elsewhere:
            kept.append(Kept.of(decision, content, now=now))
        decisions.append(decision)
    _save(session, decisions)
    for decision in decisions:
        data = {"content_sha256": decision.content_sha256, "source_sha256": source_sha256}
        ledger.record(session, act="decision.enter", subject=decision, actor=actor, now=now, data=data)
    if not stands_elsewhere:
        for original, decision in zip(kept, decisions, strict=True):
            session.add_all(original.rows_for(decision))
        start_publication_clocks_of_new(session, decisions)
    return decisions


def amend(
    session: Session, decision: Decision, *, content: DecisionContent, actor: Acts, now: dt.datetime
) -> Decision:
    """Replaces the content of a draft, or of one in review; the reviewer then has a new revision to read."""
    next_state(decision.state, Act.AMEND)
    check_content(content, today=beijing_date(now))
    _refuse_taken_number(session, content, own_id=decision.id)
    before, decided_on = decision.content_sha256, decision.decided_on
    _write(decision, content, note_companies(session, _sightings(content), now=now), now)
    _save(session, [decision])
    renew_original(session, decision, content, now=now)
    decision.revision += 1
    if decision.decided_on != decided_on:
        restart_publication_clocks(session, decision, now=now)
    _note(session, decision, Act.AMEND, actor, now, before=before, after=decision.content_sha256)
    return decision


def submit_for_review(session: Session, decision: Decision, *, actor: Acts, now: dt.datetime) -> Decision:
    """Hands a draft to the reviewers."""
    _move(decision, Act.SUBMIT, now)
    decision.submitted_at = now
    decision.return_reason = None
    _note(session, decision, Act.SUBMIT, actor, now)
    return decision


def return_to_maker(
    session: Session, decision: Decision, *, reason: str, actor: Acts, now: dt.datetime
) -> Decision:
    """Sends it back as a draft, with the reason; also an approved one that is not public yet."""
    if not reason.strip():
        raise Invalid("请写明退回的原因。", {"reason": "请写明退回的原因，让录入人知道改什么。"})
    _move(decision, Act.RETURN, now)
    decision.reviewer = decision.approved_at = decision.publish_at = None
    decision.return_reason = reason.strip()
    _note(session, decision, Act.RETURN, actor, now)
    return decision


def approve(
    session: Session,
    decision: Decision,
    *,
    revision: int,
    actor: Account,
    now: dt.datetime,
    publish_at: dt.datetime | None = None,
) -> Decision:
    """Clears the revision that the reviewer read to be published, now or at `publish_at`.

    Refused to the maker, and while a blocking number stands in the public text (公示规定 Art 6, 16).
    """
    target = next_state(decision.state, Act.APPROVE)
    if decision.maker_id == actor.id:
        raise ActRefused("录入人不能审核自己录入的决定书，请另一位审核员审核。")
    if not can(actor, Permission.DECISION_REVIEW, decision):
        raise ActRefused("您没有审核这份决定书的权限。")
    if revision != decision.revision:
        raise Conflict("您打开之后内容又改过。请重新阅读最新的内容再审核。")
    refuse_warning_only(decision)
    refuse_blocking_numbers(session, decision)
    refuse_open_marks(session, decision)
    decision.state = target
    decision.reviewer = actor
    decision.approved_at = decision.updated_at = now
    decision.publish_at = publish_at or now
    _note(session, decision, Act.APPROVE, actor, now, revision=revision)
    session.flush()
    outbox.put(
        session, kind="publish-decision", key=f"publish:{decision.id}:{now.timestamp()}",
        payload={"decision_id": decision.id}, now=now, due_at=decision.publish_at,
    )  # fmt: skip
    return decision


def _write(
    decision: Decision, content: DecisionContent, companies: Mapping[str, Company], now: dt.datetime
) -> None:
    """Copies the content into the row; a person's own name gives way to the public one in every public text."""
    for name in _COPIED:
        setattr(decision, name, getattr(content, name))
    decision.party_uscc = content.uscc
    decision.penalty_kinds = [kind.value for kind in content.penalty_kinds]
    decision.served_party_name = content.party_name
    decision.party_name = public_party_name(
        content.party_name, content.party_kind, content.legal_representative
    )
    for name in _PUBLIC_TEXTS:
        text = without_private_names(
            getattr(content, name), content.party_name, content.party_kind, content.legal_representative
        )
        setattr(decision, name, text)
    decision.content_sha256 = content.digest()
    decision.updated_at = now
    decision.company = companies[seen.uscc] if (seen := next(iter(_sightings(content)), None)) else None


def _save(session: Session, decisions: Sequence[Decision]) -> None:
    """Writes the rows; Conflict when one of the numbers has been entered at the same time."""
    try:
        with session.begin_nested():
            session.add_all(decisions)
            session.flush()
    except IntegrityError as error:
        if "number_key" not in str(error.orig):
            raise
        raise Conflict("同一机关的同一文号刚刚已经录入。请刷新列表，核对后再决定是否修改。") from error


def _sightings(content: DecisionContent) -> list[Sighting]:
    """What the decision says of a company; nothing of natural persons."""
    if content.uscc is None or content.party_kind is PartyKind.PERSON:
        return []
    is_sole_trader = content.party_kind is PartyKind.SOLE_TRADER
    name = public_party_name(content.party_name, content.party_kind, content.legal_representative)
    return [Sighting(content.uscc, name, content.decided_on, is_sole_trader)]


def _refuse_taken_number(session: Session, content: DecisionContent, own_id: int | None = None) -> None:
    same = (Decision.authority_name == content.authority_name, Decision.number_key == content.number_key)
    other_id = session.scalar(select(Decision.id).where(*same))
    if other_id is not None and other_id != own_id:
        sentence = said(
            "%(authority)s的文号“%(number)s”已经录入过。",
            authority=content.authority_name,
            number=content.document_number,
        )
        raise Invalid(sentence, {"document_number": sentence})


def _move(decision: Decision, act: Act, now: dt.datetime) -> None:
    decision.state = next_state(decision.state, act)
    decision.updated_at = now


def _note(
    session: Session, decision: Decision, act: Act, actor: Acts, now: dt.datetime, **data: str | int
) -> None:
    ledger.record(session, act=f"decision.{act}", subject=decision, actor=actor, now=now, data=data)
