"""What is still to be answered. A changed answer can open a gap again: who turns a report into a complaint has to sign."""

from __future__ import annotations

from journey import triage
from journey.drafts import Draft
from journey.path import steps_of
from journey.persons import person_of
from journey.surface import Step, Surface
from models.triage.terms import Need, Question


def gap(surface: Surface, draft: Draft, up_to: Step) -> Step | None:
    """The first step before `up_to` that was not answered as its procedure asks; files are never asked for.

    A step that the answers do not lead to is not walked: somebody who goes there is sent to the last one that is.
    """
    steps = steps_of(surface, draft)
    before = steps[: steps.index(up_to)] if up_to in steps else steps
    asked = (step for step in before if step is not Step.EVIDENCE)
    first = next((step for step in asked if not is_answered(surface, draft, step)), None)
    if first is None and up_to not in steps:
        return steps[-1]
    return first


def is_answered(surface: Surface, draft: Draft, step: Step) -> bool:
    """Whether the step has all that the procedure needs."""
    if step is Step.START and triage.situation(surface, draft) in (Question.REFUND, Question.OTHER):
        return bool(draft.of(Step.START).get("choice"))
    if step is Step.COMPETENT:  # whoever changes the kind afterwards is told anew
        return draft.of(Step.COMPETENT).get("about") == triage.kind(draft).value
    if step in (Step.RESPONDENTS, Step.JOINT):
        return bool(draft.of(step).get("agreed") and draft.of(step).get("rows"))
    if step is Step.LINKS:
        return bool(draft.of(step).get("agreed"))
    if not draft.has(step):
        return False
    needs = triage.needs(surface, draft)
    if step is Step.CONTACT and needs & {Need.NAMED, Need.IDENTITY}:
        person = person_of(draft, surface.account)
        if person is None or not person.name:
            return False
        return Need.IDENTITY not in needs or bool(person.phone and person.address)
    return step is not Step.FACTS or _has_facts(draft, needs)


def _has_facts(draft: Draft, needs: frozenset[Need]) -> bool:
    told = draft.of(Step.FACTS)
    given = {
        Need.RESPONDENT: told.get("respondent_name"),
        Need.RESPONDENT_ADDRESS: told.get("respondent_address") or told.get("platform_link"),
        Need.PLACE: told.get("region_code"),
        Need.FACTS: told.get("facts"),
        Need.REQUEST: told.get("request"),
    }
    return all(answer for need, answer in given.items() if need in needs)
