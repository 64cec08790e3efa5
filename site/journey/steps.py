"""The pages of the journey. Each takes the surface it is walked on; a wrong answer is a 422 with everything kept."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from journey import access, checklist, drafts
from journey.drafts import Draft
from journey.forms import EvidenceForm, FactsForm, KindForm, RefundForm, RemoveForm, SendForm, StartForm
from journey.gaps import gap
from journey.persons import check_named, contact_form
from journey.regions import region_choices
from journey.sending import right_type, send, track
from journey.summary import rows
from journey.surface import STEP_TITLES, Step, Surface
from journey.uploads import allowance, attach_all
from journey.words import ADVICE, DEFAULT_EVIDENCE_HINT, EVIDENCE_HINTS, Situation
from models.errors import Invalid
from models.filings.evidence import detach
from models.filings.queries import filing_by_token
from models.kinds import Track
from models.types import now_utc
from shared.database import keep, session
from shared.forms import Form
from shared.services import services


def start(surface: Surface) -> ResponseReturnValue:
    """What brings you here? The answer chooses the track."""
    draft = drafts.current(surface)
    form = StartForm(data=draft.of(Step.START))
    if not form.validate_on_submit():
        return _page("start", surface, Step.START, form, has_draft=bool(draft.answers))
    if form.situation.data == Situation.REFUND:
        return redirect(url_for(f"{surface.blueprint}.refund"), 303)
    return _save(surface, draft, Step.START, form)


def refund(surface: Surface) -> ResponseReturnValue:
    """Who wants money back hears where that is quickest, and chooses between complaint and report."""
    draft = drafts.current(surface)
    form = RefundForm(data=draft.of(Step.START))
    if not form.validate_on_submit():
        return _page("refund", surface, Step.START, form, back=surface.url(Step.START))
    return _save(surface, draft, Step.START, form)


def kind(surface: Surface) -> ResponseReturnValue:
    """What is it about?"""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.KIND):
        return redirect(surface.url(first), 303)
    form = KindForm(data=draft.of(Step.KIND))
    if not form.validate_on_submit():
        return _page("kind", surface, Step.KIND, form)
    return _save(surface, draft, Step.KIND, form)


def facts(surface: Surface) -> ResponseReturnValue:
    """Who did what, and where?"""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.FACTS):
        return redirect(surface.url(first), 303)
    form = FactsForm(data=draft.of(Step.FACTS))
    profile = services().bureau
    form.region_code.choices = region_choices(profile)
    chosen = track(surface, draft)
    form.ask_for_number(right_type(draft))
    if chosen is Track.REPORT:
        del form.respondent_uscc
    if chosen is Track.COMPLAINT:
        form.ask_for_complaint()
    if not form.validate_on_submit():
        advice = ADVICE.get(right_type(draft))
        competent = profile.outside(advice.outside) if advice and advice.outside else ()
        return _page("facts", surface, Step.FACTS, form, advice=advice, competent=competent)
    return _save(surface, draft, Step.FACTS, form)


def evidence(surface: Surface) -> ResponseReturnValue:
    """Files: what can be taken is kept whatever happens to the others."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.EVIDENCE):
        return redirect(surface.url(first), 303)
    form = EvidenceForm(data=draft.of(Step.EVIDENCE))
    form.has.choices = checklist.choices(surface, draft)
    refusals = []
    if form.validate_on_submit():
        drafts.save(surface, draft, Step.EVIDENCE, {"has": form.has.data or []})
        refusals = attach_all(str(draft.token), request.files.getlist("files"))
        if not refusals:
            goes_on = request.form.get("act") == "continue"
            return redirect(
                _next(surface, draft, Step.EVIDENCE) if goes_on else surface.url(Step.EVIDENCE), 303
            )
        form.files.errors = [_refused(len(refusals))]
        keep()
    return _page(
        "evidence",
        surface,
        Step.EVIDENCE,
        form,
        files=draft.files(),
        refusals=refusals,
        limits=allowance(),
        hint=EVIDENCE_HINTS.get(right_type(draft), DEFAULT_EVIDENCE_HINT),
        remove=RemoveForm(formdata=None),
    )


