"""保管期限 for those who keep the files: what is due, what is held back, lists proposed, approved and carried out."""

from __future__ import annotations

import json

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.retention_forms import AnswerForm, HoldForm
from models.cases.queries import case_by_reference
from models.errors import ActRefused, Invalid, NotFound
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.retention import operations
from models.retention.queries import (
    count_due,
    disposal_by_id,
    disposals,
    held_back,
    hold_by_id,
    holds_in_force,
    may_decide,
)
from models.retention.schedules import read_schedules
from models.retention.tables import DISPOSAL_LABELS, FATE_LABELS
from models.types import now_utc
from models.wording import said
from shared.access import account, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("retention", __name__, url_prefix="/admin/retention")
_READERS = (Permission.RETENTION_MANAGE, Permission.RETENTION_APPROVE)


@blueprint.get("/")
@requires(*_READERS)
def index() -> ResponseReturnValue:
    """The schedules with what is due, the holds, the lists."""
    now, found = now_utc(), read_schedules()
    return render_template(
        "admin/retention.html",
        schedules=[(one, count_due(session, one, now)) for one in found.schedules],
        holds=holds_in_force(session, for_head=_head()),
        disposals=disposals(session, for_head=_head()),
        labels=DISPOSAL_LABELS,
        may_manage=can(account(), Permission.RETENTION_MANAGE),
    )


@blueprint.post("/propose/<schedule>")
@requires(Permission.RETENTION_MANAGE)
def propose(schedule: str) -> ResponseReturnValue:
    """Puts what is due on a list for approval."""
    found = read_schedules().of(schedule)
    made = operations.propose(session, schedule=found, actor=account(), now=now_utc())
    flash(_("已提出销毁清册，等待负责人审批。审批之前什么都不会销毁。"), "done")
    return redirect(url_for("retention.show", number=made.id), code=303)


@blueprint.route("/holds/new", methods=["GET", "POST"])
@requires(Permission.RETENTION_MANAGE)
def hold() -> ResponseReturnValue:
    """Holds a case back, by its reference."""
    form = HoldForm()
    if form.validate_on_submit():
        try:
            case = case_by_reference(session, form.reference.data)
            operations.hold(session, case=case, words=form.words.data, actor=account(), now=now_utc())
        except NotFound as error:
            form.take(Invalid(error.sentence, {"reference": error.sentence}))
        except Invalid as error:
            form.take(error)
        except ActRefused as refused:
            form.form_errors.append(label(refused.sentence))
        else:
            flash(_("这个办件暂缓销毁，直到解除。"), "done")
            return redirect(url_for("retention.index"), code=303)
    return render_template("admin/retention_hold.html", form=form), 422 if form.problems() else 200


@blueprint.post("/holds/<int:number>/release")
@requires(Permission.RETENTION_MANAGE)
def release(number: int) -> ResponseReturnValue:
    """Lets the schedule decide again."""
    operations.release(session, hold=hold_by_id(session, number), actor=account(), now=now_utc())
    flash(_("已解除暂缓销毁。"), "done")
    return redirect(url_for("retention.index"), code=303)


@blueprint.get("/<int:number>")
@requires(*_READERS)
def show(number: int) -> ResponseReturnValue:
    """One list: its cases by number, and what became of them. Nothing of their content."""
    return _page(number, AnswerForm(formdata=None))


@blueprint.post("/<int:number>/approve")
@requires(Permission.RETENTION_APPROVE, fresh=True)
def approve(number: int) -> ResponseReturnValue:
    """Agrees; the worker begins."""
    operations.approve(session, disposal=disposal_by_id(session, number), actor=account(), now=now_utc())
    flash(_("已批准，后台正在逐件销毁。"), "done")
    return redirect(url_for("retention.show", number=number), code=303)


@blueprint.post("/<int:number>/reject")
@requires(Permission.RETENTION_APPROVE, fresh=True)
def reject(number: int) -> ResponseReturnValue:
    """Does not agree, and says why."""
    form = AnswerForm()
    if not form.validate():
        return _page(number, form), 422
    disposal = disposal_by_id(session, number)
    operations.reject(session, disposal=disposal, answer=form.answer.data, actor=account(), now=now_utc())
    flash(_("没有批准，办件照旧保管。"), "done")
    return redirect(url_for("retention.show", number=number), code=303)


@blueprint.get("/<int:number>/certificate.json")
@requires(*_READERS)
def certificate(number: int) -> ResponseReturnValue:
    """The certificate: the signed bytes as they are, with the signature and the name of the key."""
    found = disposal_by_id(session, number, for_head=_head())
    if found.certificate is None:
        raise NotFound(said("这份清册还没有执行完，没有销毁证明。"))
    document = {
        "certificate": json.loads(found.certificate),
        "algorithm": "Ed25519",
        "key_id": found.key_id,
        "signature": found.signature,
    }
    response = Response(json.dumps(document, ensure_ascii=False, indent=1), content_type="application/json")
    response.headers["Content-Disposition"] = f"attachment; filename=destruction-{number}.json"
    return response


def _page(number: int, form: AnswerForm) -> str:
    found = disposal_by_id(session, number, for_head=_head())
    return render_template(
        "admin/retention_list.html",
        disposal=found,
        held=held_back(session, found),
        terms=json.loads(found.terms),
        labels=DISPOSAL_LABELS,
        fates=FATE_LABELS,
        form=form,
        may_decide=can(account(), Permission.RETENTION_APPROVE) and may_decide(session, found, account()),
        may_manage=can(account(), Permission.RETENTION_MANAGE),
    )


def _head() -> Account | None:
    """Who reads as a head: they see what is theirs to decide; who keeps the files sees every number."""
    return None if can(account(), Permission.RETENTION_MANAGE) else account()
