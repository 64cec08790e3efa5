"""Marks made when a text comes in, and made anew when it is amended: what was decided stays decided."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.decisions.content import DecisionContent
from models.decisions.redaction.about import About
from models.decisions.redaction.detect import propose
from models.decisions.redaction.kinds import Choice, MarkKind, Origin, Risk, Why
from models.decisions.redaction.masking import public_text
from models.decisions.redaction.people import find_known
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.queries import MARKED_FIELDS, marks_of, original_of
from models.decisions.redaction.tables import RedactionMark, ServedOriginal
from models.decisions.tables import Decision

_CHOSEN = ("choice", "replacement", "ground", "words", "approval_number", "chosen_by_id", "chosen_at")
_FOUND_ANEW = (Origin.LINKED_FILING, Origin.HAND)  # no detector would find these again


def about_content(content: DecisionContent) -> About:
    """What the detectors need to know of a decision."""
    return About(
        content.party_kind, content.party_name, content.legal_representative or "", content.decided_on
    )


def about_decision(decision: Decision) -> About:
    """As `about_content`, of a decision that is there."""
    return About(
        decision.party_kind,
        decision.served_party_name,
        decision.legal_representative or "",
        decision.decided_on,
    )


def keep_original(
    session: Session, decision: Decision, content: DecisionContent, *, now: dt.datetime
) -> None:
    """Keeps the texts as served, marks them, and makes the public texts of the record from both."""
    session.add_all(Kept.of(decision, content, now=now).rows_for(decision))


@dataclass(frozen=True, slots=True)
class Kept:
    """The original of a decision and its marks, before the decision has its number."""

    original: ServedOriginal
    marks: list[RedactionMark]

    @classmethod
    def of(cls, decision: Decision, content: DecisionContent, *, now: dt.datetime) -> Kept:
        """Made from the content; the record gets its public texts and the digest of the original."""
        texts = {field: getattr(content, field) or "" for field in MARKED_FIELDS}
        original = ServedOriginal(texts=texts, sha256=digest_of(texts), kept_at=now)
        decision.served_sha256 = original.sha256
        marks = _marks_for(decision, texts, known=())
        write_public_texts(decision, texts, marks)
        return cls(original, marks)

    def rows_for(self, decision: Decision) -> Iterator[ServedOriginal | RedactionMark]:
        """The rows, which name the decision by its number."""
        rows: list[ServedOriginal | RedactionMark] = [self.original, *self.marks]
        for row in rows:
            row.decision_id = decision.id
            yield row


def renew_original(
    session: Session, decision: Decision, content: DecisionContent, *, now: dt.datetime
) -> None:
    """After an amendment: new texts, new marks; a stretch that was decided before keeps its decision."""
    original = original_of(session, decision)
    if original is None:
        keep_original(session, decision, content, now=now)
        return
    before, old_texts = marks_of(session, decision), original.texts
    texts = {field: getattr(content, field) or "" for field in MARKED_FIELDS}
    original.texts, original.sha256, original.kept_at = texts, digest_of(texts), now
    decision.served_sha256 = original.sha256
    by_hand = [(one, _stretch(one, old_texts)) for one in before if one.origin in _FOUND_ANEW]
    marks = _marks_for(decision, texts, known=by_hand)
    _carry_over(before, old_texts, marks, texts)
    session.execute(delete(RedactionMark).where(RedactionMark.id.in_([one.id for one in before])))
    for one in before:
        session.expunge(one)
    session.add_all(marks)
    write_public_texts(decision, texts, marks)


def write_public_texts(decision: Decision, texts: Mapping[str, str], marks: Sequence[RedactionMark]) -> None:
    """Makes the public texts of the record from the original and the marks."""
    for field in MARKED_FIELDS:
        public = public_text(texts[field], [one for one in marks if one.field == field])
        empty_is_none = field == "licence"
        setattr(decision, field, public or (None if empty_is_none else ""))


def digest_of(texts: Mapping[str, str]) -> str:
    """SHA-256 over the canonical JSON of the texts, in hexadecimal."""
    written = json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def new_mark(decision: Decision, field: str, found: Proposal, origin: Origin) -> RedactionMark:
    """A mark that nobody has decided on."""
    return RedactionMark(
        decision_id=decision.id,
        field=field,
        begin_char=found.begin,
        end_char=found.end,
        kind=found.kind,
        risk=found.risk,
        why=found.why,
        origin=origin,
        choice=Choice.OPEN,
    )


def _marks_for(
    decision: Decision, texts: Mapping[str, str], *, known: Iterable[tuple[RedactionMark, str]]
) -> list[RedactionMark]:
    about = about_decision(decision)
    marks = _policy_marks(decision, texts, about)
    taken = {(one.field, at) for one in marks for at in range(one.begin_char, one.end_char)}
    for one, stretch in dict.fromkeys(known):
        for field, text in texts.items():
            for found in find_known(text, [stretch], kind=one.kind, why=one.why, about=about):
                places = {(field, at) for at in range(found.begin, found.end)}
                if not places & taken:
                    marks.append(new_mark(decision, field, found, one.origin))
                    taken |= places
    for field, proposals in propose(texts, about).items():
        for found in proposals:
            if not all((field, at) in taken for at in range(found.begin, found.end)):
                marks.append(new_mark(decision, field, found, Origin.DETECTOR))
    return marks


def _policy_marks(decision: Decision, texts: Mapping[str, str], about: About) -> list[RedactionMark]:
    """The names that give way to a family name and 某 by the bureau's policy, without asking."""
    marks = []
    for name, public in about.private_names:
        for field, text in texts.items():
            for found in find_known(text, [name], kind=MarkKind.PARTY_NAME, why=Why.POLICY, about=about):
                mark = new_mark(decision, field, found, Origin.POLICY)
                mark.choice, mark.replacement, mark.risk = Choice.MASKED, public, Risk.BLOCKING
                marks.append(mark)
    return marks


def _carry_over(
    before: Iterable[RedactionMark],
    old_texts: Mapping[str, str],
    marks: Iterable[RedactionMark],
    texts: Mapping[str, str],
) -> None:
    decided: dict[tuple[str, MarkKind, str], deque[RedactionMark]] = defaultdict(deque)
    for one in before:
        if one.choice is not Choice.OPEN and one.origin is not Origin.POLICY:
            decided[one.field, one.kind, _stretch(one, old_texts)].append(one)
    for mark in marks:
        same = decided.get((mark.field, mark.kind, _stretch(mark, texts)))
        if same and mark.origin is not Origin.POLICY:
            old = same.popleft()
            for name in _CHOSEN:
                setattr(mark, name, getattr(old, name))


def _stretch(mark: RedactionMark, texts: Mapping[str, str]) -> str:
    return texts[mark.field][mark.begin_char : mark.end_char]
