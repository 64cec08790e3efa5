"""The pages of the journey. Each takes the surface it is walked on; a wrong answer is a 422 with everything kept."""

from __future__ import annotations

from collections.abc import Iterator

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from journey import access, checklist, drafts, triage, work_proof
from journey.drafts import Draft
from journey.duplicates import told_before
from journey.forms import ChoiceForm, EvidenceForm, FactsForm, KindForm, LeaveForm, RemoveForm, SendForm
from journey.gaps import gap
from journey.pages import keep_answers, onward, page
from journey.pausing import SAVE, answers_in, put_aside
from journey.persons import check_named, contact_form
from journey.regions import region_choices
from journey.secrets import refuse_codes
from journey.sending import send
from journey.stored_right import in_the_way
from journey.summary import rows
from journey.surface import Step, Surface
from journey.uploads import allowance, attach_all
from journey.words import DEFAULT_EVIDENCE_HINT, EVIDENCE_HINTS
from models.errors import Invalid
from models.filings.evidence import detach
from models.filings.queries import filing_by_token
from models.triage.rule_files import read_triage
from models.triage.terms import Question
from models.types import now_utc
from shared.database import keep, session
from shared.forms import Form
from shared.services import services


def start(surface: Surface) -> ResponseReturnValue:
    """What brings you here? With the answers that follow, it chooses the procedure."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.START):
        return redirect(surface.url(first), 303)
    form = ChoiceForm(data=draft.of(Step.START))
    form.ask(Question.SITUATION)
    if not form.validate_on_submit():
        return page(
            "start",
            surface,
            draft,
            Step.START,
            form,
            has_draft=bool(draft.answers),
        )
    if form.situation.data in (Question.REFUND, Question.OTHER):
        return redirect(url_for(f"{surface.blueprint}.{form.situation.data}"), 303)
    return _save(surface, draft, Step.START, form)


def second(surface: Surface, question: Question) -> ResponseReturnValue:
    """The second question of those who want money back, or whose matter is none of ours."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.START):
        return redirect(surface.url(first), 303)
    form = ChoiceForm(data={"situation": draft.of(Step.START).get("choice")})
    form.ask(question)
    if not form.validate_on_submit():
        return page(question.value, surface, draft, Step.START, form, back=surface.url(Step.START))
    answers = {"situation": question.value, "choice": form.situation.data}
    return keep_answers(surface, draft, Step.START, answers)


def kind(surface: Surface) -> ResponseReturnValue:
    """What is it about?"""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.KIND):
        return redirect(surface.url(first), 303)
    form = KindForm(data=draft.typed(Step.KIND))
    form.ask()
    if kept := put_aside(surface, draft, Step.KIND, form):
        return kept
    if not form.validate_on_submit():
        return page("kind", surface, draft, Step.KIND, form)
    return _save(surface, draft, Step.KIND, form)


def wish(surface: Surface) -> ResponseReturnValue:
    """A ruling, or only a clue? Asked of those whose right lets them choose."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.WISH):
        return redirect(surface.url(first), 303)
    form = ChoiceForm(data={"situation": draft.of(Step.WISH).get("choice")})
    form.ask(Question.OWNER)
    if not form.validate_on_submit():
        return page("choice", surface, draft, Step.WISH, form)
    return keep_answers(surface, draft, Step.WISH, {"choice": form.situation.data})


def competent(surface: Surface) -> ResponseReturnValue:
    """Another authority's matter: who they are, how to reach them, and the choice to leave it here all the same."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.COMPETENT):
        return redirect(surface.url(first), 303)
    form = LeaveForm()
    has_procedure = bool(triage.tracks(surface, draft))
    if not form.validate_on_submit():
        told = triage.competent(surface, draft)
        return page("competent", surface, draft, Step.COMPETENT, form, told=told, may_go_on=has_procedure)
    if has_procedure:
        return keep_answers(surface, draft, Step.COMPETENT, {"about": triage.kind(draft).value})
    return keep_answers(surface, draft, Step.START, {"situation": "report"})


