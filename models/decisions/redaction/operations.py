"""Verbs of redaction: mask a marked stretch or keep it with a reason, mark by hand, look for the filer.

Each changes the public text and so counts as a change of the content: the reviewer has a new revision to read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from models import ledger
from models.decisions.redaction.errors import StillOpen
from models.decisions.redaction.kinds import Choice, KeepGround, MarkKind, Origin, Risk, Why
from models.decisions.redaction.marking import about_decision, new_mark, write_public_texts
from models.decisions.redaction.masking import default_replacement
from models.decisions.redaction.people import find_known
from models.decisions.redaction.queries import blocks, filings_of, marks_of, served_texts
from models.decisions.redaction.tables import DecisionFiling, RedactionMark
from models.decisions.states import Act, next_state
from models.decisions.tables import Decision
from models.errors import ActRefused, Invalid
from models.filings.submissions import Person
from models.filings.tables import Filing
from models.people.tables import Account
from models.wording import said

LONGEST_REPLACEMENT = 40
_SHORTEST_ADDRESS = 5


def mask(
    session: Session,
    decision: Decision,
    mark: RedactionMark,
    *,
    actor: Account,
    now: dt.datetime,
    replacement: str = "",
) -> RedactionMark:
    """Removes the stretch from the public text; `replacement`, or the usual sign, stands in its place."""
    next_state(decision.state, Act.AMEND)
    _refuse_policy(mark)
    replacement = replacement.strip() or default_replacement(mark.kind)
    if len(replacement) > LONGEST_REPLACEMENT:
        sentence = said("替换的文字最多 %(limit)s 个字。", limit=LONGEST_REPLACEMENT)
        raise Invalid("替换的文字太长。", {"replacement": sentence})
    _choose(mark, Choice.MASKED, actor, now)
    mark.replacement = replacement
    _changed(session, decision, [mark], "mask", actor, now)
    return mark


def keep(
    session: Session,
    decision: Decision,
    mark: RedactionMark,
    *,
    ground: KeepGround,
    words: str,
    actor: Account,
    now: dt.datetime,
    approval_number: str = "",
) -> RedactionMark:
    """Leaves the stretch in the public text, for a ground and in the officer's own words.

    What is a secret or private stays only with the number of the superior authority's approval (企业信息公示暂行条例
    Art 3).
    """
    next_state(decision.state, Act.AMEND)
    _refuse_policy(mark)
    errors = {}
    if not words.strip():
        errors["words"] = "请写明为什么可以保留。"
    if ground is KeepGround.SUPERIOR_APPROVED and not approval_number.strip():
        errors["approval_number"] = "请填写上级主管部门的批准文号。"
    if errors:
        raise Invalid("保留这处文字要写明理由。", errors)
    _choose(mark, Choice.KEPT, actor, now)
    mark.ground, mark.words = ground, words.strip()
    mark.approval_number = approval_number.strip() or None
    _changed(session, decision, [mark], "keep", actor, now)
    return mark


def mask_all_blocking(session: Session, decision: Decision, *, actor: Account, now: dt.datetime) -> int:
    """Masks everything that still blocks publication; returns how many stretches."""
    next_state(decision.state, Act.AMEND)
    marks = [one for one in marks_of(session, decision) if blocks(one)]
    for mark in marks:
        _choose(mark, Choice.MASKED, actor, now)
        mark.replacement = default_replacement(mark.kind)
    if marks:
        _changed(session, decision, marks, "mask", actor, now)
    return len(marks)


def mark_by_hand(
    session: Session, decision: Decision, *, stretch: str, kind: MarkKind, actor: Account, now: dt.datetime
) -> list[RedactionMark]:
    """Masks `stretch` wherever it stands in the original; Invalid when it stands nowhere."""
    next_state(decision.state, Act.AMEND)
    marks = _add_known(session, decision, [(stretch.strip(), kind, Why.HAND)], Origin.HAND)
    if not marks:
        sentence = "原文里没有这段文字，或者已经标记过。请照原文填写，至少两个字。"
        raise Invalid(sentence, {"stretch": sentence})
    for mark in marks:
        _choose(mark, Choice.MASKED, actor, now)
        mark.replacement = default_replacement(kind)
    _changed(session, decision, marks, "mark", actor, now)
    return marks


def link_filing(
    session: Session, decision: Decision, filing: Filing, *, actor: Account, now: dt.datetime
) -> DecisionFiling:
    """Says that the decision goes back to `filing`; its filer is then looked for before anything is published."""
    for one in filings_of(session, decision):
        if one.filing_id == filing.id:
            return one
    link = DecisionFiling(decision_id=decision.id, filing_id=filing.id, linked_by_id=actor.id, linked_at=now)
    session.add(link)
    data = {"filing": filing.id}
    ledger.record(session, act="decision.link_filing", subject=decision, actor=actor, now=now, data=data)
    return link


def look_for_filers(
    session: Session,
    decision: Decision,
    *,
    reveal: Callable[[Filing], Person],
    actor: Account,
    now: dt.datetime,
) -> int:
    """Marks whatever the text has of the filers of the linked filings; returns how many new marks.

    `reveal` opens an envelope by the audited verb of the vault. Only places are kept of what it tells.
    """
    next_state(decision.state, Act.AMEND)
    found: list[RedactionMark] = []
    for link in filings_of(session, decision):
        if not link.filing.is_anonymous:
            wanted = [(words, MarkKind.FILER, Why.FILING) for words in _telling(reveal(link.filing))]
            found += _add_known(session, decision, wanted, Origin.LINKED_FILING)
        link.checked_sha256 = decision.served_sha256
    _changed(session, decision, found, "look_for_filers", actor, now)
    return len(found)


def refuse_open_marks(session: Session, decision: Decision) -> None:
    """StillOpen while a blocking mark is undecided, or a linked filer was not looked for in the present text."""
    still = sum(blocks(one) for one in marks_of(session, decision))
    if still:
        raise StillOpen(
            said("还有 %(count)s 处阻断公示的内容没有决定，请在脱敏页面逐处决定后再审核。", count=still)
        )
    if any(link.checked_sha256 != decision.served_sha256 for link in filings_of(session, decision)):
        raise StillOpen("关联办件的举报投诉人信息还没有在现在的文本里核对，请在脱敏页面核对后再审核。")


def _telling(person: Person) -> list[str]:
    """What of a person would be recognised in a text."""
    phone = person.phone_digits
    words = [person.name, phone, person.email, person.id_number]
    if len(person.address) >= _SHORTEST_ADDRESS:
        words.append(person.address)
    return [one for one in words if len(one) >= 2]


def _add_known(
    session: Session, decision: Decision, wanted: Sequence[tuple[str, MarkKind, Why]], origin: Origin
) -> list[RedactionMark]:
    marks = marks_of(session, decision)
    about = about_decision(decision)
    added = []
    for field, text in served_texts(session, decision).items():
        there = [one for one in marks if one.field == field]
        for stretch, kind, why in wanted:
            for found in find_known(text, [stretch], kind=kind, why=why, about=about):
                covering = [
                    one for one in there if one.begin_char <= found.begin and found.end <= one.end_char
                ]
                if not covering:
                    there.append(new_mark(decision, field, found, origin))
                    added.append(there[-1])
                elif kind is MarkKind.FILER and not any(_hides(one) for one in covering):
                    added += [_now_of_a_filer(one, why, origin) for one in covering]
    session.add_all(added)
    return added


def _hides(mark: RedactionMark) -> bool:
    return mark.choice is Choice.MASKED or mark.kind is MarkKind.FILER


def _now_of_a_filer(mark: RedactionMark, why: Why, origin: Origin) -> RedactionMark:
    """What was open, or kept because nobody knew, is the filer's: it is open again and says so."""
    mark.kind, mark.risk, mark.why, mark.origin = MarkKind.FILER, Risk.BLOCKING, why, origin
    mark.choice, mark.chosen_by, mark.chosen_by_id, mark.chosen_at = Choice.OPEN, None, None, None
    mark.replacement = mark.ground = mark.words = mark.approval_number = None
    return mark


def _refuse_policy(mark: RedactionMark) -> None:
    if mark.origin is Origin.POLICY:
        raise ActRefused("自然人当事人和经营者的姓名按本局政策只公示姓氏，不能在这里改。")


def _choose(mark: RedactionMark, choice: Choice, actor: Account, now: dt.datetime) -> None:
    mark.choice, mark.chosen_by, mark.chosen_by_id, mark.chosen_at = choice, actor, actor.id, now
    mark.replacement = mark.ground = mark.words = mark.approval_number = None


def _changed(
    session: Session,
    decision: Decision,
    marks: Sequence[RedactionMark],
    act: str,
    actor: Account,
    now: dt.datetime,
) -> None:
    session.flush()
    write_public_texts(decision, served_texts(session, decision), marks_of(session, decision))
    if marks:
        decision.revision += 1
    decision.updated_at = now
    data = {"marks": [one.id for one in marks], "kinds": sorted({one.kind.value for one in marks})}
    ledger.record(session, act=f"redaction.{act}", subject=decision, actor=actor, now=now, data=data)
