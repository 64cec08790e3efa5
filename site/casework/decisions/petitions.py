"""Acts on objections and credit repair: noting one from paper, making sure who asks, answering, printing the answer."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.loading import decision_to_act_on, decision_to_read
from casework.decisions.petition_forms import AnswerPetitionForm, CheckPetitionForm, NotePetitionForm
from casework.decisions.review import back, page
from journey.petitions import attach_petition_files
from models.decisions.petitions.kinds import PetitionKind, PetitionOutcome
from models.decisions.petitions.operations import answer_petition, check_petition, note_petition
from models.decisions.petitions.paper import answer_paper
from models.decisions.petitions.queries import petition_to_act_on
from models.errors import Invalid
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint(
    "publishing_petitions", __name__, url_prefix="/casework/decisions/<int:decision_id>/petitions"
)


@blueprint.post("")
@requires(Permission.DECISION_WITHDRAW)
def note(decision_id: int) -> ResponseReturnValue:
    """From paper, or at the counter."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    form = NotePetitionForm()
    form.offer()
    if form.validate():
        try:
            petition = note_petition(
                session, decision, kind=PetitionKind(form.petition.data), received_on=form.received_on.data,
                statement=form.statement.data, promised=form.promised.data, needs_inquiry=form.needs_inquiry.data,
                actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            form.take(error)
        else:
            attach_petition_files(petition)
            return back(decision, _("已登记。"))
    return page(decision, note_petition_form=form), 422


@blueprint.post("/<int:petition_id>/check")
@requires(Permission.DECISION_WITHDRAW)
def check(decision_id: int, petition_id: int) -> ResponseReturnValue:
    """The party asks, indeed."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    petition = petition_to_act_on(session, decision, petition_id)
    form = CheckPetitionForm(prefix=f"check-{petition.id}-")
    check_petition(session, petition, needs_inquiry=form.needs_inquiry.data, actor=account(), now=now_utc())
    return back(decision, _("已核对，期限从收到之日起算。"))


@blueprint.post("/<int:petition_id>/answer")
@requires(Permission.DECISION_REVIEW)
def answer(decision_id: int, petition_id: int) -> ResponseReturnValue:
    """The answer; a repair that is granted ends publication."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_REVIEW)
    petition = petition_to_act_on(session, decision, petition_id)
    form = AnswerPetitionForm(petition)
    if not form.validate():
        return page(decision, **{f"answer_petition_form_{petition.id}": form}), 422
    answer_petition(
        session, petition, outcome=PetitionOutcome(form.outcome.data), answer=form.answer.data,
        actor=account(), now=now_utc(),
    )  # fmt: skip
    return back(decision, _("已答复。"))


@blueprint.get("/<int:petition_id>/paper")
@requires(Permission.DECISION_VIEW)
def paper(decision_id: int, petition_id: int) -> ResponseReturnValue:
    """The answer as a paper to be printed and served."""
    decision = decision_to_read(decision_id)
    petition = petition_to_act_on(session, decision, petition_id)
    return render_template(
        "casework/decisions/petition_paper.html", decision=decision, paragraphs=answer_paper(petition)
    )
