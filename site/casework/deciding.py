"""What a case is decided by: 组织调解, 达成协议, 终止调解 for a complaint; 立案, 不予立案 for a report."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from casework.acting import repeated, run_form
from casework.deciding_forms import FileForm, MediateForm, SettleForm
from casework.forms import RefuseForm
from casework.loading import case_to_act_on
from models.cases import decisions
from models.cases.grounds import Ground
from models.cases.terms import Act
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("deciding", __name__, url_prefix="/casework/cases/<reference>")


@blueprint.route("/mediate", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def mediate(reference: str) -> ResponseReturnValue:
    """组织调解."""
    if back := repeated(reference, Act.MEDIATE):
        return back
    case = case_to_act_on(reference, Act.MEDIATE)
    form = MediateForm.of(case)
    return run_form(
        case,
        Act.MEDIATE,
        form,
        lambda: decisions.mediate(
            session,
            case=case,
            both_agree=bool(form.both_agree.data),
            words=form.words.data,
            actor=account(),
            now=now_utc(),
        ),
        done=_l("已告知举报投诉人调解的安排。"),
    )


@blueprint.route("/settle", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def settle(reference: str) -> ResponseReturnValue:
    """达成调解协议."""
    if back := repeated(reference, Act.SETTLE):
        return back
    case = case_to_act_on(reference, Act.SETTLE)
    form = SettleForm.of(case)
    return run_form(
        case,
        Act.SETTLE,
        form,
        lambda: decisions.settle(session, case=case, terms=form.terms.data, actor=account(), now=now_utc()),
        done=_l("已记录调解协议，接下来请书面答复。"),
    )


@blueprint.route("/end-mediation", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def end_mediation(reference: str) -> ResponseReturnValue:
    """终止调解."""
    if back := repeated(reference, Act.END_MEDIATION):
        return back
    case = case_to_act_on(reference, Act.END_MEDIATION)
    form = RefuseForm.of(case, Act.END_MEDIATION)
    return run_form(
        case,
        Act.END_MEDIATION,
        form,
        lambda: decisions.end_mediation(
            session,
            case=case,
            ground=Ground(form.ground.data),
            reasons=form.reasons.data,
            actor=account(),
            now=now_utc(),
        ),
        done=_l("已终止调解，请在七个工作日内书面告知双方。"),
    )


@blueprint.route("/file", methods=["GET", "POST"])
@requires(Permission.CASE_FILE)
def file_case(reference: str) -> ResponseReturnValue:
    """立案, by a head."""
    if back := repeated(reference, Act.FILE):
        return back
    case = case_to_act_on(reference, Act.FILE)
    form = FileForm.of(case)
    return run_form(
        case,
        Act.FILE,
        form,
        lambda: decisions.file_case(
            session, case=case, reasons=form.reasons.data, actor=account(), now=now_utc()
        ),
        done=_l("已立案，九十日的办案期限开始计算。"),
    )


@blueprint.route("/not-file", methods=["GET", "POST"])
@requires(Permission.CASE_FILE)
def not_file(reference: str) -> ResponseReturnValue:
    """不予立案, by a head."""
    if back := repeated(reference, Act.NOT_FILE):
        return back
    case = case_to_act_on(reference, Act.NOT_FILE)
    form = RefuseForm.of(case, Act.NOT_FILE)
    return run_form(
        case,
        Act.NOT_FILE,
        form,
        lambda: decisions.not_file(
            session,
            case=case,
            ground=Ground(form.ground.data),
            reasons=form.reasons.data,
            actor=account(),
            now=now_utc(),
        ),
        done=_l("已决定不予立案，接下来请书面答复。"),
    )
