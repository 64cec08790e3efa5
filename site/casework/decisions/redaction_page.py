"""What the redaction page prints: both texts cut at their marks, the mark in hand, what still blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from models.decisions.content import FIELD_LABELS
from models.decisions.redaction.kinds import (
    CHOICE_LABELS,
    KEEP_GROUND_LABELS,
    MARK_KIND_LABELS,
    ORIGIN_LABELS,
    RISK_LABELS,
    WHY_LABELS,
    Choice,
    Origin,
)
from models.decisions.redaction.masking import segments
from models.decisions.redaction.queries import MARKED_FIELDS, blocks
from models.decisions.redaction.tables import RedactionMark
from models.decisions.tables import Decision
from shared.components import Row
from shared.i18n import label


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text; `number` and `url` lead to its mark, if it is marked."""

    text: str
    number: int | None = None
    url: str = ""
    state: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Zone:
    """A field beside itself: as served, and as the public will read it."""

    title: str
    original: list[Stretch]
    public: list[Stretch]


@dataclass(frozen=True)
class RedactionPage:
    """Everything on the page."""

    zones: list[Zone]
    total: int
    open_blocking: int
    open_review: int
    mark: RedactionMark | None
    number: int
    about: list[Row]
    can_choose: bool
    previous_url: str
    next_url: str


def page_of(
    decision: Decision, texts: Mapping[str, str], marks: Sequence[RedactionMark], chosen_id: int | None
) -> RedactionPage:
    """The page with the mark `chosen_id` in hand, else the first that waits for a decision."""
    here = _in_hand(marks, chosen_id)
    mark = marks[here] if here is not None else None
    return RedactionPage(
        zones=[_zone(decision, field, texts[field], marks, mark) for field in MARKED_FIELDS if texts[field]],
        total=len(marks),
        open_blocking=sum(blocks(one) for one in marks),
        open_review=sum(one.choice is Choice.OPEN and not blocks(one) for one in marks),
        mark=mark,
        number=here + 1 if here is not None else 0,
        about=_about(mark, texts) if mark else [],
        can_choose=mark is not None and mark.origin is not Origin.POLICY,
        previous_url=_url(decision, marks, here - 1) if here else "",
        next_url=_url(decision, marks, here + 1) if here is not None and here + 1 < len(marks) else "",
    )


def _in_hand(marks: Sequence[RedactionMark], chosen_id: int | None) -> int | None:
    for place, one in enumerate(marks):
        if one.id == chosen_id:
            return place
    waiting = [place for place, one in enumerate(marks) if one.choice is Choice.OPEN]
    grave = [place for place in waiting if blocks(marks[place])]
    return next(iter(grave or waiting), 0 if marks else None)


def _zone(
    decision: Decision, field: str, text: str, marks: Sequence[RedactionMark], here: RedactionMark | None
) -> Zone:
    numbered = [(number, one) for number, one in enumerate(marks, 1) if one.field == field]
    original, public = [], []
    for part in segments(text, numbered):
        if part.mark is None:
            original.append(Stretch(part.original))
            public.append(Stretch(part.public))
            continue
        mark = marks[part.mark - 1]
        url = _url(decision, marks, part.mark - 1)
        state = "blocking" if blocks(mark) else str(mark.choice)
        original.append(Stretch(part.original, part.mark, url, state, mark is here))
        if part.public:
            public.append(Stretch(part.public, part.mark, url, state, mark is here))
    return Zone(label(FIELD_LABELS[field]), original, public)


def _about(mark: RedactionMark, texts: Mapping[str, str]) -> list[Row]:
    by = mark.chosen_by.display_name if mark.chosen_by else ""
    rows = [
        Row(_("原文"), texts[mark.field][mark.begin_char : mark.end_char]),
        Row(_("类别"), label(MARK_KIND_LABELS[mark.kind])),
        Row(_("风险"), label(RISK_LABELS[mark.risk])),
        Row(_("依据"), label(WHY_LABELS[mark.why])),
        Row(_("来源"), label(ORIGIN_LABELS[mark.origin])),
        Row(_("现在的决定"), label(CHOICE_LABELS[mark.choice])),
        Row(_("改为"), mark.replacement or ""),
        Row(_("保留的理由"), label(KEEP_GROUND_LABELS[mark.ground]) if mark.ground else ""),
        Row(_("具体说明"), mark.words or ""),
        Row(_("上级批准文号"), mark.approval_number or ""),
        Row(_("决定人"), by),
    ]
    return [row for row in rows if row.value]


def _url(decision: Decision, marks: Sequence[RedactionMark], place: int) -> str:
    number = marks[place].id
    return url_for("publishing_redaction.show", decision_id=decision.id, mark=number, _anchor="mark")
