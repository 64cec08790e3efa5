"""What rights-holders ask to have verified, under /casework/holders: the oldest first, each with its proofs."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.originals import original_page
from journey.evidence import send_copy
from models.errors import Invalid
from models.filings.evidence import hand_out_copy
from models.filings.kinds import COPY_STATE_LABELS, SCAN_STATE_LABELS
from models.holders.operations import confirm_member, refuse_member
from models.holders.proofs import proof_by_id
from models.holders.queries import membership_by_id, pending_members, pending_rights, right_by_id
from models.holders.rights import refuse_right, verify_right
from models.holders.terms import FAULT_LABELS, MEND_LABELS, STANDING_LABELS, Fault
from models.kinds import RIGHT_TYPE_LABELS
from models.people.permissions import Permission
from models.types import beijing_date, now_utc
from shared.access import account, requires
from shared.database import session
from shared.fields import Answered, Radios, TextArea
from shared.forms import Form
from shared.i18n import label

blueprint = Blueprint("holders", __name__, url_prefix="/casework/holders")


class RefusalForm(Form):
    """Why not, and in words what to do."""

    fault = Radios(
        _l("为什么不通过？"),
        [Answered(_l("请选择原因。"))],
        choices=lambda: [(one.value, label(text)) for one, text in FAULT_LABELS.items()],
    )
    words = TextArea(
        _l("说明"),
        hint=_l("对方看得到：写明差什么、怎样更正。上面的原因自带一句更正办法。"),
        max_chars=500,
        rows=3,
    )


@blueprint.get("/")
@requires(Permission.HOLDER_VERIFY)
def index() -> ResponseReturnValue:
    """The queue."""
    return render_template(
        "casework/holders/queue.html",
        members=pending_members(session),
        rights=pending_rights(session),
        kinds=RIGHT_TYPE_LABELS,
    )


@blueprint.get("/members/<int:membership_id>")
@requires(Permission.HOLDER_VERIFY)
def member(membership_id: int) -> ResponseReturnValue:
    """One claim to belong to an organisation."""
    return _member_page(membership_id, RefusalForm(formdata=None))


@blueprint.post("/members/<int:membership_id>/confirm")
@requires(Permission.HOLDER_VERIFY)
def confirm(membership_id: int) -> ResponseReturnValue:
    """Confirms it."""
    found = membership_by_id(session, membership_id)
    confirm_member(session, membership=found, actor=account(), now=now_utc())
    flash(_("已经核验通过。"), "success")
    return redirect(url_for("holders.index"), 303)


@blueprint.post("/members/<int:membership_id>/refuse")
@requires(Permission.HOLDER_VERIFY)
def refuse(membership_id: int) -> ResponseReturnValue:
    """Refuses it, with the reason."""
    form, found = RefusalForm(), membership_by_id(session, membership_id)
    if not form.validate():
        return _member_page(membership_id, form), 422
    refuse_member(
        session,
        membership=found,
        fault=Fault(form.fault.data),
        words=form.words.data or "",
        actor=account(),
        now=now_utc(),
    )
    flash(_("已经退回，对方看得到原因和更正办法。"), "success")
    return redirect(url_for("holders.index"), 303)


@blueprint.get("/rights/<int:right_id>")
@requires(Permission.HOLDER_VERIFY)
def right(right_id: int) -> ResponseReturnValue:
    """One right and its proofs."""
    return _right_page(right_id, RefusalForm(formdata=None))


@blueprint.post("/rights/<int:right_id>/verify")
@requires(Permission.HOLDER_VERIFY)
def verify(right_id: int) -> ResponseReturnValue:
    """The proofs fit."""
    now = now_utc()
    verify_right(
        session, right=right_by_id(session, right_id), actor=account(), now=now, today=beijing_date(now)
    )
    flash(_("已经核验通过，权利人可以用它提交。"), "success")
    return redirect(url_for("holders.index"), 303)


@blueprint.post("/rights/<int:right_id>/refuse")
@requires(Permission.HOLDER_VERIFY)
def refuse_one(right_id: int) -> ResponseReturnValue:
    """They don't."""
    form, found = RefusalForm(), right_by_id(session, right_id)
    if form.validate():
        try:
            refuse_right(
                session,
                right=found,
                fault=Fault(form.fault.data),
                words=form.words.data or "",
                actor=account(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已经退回，对方看得到原因和更正办法。"), "success")
            return redirect(url_for("holders.index"), 303)
    return _right_page(right_id, form), 422


@blueprint.post("/proofs/<int:proof_id>")
@requires(Permission.HOLDER_VERIFY)
def proof(proof_id: int) -> ResponseReturnValue:
    """Hands the copy of a proof out that is safe to look at; that is an act on record."""
    found = proof_by_id(session, proof_id)
    hand_out_copy(session, file=found, actor=account(), now=now_utc())
    return send_copy(found)


@blueprint.route("/proofs/<int:proof_id>/original", methods=["GET", "POST"])
@requires(Permission.HOLDER_VERIFY)
def proof_original(proof_id: int) -> ResponseReturnValue:
    """What the original may hold; then the original."""
    found = proof_by_id(session, proof_id)
    back, words = url_for("holders.index"), _("权利人核验")
    if found.right_id:
        back, words = url_for("holders.right", right_id=found.right_id), _("回到这项权利")
    elif found.membership_id:
        back, words = url_for("holders.member", membership_id=found.membership_id), _("回到这位成员")
    return original_page(found, kicker=_("证明文件"), back=(back, words))


def _member_page(membership_id: int, form: RefusalForm) -> str:
    found = membership_by_id(session, membership_id)
    return render_template(
        "casework/holders/member.html",
        thing=found,
        form=form,
        standings=STANDING_LABELS,
        mends=MEND_LABELS,
        scan_labels=SCAN_STATE_LABELS,
        copy_labels=COPY_STATE_LABELS,
    )


def _right_page(right_id: int, form: RefusalForm) -> str:
    found = right_by_id(session, right_id)
    return render_template(
        "casework/holders/right.html",
        thing=found,
        form=form,
        kinds=RIGHT_TYPE_LABELS,
        standings=STANDING_LABELS,
        has_expired=found.has_expired(beijing_date(now_utc())),
        scan_labels=SCAN_STATE_LABELS,
        copy_labels=COPY_STATE_LABELS,
    )
