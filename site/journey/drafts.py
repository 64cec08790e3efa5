"""The draft that a visitor is working on: its token lies in the session cookie, its answers sealed in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import session as cookie

from journey.keys import keyring
from journey.surface import Step, Surface
from models.filings import drafts, evidence
from models.filings.queries import evidence_under
from models.filings.tables import Evidence
from models.types import now_utc
from shared.database import session


@dataclass
class Draft:
    """Answers by step. A draft without a token is one that has yet to begin.

    What was typed and not yet sent on lies beside the answers, under the step's name with a sign before it.
    """

    token: str | None = None
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, step: Step) -> dict[str, Any]:
        """The answers of one step; empty when it was not reached yet."""
        return self.answers.get(step.value, {})

    def typed(self, step: Step) -> dict[str, Any]:
        """What stands in the step's form: what was typed last, else its answers."""
        return self.answers.get(_typed(step), self.of(step))

    def has(self, step: Step) -> bool:
        """Whether the step was answered."""
        return step.value in self.answers

    def files(self) -> list[Evidence]:
        """The files attached so far."""
        return evidence_under(session, self.token) if self.token else []


def current(surface: Surface) -> Draft:
    """The visitor's draft on this surface; an empty one when there is none, or it has ended."""
    token = cookie.get(surface.session_key)
    if not isinstance(token, str):
        return Draft()
    answers = drafts.answers_of(session, token, now=now_utc(), keys=keyring())
    return Draft(token, answers) if answers is not None else Draft()


def save(surface: Surface, draft: Draft, step: Step, answers: Mapping[str, Any]) -> None:
    """Keeps the answers of one step; the first ones begin the draft."""
    draft.answers.pop(_typed(step), None)
    draft.answers[step.value] = dict(answers)
    _write(surface, draft)


def save_typed(surface: Surface, draft: Draft, step: Step, typed: Mapping[str, Any]) -> None:
    """Keeps what stands in a form that is not finished; the step counts as unanswered still."""
    draft.answers[_typed(step)] = dict(typed)
    _write(surface, draft)


def make_code(surface: Surface, draft: Draft) -> str | None:
    """The code that takes this draft up again; None when nothing was answered yet."""
    if draft.token is None:
        return None
    return drafts.make_resume_code(session, token=draft.token, scope=surface.session_key, keys=keyring())


def resume(surface: Surface, code: str) -> bool:
    """Makes the draft of that code the one that this browser works on; False when there is none."""
    token = drafts.take_up(session, code=code, scope=surface.session_key, now=now_utc(), keys=keyring())
    if token is not None:
        cookie[surface.session_key] = token
    return token is not None


def holds_code(surface: Surface, draft: Draft, text: str) -> bool:
    """Whether `text` has this draft's resume code in it."""
    return draft.token is not None and drafts.holds_resume_code(
        session, token=draft.token, text=text, scope=surface.session_key, keys=keyring()
    )


def leave(surface: Surface) -> None:
    """This browser forgets the draft, which stays where it is: for computers that others use."""
    cookie.pop(surface.session_key, None)


def _write(surface: Surface, draft: Draft) -> None:
    if draft.token is None:
        draft.token = drafts.new_token()
        cookie[surface.session_key] = draft.token
    drafts.save_answers(session, token=draft.token, answers=draft.answers, now=now_utc(), keys=keyring())


def _typed(step: Step) -> str:
    return f"~{step.value}"


def end(surface: Surface, token: str) -> None:
    """The draft was sent: its answers are forgotten, and the next filing begins with an empty one."""
    drafts.drop_draft(session, token)
    cookie.pop(surface.session_key, None)


def discard(surface: Surface) -> None:
    """The visitor starts over: answers and files are removed."""
    draft = current(surface)
    for file in draft.files():
        evidence.detach(session, token=str(draft.token), evidence_id=file.id, now=now_utc())
    if draft.token:
        drafts.drop_draft(session, draft.token)
    cookie.pop(surface.session_key, None)
