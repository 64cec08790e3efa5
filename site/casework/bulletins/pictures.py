"""The pictures of a bulletin: adding and removing them in a draft, and looking at the copies."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.bulletins.desk import back, loaded, page
from casework.bulletins.forms import PictureForm
from journey.attaching import attach_each
from journey.evidence import send_picture
from journey.uploads import allowance
from models.bulletins.pictures import add_picture, picture_of, remove_picture
from models.errors import Invalid
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.limits import limited
from shared.services import services

blueprint = Blueprint(
    "bulletin_pictures", __name__, url_prefix="/casework/bulletins/<int:bulletin_id>/pictures"
)


@blueprint.post("")
@limited("upload")
@requires(Permission.DECISION_ENTER)
def add(bulletin_id: int) -> ResponseReturnValue:
    """Adds one to a draft."""
    bulletin = loaded(bulletin_id, Permission.DECISION_ENTER)
    form = PictureForm()
    if not form.validate():
        return page(bulletin, picture_form=form), 422
    try:
        taken = attach_each(
            lambda stream, name: add_picture(
                session, bulletin, words=form.words.data, stream=stream, file_name=name, allowance=allowance(),
                store=services().files, actor=account(), now=now_utc(),
            )
        )  # fmt: skip
    except Invalid as error:
        form.take(error)
        return page(bulletin, picture_form=form), 422
    if not taken and not any(file.filename for file in request.files.getlist("files")):
        form.take(Invalid("登记有误，请改正。", {"files": _("请选择图片。")}))
        return page(bulletin, picture_form=form), 422
    return back(bulletin, _("已添加，检查完成后可以看到。") if taken else _("没有添加图片。"))


@blueprint.get("/<int:picture_id>")
@requires(Permission.DECISION_VIEW)
def show(bulletin_id: int, picture_id: int) -> ResponseReturnValue:
    """The copy, as the public will see it."""
    return send_picture(picture_of(loaded(bulletin_id, Permission.DECISION_VIEW), picture_id))


@blueprint.post("/<int:picture_id>/remove")
@requires(Permission.DECISION_ENTER)
def remove(bulletin_id: int, picture_id: int) -> ResponseReturnValue:
    """Takes one off a draft."""
    bulletin = loaded(bulletin_id, Permission.DECISION_ENTER)
    remove_picture(session, bulletin, picture_id, actor=account(), now=now_utc())
    return back(bulletin, _("已移除。"))
