"""Putting a filing aside and taking it up again: what stands in an unfinished form is kept, a code leads back to it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journey import drafts
from journey.drafts import Draft
from journey.forms import LeaveForm, ResumeForm
from journey.gaps import gap
from journey.surface import Step, Surface
from journey.throttle import note_wrong_resume
from models.filings.drafts import KEEP
from models.types import beijing_date, now_utc
from shared.forms import Form

SAVE, AUTOSAVE = "save", "autosave"


def answers_in(form: Form) -> dict[str, Any]:
    """What stands in a form, without its token and its files."""
    left_out = ("CSRFTokenField", "HiddenField", "FilesField")
    return {field.name: field.data for field in form if field.type not in left_out}


def put_aside(surface: Surface, draft: Draft, step: Step, form: Form) -> ResponseReturnValue | None:
    """Keeps an unfinished form when that was asked for, by the button or by the page itself; None for any other sending.

    Of somebody who wants to stay anonymous nothing is kept that names them.
    """
    act = request.form.get("act")
    if act not in (SAVE, AUTOSAVE):
        return None
    typed = answers_in(form)
    drafts.save_typed(
        surface, draft, step, {"how": "anonymous"} if typed.get("how") == "anonymous" else typed
    )
    return ("", 204) if act == AUTOSAVE else redirect(url_for(f"{surface.blueprint}.save"), 303)


def save(surface: Surface) -> ResponseReturnValue:
    """Explains the code; then shows one, this once. A new one takes the place of the one before."""
    draft, form = drafts.current(surface), LeaveForm()
    if not draft.answers:
        return redirect(surface.url(surface.first), 303)
    code = drafts.make_code(surface, draft) if form.validate_on_submit() else None
    return render_template(
        "public/filing/save.html",
        surface=surface,
        form=form,
        code=code,
        until=beijing_date(now_utc() + KEEP),
        onward=surface.url(_where(surface, draft)),
    )


def resume(surface: Surface) -> ResponseReturnValue:
    """Asks for the code. A wrong one and an ended draft are one answer."""
    form = ResumeForm()
    if form.validate_on_submit():
        if drafts.resume(surface, form.code.data):
            flash(_("已经找到您保存的内容，请接着填写。"), "success")
            return redirect(surface.url(_where(surface, drafts.current(surface))), 303)
        if not note_wrong_resume():
            abort(429)
        form.code.errors = [
            _("没有找到可以接着填的内容，请核对续填码。超过 30 天没有动过的已经删除，只能重新填写。")
        ]
    has_draft = bool(drafts.current(surface).answers)
    page = render_template("public/filing/resume.html", surface=surface, form=form, has_draft=has_draft)
    return page, 422 if form.problems() else 200


def leave(surface: Surface) -> ResponseReturnValue:
    """This browser forgets the draft."""
    drafts.leave(surface)
    flash(_("这台设备上已经看不到您填写的内容。用续填码可以接着填。"), "success")
    return redirect(url_for(f"{surface.blueprint}.resume"), 303)


def _where(surface: Surface, draft: Draft) -> Step:
    return gap(surface, draft, Step.CHECK) or Step.CHECK
