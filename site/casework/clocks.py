"""Suspending a deadline, letting it go on, and extending it: what the rule and the office allow is asked by the verbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.clock_forms import DecideForm, ExtendForm, ResumeForm, SuspendForm
from casework.clock_page import asked
from casework.loading import case_to_read
from journey.explaining import basis_in_words
from models.cases import clock_acts
from models.cases.tables import Case
from models.clocks.book import book
from models.clocks.errors import ExtensionRefused, SuspensionRefused
from models.clocks.tables import Deadline
from models.clocks.terms import Reason
from models.errors import Invalid
from models.people.permissions import Permission
from models.supervision import extensions
from models.types import now_utc
from shared.access import account, requires
from shared.components import Row
from shared.database import session
from shared.forms import Form
from shared.i18n import label

blueprint = Blueprint(
    "clocks", __name__, url_prefix="/casework/cases/<reference>/deadlines/<int:deadline_id>"
)


@blueprint.route("/suspend", methods=["GET", "POST"])
@requires(Permission.CASE_SUSPEND)
def suspend(reference: str, deadline_id: int) -> ResponseReturnValue:
    """中止计算."""
    case, deadline = _loaded(reference, deadline_id)
    form = SuspendForm()
    form.offer(book(session).rule_of(deadline))

    def act() -> None:
        clock_acts.suspend_deadline(
            session,
            case=case,
            deadline=deadline,
            reason=Reason(form.reason.data),
            from_on=form.from_on.data,
            evidence=form.evidence.data,
            actor=account(),
            now=now_utc(),
        )

    return _run(case, deadline, form, act, _l("中止计算"), _l("已中止计算，举报投诉人会收到告知。"))


@blueprint.route("/resume", methods=["GET", "POST"])
@requires(Permission.CASE_SUSPEND)
def resume(reference: str, deadline_id: int) -> ResponseReturnValue:
    """恢复计算."""
    case, deadline = _loaded(reference, deadline_id)
    form = ResumeForm()

    def act() -> None:
        clock_acts.resume_deadline(
            session, case=case, deadline=deadline, on=form.on.data, actor=account(), now=now_utc()
        )

    return _run(case, deadline, form, act, _l("恢复计算"), _l("已恢复计算，届满日已经重新计算。"))


@blueprint.route("/extend", methods=["GET", "POST"])
@requires(Permission.CASE_EXTEND, Permission.CASE_SUSPEND)
def extend(reference: str, deadline_id: int) -> ResponseReturnValue:
    """批准延长. Officers reach the page too, and are told by the article whose approval it takes."""
    case, deadline = _loaded(reference, deadline_id)
    form = ExtendForm()
    form.fit(book(session).rule_of(deadline), deadline)

    def act() -> None:
        clock_acts.extend_deadline(
            session,
            case=case,
            deadline=deadline,
            reason=form.reason.data,
            approver=account(),
            now=now_utc(),
            further=form.further,
        )

    return _run(case, deadline, form, act, _l("批准延长"), _l("已延长，举报投诉人会收到告知。"))


@blueprint.route("/ask", methods=["GET", "POST"])
@requires(Permission.CASE_SUSPEND)
def ask(reference: str, deadline_id: int) -> ResponseReturnValue:
    """申请延长: the head of the unit is told, and answers on a page of its own."""
    case, deadline = _loaded(reference, deadline_id)
    form = ExtendForm()
    form.fit(book(session).rule_of(deadline), deadline)

    def act() -> None:
        extensions.ask_extension(
            session,
            case=case,
            deadline=deadline,
            reason=form.reason.data,
            actor=account(),
            now=now_utc(),
            further=form.further,
        )

    return _run(
        case, deadline, form, act, _l("申请延长"), _l("已提出申请，负责人会收到提醒；批准之前届满日不变。")
    )


@blueprint.route("/decide", methods=["GET", "POST"])
@requires(Permission.CASE_EXTEND)
def decide(reference: str, deadline_id: int) -> ResponseReturnValue:
    """批准或者不批准延长."""
    case, deadline = _loaded(reference, deadline_id)
    request = extensions.request_to_decide(session, deadline)
    form = DecideForm()

    def act() -> None:
        common = {"case": case, "request": request, "approver": account(), "now": now_utc()}
        if form.decision.data == "grant":
            extensions.grant_extension(session, **common)
        else:
            extensions.decline_extension(session, answer=form.answer.data or "", **common)

    title, done = _l("批准或者不批准延长"), _l("已处理，申请人会收到提醒。")
    return _run(case, deadline, form, act, title, done, request_rows=asked(session, request))


def _loaded(reference: str, deadline_id: int) -> tuple[Case, Deadline]:
    case = case_to_read(reference)
    return case, clock_acts.deadline_of(session, case, deadline_id)


def _run(
    case: Case,
    deadline: Deadline,
    form: Form,
    act: Callable[[], None],
    title: LazyString,
    done: LazyString,
    request_rows: Sequence[Row] = (),
) -> ResponseReturnValue:
    """Shows the form, or does the act; what the rule refuses is said on the form."""
    back = url_for("case.show", reference=case.shown_reference)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                act()
            except Invalid as error:
                form.take(error)
            except (SuspensionRefused, ExtensionRefused) as refused:
                form.form_errors.append(label(refused.sentence))
                status = 409
            else:
                flash(str(done), "done")
                return redirect(back, code=303)
    rule = book(session).rule_of(deadline)
    lead = _("%(title)s：%(basis)s", title=label(rule.title), basis=basis_in_words(rule))
    page = render_template(
        "casework/clock.html",
        case=case,
        form=form,
        title=title,
        lead=lead,
        back=back,
        deadline=deadline,
        request_rows=request_rows,
    )
    return page, status