def outside(surface: Surface) -> ResponseReturnValue:
    """What happened outside the bureau's region: the same."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.OUTSIDE):
        return redirect(surface.url(first), 303)
    form = LeaveForm()
    if not form.validate_on_submit():
        told = triage.outside(surface, draft)
        return page("competent", surface, draft, Step.OUTSIDE, form, told=told, may_go_on=True)
    return keep_answers(surface, draft, Step.OUTSIDE, {"told": True})


def facts(surface: Surface) -> ResponseReturnValue:
    """Who did what, and where?"""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.FACTS):
        return redirect(surface.url(first), 303)
    form = FactsForm(data=draft.typed(Step.FACTS))
    form.region_code.choices = region_choices(services().bureau)
    form.ask_for_number(triage.right_type(draft))
    form.ask_for(triage.needs(surface, draft), triage.track(surface, draft))
    if kept := put_aside(surface, draft, Step.FACTS, form):
        return kept
    if not form.validate_on_submit() or refuse_codes(form, surface, draft):
        return page("facts", surface, draft, Step.FACTS, form, rule=triage.rule_of(surface, draft))
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
            return redirect(_after_upload(surface, draft), 303)
        form.files.errors = [_refused(len(refusals))]
        keep()
    return page(
        "evidence",
        surface,
        draft,
        Step.EVIDENCE,
        form,
        files=draft.files(),
        refusals=refusals,
        limits=allowance(),
        hint=EVIDENCE_HINTS.get(triage.right_type(draft), DEFAULT_EVIDENCE_HINT),
        remove=RemoveForm(formdata=None),
    )


def _after_upload(surface: Surface, draft: Draft) -> str:
    act = request.form.get("act")
    if act == SAVE:
        return url_for(f"{surface.blueprint}.save")
    return onward(surface, draft, Step.EVIDENCE) if act == "continue" else surface.url(Step.EVIDENCE)


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
    form = contact_form(
        triage.needs(surface, draft),
        triage.capacities(surface, draft),
        surface.account,
        draft.typed(Step.CONTACT),
    )
    if kept := put_aside(surface, draft, Step.CONTACT, form):
        return kept
    if not (form.validate_on_submit() and check_named(form)) or refuse_codes(form, surface, draft):
        return page("contact", surface, draft, Step.CONTACT, form, account=surface.account)
    if form.person() is None:  # what somebody typed before they chose to stay anonymous is not kept
        return keep_answers(surface, draft, Step.CONTACT, {"how": "anonymous"})
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
            received = send(surface, draft, is_proven=_is_proven(surface, draft, form))
        except Invalid as error:
            form.take(error)
        else:
            access.remember(received.filing)
            return _to_receipt(received.filing.reference)
    form.token.data, form.proof.data = draft.token, ""
    return page(
        "check",
        surface,
        draft,
        Step.CHECK,
        form,
        rows=rows(surface, draft),
        told=list(_told(surface, draft)),
        before=told_before(surface, draft),
        missing=checklist.missing_of_draft(surface, draft),
        in_the_way=list(in_the_way(surface, draft)),
        challenge=work_proof.challenge(surface, str(draft.token)),
    )


def _is_proven(surface: Surface, draft: Draft, form: SendForm) -> bool:
    return not work_proof.is_asked(surface) or work_proof.is_solved(form.proof.data or "", str(draft.token))


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


def _told(surface: Surface, draft: Draft) -> Iterator[str]:
    """What the filer is told about the procedure before sending."""
    found, platform = triage.rule_of(surface, draft), read_triage().platform
    if found:
        yield found.tells
    if draft.of(Step.FACTS).get("platform_notified") and platform.fits(triage.way(surface, draft)):
        yield platform.tells


def _save(surface: Surface, draft: Draft, step: Step, form: Form) -> ResponseReturnValue:
    return keep_answers(surface, draft, step, answers_in(form))
