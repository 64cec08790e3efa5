"""脱敏: the original and the public text side by side; each mark is decided by a person."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.loading import decision_to_act_on, decision_to_read
from casework.decisions.redaction_forms import HandForm, KeepForm, LinkForm, MaskForm
from casework.decisions.redaction_page import page_of
from journey.keys import keyring
from models.decisions.redaction import operations
from models.decisions.redaction.kinds import MarkKind
from models.decisions.redaction.queries import filings_of, mark_of, marks_of, served_texts
from models.decisions.states import Act, acts_from
from models.decisions.tables import Decision
from models.errors import Invalid
from models.filings.kinds import OpeningReason
from models.filings.queries import filing_by_reference
from models.filings.submissions import Person
from models.filings.tables import Filing
from models.filings.vault import open_identity
from models.people.permissions import Permission, can
from models.types import LARGEST_ID, now_utc
from shared.access import account, requires
from shared.database import session
from shared.forms import Form
from shared.requests import row_number

# Words of the ledger of openings, not of the page.
WHY_OPENED = "公示脱敏：在决定书 {public_id} 的文本里查找举报投诉人的信息，不向工作人员显示"

blueprint = Blueprint(
    "publishing_redaction", __name__, url_prefix="/casework/decisions/<int:decision_id>/redaction"
)


@blueprint.get("")
@requires(Permission.DECISION_VIEW)
def show(decision_id: int) -> ResponseReturnValue:
    """Both texts with their marks; the one in hand is in the address."""
    return _page(decision_to_read(decision_id), row_number(request.args.get("mark")))


@blueprint.post("/<int:mark_id>/mask")
@requires(Permission.DECISION_ENTER)
def mask(decision_id: int, mark_id: int) -> ResponseReturnValue:
    """Removes the stretch from the public text."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_ENTER)
    mark, form = mark_of(session, decision, min(mark_id, LARGEST_ID)), MaskForm()
    try:
        operations.mask(
            session,
            decision,
            mark,
            replacement=form.replacement.data or "",
            actor=account(),
            now=now_utc(),
        )
    except Invalid as error:
        form.take(error)
        return _page(decision, mark.id, mask_form=form), 422
    return _next(decision)


@blueprint.post("/<int:mark_id>/keep")
@requires(Permission.DECISION_ENTER)
def keep(decision_id: int, mark_id: int) -> ResponseReturnValue:
    """Leaves the stretch in the public text, with a reason."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_ENTER)
    mark, form = mark_of(session, decision, min(mark_id, LARGEST_ID)), KeepForm()
    if form.validate():
        try:
            operations.keep(session, decision, mark, **form.chosen(), actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return _next(decision)
    return _page(decision, mark.id, keep_form=form), 422


@blueprint.post("/mask-all")
@requires(Permission.DECISION_ENTER)
def mask_all(decision_id: int) -> ResponseReturnValue:
    """Masks everything that still blocks."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_ENTER)
    number = operations.mask_all_blocking(session, decision, actor=account(), now=now_utc())
    flash(_("已遮去 %(number)s 处，请逐处看一遍右边的公示文本。", number=number), "done")
    return _next(decision)


@blueprint.post("/marks")
@requires(Permission.DECISION_ENTER)
def mark_by_hand(decision_id: int) -> ResponseReturnValue:
    """Masks what no detector found."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_ENTER)
    form = HandForm()
    if form.validate():
        try:
            marks = operations.mark_by_hand(
                session,
                decision,
                stretch=form.stretch.data,
                kind=MarkKind(form.kind.data),
                actor=account(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已遮去 %(number)s 处。", number=len(marks)), "done")
            return _next(decision)
    return _page(decision, None, hand_form=form), 422


@blueprint.post("/filings")
@requires(Permission.DECISION_ENTER)
def link(decision_id: int) -> ResponseReturnValue:
    """Names the filing that the decision goes back to, and looks for its filer in the text."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_ENTER)
    form = LinkForm()
    if not form.validate():
        return _page(decision, None, link_form=form), 422
    filing = filing_by_reference(session, form.reference.data)
    if filing is None:
        form.take(Invalid("", {"reference": _("没有这个登记编号，请核对。")}))
        return _page(decision, None, link_form=form), 422
    operations.link_filing(session, decision, filing, actor=account(), now=now_utc())
    session.flush()
    return _look(decision)


@blueprint.post("/look")
@requires(Permission.DECISION_ENTER)
def look(decision_id: int) -> ResponseReturnValue:
    """Looks for the filers of the linked filings again, after the text was amended."""
    return _look(decision_to_act_on(decision_id, Permission.DECISION_ENTER))


def _look(decision: Decision) -> ResponseReturnValue:
    found = operations.look_for_filers(
        session,
        decision,
        reveal=lambda filing: _opened(filing, decision),
        actor=account(),
        now=now_utc(),
    )
    flash(_("已核对举报投诉人信息：新发现 %(number)s 处。", number=found), "done")
    return _next(decision)


def _opened(filing: Filing, decision: Decision) -> Person:
    return open_identity(
        session,
        filing=filing,
        actor=account(),
        reason=OpeningReason.REDACTION,
        words=WHY_OPENED.format(public_id=decision.public_id),
        now=now_utc(),
        keys=keyring(),
    )


def _page(decision: Decision, mark_id: int | None, **forms: Form) -> str:
    texts, marks = served_texts(session, decision), marks_of(session, decision)
    links = filings_of(session, decision)
    return render_template(
        "casework/decisions/redaction.html",
        decision=decision,
        page=page_of(decision, texts, marks, mark_id),
        links=links,
        must_look=any(one.checked_sha256 != decision.served_sha256 for one in links),
        may_act=Act.AMEND in acts_from(decision.state)
        and can(account(), Permission.DECISION_ENTER, decision),
        form=next(iter(forms.values()), None),
        **_forms(forms),
    )


def _forms(given: dict[str, Form]) -> dict[str, Any]:
    empty = {"mask_form": MaskForm, "keep_form": KeepForm, "hand_form": HandForm, "link_form": LinkForm}
    return {name: given.get(name) or form(formdata=None) for name, form in empty.items()}


def _next(decision: Decision) -> ResponseReturnValue:
    session.flush()
    return redirect(url_for("publishing_redaction.show", decision_id=decision.id, _anchor="mark"), code=303)
