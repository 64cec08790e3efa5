"""What is still to be answered. A changed answer can open a gap again: who turns a report into a complaint has to sign."""

from __future__ import annotations

from journey.drafts import Draft
from journey.persons import person_of
from journey.sending import track
from journey.surface import Step, Surface
from models.kinds import Track


def gap(surface: Surface, draft: Draft, up_to: Step) -> Step | None:
    """The first step before `up_to` that was not answered as its track asks; files are never asked for."""
    before = surface.steps[: surface.steps.index(up_to)]
    asked = (step for step in before if step is not Step.EVIDENCE)
    return next((step for step in asked if not _is_answered(surface, draft, step)), None)


def _is_answered(surface: Surface, draft: Draft, step: Step) -> bool:
    if not draft.has(step):
        return False
    chosen = track(surface, draft)
    if step is Step.CONTACT and chosen is not Track.REPORT:
        person = person_of(draft.of(Step.CONTACT), surface.account)
        is_named = person is not None and bool(person.name)
        return is_named and (
            chosen is not Track.COMPLAINT or bool(person and person.phone and person.address)
        )
    if step is Step.FACTS and chosen is Track.COMPLAINT:
        facts = draft.of(Step.FACTS)
        return bool(facts["request"] and (facts["respondent_address"] or facts["platform_link"]))
    return True