def remove_evidence(surface: Surface, evidence_id: int) -> ResponseReturnValue:
    """Takes a file off; the page comes back without it."""
    draft = drafts.current(surface)
    if draft.token:
        detach(session, token=draft.token, evidence_id=evidence_id, now=now_utc())
    return redirect(surface.url(Step.EVIDENCE), 303)


def contact(surface: Surface) -> ResponseReturnValue:
    """Who are you? Of a report, only if you want to say."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.CONTACT):
        return redirect(surface.url(first), 303)
    chosen = track(surface, draft)
    form = contact_form(chosen, surface.account, draft.of(Step.CONTACT))
    if not (form.validate_on_submit() and check_named(form)):
        return _page("contact", surface, Step.CONTACT, form, track=chosen, account=surface.account)
    if form.person() is None:  # what somebody typed before they chose to stay anonymous is not kept
        drafts.save(surface, draft, Step.CONTACT, {"how": "anonymous"})
        return redirect(_next(surface, draft, Step.CONTACT), 303)
    return _save(surface, draft, Step.CONTACT, form)


def check(surface: Surface) -> ResponseReturnValue:
    """Everything once more, and the button that sends it. Sent twice, it leads to the one receipt."""
    form = SendForm()
    if form.is_submitted() and (filing := filing_by_token(session, form.token.data or "-")):
        access.remember(filing)
        return _to_receipt(filing.reference)
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.CHECK):
        return redirect(surface.url(first), 303)
    if form.is_submitted() and form.token.data != draft.token:
        return redirect(surface.url(Step.CHECK), 303)  # a page of an older draft: show the present one first
    if form.validate_on_submit():
        try:
            received = send(surface, draft)
        except Invalid as error:
            form.take(error)
        else:
            access.remember(received.filing)
            return _to_receipt(received.filing.reference)
    form.token.data = draft.token
    return _page(
        "check",
        surface,
        Step.CHECK,
        form,
        rows=rows(surface, draft),
        track=track(surface, draft),
        missing=checklist.missing_of_draft(surface, draft),
    )


def too_large() -> ResponseReturnValue:
    """One request brought more than all files together may have: nothing of it could be read, the draft stands."""
    flash(
        _("这次提交的内容太大，没有收下；之前填写和上传的都还在。文件请分几次上传，或压缩后再传。"), "error"
    )
    return redirect(request.script_root + request.path, 303)


def restart(surface: Surface) -> ResponseReturnValue:
    """Forgets the draft and its files."""
    drafts.discard(surface)
    return redirect(surface.url(surface.first), 303)


def _refused(count: int) -> str:
    return str(
        ngettext(
            "有 %(num)s 个文件没有收下，原因见下；收下的都已保存。",
            "有 %(num)s 个文件没有收下，原因见下；收下的都已保存。",
            count,
        )
    )


def _to_receipt(reference: str) -> ResponseReturnValue:
    return redirect(url_for("receipt.show", reference=reference), 303)


def _save(surface: Surface, draft: Draft, step: Step, form: Form) -> ResponseReturnValue:
    answers = {
        field.name: field.data for field in form if field.type not in ("CSRFTokenField", "HiddenField")
    }
    drafts.save(surface, draft, step, answers)
    return redirect(_next(surface, draft, step), 303)


def _next(surface: Surface, draft: Draft, step: Step) -> str:
    """The next page; the check itself for somebody who came from there to change one answer."""
    if request.args.get("then") == Step.CHECK and gap(surface, draft, Step.CHECK) is None:
        return surface.url(Step.CHECK)
    return surface.url(surface.after(step))


def _page(
    name: str, surface: Surface, step: Step, form: Form, *, back: str = "", **more: Any
) -> ResponseReturnValue:
    previous = surface.before(step)
    page = render_template(
        f"public/filing/{name}.html",
        surface=surface,
        form=form,
        title=STEP_TITLES[step],
        kicker=_progress(surface, step),
        back=back or (surface.url(previous) if previous else ""),
        **more,
    )
    return page, 422 if form.problems() else 200


def _progress(surface: Surface, step: Step) -> str:
    return _("第 %(number)s 步，共 %(total)s 步", number=surface.number(step), total=len(surface.steps))
