"""Which pages somebody walks through: the answers so far decide which of the steps they meet."""

from __future__ import annotations

from journey import triage
from journey.drafts import Draft
from journey.surface import Step, Surface
from models.filings.parties import Capacity
from models.kinds import OWNERS_TRACKS, Track
from models.triage.terms import Need


def steps_of(surface: Surface, draft: Draft) -> list[Step]:
    """The steps in order. A matter that has no procedure here ends on the page that says where to turn."""
    steps = list(Step)
    begin = steps[steps.index(surface.first) : steps.index(Step.KIND)]
    found = triage.rule_of(surface, draft)
    if found is not None and not found.tracks:
        return [*begin, Step.COMPETENT]
    needs = triage.needs(surface, draft)
    more = {
        Step.WISH: draft.has(Step.KIND) and _is_asked_wish(surface, draft),
        Step.COMPETENT: draft.has(Step.KIND) and triage.is_others(surface, draft),
        Step.RESPONDENTS: bool(draft.of(Step.FACTS).get("has_more")) and Need.RESPONDENT in needs,
        Step.LINKS: bool(draft.of(Step.FACTS).get("has_links")) and Need.RESPONDENT in needs,
        Step.AID: triage.track(surface, draft) is Track.AID,
        Step.PLATFORM: bool(draft.of(Step.FACTS).get("platform_notified")) and _is_owners(surface, draft),
        Step.AGENT: triage.capacity(surface, draft) is Capacity.AGENT,
        Step.JOINT: triage.capacity(surface, draft) is Capacity.JOINT,
        Step.OUTSIDE: draft.has(Step.FACTS) and triage.is_outside(surface, draft),
    }
    return [*begin, *(step for step in steps[steps.index(Step.KIND) :] if more.get(step, True))]


def before(surface: Surface, draft: Draft, step: Step) -> Step | None:
    """The step that Back leads to."""
    steps = steps_of(surface, draft)
    position = steps.index(step)
    return steps[position - 1] if position else None


def after(surface: Surface, draft: Draft, step: Step) -> Step:
    """The step that Continue leads to."""
    steps = steps_of(surface, draft)
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def _is_owners(surface: Surface, draft: Draft) -> bool:
    """Whether it is filed as the holder of a right."""
    return any(one in OWNERS_TRACKS for one in triage.tracks(surface, draft))


def _is_asked_wish(surface: Surface, draft: Draft) -> bool:
    """The second question of a refund is asked at its start; that of an owner after the kind."""
    return triage.situation(surface, draft) == "owner" and triage.further(surface, draft) is not None
