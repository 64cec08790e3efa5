"""Asking experts about a case: whom, what, with which files; the answers with their signatures; the payment."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.experts.forms import AskForm, LinkForm, ReasonForm, VoucherForm
from casework.loading import case_to_read
from journey.experts import address_of, is_unchanged, queue_mail
from journey.keys import keyring
from journey.papers import office
from models.cases.tables import Case
from models.errors import Invalid
from models.experts import requests
from models.experts.papers import draw_up, opinion_papers
from models.experts.queries import expert_numbered, request_of, requests_of, suited
from models.experts.tables import ExpertRequest
from models.experts.terms import REQUEST_STATE_LABELS, RequestState
from models.filings.kinds import OpeningReason
from models.filings.submissions import Person
from models.filings.tables import Evidence, Filing
from models.filings.vault import open_identity
from models.papers.terms import PaperState
from models.people.permissions import Permission, can
from models.types import beijing_date, now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.forms import Form

blueprint = Blueprint("case_experts", __name__, url_prefix="/casework/cases/<reference>/experts")
WHY_OPENED = "邀请专家前核对利害关系"
_WAITING = (RequestState.ASKED, RequestState.ACCEPTED)


@blueprint.get("")
@requires(Permission.CASE_VIEW)
def index(reference: str) -> ResponseReturnValue:
    """Who was asked about the case, and what came of it."""
    case = case_to_read(reference)
    may_ask = can(account(), Permission.EXPERT_ASK, case) and not case.has_ended
    return render_template(
        "casework/experts/index.html",
        case=case,
        requests=requests_of(session, case),
        states=REQUEST_STATE_LABELS,
        may_ask=may_ask,
    )


@blueprint.get("/<int:number>")
@requires(Permission.CASE_VIEW)
def show(reference: str, number: int) -> ResponseReturnValue:
    """One question, and the opinion as a paper with its signature."""
    case = case_to_read(reference)
    return _page(case, request_of(session, case, number))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.EXPERT_ASK)
def ask(reference: str) -> ResponseReturnValue:
    """邀请."""
    case, form = case_to_read(reference), AskForm()
    authorise(Permission.EXPERT_ASK, case)
    experts = suited(session, case, beijing_date(now_utc()))
    form.offer(experts, _files(case))
    if form.validate_on_submit():
        try:
            return _made(case, _asked(case, form), form)
        except Invalid as error:
            form.take(error)
    page = render_template("casework/experts/ask.html", case=case, form=form, is_empty=not experts)
    return page, 422 if form.problems() else 200


@blueprint.route("/<int:number>/resend", methods=["GET", "POST"])
@requires(Permission.EXPERT_ASK)
def resend(reference: str, number: int) -> ResponseReturnValue:
    """A new link; the old one opens nothing any more."""
    case, found = _load(reference, number, Permission.EXPERT_ASK)
    form = LinkForm()
    if form.validate_on_submit():
        days = int(form.days.data)
        requests.resend(session, request=found, days=days, actor=account(), now=now_utc())
        return _made(case, found, form)
    page = render_template("casework/experts/resend.html", case=case, asked=found, form=form)
    return page, 422 if form.problems() else 200


@blueprint.post("/<int:number>/cancel")
@requires(Permission.EXPERT_ASK)
def cancel(reference: str, number: int) -> ResponseReturnValue:
    """撤回邀请."""
    case, found = _load(reference, number, Permission.EXPERT_ASK)
    form = ReasonForm()
    if not form.validate():
        return _page(case, found, form)
    requests.cancel(session, request=found, reasons=form.reasons.data, actor=account(), now=now_utc())
    return _done(case, found, _("已撤回邀请，链接不再有效。"))


@blueprint.post("/<int:number>/paper")
@requires(Permission.PAPER_WRITE)
def paper(reference: str, number: int) -> ResponseReturnValue:
    """生成意见书: the signed opinion as an official paper."""
    case, found = _load(reference, number, Permission.PAPER_WRITE)
    made = draw_up(session, request=found, office=office(), actor=account(), now=now_utc())
    flash(_("意见书已经生成并签发，文号%(number)s。", number=made.document_number), "done")
    return redirect(url_for("papers.show", reference=case.shown_reference, number=made.id), 303)


@blueprint.post("/<int:number>/pay")
@requires(Permission.EXPERT_PAY)
def pay(reference: str, number: int) -> ResponseReturnValue:
    """Notes the payment of the fee."""
    case, found = _load(reference, number, Permission.EXPERT_PAY)
    form = VoucherForm()
    if not form.validate():
        return _page(case, found, form)
    try:
        requests.pay(session, request=found, voucher=form.voucher.data or "", actor=account(), now=now_utc())
    except Invalid as error:
        form.take(error)
        return _page(case, found, form)
    return _done(case, found, _("已登记支付。"))


def _asked(case: Case, form: AskForm) -> ExpertRequest:
    chosen = set(form.files.data or []) if "files" in form else set()
    return requests.ask(
        session,
        case=case,
        expert=expert_numbered(session, int(form.expert.data)),
        question=form.question.data,
        files=[file for file in _files(case) if str(file.id) in chosen],
        fee=form.fee.data,
        days=int(form.days.data),
        reveal=_opened,
        actor=account(),
        now=now_utc(),
    )


def _opened(filing: Filing) -> Person:
    return open_identity(
        session,
        filing=filing,
        actor=account(),
        reason=OpeningReason.EXPERT,
        words=WHY_OPENED,
        now=now_utc(),
        keys=keyring(),
    )


def _files(case: Case) -> list[Evidence]:
    return [file for file in case.filing.evidence if file.copy_key]


def _load(reference: str, number: int, permission: Permission) -> tuple[Case, ExpertRequest]:
    case = case_to_read(reference)
    authorise(permission, case)
    return case, request_of(session, case, number)


def _made(case: Case, found: ExpertRequest, form: LinkForm) -> ResponseReturnValue:
    """The page that shows the link: the only one that ever does."""
    mailed = queue_mail(found, form.address.data or "")
    page = render_template(
        "casework/experts/made.html", case=case, asked=found, address=address_of(found), mailed=mailed
    )
    return page, {"Cache-Control": "no-store"}


def _done(case: Case, found: ExpertRequest, news: str) -> ResponseReturnValue:
    flash(news, "done")
    return redirect(url_for("case_experts.show", reference=case.shown_reference, number=found.id), 303)


def _page(case: Case, found: ExpertRequest, sent: Form | None = None) -> ResponseReturnValue:
    """`sent`: a form with mistakes."""
    officer, is_waiting = account(), found.state in _WAITING
    may_ask = is_waiting and can(officer, Permission.EXPERT_ASK, case)
    is_due = found.state is RequestState.GIVEN and bool(found.fee) and found.paid_at is None
    may_pay = is_due and can(officer, Permission.EXPERT_PAY, case)
    papers = opinion_papers(session, found) if found.opinion else []
    standing = next((one for one in papers if one.state is not PaperState.VOID), None)
    may_write = bool(found.opinion) and can(officer, Permission.PAPER_WRITE, case)
    cancelling = sent if isinstance(sent, ReasonForm) else ReasonForm(formdata=None)
    paying = sent if isinstance(sent, VoucherForm) else VoucherForm(formdata=None)
    page = render_template(
        "casework/experts/show.html",
        case=case,
        asked=found,
        state=REQUEST_STATE_LABELS[found.state],
        is_expired=is_waiting and not found.is_open(now_utc()),
        is_unchanged=is_unchanged(found),
        cancel_form=cancelling if may_ask else None,
        pay_form=paying if may_pay else None,
        paper=standing,
        may_draw_up=may_write and standing is None,
        is_own=found.made_by_id == officer.id,
        form=sent,
    )
    return page, 422 if sent is not None else 200
