"""Sending a case to another unit, and what the receiver and the sender then do: 移交, 签收, 退回, 撤销移交."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from casework.acting import repeated, run_button, run_form
from casework.forms import DesignateForm, ReasonsForm, TransferForm
from casework.loading import case_to_act_on
from casework.routing_page import departures, proposal_for, questions, shown
from models.cases import designation, transfers
from models.cases.terms import Act
from models.people.permissions import Permission
from models.routing.operations import transfer_with_proposal
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("sending", __name__, url_prefix="/casework/cases/<reference>")


@blueprint.route("/transfer", methods=["GET", "POST"])
@requires(Permission.CASE_TRANSFER)
def transfer(reference: str) -> ResponseReturnValue:
    """移交 to a unit above, below, or outside."""
    if back := repeated(reference, Act.TRANSFER):
        return back
    case = case_to_act_on(reference, Act.TRANSFER)
    targets = transfers.transfer_targets(session, case)
    proposal = proposal_for(case, request.args)
    form = TransferForm.offering(case, targets, proposal.among([unit for _way, unit in targets]))
    return run_form(
        case,
        Act.TRANSFER,
        form,
        lambda: transfer_with_proposal(
            session,
            case=case,
            to_unit=next(unit for _way, unit in targets if str(unit.id) == form.unit.data),
            reasons=form.reasons.data,
            proposal=proposal,
            departure=form.departure.data,
            actor=account(),
            now=now_utc(),
        ),
        done=_l("已移交，等待对方签收。签收前仍由本机构负责。"),
        template="casework/transfer.html",
        proposal=shown(proposal),
        questions=questions(proposal),
        departures=departures(case),
    )


@blueprint.post("/acknowledge")
@requires(Permission.CASE_ACKNOWLEDGE)
def acknowledge(reference: str) -> ResponseReturnValue:
    """签收."""
    if back := repeated(reference, Act.ACKNOWLEDGE):
        return back
    case = case_to_act_on(reference, Act.ACKNOWLEDGE)
    return run_button(
        case,
        lambda: transfers.acknowledge(session, case=case, actor=account(), now=now_utc()),
        done=_l("已签收。"),
    )


@blueprint.route("/return", methods=["GET", "POST"])
@requires(Permission.CASE_ACKNOWLEDGE)
def return_transfer(reference: str) -> ResponseReturnValue:
    """退回 to the sender."""
    if back := repeated(reference, Act.RETURN):
        return back
    case = case_to_act_on(reference, Act.RETURN)
    form = ReasonsForm.of(case)
    return run_form(
        case,
        Act.RETURN,
        form,
        lambda: transfers.return_transfer(
            session, case=case, reasons=form.reasons.data, actor=account(), now=now_utc()
        ),
        done=_l("已退回移交机构。"),
    )


@blueprint.route("/recall", methods=["GET", "POST"])
@requires(Permission.CASE_TRANSFER)
def recall(reference: str) -> ResponseReturnValue:
    """撤销移交 while nobody has acknowledged it."""
    if back := repeated(reference, Act.RECALL):
        return back
    case = case_to_act_on(reference, Act.RECALL)
    form = ReasonsForm.of(case)
    return run_form(
        case,
        Act.RECALL,
        form,
        lambda: transfers.recall(
            session, case=case, reasons=form.reasons.data, actor=account(), now=now_utc()
        ),
        done=_l("移交已撤销。"),
    )


@blueprint.route("/escalate", methods=["GET", "POST"])
@requires(Permission.CASE_TRANSFER)
def escalate(reference: str) -> ResponseReturnValue:
    """报请指定管辖 by the common superior."""
    if back := repeated(reference, Act.ESCALATE):
        return back
    case = case_to_act_on(reference, Act.ESCALATE)
    form = ReasonsForm.of(case)
    return run_form(
        case,
        Act.ESCALATE,
        form,
        lambda: designation.escalate(
            session, case=case, reasons=form.reasons.data, actor=account(), now=now_utc()
        ),
        done=_l("已报请上级机构指定管辖。"),
    )


@blueprint.route("/designate", methods=["GET", "POST"])
@requires(Permission.CASE_DESIGNATE)
def designate(reference: str) -> ResponseReturnValue:
    """指定管辖: which unit has it from now on."""
    if back := repeated(reference, Act.DESIGNATE):
        return back
    case = case_to_act_on(reference, Act.DESIGNATE)
    units = designation.designees(session, case)
    proposal = proposal_for(case)
    form = DesignateForm.offering(case, units)
    return run_form(
        case,
        Act.DESIGNATE,
        form,
        lambda: designation.designate(
            session,
            case=case,
            to_unit=next(unit for unit in units if str(unit.id) == form.unit.data),
            reasons=form.reasons.data,
            actor=account(),
            now=now_utc(),
        ),
        done=_l("已指定管辖，有关机构会收到提醒。"),
        template="casework/designate.html",
        proposal=shown(proposal),
        returns=[one for one in case.transfers if one.returned_at],
    )
