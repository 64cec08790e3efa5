"""Files around a letter: what came with it, the issued reply, and the link by which the other authority takes it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.cooperation.letter_forms import FilesForm
from casework.cooperation.letter_loading import back_to, letter_for
from casework.originals import original_page
from casework.outside_forms import SendForm
from journey.attaching import attach_each
from journey.evidence import send_copy
from journey.outside import address_of_reply, queue_reply_mail
from journey.papers import send_reply
from journey.uploads import allowance
from models.filings.evidence import hand_out_copy
from models.ledger import record
from models.letters.files import attach_to_letter, file_of_letter
from models.letters.replies import revoke_link, send_link
from models.letters.tables import IncomingLetter
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.services import services

blueprint = Blueprint("letter_files", __name__, url_prefix="/casework/letters/<int:number>")


def attach_files(letter: IncomingLetter) -> int:
    """Attaches the files of this request; returns how many were taken, and tells of the others."""
    return attach_each(
        lambda stream, name: attach_to_letter(
            session,
            letter=letter,
            stream=stream,
            file_name=name,
            allowance=allowance(),
            store=services().files,
            actor=account(),
            now=now_utc(),
        )
    )


@blueprint.route("/files", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE)
def add(number: int) -> ResponseReturnValue:
    """Adds files, until the letter is answered."""
    letter, form = letter_for(number, Permission.PAPER_WRITE), FilesForm()
    if form.validate_on_submit() and attach_files(letter):
        return back_to(letter, _("附件已经收下，正在检查。"))
    page = render_template(
        "casework/cooperation/letter_act.html", letter=letter, form=form, title=_("添加附件")
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/files/<int:file_id>")
@requires(Permission.PAPER_WRITE, Permission.PAPER_APPROVE)
def copy(number: int, file_id: int) -> ResponseReturnValue:
    """Hands the copy out that is safe to look at; that is an act on record."""
    found = file_of_letter(letter_for(number), file_id)
    hand_out_copy(session, file=found, actor=account(), now=now_utc())
    return send_copy(found)


@blueprint.route("/files/<int:file_id>/original", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE, Permission.PAPER_APPROVE)
def original(number: int, file_id: int) -> ResponseReturnValue:
    """What the original may hold; then the original."""
    letter = letter_for(number)
    back = (url_for("letters.show", number=number), _("回到来函"))
    return original_page(file_of_letter(letter, file_id), kicker=letter.their_number, back=back)


@blueprint.post("/reply/<any(docx, pdf):form>")
@requires(Permission.PAPER_WRITE, Permission.PAPER_APPROVE)
def reply(number: int, form: str) -> ResponseReturnValue:
    """The issued reply as docx or pdf."""
    letter = letter_for(number)
    if not letter.is_answered:
        abort(404)
    record(session, act="letter.read", subject=letter, actor=account(), now=now_utc(), data={"form": form})
    return send_reply(letter, as_pdf=form == "pdf")


@blueprint.route("/link", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE)
def link(number: int) -> ResponseReturnValue:
    """发送链接: the answer to the form is the only page that ever shows it."""
    letter, form = letter_for(number, Permission.PAPER_WRITE), SendForm()
    if not form.validate_on_submit():
        page = render_template(
            "casework/cooperation/letter_act.html", letter=letter, form=form, title=_("发送复函链接")
        )
        return page, 422 if form.problems() else 200
    send_link(session, letter=letter, days=int(form.days.data), actor=account(), now=now_utc())
    mailed = queue_reply_mail(letter, form.address.data or "", now_utc())
    page = render_template(
        "casework/cooperation/letter_link.html",
        letter=letter,
        address=address_of_reply(letter),
        mailed=mailed,
    )
    return page, {"Cache-Control": "no-store"}


@blueprint.post("/link/revoke")
@requires(Permission.PAPER_WRITE)
def revoke(number: int) -> ResponseReturnValue:
    """停用 the link."""
    letter = letter_for(number, Permission.PAPER_WRITE)
    revoke_link(session, letter=letter, actor=account(), now=now_utc())
    return back_to(letter, _("链接已经停用。"))
