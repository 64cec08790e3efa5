"""The checklist of evidence in words: what to tick, what is still missing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from journey.drafts import Draft
from journey.sending import files_hold
from journey.surface import Surface
from journey.triage import capacity, right_type, track
from models.filings.needs import NEED_GROUP_LABELS, NEED_LABELS, missing, needed
from models.filings.parties import Capacity
from models.filings.tables import Filing
from models.kinds import RightType, Track
from shared.i18n import label


@dataclass(frozen=True)
class Missing:
    """One head with what is missing under it."""

    title: str
    needs: list[str]


def choices(surface: Surface, draft: Draft) -> list[tuple[str, str]]:
    """What can be ticked on the evidence page, in the order of the checklist."""
    heads = needed(track(surface, draft), right_type(draft), capacity(surface, draft))
    return [(need, label(NEED_LABELS[need])) for head in heads for need in head.needs]


def missing_of_draft(surface: Surface, draft: Draft) -> list[Missing]:
    """What is missing before sending."""
    of_draft = track(surface, draft), right_type(draft), files_hold(draft), capacity(surface, draft)
    return _in_words(*of_draft)


def missing_of_filing(filing: Filing) -> list[Missing]:
    """What was missing when it was sent; nothing for a filing that was never asked."""
    has: Any = filing.data.get("has")
    if not isinstance(has, list):
        return []
    of = Capacity.AGENT if filing.data.get("mandate") else Capacity.SELF
    return _in_words(filing.track, filing.right_type, has, Capacity.JOINT if filing.data.get("joint") else of)


def _in_words(track_: Track, right: RightType, has: Collection[str], of: Capacity) -> list[Missing]:
    return [
        Missing(label(NEED_GROUP_LABELS[head.group]), [label(NEED_LABELS[need]) for need in head.needs])
        for head in missing(track_, right, has, of)
    ]
