"""The page for many links: pasted or in a file, each row with what became of it, mended and sent again until it fits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from journey import drafts
from journey.drafts import Draft
from journey.gaps import gap
from journey.pages import keep_answers, page
from journey.surface import Step, Surface
from models.commerce.link_files import MOST_BYTES, rows_of_file, rows_of_text
from models.commerce.operations import Row, add_links, clear_links, links_under, remove_link, sendable
from models.commerce.platform_files import read_platforms
from models.commerce.platforms import LINK_KIND_LABELS
from models.commerce.terms import MOST_LINKS, VERDICT_LABELS, Verdict
from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.errors import Invalid
from models.types import beijing_date, now_utc
from shared.database import session
from shared.fields import TextArea, Tick
from shared.forms import Form
from shared.i18n import label
from shared.requests import row_number


class LinksForm(Form):
    """Lines or a file, and whether what was filed before is filed again."""

    links = TextArea(
        _l("粘贴链接，一行一个"),
        rows=8,
        hint=_l("商品、店铺、视频的网址，或者从 App 里分享出来的文字。最多 %(most)s 个。", most=MOST_LINKS),
    )
    file = FileField(_l("或者上传表格（CSV、XLSX）"))
    again = Tick(_l("以前提交过的也一并提交（例如办结以后又上架了）"))


def links(surface: Surface) -> ResponseReturnValue:
    """Adds rows, takes them off, and goes on with the good ones."""
    draft = drafts.current(surface)
    if first := gap(surface, draft, Step.LINKS):
        return redirect(surface.url(first), 303)
    form, token = LinksForm(data=draft.of(Step.LINKS)), str(draft.token)
    if form.validate_on_submit():
        if number := request.form.get("remove", ""):
            remove_link(session, token=token, link_id=row_number(number) or 0)
            return redirect(surface.url(Step.LINKS), 303)
        if request.form.get("act") == "clear":
            clear_links(session, token=token)
            return redirect(surface.url(Step.LINKS), 303)
        if answer := _add_or_go_on(surface, draft, form):
            return answer
    rows = links_under(session, token)
    return page(
        "links",
        surface,
        draft,
        Step.LINKS,
        form,
        problems=[one for one in rows if one.verdict is not Verdict.GOOD],
        good=[one for one in rows if one.verdict is Verdict.GOOD],
        verdicts=VERDICT_LABELS,
        kinds=LINK_KIND_LABELS,
        platform_name=read_platforms().name_of,
    )


def _add_or_go_on(surface: Surface, draft: Draft, form: LinksForm) -> ResponseReturnValue | None:
    """Where to go next; None when something has to be mended first."""
    try:
        came = _add(surface, draft, _rows(form))
    except Invalid as error:
        form.take(error)
        return None
    except UnreadableSpreadsheet as error:
        form.file.errors = [label(error.sentence)]
        return None
    again = bool(form.again.data)
    if request.form.get("act") != "continue" or came:
        drafts.save(surface, draft, Step.LINKS, {"again": again})
        return redirect(surface.url(Step.LINKS), 303)
    chosen = sendable(links_under(session, str(draft.token)), again=again)
    if not chosen:
        form.links.errors = [_("还没有可以提交的链接，请粘贴或者上传。")]
        return None
    return keep_answers(surface, draft, Step.LINKS, {"again": again, "agreed": True})


def _add(surface: Surface, draft: Draft, rows: Sequence[Row]) -> int:
    if not rows:
        return 0
    today = beijing_date(now_utc())
    return add_links(session, token=str(draft.token), rows=rows, account=surface.account, today=today)


def _rows(form: LinksForm) -> list[Row]:
    upload = request.files.get("file")
    content = upload.read(MOST_BYTES + 1) if upload and upload.filename else b""
    if len(content) > MOST_BYTES:
        raise Invalid(_("文件太大。"), {"file": _("文件太大，最多 4 MB。")})
    of_file = rows_of_file(content) if content else []
    return list(chain(rows_of_text(form.links.data or ""), of_file))
