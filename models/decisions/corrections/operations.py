"""Verbs on corrections of a published record (公示规定 Art 12): proposed by one person, confirmed or dropped by another.

The public text is corrected where it stands; the original as served is evidence and stays as it came in. A wrong party
is no correction: such a record is withdrawn, and the right one entered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.decisions.checks import refuse_blocking_numbers
from models.decisions.content import TEXT_LIMITS
from models.decisions.corrections.kinds import CorrectionGround
from models.decisions.corrections.tables import Amounts, Correction
from models.decisions.noting import note
from models.decisions.publication import end_publication
from models.decisions.redaction.detect import blocking
from models.decisions.redaction.marking import about_decision
from models.decisions.redaction.queries import MARKED_FIELDS
from models.decisions.states import Act, next_state
from models.decisions.tables import Decision
from models.decisions.term.planning import POSTPONED_END, planned_term, take_term
from models.errors import ActRefused, Conflict, Invalid
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import beijing_date
from models.wording import said

AMOUNTS = ("fine_fen", "confiscated_fen")
HIDDEN_WORDS = "××"
MAX_WORDS, MAX_REASON = 2_000, 500
_FEWEST = 2  # a single character stands in too many places


def propose_correction(
    session: Session, decision: Decision, *, ground: CorrectionGround, reason: str, actor: Account, now: dt.datetime,
    old_words: str = "", new_words: str = "", amounts: Mapping[str, int] | None = None,
) -> Correction:  # fmt: skip
    """What is to stand instead of what, and why; nothing changes before somebody else has confirmed it.

    `amounts` are new amounts in fen by column (`AMOUNTS`). Raises Invalid by field.
    """
    next_state(decision.state, Act.CORRECT)
    old_words, new_words, reason = old_words.strip(), new_words.strip(), reason.strip()
    if ground is CorrectionGround.HIDDEN:
        new_words = new_words or HIDDEN_WORDS
    changed = {name: [getattr(decision, name), fen] for name, fen in (amounts or {}).items()}
    fields = _standing_in(decision, old_words)
    errors = _wording_errors(decision, ground, reason, old_words, new_words, fields) | _amount_errors(changed)
    if not old_words and not changed:
        errors.setdefault("old_words", "请写明要改正的文字，或者填写正确的金额。")
    if errors:
        raise Invalid("更正有误，请按提示修改。", errors)
    made = Correction(
        decision=decision, ground=ground, reason=reason, old_words=old_words or None, new_words=new_words,
        fields=fields, amounts=changed, proposed_by=actor, proposed_at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as error:
        raise Conflict("这份决定书已经有一项更正等待确认。") from error
    note(session, decision, "propose_correction", actor, now, {"id": made.id, "ground": ground.value})
    return made


def confirm_correction(
    session: Session, correction: Correction, *, actor: Account, now: dt.datetime
) -> Correction:
    """The public record changes, at once everywhere; what had to be hidden is forgotten.

    Refused to who proposed it. A lower fine may shorten the term of publication; no correction lengthens it.
    """
    decision = correction.decision
    next_state(decision.state, Act.CORRECT)
    if not can(actor, Permission.DECISION_REVIEW, decision):
        raise ActRefused("您没有确认更正的权限。")
    if correction.proposed_by_id == actor.id:
        raise ActRefused("提出更正的人不能确认，请另一位审核员确认。")
    correction.fields = _standing_in(decision, correction.old_words or "")
    if correction.old_words and not correction.fields:
        raise Conflict("公示文本已经变化，没有找到要改正的文字。请退回，重新提出。")
    for field in correction.fields:
        text = getattr(decision, field).replace(correction.old_words, correction.new_words)
        setattr(decision, field, text)
    for name, (_, fen) in correction.amounts.items():
        setattr(decision, name, fen)
    if correction.ground is CorrectionGround.INACCURATE:  # hiding one thing does not wait for the next
        refuse_blocking_numbers(session, decision)
    decision.revision += 1
    decision.updated_at = correction.confirmed_at = now
    correction.confirmed_by_id = actor.id
    if correction.ground is CorrectionGround.HIDDEN:
        correction.old_words = None
    told = {"id": correction.id, "ground": correction.ground.value, "amounts": sorted(correction.amounts)}
    note(session, decision, Act.CORRECT, actor, now, {**told, "fields": correction.fields})
    _shorten_term(session, decision, correction.amounts, actor, now)
    return correction


def drop_correction(session: Session, correction: Correction, *, actor: Account, now: dt.datetime) -> None:
    """It is not made: by who may confirm it, or by who proposed it."""
    decision = correction.decision
    if actor.id != correction.proposed_by_id and not can(actor, Permission.DECISION_REVIEW, decision):
        raise ActRefused("您没有退回更正的权限。")
    note(session, decision, "drop_correction", actor, now, {"id": correction.id})
    session.delete(correction)


def _standing_in(decision: Decision, words: str) -> list[str]:
    """The public texts that have the words."""
    return [field for field in MARKED_FIELDS if words and words in (getattr(decision, field) or "")]


def _wording_errors(
    decision: Decision, ground: CorrectionGround, reason: str, old: str, new: str, fields: list[str]
) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not reason:
        errors["reason"] = "请写明更正的理由；理由会公开。"
    elif len(reason) > MAX_REASON:
        errors["reason"] = said("最多 %(most)s 个字。", most=MAX_REASON)
    elif _blocks(decision, reason) or (ground is CorrectionGround.HIDDEN and old and old in reason):
        errors["reason"] = "理由会公开，不能写证件号码、电话、住址等，也不能写要遮去的文字。"
    if ground is CorrectionGround.HIDDEN and not old:
        errors["old_words"] = "请写明要遮去的文字。"
    elif old and not _FEWEST <= len(old) <= MAX_WORDS:
        errors["old_words"] = said("请写 %(least)s 到 %(most)s 个字。", least=_FEWEST, most=MAX_WORDS)
    elif old and not fields:
        errors["old_words"] = "公示文本里没有这段文字。请照公示的页面复制，一段一段地改。"
    elif old and old == new:
        errors["new_words"] = "和原来的一样。"
    if len(new) > MAX_WORDS:
        errors["new_words"] = said("最多 %(most)s 个字。", most=MAX_WORDS)
    elif new and _blocks(decision, new):
        errors["new_words"] = "这段文字会公开，不能写证件号码、电话、住址等。"
    elif any(_too_long(decision, field, old, new) for field in fields):
        errors["new_words"] = "改正以后的文字太长。"
    return errors


def _amount_errors(changed: Amounts) -> dict[str, str]:
    errors = {}
    for name, (before, after) in changed.items():
        if after is None or after < 0:
            errors[name] = "金额不能是负数。"
        elif before == after:
            errors[name] = "和原来的一样。"
    return errors


def _blocks(decision: Decision, text: str) -> bool:
    """Whether something stands in it that no public text may have."""
    return bool(blocking(text, about_decision(decision)))


def _too_long(decision: Decision, field: str, old: str, new: str) -> bool:
    return len(getattr(decision, field).replace(old, new)) > TEXT_LIMITS[field]


def _shorten_term(
    session: Session, decision: Decision, amounts: Amounts, actor: Account, now: dt.datetime
) -> None:
    """The earliest end governs (see term/planning.py); one that was put off with a basis stays where it is."""
    if "fine_fen" not in amounts or decision.published_at is None or decision.end_policy == POSTPONED_END:
        return
    today = beijing_date(now)
    term = planned_term(decision, published_on=beijing_date(decision.published_at), today=today)
    if term is not None and (decision.ends_on is None or term.ends_on < decision.ends_on):
        take_term(decision, term, today=today)
        if term.ends_on < today:
            end_publication(session, decision, actor=actor, now=now)
