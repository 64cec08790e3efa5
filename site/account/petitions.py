"""A company asks about a published decision: an objection or credit repair. The bureau makes sure who asks before it acts."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from account.forms import PROOF_TYPES
from journey.petitions import attach_petition_files
from models.decisions.petitions.kinds import OUTCOME_LABELS, PETITION_KIND_LABELS, PetitionKind
from models.decisions.petitions.operations import MAX_STATEMENT, send_petition
from models.decisions.petitions.queries import petitions_by
from models.decisions.queries import decision_by_public_id
from models.decisions.tables import Decision
from models.errors import Invalid, NotFound
from models.people.roles import AccountKind
from models.types import beijing_date, now_utc
from shared.access import account, signed_in
from shared.database import session
from shared.fields import Answered, FilesField, Radios, TextArea, Tick
from shared.forms import Form
from shared.i18n import label
from shared.limits import limited

blueprint = Blueprint("account_petitions", __name__, url_prefix="/account/petitions")

holders = signed_in(AccountKind.RIGHTS_HOLDER)


class PetitionForm(Form):
    """What is asked, and why."""

    petition = Radios(
        _l("您要提出"),
        [Answered(_l("请选择要提出的是什么。"))],
        choices=[],
        hints={
            PetitionKind.OBJECTION: _l("公示的信息不准确，或者不应当公示。处理期间公示页面会注明有异议。"),
            PetitionKind.REPAIR: _l("决定已经履行、达到最短公示期，申请提前停止公示。"),
        },
    )
    statement = TextArea(
        _l("请求和理由"),
        [Answered(_l("请写明请求和理由。"))],
        rows=8,
        max_chars=MAX_STATEMENT,
        who_sees=_l("办理申请的工作人员"),
    )
    files = FilesField(_l("证明材料（营业执照、授权委托书、履行证明等）"), accept=PROOF_TYPES)
    promised = Tick(
        _l("本单位公开承诺：所提交的材料真实、合法、有效，并愿意承担违反承诺的责任（申请信用修复必须承诺）")
    )

    def offer(self) -> None:
        """The choices in the reader's language."""
        self.petition.choices = [(kind.value, label(text)) for kind, text in PETITION_KIND_LABELS.items()]


@blueprint.get("")
@holders
def index() -> ResponseReturnValue:
    """Everything that the account has asked, with the answers."""
    rows = petitions_by(session, account().id)
    return render_template(
        "account/petitions.html", rows=rows, kinds=PETITION_KIND_LABELS, outcomes=OUTCOME_LABELS
    )


@blueprint.route("/new", methods=["GET", "POST"])
@holders
@limited("upload")
def new() -> ResponseReturnValue:
    """About the decision whose permanent name is in the address."""
    decision = _public_decision(request.args.get("decision", ""))
    form = PetitionForm()
    form.offer()
    if form.validate_on_submit():
        try:
            petition = send_petition(
                session, decision, kind=PetitionKind(form.petition.data), statement=form.statement.data,
                promised=form.promised.data, actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            form.take(error)
        else:
            attach_petition_files(petition)
            flash(_("已提交。工作人员会先联系核对身份，请准备营业执照和身份证明。"), "done")
            return redirect(url_for("account_petitions.index"), code=303)
    page = render_template("account/petition.html", form=form, decision=decision)
    return page, 422 if form.is_submitted() else 200


def _public_decision(public_id: str) -> Decision:
    decision = decision_by_public_id(session, public_id)
    if not decision.is_public(beijing_date(now_utc())):
        raise NotFound(_("这份决定书不在公示中。"))
    return decision
