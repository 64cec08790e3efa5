"""What every step of the journey does: keep its answers, lead on, draw its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journey import drafts
from journey.drafts import Draft
from journey.gaps import gap
from journey.path import after, before, steps_of
from journey.surface import STEP_TITLES, Step, Surface
from shared.forms import Form


def keep_answers(
    surface: Surface, draft: Draft, step: Step, answers: Mapping[str, Any]
) -> ResponseReturnValue:
    """Keeps the answers of a step and leads on."""
    drafts.save(surface, draft, step, answers)
    return redirect(onward(surface, draft, step), 303)


def onward(surface: Surface, draft: Draft, step: Step) -> str:
    """The next page; the check itself for somebody who came from there to change one answer."""
    if request.args.get("then") == Step.CHECK and gap(surface, draft, Step.CHECK) is None:
        return surface.url(Step.CHECK)
    return surface.url(after(surface, draft, step))


def page(
    name: str, surface: Surface, draft: Draft, step: Step, form: Form, *, back: str = "", **more: Any
) -> ResponseReturnValue:
    """A step's page, with where it stands in the journey; 422 when something is to be mended."""
    previous = before(surface, draft, step)
    shown = render_template(
        f"public/filing/{name}.html",
        surface=surface,
        form=form,
        title=STEP_TITLES[step],
        kicker=_progress(surface, draft, step),
        back=back or (surface.url(previous) if previous else ""),
        **more,
    )
    return shown, 422 if form.problems() else 200


def _progress(surface: Surface, draft: Draft, step: Step) -> str:
    steps = steps_of(surface, draft)
    return _("第 %(number)s 步，共 %(total)s 步", number=steps.index(step) + 1, total=len(steps))
