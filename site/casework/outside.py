"""外部单位: what a body without an account was sent, how it stands, and what it answered; sending, sending anew, revoking."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.cooperation.contacts import address_at, contacts_for
from casework.cooperation.needs import needs_shown
from casework.loading import case_to_act_on, case_to_see
from casework.outside_forms import OutsideForm, SendForm, letter_limits
from journey.outside import address_of, queue_mail
from models.cases.outside import operations
from models.cases.outside.kinds import letter_kind, letter_kinds
from models.cases.outside.needs import Occasion, occasion_of
from models.cases.outside.queries import bodies, link_of, links_of, transfer_without_link
from models.cases.outside.tables import OutsideLink
from models.cases.outside.terms import RESENDABLE, STANDING_LABELS
from models.cases.states import transition
from models.cases.tables import Case, Transfer
from models.cases.terms import Act
from models.errors import ActRefused, Invalid
from models.filings.kinds import COPY_STATE_LABELS
from models.filings.tables import Evidence
from models.papers.needs import refuse_lacking
from models.papers.sending import need_paper, papers_behind, papers_to_send, send_papers
from models.people.permissions import Permission, can
from models.people.tables import Unit
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint("case_outside", __name__, url_prefix="/casework/cases/<reference>/outside")


@blueprint.get("")
@requires(Permission.CASE_VIEW)
def index(reference: str) -> ResponseReturnValue:
    """Everything that passed between the case and outside bodies."""
    case, officer, now = case_to_see(reference), account(), now_utc()
    links = links_of(session, case)
    may_send = can(officer, Permission.CASE_TRANSFER, case)
    return render_template(
        "casework/outside.html",
        case=case,
        links=[(link, link.standing(now)) for link in links],
        papers=papers_behind(session, links),
        labels=STANDING_LABELS,
        kinds=letter_kinds(),
        copy_labels=COPY_STATE_LABELS,
        resendable=RESENDABLE,
        unlinked=transfer_without_link(case, links) if may_send else None,
        may_send=may_send,
        may_ask=may_send and transition(case.track, case.state, Act.ASK_OUTSIDE) is not None,
    )


@blueprint.route("/letter", methods=["GET", "POST"])
@requires(Permission.CASE_TRANSFER)
def letter(reference: str) -> ResponseReturnValue:
    """致函: the case stays here."""
    case = case_to_act_on(reference, Act.ASK_OUTSIDE)
    units = bodies(session, case)
    form = OutsideForm.about(case, units, _files(case), papers_to_send(session, case), letter_limits())
    return _written(case, form, None, units)


@blueprint.route("/transfer", methods=["GET", "POST"])
@requires(Permission.CASE_TRANSFER)
def transfer(reference: str) -> ResponseReturnValue:
    """The link for the transfer that is under way to an outside body."""
    case = case_to_see(reference)
    authorise(Permission.CASE_TRANSFER, case)
    waiting = transfer_without_link(case, links_of(session, case))
    if waiting is None:
        raise ActRefused(_("没有等外部单位签收、还没有链接的移交。"))
    here = [one for one in papers_to_send(session, case) if one.to_unit_id == waiting.to_unit_id]
    form = OutsideForm.about(case, [], _files(case), here, letter_limits())
    del form.unit, form.kind
    return _written(case, form, waiting, [waiting.to_unit])


@blueprint.route("/<int:number>/resend", methods=["GET", "POST"])
@requires(Permission.CASE_TRANSFER)
def resend(reference: str, number: int) -> ResponseReturnValue:
    """A new link; the old one opens nothing any more."""
    case = case_to_see(reference)
    authorise(Permission.CASE_TRANSFER, case)
    link, form = link_of(session, case, number), SendForm()
    if form.validate_on_submit():
        operations.resend(session, link=link, days=int(form.days.data), actor=account(), now=now_utc())
        return _made(case, link, form)
    page = render_template("casework/outside_resend.html", case=case, link=link, form=form)
    return page, 422 if form.problems() else 200


@blueprint.post("/<int:number>/revoke")
@requires(Permission.CASE_TRANSFER)
def revoke(reference: str, number: int) -> ResponseReturnValue:
    """停用 the link."""
    case = case_to_see(reference)
    authorise(Permission.CASE_TRANSFER, case)
    operations.revoke(session, link=link_of(session, case, number), actor=account(), now=now_utc())
    flash(_("链接已经停用。"), "done")
    return redirect(url_for("case_outside.index", reference=case.shown_reference), code=303)


def _written(
    case: Case, form: OutsideForm, waiting: Transfer | None, units: Sequence[Unit]
) -> ResponseReturnValue:
    """The page of a letter or of a transfer's link, or what was sent with it."""
    status, contacts = 200, contacts_for(units)
    if form.is_submitted():
        status = 422
        if form.validate() and form.is_up_to_date():
            try:
                link = _send(case, form, waiting)
                _with_papers(form, link)
            except Invalid as error:
                form.take(error)
            else:
                return _made(case, link, form, address_at(contacts, link.unit_id))
        elif not form.problems():
            form.catch_up()
            status = 409
    page = render_template(
        "casework/outside_letter.html",
        case=case,
        form=form,
        waiting=waiting,
        contacts=contacts,
        **needs_shown(
            case, units, Occasion.LETTER if waiting is None else occasion_of(case), form.chosen_unit()
        ),
    )
    return page, status


def _send(case: Case, form: OutsideForm, waiting: Transfer | None) -> OutsideLink:
    chosen = set(form.files.data or []) if "files" in form else set()
    files = [file for file in _files(case) if str(file.id) in chosen]
    words, days, actor, now = form.words.data, int(form.days.data), account(), now_utc()
    if waiting is not None:
        return operations.open_link(
            session, transfer=waiting, words=words, files=files, days=days, actor=actor, now=now
        )
    unit = next(one for one in bodies(session, case) if str(one.id) == form.unit.data)
    kind = letter_kind(form.kind.data)
    need_paper(kind, form.chosen_papers())
    refuse_lacking(session, case=case, to_unit=unit, occasion=Occasion.LETTER)
    return operations.write_letter(
        session,
        case=case,
        unit=unit,
        kind=kind.id,
        words=words,
        files=files,
        days=days,
        actor=actor,
        now=now,
    )


def _with_papers(form: OutsideForm, link: OutsideLink) -> None:
    send_papers(session, link=link, papers=form.chosen_papers(), actor=account(), now=now_utc())


def _made(case: Case, link: OutsideLink, form: SendForm, contact: str = "") -> ResponseReturnValue:
    """The page that shows the link: the only one that ever does. `contact`: the address that a mechanism names."""
    is_for_contact = "to_contact" in form and form["to_contact"].data
    mailed = queue_mail(link, form.address.data or (contact if is_for_contact else ""), now_utc())
    page = render_template(
        "casework/outside_made.html", case=case, link=link, address=address_of(link), mailed=mailed
    )
    return page, {"Cache-Control": "no-store"}


def _files(case: Case) -> list[Evidence]:
    return [file for file in case.filing.evidence if file.copy_key]
