"""Templates of papers: ours to download, the bureau's own to upload, in versions."""

from __future__ import annotations

from contextlib import closing

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from journey.papers import send_document
from models.errors import Invalid
from models.papers import templates
from models.papers.fields import CASE_FIELD_LABELS, FILER_FIELD_LABELS
from models.papers.kinds import paper_kind, paper_kinds
from models.papers.terms import ADDRESSEE_LABELS
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.fields import Answered, FilesField
from shared.forms import Form
from shared.services import services

blueprint = Blueprint("paper_templates", __name__, url_prefix="/admin/papers")


class TemplateForm(Form):
    """The bureau's own template."""

    file = FilesField(
        _l("上传新的一版"),
        [Answered(_l("请选择一个 .docx 文件。"))],
        hint=_l("Word 的 .docx，不超过 5 MB；字段写在双大括号里，名称与下表一致。"),
        accept=".docx",
        attributes={"multiple": None},
    )

    def content(self) -> tuple[str, bytes]:
        """Name and bytes; Invalid where there is none or too much."""
        given = [one for one in self.file.data or [] if getattr(one, "filename", "")]
        if len(given) != 1:
            sentence = _("请选择一个 .docx 文件。")
            raise Invalid(sentence, {"file": sentence})
        with closing(given[0]) as upload:
            content = upload.read(templates.LARGEST_TEMPLATE + 1)
        if len(content) > templates.LARGEST_TEMPLATE:
            sentence = _("文件超过 5 MB，请删去图片后再上传。")
            raise Invalid(sentence, {"file": sentence})
        return given[0].filename, content


@blueprint.get("/")
@requires(Permission.TEMPLATE_MANAGE)
def index() -> ResponseReturnValue:
    """All kinds, and which have a template of the bureau's own."""
    return render_template(
        "admin/papers.html",
        kinds=paper_kinds().values(),
        own=templates.kinds_with_own(session),
        addressees=ADDRESSEE_LABELS,
    )


@blueprint.route("/<kind_id>", methods=["GET", "POST"])
@requires(Permission.TEMPLATE_MANAGE, fresh=True)
def show(kind_id: str) -> ResponseReturnValue:
    """One kind: its fields, its versions, and the upload of a new one."""
    kind, form = paper_kind(kind_id), TemplateForm()
    if form.is_submitted() and form.validate():
        try:
            name, content = form.content()
            given = services()
            made = templates.take_template(
                session,
                kind=kind,
                file_name=name,
                content=content,
                maker=given.papers,
                files=given.files,
                actor=account(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已启用第 %(version)s 版模板。", version=made.version), "done")
            return redirect(url_for("paper_templates.show", kind_id=kind.id), code=303)
    page = render_template(
        "admin/paper.html",
        kind=kind,
        form=form,
        versions=templates.own_templates(session, kind.id),
        case_fields=CASE_FIELD_LABELS,
        filer_fields=FILER_FIELD_LABELS,
        addressees=ADDRESSEE_LABELS,
    )
    return page, 422 if form.problems() else 200


@blueprint.get("/<kind_id>/default.docx")
@requires(Permission.TEMPLATE_MANAGE)
def default(kind_id: str) -> ResponseReturnValue:
    """Our own template, to be edited."""
    kind = paper_kind(kind_id)
    return send_document(services().papers.default_template(kind), kind.title)


@blueprint.get("/<kind_id>/<int:version>.docx")
@requires(Permission.TEMPLATE_MANAGE)
def version(kind_id: str, version: int) -> ResponseReturnValue:
    """A version of the bureau's own."""
    rows = templates.own_templates(session, paper_kind(kind_id).id)
    found = next((one for one in rows if one.version == version), None)
    if found is None:
        abort(404)
    try:
        with services().files.open(found.store_key) as stream:
            return send_document(stream.read(), f"{kind_id}-{version}")
    except FileNotFoundError:
        abort(404)


@blueprint.post("/<kind_id>/default")
@requires(Permission.TEMPLATE_MANAGE, fresh=True)
def back(kind_id: str) -> ResponseReturnValue:
    """Uses ours again."""
    templates.back_to_default(session, kind=paper_kind(kind_id), actor=account(), now=now_utc())
    flash(_("已改回默认模板。"), "done")
    return redirect(url_for("paper_templates.show", kind_id=kind_id), code=303)
